"""Payments of a contract: the years, one payment with its next deed, and what changes its course."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect

from contracts.actions.payment import (
    approve_payment,
    clear_payment,
    decide_achievement,
    record_invoice,
    record_outcome,
)
from contracts.actions.payment_change import (
    correct_payment,
    name_invoice_officer,
    pause_payment,
    resume_payment,
)
from contracts.choices import PaymentKind, PaymentState
from contracts.forms.payment import (
    ApproveForm,
    CorrectForm,
    DecideForm,
    InvoiceForm,
    OfficerForm,
    OutcomeForm,
    ReasonForm,
)
from contracts.models import Contract, Payment
from contracts.models.payment_page import payment_facts, years_of
from contracts.papers.ledger import ledger_csv, ledger_workbook, moves_of
from contracts.views.deeds import Deed, DeedsPage
from contracts.views.head import ContractRecord, head_of
from core import clock
from core.actions.lists import export_list
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, Question, RecordDetail
from core.views.files import attachment
from core.views.lists import EXCEL

P = Permission
DEEDS = {
    "decide": Deed(P.DECIDE_PAYMENTS, DecideForm, decide_achievement, frozenset({"raised"}), "What was achieved", "Decide what is paid", "Decided. The provider is told, and sends the invoice."),
    "approve": Deed(P.DECIDE_PAYMENTS, ApproveForm, approve_payment, frozenset({"invoiced"}), "Approve", "Approve for the commissioner", "Approved. Finance approves second."),
    "invoice": Deed(P.RECORD_INVOICES, InvoiceForm, record_invoice, frozenset({"decided", "invoiced"}), "Record the invoice", "Record the invoice", "Recorded. The commissioner approves next."),
    "clear": Deed(P.CLEAR_PAYMENTS, ApproveForm, clear_payment, frozenset({"approved"}), "Approve for finance", "Approve for finance", "Approved. The provider is told."),
    "outcome": Deed(P.CLEAR_PAYMENTS, OutcomeForm, record_outcome, frozenset({"cleared", "part paid", "failed"}), "What the bank did", "Save", "Saved."),
}  # fmt: skip


class PaymentList(ContractRecord, RecordDetail):
    """A contract's payments by financial year: due, held back, withheld, to pay, paid."""

    template_name = "contracts/payments.html"

    def get_context_data(self, **kwargs):
        contract = self.object
        officer = contract.invoice_officers.select_related("person").order_by("-named_at", "-pk").first()
        return super().get_context_data(
            **self.identity(contract), years=years_of(contract), officer=officer,
            may_name=self.request.user.can(P.DECIDE_PAYMENTS), **kwargs,
        )  # fmt: skip

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        """The books as CSV, or the workings as Excel; that they were taken is kept."""
        contract = self.get_object()
        rows, kind = moves_of(contract), request.POST.get("as", "")
        if kind not in {"csv", "xlsx"}:
            raise Http404
        try:
            export_list(path=request.path, query="", rows=rows, by=request.user)
        except RuleBroken as refusal:
            messages.error(request, str(refusal.reasons[0]))
            return HttpResponseRedirect(request.path)
        content, media_type = (ledger_csv(rows), "text/csv; charset=utf-8") if kind == "csv" else (ledger_workbook(contract, rows), EXCEL)
        return attachment(content, media_type=media_type, name=f"payments-{contract.slug}-{clock.today().isoformat()}.{kind}")


class OfAPayment:
    """One payment, found by its contract and period."""

    model = Payment
    permission = P.SEE_CONTRACTS
    slug_field = slug_url_kwarg = "period"

    def records(self):
        rows = super().records().filter(contract__slug=self.kwargs["slug"])
        people = ("decided_by", "invoiced_by", "approved_by", "cleared_by", "paused_by", "raised_by", "release")
        return rows.select_related("contract__provider", "contract__authority", *people)


class PaymentPage(OfAPayment, DeedsPage, ActionView):
    """One payment: what it comes to, what it rests on, who did what, and the next deed."""

    template_name = "contracts/payment.html"
    deeds = DEEDS

    def state(self):
        return "" if self.record.is_paused else self.record.state

    def get_context_data(self, **kwargs):
        user, payment = self.request.user, self.record
        may_decide = user.can(P.DECIDE_PAYMENTS)
        return super().get_context_data(
            **head_of(payment.contract, self.request, part="payments"), payment=payment, facts=payment_facts(payment),
            may_pause=may_decide and payment.state not in {PaymentState.PAID, PaymentState.NOTHING},
            may_correct=may_decide and payment.decided_at is not None and payment.kind == PaymentKind.QUARTER,
            sees_returns=user.can(P.SEE_RETURNS), **kwargs,
        )  # fmt: skip


class PausePayment(OfAPayment, Question):
    """Pause a payment for a dispute."""

    permission = P.DECIDE_PAYMENTS
    form_class = ReasonForm
    heading, submit_label, back_label = "Pause for a dispute", "Pause the payment", "Payment"
    lead = "Under clause 59 no step is given until the dispute is settled. Nothing that was written down changes."
    success_message = "Paused."

    def act(self, form):
        pause_payment(self.record, by=self.request.user, **form.cleaned_data)


class ResumePayment(OfAPayment, Question):
    """A paused payment goes on."""

    permission = P.DECIDE_PAYMENTS
    form_class = ReasonForm
    heading, submit_label, back_label = "How was the dispute settled?", "Go on with the payment", "Payment"
    success_message = "It goes on from where it stood."

    def act(self, form):
        resume_payment(self.record, by=self.request.user, **form.cleaned_data)


class CorrectPayment(OfAPayment, Question):
    """Correct a quarter by a dated adjustment."""

    permission = P.DECIDE_PAYMENTS
    form_class = CorrectForm
    heading, submit_label, back_label = "Correct what was due", "Save the correction", "Payment"
    lead = "The quarter itself stays as it is. What more was due becomes a payment of its own, with the same three steps."
    success_message = "Saved as a correction of today."

    def act(self, form):
        correct_payment(self.record, by=self.request.user, **form.cleaned_data)


class NameInvoiceOfficer(Question):
    """Name the person to whom a contract's invoices go."""

    permission = P.DECIDE_PAYMENTS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    form_class = OfficerForm
    heading, submit_label, back_label = "Where invoices go", "Save", "Payments"
    lead = "An email goes to this person when an invoice is recorded. Without one, every commissioner is told."
    success_message = "Saved."

    def back(self):
        return f"{self.record.get_absolute_url()}/payments"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "authority": self.record.authority_id}

    def act(self, form):
        name_invoice_officer(self.record, by=self.request.user, **form.cleaned_data)
