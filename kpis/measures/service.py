"""The service's own measures, counted from its records: each with what it was counted from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.dates import months_after
from core.figures import median, percentage
from kpis.rules.suppression import suppress
from panels.models import Meeting, Service
from referrals.models import Place, Referral, Stay

HIDDEN = "c"
FEWEST_POINTS = 6


@dataclass(frozen=True)
class Count:
    """What one period came to: the figure, what it was counted from, and what was left out."""

    value: Decimal | None
    numerator: int
    denominator: int
    longest: int | None = None


@dataclass(frozen=True)
class Month:
    """One month of one measure."""

    starts_on: date
    ends_on: date
    count: Count


@dataclass(frozen=True)
class Measure:
    """One of the service's own measures: what it counts, in words, and how."""

    slug: str
    name: str
    unit: str
    better: str | None
    counts: str
    counts_children: bool
    how: str
    of: Callable = field(compare=False)

    def in_words(self, value: Decimal | None) -> str:
        """A value with its unit, or a dash where nothing was counted."""
        if value is None:
            return "None counted"
        if self.unit == "%":
            return f"{value.normalize():f}%" if value == value.to_integral() else f"{value}%"
        shown = f"{value.to_integral()}" if value == value.to_integral() else f"{value}"
        return f"{shown} {self.unit}"


def _day(moment) -> date:
    return moment.astimezone(clock.LONDON).date()


def _within(starts_on: date, ends_on: date) -> tuple:
    """The moments a period runs between."""
    return clock.moment(starts_on, clock.MIDNIGHT), clock.moment(ends_on, clock.MIDNIGHT)


def _spans(days: list[int], left_out: int) -> Count:
    """Median and longest of some waits, of all that could have been counted."""
    return Count(median(days, places=0), len(days), len(days) + left_out, max(days, default=None))


def days_to_decision(authority, starts_on: date, ends_on: date) -> Count:
    """From the day first sent to the day the chair agreed, of those decided in the period.

    Withdrawn referrals are left out and counted beside, in the denominator.
    """
    rows = Referral.objects.filter(authority=authority, decided_at__range=_within(starts_on, ends_on))
    pairs = rows.exclude(first_sent_at=None).values_list("first_sent_at", "decided_at", "status")
    decided = [(_day(at) - _day(sent)).days for sent, at, status in pairs if status != "WITHDRAWN"]
    withdrawn = Referral.objects.filter(
        authority=authority, status="WITHDRAWN", status_since__range=_within(starts_on, ends_on)
    ).exclude(first_sent_at=None)
    return _spans(decided, withdrawn.count())


def days_to_place(authority, starts_on: date, ends_on: date) -> Count:
    """From the day first sent to the first day of the stay, of those placed in the period."""
    rows = Referral.objects.filter(authority=authority, placed_on__gte=starts_on, placed_on__lt=ends_on)
    pairs = rows.exclude(first_sent_at=None).values_list("first_sent_at", "placed_on")
    return _spans([(placed - _day(sent)).days for sent, placed in pairs], 0)


def occupancy(kind: str) -> Callable:
    """Place-days used over place-days open, of one provision."""

    def of(authority, starts_on: date, ends_on: date) -> Count:
        ends_on = min(ends_on, clock.today() + timedelta(days=1))
        here = {"provision__authority": authority, "provision__kind": kind}
        places = Place.objects.filter(**here).values_list("opens_on", "closes_on")
        open_days = sum(_overlap(opened, closed, starts_on, ends_on) for opened, closed in places)
        stays = Stay.objects.filter(
            place__provision__authority=authority, place__provision__kind=kind, state__in=["begun", "ended"]
        )
        used = sum(
            _overlap(began, ended, starts_on, ends_on) for began, ended in stays.values_list("starts_on", "ended_on")
        )
        return Count(percentage(used, open_days, 1), used, open_days)

    return of


def _overlap(starts_on: date, ends_on: date | None, first: date, last: date) -> int:
    """Days of one span that fall inside another; an open span runs on."""
    return max((min(ends_on or last, last) - max(starts_on, first)).days, 0)


def quorate(authority, starts_on: date, ends_on: date) -> Count:
    """Decisions of the steering group taken with a quorum."""
    meetings = Meeting.objects.held().filter(
        panel__authority=authority, panel__kind="steering", starts_at__range=_within(starts_on, ends_on)
    )
    lights = list(meetings.filter(items__decision__isnull=False).values_list("items__decision__quorum", flat=True))
    with_quorum = sum(bool(light.get("quorate")) for light in lights)
    return Count(percentage(with_quorum, len(lights), 1), with_quorum, len(lights))


def notice_in_time(authority, starts_on: date, ends_on: date) -> Count:
    """Notices of meeting served on a Representative by the last day for notice."""
    rows = Service.objects.filter(
        kind="notice", meeting__panel__authority=authority, meeting__panel__kind="steering",
        meeting__starts_at__range=_within(starts_on, ends_on), meeting__last_day_for_notice__isnull=False,
    ).values_list("served_at", "meeting__last_day_for_notice")  # fmt: skip
    served = [_day(at) <= last for at, last in rows]
    return Count(percentage(sum(served), len(served), 1), sum(served), len(served))


SENT = "Counted in calendar days from the day the social worker first sent the referral"
MEASURES = [
    Measure("days-to-decision", "Days from referral to decision", "days", "low", "decided", True,
            f"{SENT} to the day the chair agreed. The middle value is shown; withdrawn referrals are left out "
            "and counted in “of”.", days_to_decision),
    Measure("days-to-place", "Days from referral to place", "days", "low", "placed", True,
            f"{SENT} to the first day of the stay. The middle value is shown.", days_to_place),
    Measure("outreach-occupancy", "Outreach places in use", "%", "high", "place-days", False,
            "Days on which a place was in use, over days on which a place was open.", occupancy("outreach")),
    Measure("hub-occupancy", "Hub assessment beds in use", "%", "high", "place-days", False,
            "Days on which a bed was in use, over days on which a bed was open.", occupancy("hub")),
    Measure("quorate-decisions", "Steering group decisions with a quorum", "%", "high", "decisions", False,
            "Decisions kept with the quorum as it was when they were taken.", quorate),
    Measure("notice-in-time", "Steering group notices in time", "%", "high", "notices", False,
            "Notices served on each Representative by the last day the terms allow.", notice_in_time),
]  # fmt: skip
BY_SLUG = {measure.slug: measure for measure in MEASURES}


def months_back(today: date, how_many: int = 13) -> list[tuple[date, date]]:
    """The last whole and current months, the oldest first, as first days and the next first days."""
    first = today.replace(day=1)
    starts = [months_after(first, -back) for back in range(how_many - 1, -1, -1)]
    return [(start, months_after(start, 1)) for start in starts]


def series(measure: Measure, authority) -> list[Month]:
    """Thirteen months of one measure, the oldest first."""
    return [Month(a, b, measure.of(authority, a, b)) for a, b in months_back(clock.today())]


def count_in_words(count: Count, measure: Measure, *, hide: bool) -> str:
    """ "24 of 25 decided"; with 1 to 5 children hidden, "24 decided, c left out", which gives no total."""
    if not (hide and measure.counts_children):
        return f"{count.numerator:,} of {count.denominator:,} {measure.counts}"
    counted, left_out = suppressed([count.numerator, count.denominator - count.numerator])
    return f"{counted} {measure.counts}" + (f", {left_out} left out" if left_out != "0" else "")


def suppressed(counts: list[int]) -> list[str]:
    """Counts of children in words, 1 to 5 of them hidden, for a reader who is shown no total."""
    return [HIDDEN if cell is None else f"{cell:,}" for cell in (suppress([n]).cells[0] for n in counts)]
