"""Counts of children as papers tell them: each told once a quarter, so that two papers never give the difference.

What happened (sent, decided, ended) is told of the last quarter that has settled, and of no other days: two papers
frozen a week apart tell the same figure. What stands (supported, waiting) is told as it stood when the first paper of a
quarter was frozen, and stays so for every paper of that quarter. Each is a FigureRelease, beside those of the measures.
"""

from dataclasses import dataclass
from datetime import date

from contracts.rules.quarters import Quarter, quarter_before, quarter_of
from core import clock
from core.dates import day_in_words
from kpis.measures.facts import within
from kpis.measures.service import HIDDEN
from kpis.measures.to_tell import settled_on
from kpis.models import FigureRelease
from kpis.rules.differencing import Figure, hides
from referrals.choices import Band
from referrals.models import Referral

SENT, SUPPORTED, WAITING = "paper-sent", "paper-supported", "paper-waiting"
DECIDED, ENDED = "days-to-decision", "ended-as-planned"
UNTOLD = "Not told yet"


@dataclass(frozen=True)
class Told:
    """One line of a paper's list: its group, what it counts, how many as they may be shown, and of when."""

    group: str
    what: str
    children: str
    when: str


def settled_quarter(authority, today: date) -> Quarter:
    """The last quarter whose figures may be told."""
    quarter = quarter_before(today)
    return quarter if settled_on(authority, quarter) <= today else quarter_before(quarter.starts_on)


def counts_to_tell(authority, today: date) -> list[FigureRelease]:
    """The counts of papers that are due and were not told, judged and not yet kept: a deed keeps them, a draft shows them."""
    settled, running = settled_quarter(authority, today), quarter_of(today)
    slugs = [SENT, SUPPORTED, *(_waiting(band) for band in Band)]
    kept = list(FigureRelease.objects.filter(authority=authority, measure__in=slugs))
    known = {(row.measure, row.starts_on) for row in kept}
    due = [(SENT, settled), *((slug, running) for slug in slugs[1:])]
    return [
        _judged(authority, slug, quarter, [row for row in kept if row.measure == slug])
        for slug, quarter in due
        if (slug, quarter.starts_on) not in known
    ]


def _waiting(band: Band) -> str:
    return f"{WAITING}-{band.value}"


def _judged(authority, slug: str, quarter: Quarter, before: list[FigureRelease]) -> FigureRelease:
    """One count, hidden where it is of 1 to 5 children, or where it would give one back beside those told before."""
    count = _count(authority, slug, quarter)
    earlier = [Figure(row.starts_on, row.ends_on, (row.numerator, 0), row.is_hidden) for row in before] if slug == SENT else []
    return FigureRelease(
        authority=authority, measure=slug, starts_on=quarter.starts_on, ends_on=quarter.ends_on, numerator=count, denominator=count,
        is_hidden=hides((count, 0), quarter.starts_on, quarter.ends_on, earlier),
    )  # fmt: skip


def _count(authority, slug: str, quarter: Quarter) -> int:
    """How many children one count comes to."""
    ours = Referral.objects.filter(authority=authority)
    if slug == SENT:
        return ours.filter(first_sent_at__range=within(quarter.starts_on, quarter.ends_on)).count()
    if slug == SUPPORTED:
        return ours.filter(status__in=["SUPPORTED", "STEP_DOWN"]).count()
    return ours.waiting().filter(band=slug.removeprefix(f"{WAITING}-")).count()


def child_counts(authority, today: date) -> list[Told]:
    """Engaged, considered, priorities: each count as it was told, or as it would be told today."""
    settled, running = settled_quarter(authority, today), quarter_of(today)
    rows = {(row.measure, row.starts_on): row for row in FigureRelease.objects.filter(authority=authority, starts_on__in=[settled.starts_on, running.starts_on]) if (row.ends_on - row.starts_on).days < 100}
    rows |= {(row.measure, row.starts_on): row for row in counts_to_tell(authority, today)}
    lines = [
        ("Engaged", "Supported", SUPPORTED, running), ("Engaged", "Support that ended", ENDED, settled),
        ("Considered", "Referrals sent", SENT, settled), ("Considered", "Referrals decided", DECIDED, settled),
        *(("Priorities", f"Waiting, {band.label.lower()}", _waiting(band), running) for band in Band),
    ]  # fmt: skip
    return [_line(group, what, slug, quarter, rows.get((slug, quarter.starts_on))) for group, what, slug, quarter in lines]


def _line(group: str, what: str, slug: str, quarter: Quarter, row: FigureRelease | None) -> Told:
    """One line of the list in words."""
    when = f"{day_in_words(quarter.starts_on)} to {day_in_words(quarter.ends_on - clock.ONE_DAY)}"
    if row is None:
        return Told(group, what, UNTOLD, when)
    if slug in {SUPPORTED} or slug.startswith(WAITING):
        when = f"On {day_in_words(row.released_at.astimezone(clock.LONDON).date())}"
    count = row.denominator if slug == ENDED else row.numerator
    return Told(group, what, HIDDEN if row.is_hidden else str(count), when)
