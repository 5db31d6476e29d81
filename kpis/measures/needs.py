"""How often panels wrote down that what a child needed could not be had, by quarter; small counts hidden for those who watch."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.dates import financial_quarter, months_after
from kpis.measures.service import HIDDEN
from kpis.rules.suppression import suppress
from panels.models import Decision

QUARTERS = 8


@dataclass(frozen=True)
class Quarter:
    """One quarter's count, as this reader may see it."""

    label: str
    from_on: date
    last_on: date
    count: str


def needs_by_quarter(authority_id: int, *, hide: bool) -> list[Quarter]:
    """Take an authority; give its last eight quarters, the newest first, each with how many children's items named such a need.

    There is no total: each hidden count stands alone, so that nothing beside it gives it back.
    """
    this = clock.today().replace(day=1)
    begins = months_after(this, -((this.month - 4) % 3))
    starts = [months_after(begins, -3 * n) for n in range(QUARTERS)]
    met = Decision.objects.filter(
        item__meeting__panel__authority=authority_id, item__referral__isnull=False, agreed_at__isnull=False,
        item__meeting__starts_at__gte=clock.moment(starts[-1], clock.MIDNIGHT),
    ).exclude(unmet_need="")  # fmt: skip
    days = [at.astimezone(clock.LONDON).date() for at in met.values_list("item__meeting__starts_at", flat=True)]
    return [_quarter(start, sum(start <= day < months_after(start, 3) for day in days), hide=hide) for start in starts]


def _quarter(start: date, count: int, *, hide: bool) -> Quarter:
    """One quarter with its count, nought to "None"."""
    shown = suppress([count]).cells[0] if hide else count
    return Quarter(financial_quarter(start), start, months_after(start, 3) - timedelta(days=1), HIDDEN if shown is None else str(shown or "None"))
