"""A benefit counted from a child's journey, under a contract."""

from datetime import date
from decimal import Decimal

from contracts.actions.benefit import enter_benefit
from contracts.rules.benefit import Entry

FROM_JOURNEY = Entry(
    kind="non-cashable", what="A family and no home.", is_of_a_child=True, is_moved=False, is_modelled=False, modelled_for="",
    baseline="A home.", baseline_weekly=Decimal(3500), baseline_source="A price list.", budget_line="", starts_on=date(2026, 10, 5),
    baseline_ends_on=date(2027, 4, 1), forecast=Decimal(60_000), attribution=Decimal(100), attribution_words="",
)  # fmt: skip


def with_a_benefit(borough, contract, child) -> dict:
    """The head of service enters it: the child's reference is theirs to read, and the benefit's own the council's."""
    return {"benefit": enter_benefit(contract, entry=FROM_JOURNEY, child=child, outcome="instead:foster", by=borough.head_of_service)}
