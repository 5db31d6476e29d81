"""Contracts, with their prices and the arithmetic shown."""

from django.shortcuts import get_object_or_404

from contracts.actions.contract import confirm_price
from contracts.models import Contract, Price
from contracts.models.sums import difference
from core.money import annual_cost
from core.roles import Permission
from core.views.bases import ActionView, Page, RecordList


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
        prices = Price.objects.filter(lot__contract=contract).select_related("lot", "provision", "confirmed_by")
        prices = list(prices.order_by("lot", "pk"))
        for price in prices:
            price.year = annual_cost(price.weekly_rate, places=price.places)
            price.sum = f"{price.places} × £{price.weekly_rate:,.0f} × 52 = £{price.year:,.0f}"
        return super().get_context_data(
            contract=contract, prices=prices, difference=difference(contract),
            may_confirm=self.request.user.can(Permission.CHANGE_CONTRACTS), **kwargs,
        )  # fmt: skip


class ConfirmPrice(ActionView):
    """Confirm one price."""

    permission = Permission.CHANGE_CONTRACTS
    success_message = "Confirmed."

    def act(self, form):
        seen = Contract.objects.visible_to(self.request.user)
        contract = get_object_or_404(seen, slug=self.kwargs["slug"])
        typed = self.request.POST.get("price", "")
        key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
        price = get_object_or_404(Price, lot__contract=contract, pk=key)
        confirm_price(price, by=self.request.user)
        return contract.get_absolute_url()

    def get(self, request, *args, **kwargs):
        return self.http_method_not_allowed(request)
