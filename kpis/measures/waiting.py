"""The waiting list as a report: how many, how long, what was done; small counts hidden for those who watch."""

from dataclasses import dataclass
from datetime import timedelta

from core import clock
from core.figures import median
from kpis.measures.service import HIDDEN
from kpis.rules.suppression import suppress
from referrals.models import Banding, Contact, OrderChange, Referral, Stay

# Weeks waited: the first day of each band of the table, and its words.
WEEKS = ((0, "Up to 2 weeks"), (15, "3 to 4 weeks"), (29, "5 to 8 weeks"), (57, "9 weeks or more"))
FEW = 5
SINCE = timedelta(days=28)


@dataclass(frozen=True)
class Report:
    """The report's figures, as this reader may see them."""

    bands: list[dict]
    total: str
    longest: str
    middle: str
    actions: list[dict]


def waiting_report(user, *, hide: bool) -> Report:
    """How long children of the reader's authority (or provider) have waited, and what was done in four weeks."""
    rows = Referral.objects.counted_for(user).waiting()
    if user.acting.authority_id is not None:
        rows = rows.filter(authority=user.acting.authority_id)
    return _report(rows, user.acting.authority_id, hide=hide)


def waiting_of(authority) -> Report:
    """The same of a whole authority, whoever reads it: no count of 1 to 5 children."""
    return _report(Referral.objects.filter(authority=authority).waiting(), authority.pk, hide=True)


def _report(rows, authority_id, *, hide: bool) -> Report:
    """The figures of some waiting referrals."""
    days = [_days(since) for since in rows.values_list("waiting_since", flat=True) if since]
    counts = [sum(_band(d) == n for d in days) for n in range(len(WEEKS))]
    shown = suppress(counts) if hide else None
    cells = shown.cells if shown else counts
    total = shown.total if shown else len(days)
    few = hide and len(days) <= FEW
    most = max([cell for cell in cells if cell], default=1)
    return Report(
        bands=[
            {"label": words, "count": HIDDEN if cell is None else str(cell), "width": 0 if cell is None else round(280 * cell / most)}
            for (_, words), cell in zip(WEEKS, cells, strict=True)
        ],
        total=HIDDEN if total is None or (few and days) else str(total),
        longest=_in_days(max(days, default=None), hide=few),
        middle=_in_days(median(days, 0), hide=few),
        actions=_actions(rows, authority_id, hide=hide),
    )  # fmt: skip


def _days(since) -> int:
    return (clock.today() - since.astimezone(clock.LONDON).date()).days


def _band(days: int) -> int:
    """Which row of the table a wait belongs to."""
    return max(n for n, (first, _) in enumerate(WEEKS) if days >= first)


def _in_days(days, *, hide: bool) -> str:
    if days is None:
        return "None waiting"
    return HIDDEN if hide else f"{days} days"


def _actions(rows, authority_id, *, hide: bool) -> list[dict]:
    """What was done in four weeks for those who wait."""
    since = clock.now() - SINCE
    offered = Stay.objects.filter(referral__in=rows, proposed_at__gte=since)
    authority = {"provision__authority": authority_id} if authority_id else {}
    found = [
        ("Contacts with those round a waiting child", Contact.objects.filter(referral__in=rows, made_at__gte=since).count()),
        ("Priorities judged again", Banding.objects.filter(referral__in=rows, banded_at__gte=since).exclude(basis="triage").count()),
        ("Places offered to those who still wait", offered.count()),
    ]
    orders = OrderChange.objects.filter(changed_at__gte=since, **authority).count()
    return [
        *({"label": words, "count": HIDDEN if hide and 1 <= count <= FEW else str(count)} for words, count in found),
        {"label": "Changes of the order", "count": str(orders)},
    ]
