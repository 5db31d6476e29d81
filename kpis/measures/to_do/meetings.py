"""Meetings that wait: invitations, papers, minutes, decisions and actions."""

from datetime import timedelta

from django.db.models import Q

from core import clock
from core.dates import day_in_words
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, calendar, working_days_after
from panels.choices import DecisionState, ItemKind, MeetingStatus, MinutesState
from panels.models import Action, Attendance, Decision, Meeting, Minutes, SeatHolder
from panels.models.clocks import papers_due_on

# Nobody is reminded of anything about a child who has died.
CHILD_LIVES = Q(item__referral=None) | Q(item__referral__child__died_on=None)


def _to_come(user):
    """Meetings still to come that the person may see, the soonest first."""
    rows = Meeting.objects.visible_to(user).to_come().filter(starts_at__gte=clock.now() - timedelta(days=1))
    return rows.select_related("panel", "terms").soonest_first()


def invitations(user) -> list[Thing]:
    """Meetings of one's own seats in the next six weeks, not answered."""
    answered = Attendance.objects.filter(person=user).values("meeting")
    seats = SeatHolder.objects.on(clock.today()).filter(person=user).values("panel")
    soon = _to_come(user).read_by(user).filter(panel__in=seats, starts_at__lte=clock.now() + timedelta(weeks=6))
    return [
        Thing(
            f"Say whether you are coming to the {_inside(meeting.panel)}", f"{meeting.get_absolute_url()}/attend",
            f"It meets on {day_in_words(meeting.on)}, {meeting.venue}.", calendar().add(meeting.on, -5),
        )
        for meeting in soon.exclude(pk__in=answered)[:MOST_OF_A_KIND]
    ]  # fmt: skip


def _inside(panel) -> str:
    """A body's name inside a sentence, keeping ART's capitals."""
    return str(panel)


def papers_to_read(user) -> list[Thing]:
    """Papers that are out, for those who sit."""
    seats = SeatHolder.objects.on(clock.today()).filter(person=user).values("panel")
    return [
        Thing(
            f"Read the papers for the {_inside(meeting.panel)}", f"{meeting.get_absolute_url()}/papers",
            f"It meets on {day_in_words(meeting.on)}.", calendar().add(meeting.on, -1),
        )
        for meeting in _to_come(user).read_by(user).filter(status="circulated", panel__in=seats)[:MOST_OF_A_KIND]
    ]  # fmt: skip


def actions(user) -> list[Thing]:
    """Things this person undertook at a meeting."""
    rows = Action.objects.visible_to(user).open().filter(CHILD_LIVES, owner=user)
    rows = rows.select_related("item__meeting__panel", "item__referral", "owner")
    return [
        Thing(action.what, f"/actions/{action.reference}/done", _origin(action), action.due_on)
        for action in rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]


def _origin(action) -> str:
    """Which referral an action is about, and which meeting asked."""
    about = f"{action.item.referral.reference}, from" if action.item.referral_id else "From"
    of_another = action.owner_name and action.owner_name != action.owner.full_name
    return f"{about} the {action.item.meeting}.{f' For {action.owner_name}, who does not sign in here.' if of_another else ''}"


def to_circulate_or_close(user) -> list[Thing]:
    """Agendas that are to go out, and meetings that were held and nobody has closed: asked for in one question."""
    rows = list((_to_come(user).filter(circulated_at=None) | _left_open(user)).soonest_first()[:MOST_OF_A_KIND])
    return [_to_circulate(row) for row in rows if not _is_left_open(row) and not _goes_by_itself(row)] + [_to_close(row) for row in rows if _is_left_open(row)]


def _goes_by_itself(meeting) -> bool:
    return meeting.goes_out_at is not None and clock.now() < meeting.goes_out_at


def _to_circulate(meeting) -> Thing:
    before = meeting.terms.papers_working_days
    return Thing(
        f"Circulate the agenda of the {_inside(meeting.panel)}", f"{meeting.get_absolute_url()}/circulate",
        f"It meets on {day_in_words(meeting.on)}.", papers_due_on(meeting), f"{before} working days before",
    )  # fmt: skip


def _left_open(user):
    """Meetings of days gone by that were begun and not closed."""
    rows = Meeting.objects.visible_to(user).filter(started_at__isnull=False, finished_at=None, starts_at__lt=clock.moment(clock.today(), clock.MIDNIGHT))
    return rows.exclude(status__in=[MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]).select_related("panel", "terms")


def _is_left_open(meeting) -> bool:
    return meeting.started_at is not None and meeting.finished_at is None and meeting.on < clock.today()


def _to_close(meeting) -> Thing:
    """Its minutes wait for it."""
    return Thing(
        f"Close the meeting of the {_inside(meeting.panel)}", f"{meeting.get_absolute_url()}/live", "Its minutes wait for it.",
        calendar().add(meeting.on, 1),
    )  # fmt: skip


def agendas_late(user) -> list[Thing]:
    """Agendas of this chair's own meetings that are past their day and have not gone out, and whose they are."""
    rows = [row for row in _to_come(user).filter(circulated_at=None, chair=user)[:MOST_OF_A_KIND] if papers_due_on(row) < clock.today()]
    return [
        Thing(
            f"The agenda of the {_inside(row.panel)} is late", row.get_absolute_url(), f"It meets on {day_in_words(row.on)}.",
            papers_due_on(row), "Late, and the panel administrator’s", waits_for="Panel administrator",
        )
        for row in rows
    ]  # fmt: skip


def _minutes(user, **facts):
    rows = Minutes.objects.filter(meeting__in=Meeting.objects.visible_to(user), **facts)
    return rows.select_related("meeting__panel", "meeting__chair").order_by("meeting__starts_at")[:MOST_OF_A_KIND]


def minutes_to_send(user) -> list[Thing]:
    """Drafts that have not gone to the chair, due the next Working Day."""
    return [
        Thing(
            "Send the draft minutes to the chair", f"{row.meeting.get_absolute_url()}/minutes",
            f"{row.meeting}. The draft is written.", calendar().add(row.meeting.on, 1),
        )
        for row in _minutes(user, sent_to_chair_at=None, state=MinutesState.DRAFT)
    ]  # fmt: skip


def minutes_with_chair(user) -> list[Thing]:
    """Drafts that the chair has not checked."""
    return [
        Thing(
            f"Minutes of {row.meeting} to be checked", f"{row.meeting.get_absolute_url()}/minutes",
            f"Sent on {day_in_words(row.sent_to_chair_at.astimezone(clock.LONDON).date())}.",
            working_days_after(row.sent_to_chair_at, 3), waits_for="Chair",
        )
        for row in _minutes(user, sent_to_chair_at__isnull=False, state=MinutesState.DRAFT)
    ]  # fmt: skip


def minutes_to_check(user) -> list[Thing]:
    """Drafts sent to this chair."""
    rows = _minutes(user, sent_to_chair_at__isnull=False, state=MinutesState.DRAFT, meeting__chair=user)
    return [
        Thing(
            "Check the draft minutes", f"{row.meeting.get_absolute_url()}/minutes", f"{row.meeting}.",
            working_days_after(row.sent_to_chair_at, 3),
        )
        for row in rows
    ]  # fmt: skip


def _decisions(user, **facts):
    rows = Decision.objects.visible_to(user).filter(CHILD_LIVES, **facts).select_related("item__referral", "item__meeting__panel")
    return rows.order_by("recorded_at", "pk")[:MOST_OF_A_KIND]


def decisions_to_agree(user) -> list[Thing]:
    """What the panel recommended and the chair has not agreed."""
    rows = _decisions(user, agreed_at=None, item__meeting__chair=user)
    return [
        Thing(
            f"Agree the decision on {_about(row)}", f"{row.item.meeting.get_absolute_url()}/live/{row.item.number}",
            f"{row.item.meeting}.", row.recorded_at.astimezone(clock.LONDON).date(),
        )
        for row in rows
    ]  # fmt: skip


def _about(decision) -> str:
    item = decision.item
    return item.referral.reference if item.referral_id else f"item {item.number}"


def decisions_to_copy(user) -> list[Thing]:
    """Released decisions not yet on the council's case system."""
    rows = _decisions(user, released_at__isnull=False, on_case_system_at=None, item__referral__isnull=False)
    return [
        Thing(
            f"Record the decision on the case system for {_about(row)}", row.get_absolute_url(),
            f"Agreed on {day_in_words(row.item.meeting.on)}. The wording is ready to copy.",
            working_days_after(row.released_at, 1),
        )
        for row in rows
    ]  # fmt: skip


def decisions_held_back(user) -> list[Thing]:
    """Agreed decisions that nobody outside the panel has been told."""
    rows = _decisions(
        user, state=DecisionState.AGREED, released_at=None, item__meeting__finished_at__isnull=False
    )
    return [
        Thing(
            f"Release the decision on {_about(row)}", row.get_absolute_url(),
            f"Held back: {row.held_back_because or 'no reason given'}", working_days_after(row.agreed_at, 10),
        )
        for row in rows
    ]  # fmt: skip


def decisions_elsewhere(user) -> list[Thing]:
    """Recommendations that wait for whoever decides in law."""
    return [
        Thing(
            f"{_about(row)} is recommended", row.get_absolute_url(), f"{row.item.meeting}.",
            working_days_after(row.agreed_at, 5), waits_for=row.awaiting,
        )
        for row in _decisions(user, state=DecisionState.AWAITING)
    ]  # fmt: skip


def decisions_to_present_again(user) -> list[Thing]:
    """Referrals that a panel put off or sent to another, released and on no agenda: ready again, or nobody takes them up."""
    rows = _decisions(
        user, state=DecisionState.RELEASED, item__kind__in=[ItemKind.REFERRAL, ItemKind.ACT],
        item__referral__status__in=["DEFERRED", "REDIRECTED"],
    )  # fmt: skip
    latest = {row.item.referral_id: row for row in rows}
    return [
        Thing(
            f"Present {_about(row)} again", f"{row.get_absolute_url()}/present-again",
            f"{row.item.referral.get_status_display()} by {row.item.meeting}.", working_days_after(row.released_at, 5),
        )
        for row in latest.values()
    ]  # fmt: skip
