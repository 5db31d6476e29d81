"""Residents of small group homes, consultations, and the directory of partner agencies."""

from itertools import groupby

from core import clock
from core.dates import months_after
from core.roles import Permission
from core.rules import FieldReason, RuleBroken
from core.views.bases import ANYONE_SIGNED_IN, ActionView, RecordList
from referrals.actions.network import log_consultation, record_residency, save_agency
from referrals.forms.network import AgencyForm, ConsultationForm, ResidencyForm
from referrals.models import Agency, Child, Consultation, Residency


class Residents(RecordList):
    """Everybody in service without a referral: the residents of the small group homes."""

    permission = Permission.SEE_CHILDREN
    model = Residency

    def records(self):
        rows = super().records().select_related("child", "child__social_worker")
        return rows.order_by("moved_out_on", "home", "-moved_in_on", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            today=clock.today(), in_service=self.records().on(clock.today()).count(), **kwargs
        )


class MoveResident(ActionView):
    """A child moves into a small group home, or out."""

    permission = Permission.START_REFERRALS
    model = Child
    form_class = ResidencyForm
    template_name = "base_question.html"
    success_message = "Written down. The child is in service from moving in to moving out, without a referral."

    def get_initial(self):
        now = self.record.residencies.filter(moved_out_on=None).first()
        return {"home": now.home, "moved_in_on": now.moved_in_on} if now else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Small group home", lead=self.record.reference, submit_label="Save the move",
            back_url=self.record.get_absolute_url(), back_label="The child’s record", **kwargs,
        )  # fmt: skip

    def act(self, form):
        record_residency(self.record, by=self.request.user, **form.cleaned_data)
        return "/residents"


class Consultations(RecordList):
    """Advice to children's networks, counted apart from the children in places."""

    permission = Permission.SEE_CHILDREN
    model = Consultation

    def records(self):
        return super().records().select_related("child", "logged_by").order_by("-on", "-pk")

    def get_context_data(self, **kwargs):
        since = months_after(clock.today(), -12)
        rows = list(self.records().filter(on__gt=since).order_by().values_list("asked_by", flat=True)[:5000])
        return super().get_context_data(
            in_a_year=len(rows), by_children=rows.count("child"),
            may_log=self.request.user.can(Permission.LOG_CONSULTATIONS), **kwargs,
        )  # fmt: skip


class LogConsultation(ActionView):
    """Log a consultation that is no referral."""

    permission = Permission.LOG_CONSULTATIONS
    form_class = ConsultationForm
    template_name = "base_question.html"
    success_message = "Logged. It is counted apart from the children in places."
    extra_context = {
        "heading": "Log a consultation", "submit_label": "Log it", "back_url": "/consultations", "back_label": "Consultations",
        "lead": "Anybody in a child’s network may ask, the child included. This is no referral.",
    }  # fmt: skip

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        said = dict(form.cleaned_data)
        number = said.pop("number").strip()
        child = Child.objects.visible_to(self.request.user).known_as(number).first() if number else None
        if number and child is None:
            raise RuleBroken([FieldReason("number", "No child you may see has that number. Leave it out, or ask your manager.")])
        log_consultation(child=child, by=self.request.user, **said)
        return "/consultations"


class Agencies(RecordList):
    """The partners a child's plan leans on, by kind."""

    permission = ANYONE_SIGNED_IN
    model = Agency
    page_size = 200

    def records(self):
        return super().records().filter(is_current=True).order_by("kind", "name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(may_change=self.request.user.can(Permission.CHANGE_AGENCIES), **kwargs)
        groups = groupby(context["object_list"], key=lambda agency: agency.get_kind_display())
        return {**context, "groups": [(kind, list(rows)) for kind, rows in groups]}


class AddAgency(ActionView):
    """Add a partner agency."""

    permission = Permission.CHANGE_AGENCIES
    form_class = AgencyForm
    template_name = "base_question.html"
    success_message = "Saved."
    extra_context = {
        "heading": "A partner agency", "submit_label": "Save the agency", "back_url": "/agencies", "back_label": "Partner agencies",
    }  # fmt: skip

    def act(self, form):
        save_agency(self.record, by=self.request.user, **form.cleaned_data)
        return "/agencies"


class EditAgency(AddAgency):
    """Change a partner agency."""

    model = Agency

    def get_initial(self):
        return {name: getattr(self.record, name) for name in AgencyForm.base_fields}
