"""Which decisions are to be reviewed by when, and at which meeting."""

from datetime import date, timedelta

from core import clock
from panels.choices import MeetingStatus, Outcome, RequestKind
from panels.models.agenda_item import AgendaItem
from panels.models.decision import Decision

REVIEWED = (Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART)
NOT_TO_BE = (MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD)
MOST = 30


def review_due_on(decision, weeks: int | None) -> date | None:
    """The day a decision is to be reviewed by: the day it names, and for a family with no recourse to public
    funds never more than the terms' weeks after it was agreed."""
    request = getattr(decision.item, "request", None)
    if request is None or request.kind != RequestKind.NO_RECOURSE or weeks is None:
        return decision.review_on
    latest = decision.agreed_at.astimezone(clock.LONDON).date() + timedelta(weeks=weeks)
    return min(decision.review_on or latest, latest)


def recourse_weeks(terms) -> int | None:
    """How often the terms have such arrangements reviewed; None where they are silent."""
    return terms.thresholds.get("no recourse review weeks")


def reviews_for(meeting) -> list[tuple[Decision, date]]:
    """The decisions of a body that this meeting is to review: those due before it meets again, the soonest first.

    A decision that is on another agenda still to come, or was reviewed, is left out; so is a child who has died
    and support that has ended.
    """
    following = meeting.panel.meetings.to_come().filter(starts_at__gt=meeting.starts_at).soonest_first().first()
    until = following.on if following else meeting.on + timedelta(days=1)
    weeks = recourse_weeks(meeting.terms)
    rows = [(row, due) for row in _open(meeting) if (due := review_due_on(row, weeks)) and due < until]
    return sorted(rows, key=lambda row: (row[1], row[0].pk))[:MOST]


def _open(meeting):
    """A body's agreed decisions that nobody has put down for review."""
    rows = Decision.objects.filter(
        item__meeting__panel=meeting.panel, item__meeting__starts_at__lt=meeting.starts_at, agreed_at__isnull=False,
        outcome__in=REVIEWED, item__referral__isnull=False, item__referral__ended_at=None, item__referral__child__died_on=None,
    ).exclude(item__referral__status__in=["ENDED", "WITHDRAWN"])  # fmt: skip
    placed = AgendaItem.objects.standing().exclude(meeting__status__in=NOT_TO_BE)
    reviewed = set(placed.filter(meeting__panel=meeting.panel, review_of__isnull=False).values_list("review_of", flat=True))
    listed = set(meeting.items.standing().filter(referral__isnull=False).values_list("referral_id", flat=True))
    found = rows.select_related("item__referral__child", "item__request", "item__presenter").order_by("pk")
    return [row for row in found[:500] if row.pk not in reviewed and row.item.referral_id not in listed]
