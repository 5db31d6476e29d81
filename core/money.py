"""Money: what a stay, a place and a benefit come to, in pence, rounded once and half up."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
DAYS_IN_WEEK = 7
WEEKS_IN_YEAR = 52  # the documents' own convention: 12 x 660 x 52 = 411,840

Amount = Decimal | int


def exact(number: Amount) -> Decimal:
    """Take a whole number or a Decimal as a Decimal; a float has already lost its pence."""
    if isinstance(number, float):
        raise TypeError("Give money and counts as Decimal or int, never float.")
    return Decimal(number)


def pence(amount: Decimal) -> Decimal:
    """Round an amount half up to pence."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def days_between(starts_on: date, ends_on: date) -> int:
    """Count the days of a period, its end left out; ValueError when that comes before its start."""
    days = (ends_on - starts_on).days
    if days < 0:
        raise ValueError("A period cannot end before it starts.")
    return days


def cost_of_stay(weekly_rate: Amount, starts_on: date, ends_on: date) -> Decimal:
    """Give what a stay costs: a seventh of the weekly rate for each day, the end day left out."""
    days = days_between(starts_on, ends_on)
    return pence(exact(weekly_rate) * days / DAYS_IN_WEEK)


def annual_cost(weekly_rate: Amount, places: int = 1, weeks: int = WEEKS_IN_YEAR) -> Decimal:
    """Give a year's cost of some places, by the documents' 52-week convention."""
    return pence(exact(weekly_rate) * exact(places) * exact(weeks))


def retention(amount: Amount, percent: Amount = Decimal(5)) -> Decimal:
    """Give the part of a budget that is held back until it has been earned."""
    return pence(exact(amount) * exact(percent) / 100)


def instalment(amount: Amount, *, percent: Amount = Decimal(5), quarters: int = 4) -> Decimal:
    """Give what is paid each quarter in arrears, once the retention is held back."""
    return pence((exact(amount) - retention(amount, percent)) / quarters)


def instalments(
    amount: Amount, *, percent: Amount = Decimal(5), quarters: int = 4
) -> list[Decimal]:
    """Give every quarter's payment; the last is what remains, so nothing is lost to rounding."""
    each = instalment(amount, percent=percent, quarters=quarters)
    left = pence(exact(amount)) - retention(amount, percent)
    paid = []
    for _ in range(quarters - 1):
        # A budget of a few pence would otherwise be overpaid by rounding up.
        paid.append(min(each, left))
        left -= paid[-1]
    return [*paid, left]


def benefit(
    baseline_weekly: Amount, actual_weekly: Amount, starts_on: date, ends_on: date
) -> Decimal:
    """Give what a change of placement saved, day by day; less than nothing when it cost more."""
    days = days_between(starts_on, ends_on)
    return pence((exact(baseline_weekly) - exact(actual_weekly)) * days / DAYS_IN_WEEK)


def weekly_cost_each(annual: Amount, places: int, weeks: int = WEEKS_IN_YEAR) -> Decimal | None:
    """Give what each place costs a week when a year's sum is shared; None with no places."""
    if not places:
        return None
    return pence(exact(annual) / (places * weeks))


def effective_weekly_rate(weekly_rate: Amount, places: int, filled: int) -> Decimal | None:
    """Give what each filled place really costs a week when every place is paid for."""
    if not filled:
        return None
    return pence(exact(weekly_rate) * places / filled)


def break_even_weeks(cost: Amount, weekly_saving: Amount) -> Decimal | None:
    """Give the child-weeks of a weekly saving that pay for a cost; None when nothing is saved."""
    if weekly_saving <= 0:
        return None
    return pence(exact(cost) / exact(weekly_saving))
