"""An agenda as a timetable: when each item is taken, who comes when, and what a referral's place depends on."""

from dataclasses import dataclass
from datetime import datetime

from core.dates import day_in_words
from core.templatetags.ui import clock_time
from panels.models.agenda_item import AgendaItem
from panels.models.slots import slot_times
from panels.rules.timing import Heard, window
from referrals.choices import Band
from referrals.models import ChildLink

RANKS = {band: rank for rank, band in enumerate(Band.values)}


@dataclass(frozen=True)
class Timed:
    """One item with when it begins."""

    item: AgendaItem
    begins_at: datetime


def timetable(meeting, items) -> list[Timed]:
    """When each of a meeting's items begins, in their order; those that share a slot begin together."""
    items = list(items)
    times = slot_times(meeting, items)
    return [Timed(item, times[item.pk]) for item in items]


def window_words(begins_at: datetime, *, late: int = 0) -> str:
    """The ten minutes in which a presenter arrives: "10:20am and 10:30am"."""
    first, last = window(begins_at, late=late)
    return f"{clock_time(first)} and {clock_time(last)}"


def presenters_of(item) -> list:
    """Whoever presents an item: its presenter, and a manager who presents with them."""
    return [person for person in (item.presenter, item.presenting_manager) if person is not None]


def presenters_told(meeting, items, *, late: int = 0):
    """Each referral's presenters with the words that say when they come."""
    for row in timetable(meeting, items):
        if row.item.referral_id:
            for person in presenters_of(row.item):
                yield row.item, person, f"{window_words(row.begins_at, late=late)} on {day_in_words(meeting.on)}"


def heard(item, family: int | None = None) -> Heard:
    """One referral's item as its place depends on it."""
    return Heard(item.pk, RANKS.get(item.referral.band, len(RANKS)), item.presenter_id, family)


def line_of(items, *, beside) -> list[Heard]:
    """A line of referrals, those of the brothers and sisters of the one beside it marked as its family.

    A restricted child has no family here: a place in the line would tell of it.
    """
    child = beside.referral.child_id
    links = ChildLink.objects.filter(child=child, other__is_restricted=False).order_by().values_list("other", flat=True)
    back = ChildLink.objects.filter(other=child, child__is_restricted=False).order_by().values_list("child", flat=True)
    family = {child, *links.union(back)}
    return [heard(item, child if item.referral.child_id in family else None) for item in items]
