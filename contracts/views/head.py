"""The head that every page of one contract shares."""

import re

from contracts.choices import ContractState
from contracts.models import Contract
from core.dates import day_in_words
from core.references import PATTERN
from core.roles import Permission
from core.tabs import tabs_for
from core.views.bases import Question

TONES = {ContractState.PROPOSED: "plain", ContractState.ACTIVE: "good", ContractState.ENDED: "done"}


def head_of(contract, request, *, part: str = "") -> dict:
    """Give the bar's facts and tabs: the contract's name, the council, the provider, its term and state.

    `part` is the tab that a page belongs to when its own address is not a tab's, such as "payments".
    """
    return {
        "contract": contract,
        "record_name": contract.name,
        "record_facts": [str(contract.authority), str(contract.provider), _term(contract)],
        "status_label": contract.get_state_display(),
        "status_tone": TONES[contract.state],
        "tabs": tabs_for("contract", contract.slug, user=request.user, path=f"{contract.get_absolute_url()}/{part}" if part else request.path),
    }


def _term(contract) -> str:
    """From when until when, in words."""
    until = f" to {day_in_words(contract.ends_on)}" if contract.ends_on else ""
    return f"from {day_in_words(contract.starts_on)}{until}"


def pressed(request, name: str) -> str:
    """The reference that a button sent under a name, or nothing where it is none."""
    typed = request.POST.get(name, "")
    return typed if re.fullmatch(PATTERN, typed) else ""


class ContractRecord:
    """What every page of one contract shows at its head; of contracts this person may see."""

    model = Contract
    permission = Permission.SEE_CONTRACTS
    slug_field = slug_url_kwarg = "slug"

    def records(self):
        return super().records().select_related("provider", "authority", "follows__provider")

    def identity(self, contract):
        """The bar at the head of this page."""
        return head_of(contract, self.request)


class ContractDeed(Question):
    """A deed about one contract, asked on a page of its own; `part` is the tab it belongs to."""

    model = Contract
    permission = Permission.CHANGE_CONTRACTS
    slug_field = slug_url_kwarg = "slug"
    back_label, part = "Contract", "documents"
    asks_of_contract = False  # True where the form's choices are the contract's own

    def back(self):
        return f"{self.record.get_absolute_url()}/{self.part}"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "contract": self.record} if self.asks_of_contract else kwargs
