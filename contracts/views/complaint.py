"""Complaints and incidents: written down, looked into, answered; and a compliment from any page."""

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.http import url_has_allowed_host_and_scheme

from contracts.actions.complaint import (
    close_complaint,
    give_compliment,
    log_complaint,
    name_investigator,
)
from contracts.forms.complaint import (
    CloseComplaintForm,
    ComplimentForm,
    InvestigatorForm,
    LogComplaintForm,
    contracts_of,
)
from contracts.models import Complaint
from contracts.models.complaint import child_seen, reads_words
from contracts.views.head import head_of
from contracts.views.register import RegisterPage
from core import clock
from core.reading import record_rows_read
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN, Question, RecordDetail, RecordList


class ComplaintRows(RegisterPage):
    """The complaints and incidents behind the quarter's figures: references, days and outcomes; who looked is kept."""

    template_name = "contracts/complaint_rows.html"
    page_size = 50

    def get_context_data(self, **kwargs):
        user = self.request.user
        seen = Complaint.objects.visible_to(user).filter(contract=self.object).order_by("-received_on", "-pk")
        page = self._page()
        rows = list(seen[(page - 1) * self.page_size : page * self.page_size + 1])
        record_rows_read(rows[: self.page_size], by=user)
        return super().get_context_data(
            complaints=rows[: self.page_size], page=page, previous_page=page - 1 if page > 1 else None,
            next_page=page + 1 if len(rows) > self.page_size else None, may_log=user.can(Permission.LOG_COMPLAINTS), **kwargs,
        )  # fmt: skip

    def _page(self) -> int:
        typed = self.request.GET.get("page", "1")
        return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 1


class ComplaintList(RecordList):
    """Every complaint and incident that this person reads, the open first; who looked is kept."""

    permission = Permission.SEE_COMPLAINTS
    model = Complaint

    def records(self):
        rows = super().records().select_related("contract").annotate(is_closed=Q(closed_on__isnull=False))
        return rows.order_by("is_closed", "due_on", "pk")

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        record_rows_read(answer.context_data["object_list"], by=request.user)
        return answer

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_log=self.request.user.can(Permission.LOG_COMPLAINTS), **kwargs)


class ComplaintDetail(RecordDetail):
    """One complaint or incident: what was said, who looks into it by when, and what came of it."""

    permission = ANYONE_SIGNED_IN
    model = Complaint
    template_name = "contracts/complaint.html"

    def records(self):
        return super().records().select_related("contract__authority", "contract__provider", "entered_by")

    def get_context_data(self, **kwargs):
        complaint, user = self.object, self.request.user
        opens_contract = user.can(Permission.SEE_ASSURANCE)
        return super().get_context_data(
            complaint=complaint, child=child_seen(complaint, user), reads=reads_words(user), opens_contract=opens_contract,
            may_keep=user.can(Permission.KEEP_COMPLAINTS) and complaint.closed_on is None, sees_all=user.can(Permission.SEE_COMPLAINTS),
            **(head_of(complaint.contract, self.request) if opens_contract else {"contract": complaint.contract}), **kwargs,
        )  # fmt: skip


class LogComplaint(Question):
    """Write a complaint or incident down."""

    permission = Permission.LOG_COMPLAINTS
    form_class = LogComplaintForm
    heading, submit_label, back_label = "Write down a complaint or incident", "Write it down", "To do"
    lead = (
        "Somebody who takes no part in the service looks into it. "
        "A complaint about a panel’s decision goes by the council’s own procedure instead."
    )
    success_message = "Written down. The service’s manager is told."

    def back(self):
        return "/"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def get_initial(self):
        return {"received_on": clock.today()}

    def act(self, form):
        said = dict(form.cleaned_data)
        return log_complaint(said.pop("contract"), by=self.request.user, **said).get_absolute_url()


class ComplaintQuestion(Question):
    """A deed on one complaint or incident."""

    permission = Permission.KEEP_COMPLAINTS
    model = Complaint
    back_label = "Complaint"
    success_message = "Saved."

    def records(self):
        return super().records().select_related("contract__authority")


class NameInvestigator(ComplaintQuestion):
    """Name who looks into it."""

    form_class = InvestigatorForm
    heading, submit_label = "Who looks into it?", "Save"
    lead = "Somebody neutral: they take no part in delivering the service."

    def get_initial(self):
        return {"investigator": self.record.investigator, "investigator_post": self.record.investigator_post}

    def act(self, form):
        name_investigator(self.record, by=self.request.user, **form.cleaned_data)


class CloseComplaint(ComplaintQuestion):
    """Write down what came of it."""

    form_class = CloseComplaintForm
    heading, submit_label = "What came of it", "Close it"

    def act(self, form):
        close_complaint(self.record, by=self.request.user, **form.cleaned_data)


class GiveCompliment(Question):
    """Keep a good word, from whatever page somebody was on, and go back there."""

    permission = ANYONE_SIGNED_IN
    form_class = ComplimentForm
    heading, submit_label, back_label = "Pass on a compliment", "Keep the compliment", "Where you were"
    lead = "A good word that nobody writes down is lost. The service reads it."
    success_message = "Kept. Thank you for passing it on."

    def back(self):
        return self._page() or "/"

    def _page(self) -> str:
        """The page somebody came from: kept in the form, at first as the browser says it; only ever one of ours."""
        try:
            came = urlsplit(self.request.POST.get("came_from") or self.request.META.get("HTTP_REFERER", ""))
        except ValueError:  # what no address may be, such as http://[::1
            return ""
        inside = came.netloc in {"", self.request.get_host()} and came.path.startswith("/") and came.path != self.request.path
        return came.path[:200] if inside and url_has_allowed_host_and_scheme(came.path, None) else ""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.request.user}

    def get_initial(self):
        only = list(contracts_of(self.request.user)[:2])
        return {"came_from": self._page(), "contract": only[0].slug if len(only) == 1 else None}

    def act(self, form):
        said = form.cleaned_data
        give_compliment(
            self.request.user.acting.authority, contract=said.get("contract"), told_by=said["told_by"], words=said["words"],
            page=self._page(), by=self.request.user,
        )  # fmt: skip
