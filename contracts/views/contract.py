"""Contracts: the list, and one with its parties, names, lots and prices, and the arithmetic shown."""

from datetime import date

from django.shortcuts import get_object_or_404

from contracts.actions.price import confirm_price
from contracts.models import Contract, Price, Variation
from contracts.models.sums import difference, price_rows, succession, totals_of, year_now
from contracts.rules.activation import why_not_end
from contracts.rules.calendar import closed_in, days_open
from contracts.views.head import ContractRecord
from core import clock
from core.models.closure import Closure, ClosureKind
from core.roles import Permission
from core.views.bases import ButtonDeed, RecordDetail, RecordList
from core.working_days import england_holidays
from referrals.rules.cost import financial_year


class ContractList(RecordList):
    """The contracts this person may see, and the places their council has bought from others."""

    permission = Permission.SEE_CONTRACTS
    model = Contract

    def records(self):
        return super().records().select_related("provider").prefetch_related("gates").order_by("-starts_on", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        year = financial_year(clock.today())[2]
        totals = totals_of(context["object_list"], year)
        for contract in context["object_list"]:
            contract.this_year = totals.get(contract.pk)
            waits = [gate.due_on for gate in contract.gates.all() if gate.decided_at is None]
            contract.next_decision_on = min(waits, default=None)
        user = self.request.user
        bought = Variation.objects.visible_to(user).bought_by(user.acting.authority_id).select_related("contract__provider")
        may_change = user.can(Permission.CHANGE_CONTRACTS)
        return {**context, "year": year, "may_change": may_change, "bought": bought.order_by("-from_on", "pk")[:20], "may_see_benefits": self.request.user.can(Permission.SEE_BENEFITS)}


class ContractDetail(ContractRecord, RecordDetail):
    """One contract: parties, names, lots, prices, and what they come to."""

    permission = Permission.SEE_CONTRACTS

    def get_context_data(self, **kwargs):
        contract, seen = self.object, self.model.objects.visible_to(self.request.user)
        chain = succession(contract, seen)
        return super().get_context_data(
            **self.identity(contract), prices=[row for row in price_rows(contract) if not row.is_over], chain=chain,
            names=list(contract.former_names.order_by("of", "from_on", "pk")[:50]), lots=list(contract.lots.order_by("pk")[:50]),
            data_roles=list(contract.data_roles.select_related("controller", "processor").order_by("pk")[:50]),
            talks=list(contract.clauses.filter(topic="communication").order_by("pk")[:20]),
            difference=difference(contract) if len(chain) > 1 else "", budget=year_now(contract),
            closed=_closed(contract),
            may_end=not why_not_end(contract.state, ends_on=contract.ends_on, today=clock.today()), may_change=self.request.user.can(Permission.CHANGE_CONTRACTS),
            may_confirm=self.request.user.can(Permission.CONFIRM_BUDGETS), **kwargs,
        )  # fmt: skip


def _closed(contract) -> dict | None:
    """This year's days on which the service is closed, where a clause says when it is open; and those in question."""
    clause = contract.clauses.filter(topic="calendar").order_by("pk").first()
    if clause is None:
        return None
    year = clock.today().year
    proclaimed = Closure.objects.standing().filter(authority=contract.authority_id, kind=ClosureKind.HOLIDAY, on__year=year)
    holidays = england_holidays() | set(proclaimed.values_list("on", flat=True))
    days = closed_in(year, holidays)
    days_open_now = days_open(date(year, 1, 1), date(year + 1, 1, 1), holidays)
    return {"clause": clause, "open": days_open_now, "year": year, "days": [day for day, _ in days], "asked": [day for day, alone in days if alone]}


class ConfirmPrice(ButtonDeed):
    """Confirm one price, named by the button that was pressed."""

    permission = Permission.CONFIRM_BUDGETS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "Confirmed."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/prices"

    def act(self, form):
        typed = self.request.POST.get("price", "")
        key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
        confirm_price(get_object_or_404(Price, lot__contract=self.record, pk=key), by=self.request.user)
