"""Restricted records, opening one in an emergency, and who has looked at a record."""

from django.db.models import Q

from core.dated import numbers
from core.models import AuditEvent, User
from core.roles import Permission, Role
from core.step_up import A_DEED
from core.views.bases import ActionView, ButtonDeed, RecordDetail, RecordList
from referrals.actions import restriction as deeds
from referrals.choices import Basis
from referrals.forms.access import BreakGlassForm, LiftForm, NamePersonForm, RestrictForm
from referrals.models import Access, Child, Restriction
from referrals.rules.readings import GLASS, RESTRICTION
from referrals.views.child_head import ChildRecord

MOST_READINGS = 50


def _every(child) -> str:
    """How often a restriction is looked at again, in words: "90 days"."""
    return numbers(RESTRICTION, authority=child.authority_id)[RESTRICTION].words


class WhoHasLooked(ChildRecord, RecordDetail):
    """Everybody who opened one child's record, when, and why where they broke the glass."""

    permission = Permission.SEE_READINGS

    def records(self):
        return Child.objects.log_open_to(self.request.user)

    def get_context_data(self, **kwargs):
        child, page = self.object, RecordList._page(self)
        rows = AuditEvent.objects.readings().filter(child_id=child.pk).order_by("-at", "-pk")
        start = (page - 1) * MOST_READINGS
        found = list(rows[start : start + MOST_READINGS + 1])
        glass = list(
            Access.objects.filter(child=child, basis=Basis.BREAK_GLASS).select_related("person").order_by("-from_at")[:MOST_READINGS]
        )
        logs = self._references(found)
        for event in found:
            event.reader = logs.get(event.person_id, "")
            event.because = _reason_of(event, glass)
            event.role_label = Role(event.role).label if event.role in Role.values else ""
        return super().get_context_data(
            readings=found[:MOST_READINGS], glass=glass, page=page,
            previous_page=page - 1 if page > 1 else None,
            next_page=page + 1 if len(found) > MOST_READINGS else None,
            may_restrict=self.request.user.can(Permission.RESTRICT_RECORDS) and (child.is_restricted or self._sees(child)),
            **(self.identity(child) if self._sees(child) else {"child": child}), **kwargs,
        )  # fmt: skip

    def _references(self, found) -> dict:
        """Where each reader's own log is, for those who may see it."""
        if not self.request.user.can(Permission.SEE_AUDIT):
            return {}
        return dict(User.objects.filter(pk__in={event.person_id for event in found}).values_list("pk", "reference"))

    def _sees(self, child) -> bool:
        """Whether the record's own head may be shown beside its log."""
        return Child.objects.visible_to(self.request.user).filter(pk=child.pk).exists()


def _reason_of(event, glass) -> str:
    """The reason given when the reader had broken the glass at that moment."""
    return next(
        (a.because for a in glass if a.person_id == event.person_id and a.from_at <= event.at <= a.until_at), ""
    )


class RestrictChild(ActionView):
    """Keep one child's record to named people."""

    permission = Permission.RESTRICT_RECORDS
    model = Child
    form_class = RestrictForm
    template_name = "base_question.html"
    success_message = "The record is restricted. Only the people you named find it now; governance has been told."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": _people_round(self.record, self.request.user)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Restrict record {self.record.reference}",
            lead=f"It leaves every search, list and count of anybody you do not name. It is looked at again in {_every(self.record)}, and lifting it takes two people.",
            submit_label="Restrict the record", back_url=self.record.get_absolute_url(), back_label="The child’s record", **kwargs,
        )  # fmt: skip

    def why_not(self):
        return ["This record is restricted already."] if self.record.is_restricted else []

    def act(self, form):
        said = form.cleaned_data
        people = {person.pk: person for person in [*said["people"], *said["others"]]}
        deeds.restrict_child(
            self.record, ground=said["ground"], because=said["because"], people=list(people.values()), by=self.request.user
        )
        seen = Child.objects.visible_to(self.request.user).filter(pk=self.record.pk).exists()
        return self.record.get_absolute_url() if seen else "/"


def _people_round(child, user):
    """Those who work with a child by their role: the social worker, their managers, and whoever is asking."""
    managers = User.objects.holding(Role.TEAM_MANAGER, Role.SERVICE_MANAGER, teams=child.team_id)
    heads = User.objects.holding(Role.HEAD_OF_SERVICE, authority=child.authority_id)
    themselves = Q(pk__in=[child.social_worker_id, user.pk])
    people = User.objects.filter(Q(pk__in=managers.values("pk")) | Q(pk__in=heads.values("pk")) | themselves, is_active=True)
    return people.order_by("full_name", "pk")


class RestrictedRecords(RecordList):
    """Records kept to named people: by reference, with the ground, the next look and who is named."""

    permission = Permission.RESTRICT_RECORDS
    model = Restriction

    def records(self):
        return super().records().select_related("child").order_by("review_on", "pk")


class RestrictionPage:
    """One standing restriction, found by its child's reference."""

    permission = Permission.RESTRICT_RECORDS
    model = Restriction
    slug_field = "child__reference"

    def records(self):
        return super().records().select_related("child", "set_by", "lift_asked_by")


class RestrictedRecord(RestrictionPage, RecordDetail):
    """Who is named on a restricted record, why, and each time somebody opened it in an emergency."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            named=self.object.named()[:100], emergencies=self.object.emergencies()[:50], **kwargs
        )


class NamePerson(RestrictionPage, ActionView):
    """Let one more person see a restricted record."""

    form_class = NamePersonForm
    template_name = "base_question.html"
    success_message = "They see the record from now on."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Name somebody on {self.record.reference}", submit_label="Name this person",
            back_url=self.record.get_absolute_url(), back_label="The restriction", **kwargs,
        )  # fmt: skip

    def act(self, form):
        deeds.name_person(self.record, person=form.cleaned_data["person"], because=form.cleaned_data["because"], by=self.request.user)


class UnnamePerson(RestrictionPage, ButtonDeed):
    """End one named person's sight of a restricted record."""

    success_message = "They no longer see the record."

    def act(self, form):
        named = self.record.named().filter(person__reference=self.kwargs["person"]).first()
        if named is not None:
            deeds.unname_person(self.record, person=named.person, by=self.request.user)
        return self.back()

    def back(self):
        seen = Restriction.objects.visible_to(self.request.user).filter(pk=self.record.pk).exists()
        return self.record.get_absolute_url() if seen else "/"


class LiftRestriction(RestrictionPage, ActionView):
    """Say it is still needed, ask for it to be lifted, or agree as the second person."""

    asks_again = A_DEED
    form_class = LiftForm
    template_name = "referrals/lift_restriction.html"

    def get_form_class(self):
        return super().get_form_class() if self.record.lift_asked_by_id is None else ActionView.form_class

    def get_form_kwargs(self):
        asks = self.record.lift_asked_by_id is None
        return {**super().get_form_kwargs(), **({"every": _every(self.record.child)} if asks else {})}

    def get_context_data(self, **kwargs):
        asked = self.record.lift_asked_by_id is not None
        return super().get_context_data(
            heading=f"Restriction of {self.record.reference}", restriction=self.record, asked=asked,
            submit_label="Agree and lift the restriction" if asked else "Save",
            back_url=self.record.get_absolute_url(), back_label="The restriction", **kwargs,
        )  # fmt: skip

    def act(self, form):
        user, said = self.request.user, form.cleaned_data
        if self.record.lift_asked_by_id is not None:
            deeds.agree_to_lift(self.record, by=user)
            self.success_message = "The restriction is lifted."
            return "/restricted-records"
        if said["deed"] == "ask":
            deeds.ask_to_lift(self.record, because=said["because"], by=user)
            self.success_message = "Asked. Somebody else who looks after restricted records has to agree."
        else:
            deeds.review_restriction(self.record, by=user)
            self.success_message = f"Kept. It is looked at again in {_every(self.record.child)}."
        return self.record.get_absolute_url()


class BreakGlass(ActionView):
    """Open a restricted record in an emergency, by its number and a reason."""

    permission = Permission.BREAK_GLASS
    form_class = BreakGlassForm
    template_name = "base_question.html"

    def get_context_data(self, **kwargs):
        minutes = numbers(GLASS, authority=self.request.user.acting.authority_id)[GLASS].words
        return super().get_context_data(
            heading="Open a restricted record in an emergency",
            lead=f"It opens for {minutes}. The governance officer and your manager are told at once, and your reason stays on the record’s page.",
            submit_label="Open the record", back_url="/search", back_label="Search", **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        opened = deeds.break_glass(said["number"], because=said["because"], by=self.request.user)
        self.success_message = f"Open until {opened.until_at.astimezone():%-I:%M%p}. Governance has been told."
        return opened.child.get_absolute_url()

    def refused(self, form, refusal):
        deeds.note_glass_tried(by=self.request.user)
        return super().refused(form, refusal)
