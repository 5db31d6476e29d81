"""Facts of meetings: quorum, notice, papers, actions, and what panels decide on referrals."""

from datetime import date

from django.db.models import Exists, OuterRef

from kpis.measures.facts import Fact, day_of, within
from panels.choices import DecisionState, Outcome
from panels.models import Action, Decision, Meeting, MeetingMove, Service
from panels.models.clocks import papers_due_on

AGREED = {Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART}


def quorate(authority, first: date, last: date) -> list[Fact]:
    """The steering group's decisions, each with its day and whether there was a quorum."""
    rows = Meeting.objects.held().filter(
        panel__authority=authority, panel__kind="steering", starts_at__range=within(first, last), items__decision__isnull=False
    )
    return [
        Fact(day_of(at), counted=bool(light.get("quorate")), record="decision", reference=reference)
        for at, light, reference in rows.values_list("starts_at", "items__decision__quorum", "items__decision__reference")
    ]


def notices(authority, first: date, last: date) -> list[Fact]:
    """Whom each meeting was served on, and whether one notice at least was served in time and did not come back.

    Notice of the day a meeting was moved from counts no longer.
    """
    moved = MeetingMove.objects.filter(meeting=OuterRef("meeting"), moved_at__gt=OuterRef("served_at"))
    rows = Service.objects.filter(
        kind="notice", meeting__panel__authority=authority, meeting__panel__kind="steering",
        meeting__starts_at__range=within(first, last), meeting__last_day_for_notice__isnull=False,
    ).exclude(Exists(moved)).order_by("meeting", "person")  # fmt: skip
    served: dict[tuple, bool] = {}
    for meets, latest, ref, person, at, came_back in rows.values_list(
        "meeting__starts_at", "meeting__last_day_for_notice", "meeting__reference", "person", "served_at", "ended_by"
    ):
        key = (meets, ref, person)
        served[key] = served.get(key, False) or (came_back is None and day_of(at) <= latest)
    return [Fact(day_of(meets), counted=in_time, record="meeting", reference=ref) for (meets, ref, _), in_time in served.items()]


def papers(authority, first: date, last: date) -> list[Fact]:
    """Meetings that were held, of every panel, and whether the papers were out by the day the terms set."""
    rows = Meeting.objects.held().filter(panel__authority=authority, starts_at__range=within(first, last))
    return [
        Fact(meeting.on, counted=meeting.circulated_at is not None and day_of(meeting.circulated_at) <= papers_due_on(meeting),
             record="meeting", reference=meeting.reference)
        for meeting in rows.select_related("terms")
    ]  # fmt: skip


def actions(authority, _first: date, last: date) -> list[Fact]:
    """Actions agreed at meetings, from the day after they were due to the day they were done: the days they were late."""
    rows = Action.objects.filter(item__meeting__panel__authority=authority, due_on__lt=last)
    found = [(due, day_of(done) if done else None, reference) for due, done, reference in rows.values_list("due_on", "done_at", "reference")]
    return [
        Fact(date.fromordinal(due.toordinal() + 1), until=done, record="action", reference=reference)
        for due, done, reference in found if done is None or done > due
    ]  # fmt: skip


def decisions(authority, first: date, last: date) -> list[Fact]:
    """What panels decided on referrals, by the day the chair agreed, and whether something was agreed to."""
    return [
        Fact(day_of(at), counted=outcome in AGREED, record="referral", reference=reference, service=service,
             part=Outcome(outcome).label)
        for at, outcome, reference, service in decided_rows(authority, first, last).values_list(
            "agreed_at", "outcome", "item__referral__reference", "item__referral__wants"
        )
    ]  # fmt: skip


def decided_rows(authority, first: date, last: date):
    """Decisions on referrals that the chair agreed in a period."""
    return Decision.objects.filter(
        item__meeting__panel__authority=authority, item__referral__isnull=False, agreed_at__range=within(first, last)
    ).exclude(state=DecisionState.RECOMMENDED)
