"""A contract's variations, consents to sub-contract, clauses, names and data roles; and adding to them."""

from contracts.actions.record import add_clause, add_data_role, add_name
from contracts.actions.variation import ask_subcontract, decide_subcontract
from contracts.choices import Topic
from contracts.forms.facts import DataRoleForm, NameForm
from contracts.forms.variation import ClauseForm, ConsentForm, SubcontractForm
from contracts.models import ContractDocument, Subcontract, Variation
from contracts.models.contract_document import MOST_DOCUMENTS, attach
from contracts.views.head import ContractDeed, ContractRecord
from core import scanner
from core.roles import Permission, Role
from core.views.bases import Question, RecordDetail

MOST = 100


class Documents(ContractRecord, RecordDetail):
    """What the contract says, and what has changed it."""

    template_name = "contracts/documents.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        clauses = list(contract.clauses.order_by("topic", "pk")[:MOST])
        files = ContractDocument.objects.visible_to(user).filter(contract=contract, entry=None).select_related("file__added_by")
        files = list(files.order_by("-file__added_at", "-pk")[:MOST_DOCUMENTS])
        for one in files:
            one.contract = contract
        attach(clauses, files, "clause")
        topics = [{"label": topic.label, "clauses": [row for row in clauses if row.topic == topic]} for topic in Topic]
        asked = Subcontract.objects.visible_to(user).filter(contract=contract).select_related("decided_by")
        return super().get_context_data(
            **self.identity(contract), topics=[topic for topic in topics if topic["clauses"]],
            variations=Variation.objects.visible_to(user).filter(contract=contract).order_by("-from_on", "-pk")[:MOST],
            subcontracts=asked.order_by("-asked_at", "pk")[:MOST], baselines=contract.baselines.order_by("pk")[:MOST],
            files=[one for one in files if one.clause_id is None], scanner=scanner.is_set(),
            may_change=user.can(Permission.CHANGE_CONTRACTS), may_vary=user.can(Permission.AGREE_VARIATIONS),
            is_provider=user.acting.role == Role.PROVIDER_MANAGER, **kwargs,
        )  # fmt: skip


class AddClause(ContractDeed):
    """Write down a clause."""

    form_class = ClauseForm
    heading, submit_label, success_message = "Add a clause", "Add the clause", "Added."

    def act(self, form):
        add_clause(self.record, by=self.request.user, **form.cleaned_data)


class AddName(ContractDeed):
    """Write down a former name."""

    form_class = NameForm
    heading, submit_label, success_message = "Add a former name", "Add the name", "Added."

    def back(self):
        return self.record.get_absolute_url()

    def act(self, form):
        add_name(self.record, by=self.request.user, **form.cleaned_data)


class AddDataRole(ContractDeed):
    """Write down who controls some data."""

    form_class = DataRoleForm
    asks_of_contract = True
    heading, submit_label, success_message = "Add who controls data", "Add", "Added."

    def back(self):
        return self.record.get_absolute_url()

    def act(self, form):
        add_data_role(self.record, by=self.request.user, **form.cleaned_data)


class AskSubcontract(ContractDeed):
    """The provider asks for consent to sub-contract."""

    permission = Permission.AGREE_VARIATIONS
    form_class = SubcontractForm
    heading, submit_label = "Ask for consent to sub-contract", "Ask the council"
    lead = "Nobody else does a part of the service before the council has consented in writing."
    success_message = "Asked. The council answers on this page."

    def act(self, form):
        ask_subcontract(self.record, by=self.request.user, **form.cleaned_data)


class DecideSubcontract(Question):
    """The council consents, or not."""

    permission = Permission.CHANGE_CONTRACTS
    model = Subcontract
    form_class = ConsentForm
    submit_label, back_label = "Save the answer", "Contract"
    success_message = "Saved."

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "heading": f"May {self.record.who} do a part?", "lead": f"{self.record.what}."}

    def act(self, form):
        decide_subcontract(self.record, by=self.request.user, **form.cleaned_data)
