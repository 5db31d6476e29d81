"""Consent and sharing of one child's record: the three facts, who was told, what was shown to whom."""

from core import clock
from core.roles import Permission
from core.views.bases import Question, RecordDetail, RecordList
from referrals.actions import sharing as deeds
from referrals.choices import SharingKind
from referrals.forms.sharing import AgreementForm, BasisForm, DisclosureForm, ToldForm
from referrals.models import Disclosure, SharingFact, SharingProtocol, Told
from referrals.models.sharing import standing_facts
from referrals.rules.sharing import has_permission, kept_until
from referrals.views.child_head import ChildRecord

MOST_ROWS = 50


class Sharing(ChildRecord, RecordDetail):
    """What stands now, what was said before, who was told, and what was shared."""

    permission = Permission.SEE_SHARING

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        facts = standing_facts(child)
        return super().get_context_data(
            facts=[_fact_group(kind, facts) for kind in SharingKind],
            history=SharingFact.objects.visible_to(user).filter(child=child).newest_first().select_related("person", "recorded_by")[:MOST_ROWS],
            tellings=Told.objects.visible_to(user).filter(child=child).newest_first().select_related("person", "recorded_by")[:MOST_ROWS],
            disclosures=Disclosure.objects.visible_to(user).filter(child=child).newest_first().select_related("protocol", "recorded_by")[:MOST_ROWS],
            may_show=has_permission([f.answer for f in facts if f.kind == SharingKind.FILES]),
            may_record=user.can(Permission.RECORD_SHARING),
            **self.identity(child), **kwargs,
        )  # fmt: skip


def _fact_group(kind, facts) -> dict:
    """One of the three facts: its name and everybody's last answer."""
    return {"label": kind.label, "is_basis": kind == SharingKind.BASIS, "rows": [f for f in facts if f.kind == kind]}


class SharingSheet(ChildRecord, RecordDetail):
    """The sheet a family keeps: what is held, why, who sees it, for how long, and whom to ask."""

    permission = Permission.SEE_SHARING

    def records(self):
        return super().records().select_related("authority", "social_worker")

    def get_context_data(self, **kwargs):
        child = self.object
        kept = kept_until(is_looked_after=child.is_looked_after, born_on=child.born_on)
        return super().get_context_data(child=child, kept=kept, printed_on=clock.today(), **kwargs)


class SharingDeed(ChildRecord, Question):
    """A short form about one child's sharing that leads back to it."""

    permission = Permission.RECORD_SHARING

    @property
    def back_label(self):
        """Names the child by reference alone."""
        return f"Sharing, {self.record.reference}"

    def back(self):
        """The child's sharing page."""
        return f"{self.record.get_absolute_url()}/sharing"

    def get_initial(self):
        return {"said_on": clock.today(), "told_on": clock.today(), "shared_on": clock.today()}

    def people(self):
        """Those who hold parental responsibility."""
        return self.record.people.filter(has_parental_responsibility=True).order_by("pk")[:20]


class RecordAgreement(SharingDeed):
    """What the child or somebody with parental responsibility says."""

    form_class = AgreementForm
    heading = "Record what somebody says about agreement or sharing"
    lead = "An earlier answer is kept: a change or a withdrawal is added beside it."
    submit_label = "Record the answer"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": self.people()}

    def act(self, form):
        said = dict(form.cleaned_data)
        deeds.record_fact(self.record, person=said.pop("who"), by=self.request.user, **said)


class RecordBasis(SharingDeed):
    """The lawful basis, which is not consent."""

    form_class = BasisForm
    heading = "Record the lawful basis"
    lead = "Councils keep these records to carry out their duties. That is not consent, and it cannot be withdrawn."
    submit_label = "Record the basis"

    def act(self, form):
        deeds.record_fact(self.record, kind=SharingKind.BASIS, by=self.request.user, **form.cleaned_data)


class RecordTold(SharingDeed):
    """That somebody was told what is held, why and for how long."""

    form_class = ToldForm
    heading = "Record that the family was told"
    lead = "What is held, why, and for how long. The sheet to leave with them is on the page before."
    submit_label = "Record that they were told"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": self.record.people.order_by("pk")[:30]}

    def act(self, form):
        said = dict(form.cleaned_data)
        deeds.record_told(self.record, person=said.pop("who"), by=self.request.user, **said)


class RecordDisclosure(SharingDeed):
    """What was shown or told to somebody outside, and why."""

    form_class = DisclosureForm
    heading = "Record what was shared"
    lead = "With the police, another agency or the commissioner. Share no more than is needed."
    submit_label = "Record it"

    def get_form_kwargs(self):
        protocols = SharingProtocol.objects.visible_to(self.request.user).order_by("name", "pk")
        return {**super().get_form_kwargs(), "protocols": protocols}

    def act(self, form):
        deeds.record_disclosure(self.record, by=self.request.user, **form.cleaned_data)


class SharingProtocols(RecordList):
    """Local agreements about sharing information, and which of them nobody has supplied."""

    permission = Permission.SEE_SHARING
    model = SharingProtocol

    def records(self):
        return super().records().order_by("name", "pk")
