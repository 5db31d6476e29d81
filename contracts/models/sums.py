"""Sums over a contract's prices and budgets, shown with their working."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from contracts.models.budget import Budget
from contracts.models.price import Price
from core import clock
from core.money import WEEKS_IN_YEAR, annual_cost, effective_weekly_rate, pence, weekly_cost_each
from referrals.choices import RateBasis, StayState
from referrals.models import Provision, Stay
from referrals.rules.cost import financial_year


def outreach_a_year(contract) -> Decimal | None:
    """The year of outreach with every place taken, by the price that holds today, or the next; None where it has none."""
    return _outreach_of([contract]).get(contract.pk)


def _outreach_of(contracts) -> dict[int, Decimal]:
    """The same of each contract that has one, by its key."""
    today, prices = clock.today(), {}
    rows = Price.objects.filter(Q(until_on=None) | Q(until_on__gt=today), lot__contract__in=contracts, provision__kind="outreach")
    for price in rows.select_related("lot").order_by("from_on", "pk"):
        if price.from_on <= today or price.until_on is None:
            prices.setdefault(price.lot.contract_id, price)
    return {contract: annual_cost(price.weekly_rate, places=price.places) for contract, price in prices.items()}


def difference(contract) -> str:
    """What the contract before was worth, less outreach at full capacity: a query, not a saving."""
    return _difference(contract, _outreach_of([contract]))


def differences(contracts) -> list[str]:
    """The same of each of some contracts that has one."""
    years = _outreach_of(contracts)
    return [words for contract in contracts if (words := _difference(contract, years))]


def _difference(contract, years: dict[int, Decimal]) -> str:
    before, year = contract.follows, years.get(contract.pk)
    if before is None or before.annual_value is None or year is None:
        return ""
    return (
        f"£{before.annual_value:,.0f} − £{year:,.0f} = {'−' if year > before.annual_value else ''}"
        f"£{abs(before.annual_value - year):,.0f}. The period of the earlier "
        "value is not stated, so this is a query and no saving until finance confirms it."
    )


def pounds(amount: Decimal) -> str:
    """Take an amount; give "£660", or "£1,733.33" where it has pence."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def working(price) -> tuple[Decimal, str]:
    """A year of one price, by the documents' 52 weeks, and the working: "12 × £660 × 52 = £411,840".

    A price for the whole service is not multiplied by its places.
    """
    places = 1 if price.basis == RateBasis.SERVICE_WEEK else price.places
    year = annual_cost(price.weekly_rate, places=places)
    times = "" if price.basis == RateBasis.SERVICE_WEEK else f"{price.places} × "
    return year, f"{times}{pounds(price.weekly_rate)} × {WEEKS_IN_YEAR} = {pounds(year)}"


def other_working(price) -> str:
    """Where the basis of a price is in doubt, the sum by the other reading: one price for the whole service."""
    if not price.other_reading or price.basis != RateBasis.BED_WEEK:
        return ""
    year = annual_cost(price.weekly_rate)
    each = weekly_cost_each(year, price.places)
    return f"{pounds(price.weekly_rate)} × {WEEKS_IN_YEAR} = {pounds(year)}, which is {pounds(each)} a place a week"


def price_rows(contract) -> list[Price]:
    """Its prices, those that hold or will first, each with its year, the working, and whether it is over."""
    rows = Price.objects.filter(lot__contract=contract).select_related("lot", "provision", "confirmed_by")
    rows = sorted(rows.order_by("lot", "label", "-from_on", "pk")[:200], key=lambda row: row.until_on is not None)
    today = clock.today()
    for row in rows:
        row.year, row.sum = working(row)
        row.other_sum = other_working(row)
        row.is_over = row.until_on is not None and row.until_on <= today
    return rows


@dataclass
class InUse:
    """One service today: how many of its places are in use, and what one in use would cost under a block price."""

    provision: Provision
    places: int
    used: int
    weekly: Decimal
    rates: set[Decimal] = field(default_factory=set)

    @property
    def effective(self) -> Decimal | None:
        """Pounds a week for each place in use, were every place paid for; None where none is in use."""
        return effective_weekly_rate(self.weekly / self.places, self.places, self.used) if self.places else None

    @property
    def unused(self) -> str:
        """A year of the places not in use, with its working; prices that differ make no one sum."""
        free = self.places - self.used
        if free <= 0:
            return "None: all are in use"
        if len(self.rates) > 1:
            return "Not one sum: prices differ"
        each = pence(self.weekly / self.places)
        return f"{free} × {pounds(each)} × {WEEKS_IN_YEAR} = {pounds(annual_cost(each, places=free))}"


def in_use(prices) -> list[InUse]:
    """Each priced service with its places in use today, by its prices that hold."""
    today = clock.today()
    holding = [row for row in prices if row.from_on <= today and not row.is_over]
    begun = Stay.objects.filter(place__provision__in={row.provision_id for row in holding}, state=StayState.BEGUN)
    used = Counter(begun.values_list("place__provision", flat=True))
    found: dict[int, InUse] = {}
    for row in holding:
        one = found.setdefault(row.provision_id, InUse(row.provision, 0, used[row.provision_id], Decimal(0)))
        one.places += row.places
        one.weekly += row.weekly_rate if row.basis == RateBasis.SERVICE_WEEK else row.weekly_rate * row.places
        one.rates.add(row.weekly_rate)
    return list(found.values())


@dataclass
class Year:
    """One financial year of a contract: its budgets, their total, and what is held back of it."""

    name: str
    budgets: list[Budget]

    @property
    def total(self) -> Decimal:
        """All lots together, in pounds."""
        return sum((row.amount for row in self.budgets), Decimal(0))

    @property
    def held_back(self) -> Decimal:
        """What is held back of them, in pounds."""
        return sum((row.retained for row in self.budgets), Decimal(0))


def budget_years(contract) -> list[Year]:
    """Its budgets by financial year, the latest year first."""
    rows = Budget.objects.filter(contract=contract).select_related("lot", "confirmed_by", "query_settled_by").order_by("-from_on", "lot", "pk")
    years: dict[str, Year] = {}
    for row in rows[:200]:
        years.setdefault(row.financial_year, Year(row.financial_year, [])).budgets.append(row)
    return list(years.values())


def year_now(contract) -> Year | None:
    """The budgets of this financial year, or the latest there are."""
    years = budget_years(contract)
    now = financial_year(clock.today())[2]
    return next((year for year in years if year.name == now), years[0] if years else None)


def totals_of(contracts, year: str) -> dict[int, Decimal]:
    """This financial year's budget of each of some contracts, by contract, in pounds."""
    found: dict[int, Decimal] = {}
    for row in Budget.objects.filter(contract__in=contracts, financial_year=year):
        found[row.contract_id] = found.get(row.contract_id, Decimal(0)) + row.amount
    return found


def succession(contract, visible) -> list:
    """The contracts before this one that the reader may see, the earliest first, and this one; ten at most."""
    chain = [contract]
    while len(chain) < 10 and chain[-1].follows_id:
        before = visible.filter(pk=chain[-1].follows_id).select_related("provider").first()
        if before is None:
            break
        chain.append(before)
    return chain[::-1]
