"""Moves from small group homes out of the area, and children in residential care of agencies, by year."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from core.dates import months_after
from core.figures import percentage
from kpis.measures.care import MOST, SMALL_GROUP, is_safe
from referrals.models import Placement
from referrals.rules.placement import RESIDENTIAL


@dataclass
class YearCount:
    """One year's count of children; `shown` is "c" where the reader may not have it."""

    starts_on: date
    count: int
    hidden: bool = False

    @property
    def shown(self) -> str:
        """The count in words."""
        return "c" if self.hidden else str(self.count or "None")


@dataclass
class Moves:
    """Children who left a small group home for one out of the area, and those in agencies' residential care, by year (002:10, 615-616)."""

    out_of_area: list[YearCount] = field(default_factory=list)
    residential: list[YearCount] = field(default_factory=list)

    @property
    def reduction(self) -> str:
        """How the children in agencies' residential care changed from the first year to the last, in words; nothing where one is hidden."""
        first, last = self.residential[0], self.residential[-1]
        if first.hidden or last.hidden:
            return ""
        fewer = first.count - last.count
        if not fewer:
            return f"{last.count} at the end of both the first year and the last: no change."
        share = percentage(abs(fewer), first.count, 1)
        by = f"{abs(fewer)} {'fewer' if fewer > 0 else 'more'}" + (f", {share}%" if share is not None else "")
        return f"from {first.count} at the end of the first year to {last.count} at the end of the last: {by}."


def moves(authority, years: Collection[date], *, hide: bool) -> Moves:
    """Count by year: moves from a small group home out of the area, and children in external residential care at the year's end."""
    out = homes_after(authority)
    found = Moves()
    for start in years:
        end = months_after(start, 12)
        left = len({child for child, on in out if start <= on < end})
        there = len(external_homes(authority, end))
        found.out_of_area.append(YearCount(start, left, hide and not is_safe([left])))
        found.residential.append(YearCount(start, there, hide and not is_safe([there])))
    return found


def external_homes(authority, end: date) -> dict[int, date]:
    """The children in residential care of agencies on the day before a day, and since when."""
    rows = Placement.objects.filter(child__authority=authority, kind__in=RESIDENTIAL, is_internal=False, starts_on__lt=end)
    return dict(rows.filter(Q(ends_on=None) | Q(ends_on__gte=end)).order_by("starts_on").values_list("child", "starts_on")[:MOST])


def homes_after(authority) -> list[tuple[int, date]]:
    """Each child's move from a small group home to a home out of the area: the child, and the day it began."""
    rows = Placement.objects.filter(child__authority=authority, child__homes__kind=SMALL_GROUP).distinct().order_by("child", "starts_on")
    found, before = [], None
    for child, kind, inside, begins in rows.values_list("child", "kind", "is_in_county", "starts_on")[:MOST]:
        if before == (child, SMALL_GROUP) and inside is False:
            found.append((child, begins))
        before = (child, kind)
    return found
