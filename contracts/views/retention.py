"""What is held back: the ledger of a contract, and one budget's evidence, decision and reply."""

from contracts.actions.retention import decide_release, reply_to_release, submit_evidence
from contracts.forms.payment import EvidenceForm, ReleaseForm, ReplyForm
from contracts.models import Budget
from contracts.models.payment_page import held_back
from contracts.rules.retention import opens_on
from contracts.views.deeds import Deed, DeedsPage
from contracts.views.head import ContractRecord, head_of
from core import clock
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail

P = Permission
DEEDS = {
    "reply": Deed(P.RECORD_INVOICES, ReplyForm, reply_to_release, frozenset({"refused"}), "Reply to the decision", "Send the reply", "Your reply is kept beside the decision."),
    "evidence": Deed(P.RECORD_INVOICES, EvidenceForm, submit_evidence, frozenset({"open", "evidence"}), "Evidence", "Send the evidence", "Sent. A commissioner decides."),
    "release": Deed(P.DECIDE_PAYMENTS, ReleaseForm, decide_release, frozenset({"evidence"}), "Decide on the release", "Decide", "Decided. The provider is told, and may reply."),
}  # fmt: skip


def budgets_of(contract):
    """A contract's budgets with what became of what was held back, the newest year first."""
    rows = Budget.objects.filter(contract=contract).select_related("lot", "release__decided_by", "release__submitted_by", "release__payment")
    return list(rows.order_by("-from_on", "lot__kind", "pk")[:40])


class RetentionLedger(ContractRecord, RecordDetail):
    """What is held back of a contract, by year, lot and quarter, apart from its payments."""

    template_name = "contracts/retention.html"

    def get_context_data(self, **kwargs):
        rows = held_back(budgets_of(self.object))
        return super().get_context_data(
            **self.identity(self.object), rows=rows, still=sum((row.balance.retained for row in rows), 0), today=clock.today(), **kwargs
        )


class HeldBack(DeedsPage, ActionView):
    """What is held back of one budget: the evidence, the decision, the reply."""

    permission = P.SEE_CONTRACTS
    model = Budget
    template_name = "contracts/held_back.html"
    deeds = DEEDS

    def records(self):
        people = ("release__decided_by", "release__submitted_by", "release__replied_by", "release__payment")
        rows = super().records().filter(contract__slug=self.kwargs["slug"])
        return rows.select_related("lot", "contract__provider", "contract__authority", "query_settled_by", *people)

    def state(self):
        release = getattr(self.record, "release", None)
        held = self.held.balance.retained and clock.today() >= self.opens
        if release is not None and release.decided_at is None:
            return "evidence"
        if held or release is None:
            return "open" if held else ""
        return "refused" if release.release != "all" and release.replied_at is None else ""

    @property
    def held(self):
        """Its row of the ledger."""
        return held_back([self.record])[0]

    @property
    def opens(self):
        """The first day on which it may be released."""
        return opens_on(self.record.until_on)

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        contract = self.record.contract
        return super().get_context_data(
            **head_of(contract, self.request, part="retention"), held=self.held, budget=self.record, opens=self.opens,
            release=getattr(self.record, "release", None), is_open=clock.today() >= self.opens,
            may_settle=self.request.user.can(P.DECIDE_PAYMENTS), **kwargs,
        )  # fmt: skip
