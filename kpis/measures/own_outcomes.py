"""Facts of what comes of support: endings, goals, homes and SDQ scores."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from core.dates import months_after
from core.once import once
from kpis.measures.facts import Fact
from referrals.choices import StayState
from referrals.models import Ending, Placement, SdqScore, Stay
from referrals.models.ending import Achieved
from referrals.rules.placement import duration_band

BEGUN = [StayState.BEGUN, StayState.ENDED]
MANY_HOMES = 3


def endings(authority, first: date, last: date) -> list[Fact]:
    """Stays that ended, and whether they did not end before their planned day; what a bed led on to is one with it."""
    rows = Stay.objects.filter(
        place__provision__authority=authority, state=StayState.ENDED, ended_on__gte=first, ended_on__lt=last
    ).values_list("ended_on", "planned_end_on", "reference", "place__provision__kind")
    return [
        Fact(ended, counted=planned is None or ended >= planned, record="stay", reference=reference, service=kind)
        for ended, planned, reference, kind in rows
    ]


def goals(authority, first: date, last: date) -> list[Fact]:
    """Endings that say whether the goal of the referral was reached, by the day support ended."""
    rows = Ending.objects.filter(
        stay__place__provision__authority=authority, stay__ended_on__gte=first, stay__ended_on__lt=last
    ).exclude(goal_achieved="")
    return [
        Fact(ended, counted=achieved == Achieved.YES, record="stay", reference=reference, service=kind)
        for ended, achieved, reference, kind in rows.values_list(
            "stay__ended_on", "goal_achieved", "stay__reference", "stay__place__provision__kind"
        )
    ]


def homes_ended(authority, first: date, last: date) -> list[Fact]:
    """Homes that ended for children we support or supported, whether they ended without being planned, and after how long."""
    rows = ended_homes(authority, first, last).values_list("starts_on", "ends_on", "was_planned", "child__reference")
    return [
        Fact(ended, counted=planned is False, record="child", reference=reference, part="" if planned else duration_band(began, ended))
        for began, ended, planned, reference in rows
    ]


def ended_homes(authority, first: date, last: date):
    """Homes of the authority's children with a stay that had begun, that ended in a period."""
    children = Stay.objects.filter(place__provision__authority=authority, state__in=BEGUN).values("child")
    return Placement.objects.filter(child__authority=authority, child__in=children, ends_on__gte=first, ends_on__lt=last)


def _begun(authority, last: date):
    """Stays that had begun by a day."""
    return Stay.objects.filter(place__provision__authority=authority, state__in=BEGUN, starts_on__lt=last)


def supported(authority, last: date) -> dict[int, list[tuple[date, date | None, str, str]]]:
    """Each child with the days supported, the child's reference and the service; read once for a page of several measures."""
    return once(("supported", authority, last), lambda: _supported(authority, last))


def _supported(authority, last: date) -> dict[int, list[tuple[date, date | None, str, str]]]:
    rows = _begun(authority, last)
    found: dict[int, list] = {}
    for child, *rest in rows.values_list("child", "starts_on", "ended_on", "child__reference", "place__provision__kind"):
        found.setdefault(child, []).append(tuple(rest))
    return found


def many_homes(authority, first: date, last: date) -> list[Fact]:
    """Children supported on each last day of a month, and whether they had three homes or more in the twelve months to it.

    Each child stands from the first to the last day of a month, so that a day asks for one fact a child.
    """
    children = supported(authority, last)
    homes = _spans(Placement.objects.filter(child__in=_begun(authority, last).values("child"), starts_on__lt=last), "starts_on", "ends_on")
    return [
        Fact(month, counted=_how_many(homes.get(child, ()), until) >= MANY_HOMES, until=until, record="child", reference=reference)
        for (month, until), there in _there(children, _months(first, last))
        for child, reference in there
    ]


def _how_many(homes, until: date) -> int:
    """Homes with a day in the twelve months before a day."""
    if not homes:
        return 0
    since = months_after(until, -12)
    return sum(starts < until and (ends is None or ends > since) for starts, ends in homes)


def scored(authority, first: date, last: date) -> list[Fact]:
    """Children supported on each last day of a month, and whether there is an SDQ score of the twelve months to it."""
    children = supported(authority, last)
    scores = _spans(SdqScore.objects.filter(child__in=_begun(authority, last).values("child"), score__isnull=False, on__lt=last), "on", "score")
    return [
        Fact(month, counted=any(months_after(until, -12) <= on < until for on, _ in scores.get(child, ())), until=until,
             record="child", reference=reference)
        for (month, until), there in _there(children, _months(first, last))
        for child, reference in there
    ]  # fmt: skip


def moved_scores(authority, first: date, last: date) -> list[Fact]:
    """Each score of a child we support or supported that has one before it by the same kind of person, and whether it is lower."""
    children = Stay.objects.filter(place__provision__authority=authority, state__in=BEGUN).values("child")
    rows = SdqScore.objects.filter(child__in=children, score__isnull=False, on__lt=last).order_by("child", "completed_by", "on", "pk")
    found = []
    for before, after in pairwise(rows.values_list("child", "completed_by", "on", "score", "child__reference")):
        if before[:2] == after[:2] and after[2] >= first:
            found.append(Fact(after[2], counted=after[3] < before[3], record="child", reference=after[4]))
    return found


def _months(first: date, last: date) -> list[tuple[date, date]]:
    """The first days of the months of a period, each with the next first day."""
    starts, found = first.replace(day=1), []
    while starts < last:
        found.append((starts, months_after(starts, 1)))
        starts = found[-1][1]
    return found


def _there(children, months) -> Iterator[tuple[tuple[date, date], list[tuple[int, str]]]]:
    """Each month with the children supported on its last day, with their references."""
    untils = [until for _, until in months]
    found: list[list[tuple[int, str]]] = [[] for _ in months]
    for child, spans in children.items():
        stood = {
            nth for starts, ends, *_ in spans
            for nth in range(bisect_right(untils, starts), len(untils) if ends is None else bisect_right(untils, ends))
        }  # fmt: skip
        for nth in stood:
            found[nth].append((child, spans[0][2]))
    return zip(months, found, strict=True)


def _spans(rows, *fields: str) -> dict[int, list[tuple]]:
    """Some values of each child's rows."""
    found: dict[int, list[tuple]] = {}
    for child, *rest in rows.values_list("child", *fields):
        found.setdefault(child, []).append(tuple(rest))
    return found
