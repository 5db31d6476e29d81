"""Contracts, with their prices and the arithmetic shown."""

from django.shortcuts import get_object_or_404

from contracts.actions.contract import confirm_price
from contracts.models import Contract, Price
from contracts.models.sums import difference
from core.money import annual_cost
from core.roles import Permission
from core.views.bases import ButtonDeed, Page, RecordList


class ContractList(RecordList):
    """The contracts this person may see."""

    permission = Permission.SEE_CONTRACTS
    model = Contract

    def records(self):
        return super().records().select_related("provider").order_by("-starts_on", "pk")


class ContractDetail(Page):
    """One contract: parties, lots, prices, and what they come to."""

    permission = Permission.SEE_CONTRACTS

    def get_context_data(self, **kwargs):
        rows = Contract.objects.visible_to(self.request.user).select_related("provider", "authority", "follows__provider")
        contract = get_object_or_404(rows, slug=kwargs["slug"])
        sees_before = rows.filter(pk=contract.follows_id).exists()
        prices = Price.objects.filter(lot__contract=contract).select_related("lot", "provision", "confirmed_by")
        prices = list(prices.order_by("lot", "pk"))
        for price in prices:
            price.year = annual_cost(price.weekly_rate, places=price.places)
            price.sum = f"{price.places} × £{price.weekly_rate:,.0f} × 52 = £{price.year:,.0f}"
        return super().get_context_data(
            contract=contract, prices=prices, difference=difference(contract) if sees_before else "",
            may_confirm=self.request.user.can(Permission.CHANGE_CONTRACTS), **kwargs,
        )  # fmt: skip


class ConfirmPrice(ButtonDeed):
    """Confirm one price, named by the button that was pressed."""

    permission = Permission.CHANGE_CONTRACTS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "Confirmed."

    def act(self, form):
        typed = self.request.POST.get("price", "")
        key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
        confirm_price(get_object_or_404(Price, lot__contract=self.record, pk=key), by=self.request.user)
