"""A contract is written down, given its lots and prices, put in force, and ended."""

from django.utils.text import slugify

from contracts.actions.contract import activate_contract, add_contract, add_lot, end_contract
from contracts.actions.price import set_price
from contracts.choices import LotKind
from contracts.forms.contract import ContractForm, LotForm, PriceForm
from contracts.models import Contract
from contracts.rules.activation import why_not_price_directly
from contracts.views.head import ContractDeed
from core.roles import Permission
from core.rules import refuse_if
from core.views.bases import ButtonDeed, Question


class AddContract(Question):
    """Write down an agreement with a provider."""

    permission = Permission.CHANGE_CONTRACTS
    form_class = ContractForm
    heading, submit_label, back_label = "Add a contract", "Add the contract", "Contracts"
    lead = "It tells no service anything before it has a price and is put in force."
    success_message = "Added. Give it its lots and prices, then put it in force."

    def back(self):
        return "/contracts"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        typed, user = form.cleaned_data, self.request.user
        slug = slugify(typed["name"])[:50].strip("-")
        slug = slug if slug not in {"", "new"} else f"contract-{slug}".strip("-")
        return add_contract(slug=slug, authority=user.acting.authority, by=user, **typed).get_absolute_url()


class AddLot(ContractDeed):
    """Add a part to a contract."""

    form_class = LotForm
    heading, submit_label, success_message = "Add a lot", "Add the lot", "Added."

    def back(self):
        return self.record.get_absolute_url()

    def act(self, form):
        add_lot(self.record, by=self.request.user, **form.cleaned_data)


class SetPrice(ContractDeed):
    """Set what a lot pays; in force, that is a variation."""

    form_class = PriceForm
    asks_of_contract = True
    heading, submit_label, part = "Set a price", "Set the price", "prices"
    lead = "It is indicative until somebody confirms it."
    success_message = "Set. It is indicative until it is confirmed."

    def why_not(self):
        return why_not_price_directly(self.record.state)

    def act(self, form):
        refuse_if(self.why_not())
        set_price(by=self.request.user, **form.cleaned_data)


class Activate(ButtonDeed):
    """Put a contract in force; a pilot's referrals are signed by a strategic manager too."""

    permission = Permission.CHANGE_CONTRACTS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "In force. Its services have been told what they have."

    def act(self, form):
        is_pilot = self.record.lots.filter(kind=LotKind.PILOT).exists()
        activate_contract(self.record, sign_off_chain=("TM", "SM", "STM") if is_pilot else ("TM", "SM"), by=self.request.user)


class EndContract(ButtonDeed):
    """End a contract whose last day has come."""

    permission = Permission.CHANGE_CONTRACTS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "Ended."

    def act(self, form):
        end_contract(self.record, by=self.request.user)
