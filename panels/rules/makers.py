"""Who makes a decision in law, where that is not the panel's chair."""

from collections.abc import Mapping
from decimal import Decimal

# The council's scheme of delegation may name others: the terms' own words come first.
USUAL = {
    "out of area": "Nominated officer",
    "at a distance": "Director of children’s services",
    "permanence": "Agency decision-maker",
}
MONEY = "Decision-maker under the scheme of delegation"


def who_decides(kind: str, amount: Decimal | None, thresholds: Mapping) -> str:
    """Take what a decision is about, its money and the terms' thresholds; give who decides beyond the chair, or nothing.

    The thresholds may name `decision makers` by kind, and the `chair limit` in pounds.
    """
    named = thresholds.get("decision makers") or {}
    maker = named.get(kind) or USUAL.get(kind, "")
    limit = thresholds.get("chair limit")
    if not maker and limit is not None and amount is not None and amount > Decimal(str(limit)):
        maker = named.get("money") or MONEY
    return maker
