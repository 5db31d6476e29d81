"""A contract in force, and rows of its registers, made by the product's own actions."""

from contracts.actions.complaint import log_complaint
from contracts.actions.contract import add_contract
from contracts.actions.feedback import open_round
from contracts.actions.workforce import add_staff_member
from contracts.choices import ContractState
from contracts.models import Contract
from tests.conftest import TODAY


def a_service_contract(borough, slug="art"):
    """One contract in force with the borough's provider, without prices."""
    contract = add_contract(
        slug=slug, authority=borough.authority, name="Contract", provider=borough.provider, starts_on=TODAY.replace(year=2024), by=None
    )
    Contract.objects.filter(pk=contract.pk).update(state=ContractState.ACTIVE)
    return Contract.objects.get(pk=contract.pk)


def _contract(borough):
    return Contract.objects.filter(authority=borough.authority).first() or a_service_contract(borough)


def somebody(borough, name="Zzcanary Worker"):
    """A practitioner on the register, qualified long ago."""
    return add_staff_member(
        _contract(borough), name=name, role="clinical psychologist", qualification="Doctorate", qualified_on=TODAY.replace(year=2015),
        starts_on=TODAY.replace(year=2025), by=borough.provider_manager,
    )  # fmt: skip


def a_complaint(borough, **facts):
    """One complaint of a parent, received today."""
    asks = {"kind": "complaint", "told_by": "family", "received_on": TODAY, "about": "Zzcanary words.", "by": borough.provider_manager}
    return log_complaint(_contract(borough), **asks | facts)


def a_round(borough, asked="carers", **facts):
    """One round that is open, due today."""
    return open_round(_contract(borough), asked=asked, due_on=facts.pop("due_on", TODAY), by=borough.provider_manager)
