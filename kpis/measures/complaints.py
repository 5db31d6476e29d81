"""Complaints, incidents and compliments of a contract by quarter; small counts hidden for those who watch."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.models import Complaint, Compliment
from core import clock
from core.dates import months_after
from kpis.measures.service import HIDDEN
from kpis.rules.suppression import suppress

QUARTERS = 4


@dataclass(frozen=True)
class Quarter:
    """One quarter's counts, as this reader may see them."""

    starts_on: date
    last_on: date
    complaints: str
    incidents: str
    compliments: str


def quarters(today: date, many: int = QUARTERS) -> list[tuple[date, date]]:
    """The quarters of the year from April to this one, the newest first: first day, and the day after the last."""
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return [(months_after(first, -3 * back), months_after(first, -3 * back + 3)) for back in range(many)]


def by_quarter(contract, user, *, hide: bool) -> list[Quarter]:
    """What was received in each of the last four quarters; no total stands beside a hidden count."""
    since = months_after(clock.today().replace(day=1), -3 * QUARTERS)
    rows = list(Complaint.objects.filter(contract=contract, received_on__gte=since).values_list("kind", "received_on"))
    good = Compliment.objects.visible_to(user).filter(contract=contract, given_at__gte=clock.moment(since))
    days = [at.astimezone(clock.LONDON).date() for at in good.values_list("given_at", flat=True)]
    return [
        Quarter(
            start, end - timedelta(days=1),
            *(_shown(sum(kind == each and start <= on < end for each, on in rows), hide) for kind in ("complaint", "incident")),
            str(sum(start <= on < end for on in days)),
        )
        for start, end in quarters(clock.today())
    ]  # fmt: skip


def open_and_late(contract, *, hide: bool) -> tuple[str, str]:
    """How many are open, and of those how many are past the day for their answer."""
    due = list(Complaint.objects.filter(contract=contract).open().values_list("due_on", flat=True))
    late = sum(day < clock.today() for day in due)
    if hide:
        shown = suppress([late, len(due) - late])
        return _shown(len(due), hide) if shown.total is not None else HIDDEN, _or_hidden(shown.cells[0])
    return str(len(due)), str(late)


def _shown(count: int, hide: bool) -> str:
    return _or_hidden(suppress([count]).cells[0]) if hide else str(count)


def _or_hidden(count) -> str:
    return HIDDEN if count is None else str(count)
