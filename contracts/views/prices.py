"""A contract's prices with their working, places in use, budgets by year, and capital decisions."""

from datetime import timedelta

from django.shortcuts import get_object_or_404

from contracts.actions.price import confirm_budget, set_budget, settle_query
from contracts.actions.record import add_capital
from contracts.forms.facts import CapitalForm
from contracts.forms.variation import BudgetForm, SettleQueryForm
from contracts.models import Budget, Contract
from contracts.models.sums import budget_years, difference, in_use, price_rows
from contracts.views.head import ContractDeed, ContractRecord, pressed
from core.roles import Permission
from core.views.bases import ButtonDeed, Question, RecordDetail


class Prices(ContractRecord, RecordDetail):
    """What a contract pays, by date, and what may be spent, by year."""

    template_name = "contracts/prices.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        prices = price_rows(contract)
        sees_before = self.model.objects.visible_to(user).filter(pk=contract.follows_id).exists()
        return super().get_context_data(
            **self.identity(contract), prices=prices, services=in_use(prices), years=budget_years(contract),
            difference=difference(contract) if sees_before else "",
            capital=list(contract.capital_decisions.order_by("pk")[:50]),
            may_change=user.can(Permission.CHANGE_CONTRACTS), may_confirm=user.can(Permission.CONFIRM_BUDGETS),
            may_settle=user.can(Permission.DECIDE_PAYMENTS), may_confirm_budgets=user.can(Permission.CONFIRM_BUDGETS), **kwargs,
        )  # fmt: skip


class SetBudget(ContractDeed):
    """Write down a budget."""

    form_class = BudgetForm
    asks_of_contract = True
    heading, submit_label, part = "Add a budget", "Add the budget", "prices"
    lead = "It is indicative until somebody of the council confirms it."
    success_message = "Added. It is indicative until it is confirmed."

    def act(self, form):
        typed = dict(form.cleaned_data)
        last_on = typed.pop("last_on")
        set_budget(self.record, until_on=last_on + timedelta(days=1) if last_on else None, by=self.request.user, **typed)


class ConfirmBudget(ButtonDeed):
    """Confirm one budget, named by the button that was pressed."""

    permission = Permission.CONFIRM_BUDGETS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "Confirmed."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/prices"

    def act(self, form):
        mine = Budget.objects.visible_to(self.request.user).filter(contract=self.record)
        confirm_budget(get_object_or_404(mine, reference=pressed(self.request, "budget")), by=self.request.user)


class SettleQuery(Question):
    """Say how what is doubtful about a budget is settled."""

    permission = Permission.DECIDE_PAYMENTS
    model = Budget
    form_class = SettleQueryForm
    heading, submit_label, back_label = "Settle the query", "Save the answer", "Prices and budgets"
    success_message = "Settled. The query stays beside your answer."

    def records(self):
        return super().records().filter(contract__slug=self.kwargs["slug"]).select_related("contract__authority", "lot")

    @property
    def lead(self):
        """The budget and its query."""
        return f"{self.record}: {self.record.query}" if self.record.query else f"{self.record} has no query."

    def back(self):
        return f"{self.record.contract.get_absolute_url()}/prices"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "holds_back": bool(self.record.retention_percent)}

    def get_initial(self):
        return {"due_on": self.record.retention_due_on}

    def act(self, form):
        settle_query(self.record, by=self.request.user, **form.cleaned_data)


class AddCapital(ContractDeed):
    """Write down a decision about capital."""

    form_class = CapitalForm
    heading, submit_label, part = "Add a capital decision", "Add the decision", "prices"
    lead = "A record to refer to. Nothing is paid from it."
    success_message = "Added."

    def act(self, form):
        add_capital(self.record, by=self.request.user, **form.cleaned_data)
