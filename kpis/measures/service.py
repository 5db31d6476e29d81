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
    gather: Callable = field(compare=False)
    count: Callable = field(compare=False)

    def of(self, authority, starts_on: date, ends_on: date) -> Count:
        """What one period came to."""
        return self.count(self.gather(authority, starts_on, ends_on), starts_on, ends_on)

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


@dataclass(frozen=True)
class Span:
    """One wait that ended on a day; `days` is None where it is only counted beside."""

    ended_on: date
    days: int | None


def _spans_in(spans: list[Span], starts_on: date, ends_on: date) -> Count:
    """The middle and the longest of the waits that ended in a period, of all that did."""
    here = [span.days for span in spans if starts_on <= span.ended_on < ends_on]
    days = [span for span in here if span is not None]
    return Count(median(days, places=0), len(days), len(here), max(days, default=None))


def decisions(authority, first: date, last: date) -> list[Span]:
    """From the day first sent to the day the chair agreed; the withdrawn are counted beside."""
    sent = Referral.objects.filter(authority=authority, first_sent_at__isnull=False)
    decided = sent.filter(decided_at__range=_within(first, last)).exclude(status="WITHDRAWN")
    spans = [
        Span(_day(at), (_day(at) - _day(began)).days)
        for began, at in decided.values_list("first_sent_at", "decided_at")
    ]
    withdrawn = sent.filter(status="WITHDRAWN", status_since__range=_within(first, last))
    return spans + [Span(_day(at), None) for at in withdrawn.values_list("status_since", flat=True)]


def placings(authority, first: date, last: date) -> list[Span]:
    """From the day first sent to the first day of the stay."""
    rows = Referral.objects.filter(
        authority=authority, first_sent_at__isnull=False, placed_on__gte=first, placed_on__lt=last
    )
    pairs = rows.values_list("first_sent_at", "placed_on")
    return [Span(placed, (placed - _day(sent)).days) for sent, placed in pairs]


def places_and_stays(kind: str) -> Callable:
    """When each place of a provision was open, and each stay in one."""

    def gather(authority, first: date, last: date) -> tuple[list, list]:
        places = Place.objects.filter(provision__authority=authority, provision__kind=kind)
        stays = Stay.objects.filter(
            place__provision__authority=authority, place__provision__kind=kind, state__in=["begun", "ended"],
            starts_on__lt=last,
        )  # fmt: skip
        return list(places.values_list("opens_on", "closes_on")), list(stays.values_list("starts_on", "ended_on"))

    return gather


def _days_used(gathered: tuple[list, list], starts_on: date, ends_on: date) -> Count:
    """Place-days used over place-days open, to the end of today."""
    ends_on = min(ends_on, clock.today() + timedelta(days=1))
    open_days, used = (
        sum(_overlap(first, last, starts_on, ends_on) for first, last in spans) for spans in gathered
    )
    return Count(percentage(used, open_days, 1), used, open_days)


def _overlap(starts_on: date, ends_on: date | None, first: date, last: date) -> int:
    """Days of one span that fall inside another; an open span runs on."""
    return max((min(ends_on or last, last) - max(starts_on, first)).days, 0)


def quorate(authority, first: date, last: date) -> list[tuple[date, bool]]:
    """The steering group's decisions, each with its day and whether there was a quorum."""
    rows = Meeting.objects.held().filter(
        panel__authority=authority, panel__kind="steering", starts_at__range=_within(first, last),
        items__decision__isnull=False,
    )  # fmt: skip
    pairs = rows.values_list("starts_at", "items__decision__quorum")
    return [(_day(at), bool(light.get("quorate"))) for at, light in pairs]


def notices(authority, first: date, last: date) -> list[tuple[date, bool]]:
    """Notices of meeting, each with the meeting's day and whether it was served in time."""
    rows = Service.objects.filter(
        kind="notice", meeting__panel__authority=authority, meeting__panel__kind="steering",
        meeting__starts_at__range=_within(first, last), meeting__last_day_for_notice__isnull=False,
    ).values_list("meeting__starts_at", "served_at", "meeting__last_day_for_notice")  # fmt: skip
    return [(_day(meets), _day(at) <= latest) for meets, at, latest in rows]


def _share(pairs: list[tuple[date, bool]], starts_on: date, ends_on: date) -> Count:
    """How many of those in a period were as they should be."""
    here = [good for day, good in pairs if starts_on <= day < ends_on]
    return Count(percentage(sum(here), len(here), 1), sum(here), len(here))


SENT = "Counted in calendar days from the day the social worker first sent the referral"
MEASURES = [
    Measure("days-to-decision", "Days from referral to decision", "days", "low", "decided", True,
            f"{SENT} to the day the chair agreed. The middle value is shown; withdrawn referrals are left out "
            "and counted in “of”.", decisions, _spans_in),
    Measure("days-to-place", "Days from referral to place", "days", "low", "placed", True,
            f"{SENT} to the first day of the stay. The middle value is shown.", placings, _spans_in),
    Measure("outreach-occupancy", "Outreach places in use", "%", "high", "place-days", False,
            "Days on which a place was in use, over days on which a place was open.", places_and_stays("outreach"), _days_used),
    Measure("hub-occupancy", "Hub assessment beds in use", "%", "high", "place-days", False,
            "Days on which a bed was in use, over days on which a bed was open.", places_and_stays("hub"), _days_used),
    Measure("quorate-decisions", "Steering group decisions with a quorum", "%", "high", "decisions", False,
            "Decisions kept with the quorum as it was when they were taken.", quorate, _share),
    Measure("notice-in-time", "Steering group notices in time", "%", "high", "notices", False,
            "Notices served on each Representative by the last day the terms allow.", notices, _share),
]  # fmt: skip
BY_SLUG = {measure.slug: measure for measure in MEASURES}


def months_back(today: date, how_many: int = 13) -> list[tuple[date, date]]:
    """The last whole and current months, the oldest first, as first days and the next first days."""
    first = today.replace(day=1)
    starts = [months_after(first, -back) for back in range(how_many - 1, -1, -1)]
    return [(start, months_after(start, 1)) for start in starts]


def series(measure: Measure, authority) -> tuple[object, list[Month]]:
    """What a measure gathered over thirteen months, and each month's count, the oldest first."""
    months = months_back(clock.today())
    gathered = measure.gather(authority, months[0][0], months[-1][1])
    return gathered, [Month(a, b, measure.count(gathered, a, b)) for a, b in months]


def count_in_words(count: Count, measure: Measure, *, hide: bool) -> str:
    """ "24 of 25 decided"; with 1 to 5 children hidden, "24 decided, c left out", which gives no total."""
    if not (hide and measure.counts_children):
        return f"{count.numerator:,} of {count.denominator:,} {measure.counts}"
    counted, left_out = suppressed([count.numerator, count.denominator - count.numerator])
    return f"{counted} {measure.counts}" + (f", {left_out} left out" if left_out != "0" else "")


def suppressed(counts: list[int]) -> list[str]:
    """Counts of children in words, 1 to 5 of them hidden, for a reader who is shown no total."""
    return [HIDDEN if cell is None else f"{cell:,}" for cell in (suppress([n]).cells[0] for n in counts)]
