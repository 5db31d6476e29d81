"""Sums over a contract's prices, shown with their working."""

from contracts.models.price import Price
from core.money import annual_cost


def outreach_a_year(contract):
    """The year's price of outreach with every place taken, or None where it has no such price."""
    prices = Price.objects.filter(lot__contract=contract, provision__kind="outreach", until_on=None)
    price = prices.order_by("pk").first()
    return annual_cost(price.weekly_rate, places=price.places) if price else None


def difference(contract) -> str:
    """What the contract before was worth, less outreach at full capacity: a query, not a saving."""
    before, year = contract.follows, outreach_a_year(contract)
    if before is None or before.annual_value is None or year is None:
        return ""
    return (
        f"£{before.annual_value:,.0f} − £{year:,.0f} = £{before.annual_value - year:,.0f}. The period of the earlier "
        "value is not stated, so this is a query and no saving until finance confirms it."
    )
