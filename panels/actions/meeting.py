"""Meetings: called with notice, and cancelled in time or recorded as not held."""

from datetime import date, datetime

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.rules import refuse_if
from core.working_days import WorkingDays, england_holidays
from panels.choices import MeetingStatus
from panels.models import AgendaItem, Meeting, Panel, RepresentativeView
from panels.models.clocks import call_for, notice_terms
from panels.models.room import people_served, representatives
from panels.papers import invitation
from panels.rules.cancellation import Cancelling, why_not_cancel
from panels.rules.notice import (
    last_day_for_notice,
    outside_the_terms,
    why_not_call,
)
from referrals.actions.outcome import unbook_referral


@transaction.atomic
def call_meeting(panel: Panel, *, starts_at: datetime, venue: str, kind: str = "ordinary",
                 reason: str = "", short_notice_because: str = "", lasts_minutes: int = 120,
                 chair: User | None = None, by: User) -> Meeting:  # fmt: skip
    """Call a meeting: notice goes to every Representative, and the standing items are on its agenda.

    Locks the panel, so that two people cannot both add a twelfth meeting. The terms and the
    holidays it is judged by are kept with it.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    terms = panel.terms_on(clock.today())
    on = starts_at.astimezone(clock.LONDON).date()
    holidays = england_holidays()
    call = call_for(panel, on, kind, reason)

    refuse_if([] if terms else [f"{panel} has no terms in force, so it cannot meet."])
    reasons = why_not_call(call, notice_terms(terms), WorkingDays(holidays))
    if panel.meetings.filter(starts_at=starts_at).exclude(status=MeetingStatus.CANCELLED).exists():
        reasons.append("This body already meets at that time.")
    refuse_if(reasons if not short_notice_because.strip() else _still_refused(reasons))

    meeting = Meeting.objects.create(
        panel=panel, terms=terms, kind=kind, status=MeetingStatus.CALLED, starts_at=starts_at,
        lasts_minutes=lasts_minutes, venue=venue, reason=reason,
        short_notice_because=short_notice_because, chair=chair or _chair(panel, terms, on),
        called_at=clock.now(), called_by=by,
        holidays=sorted(day.isoformat() for day in holidays if abs((day - on).days) < 120),
        last_day_for_notice=last_day_for_notice(on, notice_terms(terms), WorkingDays(holidays)),
        breach=" ".join(outside_the_terms(call, notice_terms(terms)) + (reasons if short_notice_because else [])),
    )  # fmt: skip
    _standing_items(meeting)
    _serve(meeting, "notice", f"{panel} meets on {day_in_words(on)}", "REQUEST")

    audit.record(
        "meeting.called", on=meeting, by=by, authority=panel.authority,
        sentence=f"Called {panel} for {day_in_words(on)}.",
    )  # fmt: skip
    return meeting


def _still_refused(reasons: list[str]) -> list[str]:
    """Short notice may be given with a reason, as a breach; nothing else is forgiven."""
    return [reason for reason in reasons if "notice" not in reason]


def _chair(panel: Panel, terms, on: date):
    """Whoever holds the chair's seat that day."""
    letters = [seat.letter for seat in terms.seats.all() if seat.is_chair]
    holder = panel.seat_holders.on(on).filter(letter__in=letters).first()
    return holder.person if holder else None


def _standing_items(meeting: Meeting) -> None:
    """The terms' own items, in their order; declarations of interest are second."""
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, kind=item.kind, title=item.title, minutes=item.minutes)
        for number, item in enumerate(meeting.terms.standing_items.order_by("order"), 1)
    )


def _serve(meeting: Meeting, kind: str, subject: str, method: str = "") -> None:
    """Queue a message to everybody who is to be served; the proof is written when it is accepted."""
    people = [person for _, person in people_served(meeting)]
    post.send_each(
        f"meeting.{kind}", people,
        key=f"{kind}:{meeting.reference}:{meeting.sequence}", subject=subject, about=meeting,
        body=f"{subject}, at {meeting.venue}." + (f" {meeting.reason}" if meeting.reason else ""),
        link=meeting.get_absolute_url(),
        calendar=invitation(meeting, method, people) if method else "", calendar_method=method,
    )  # fmt: skip


@transaction.atomic
def agree_year(panel: Panel, *, moments: list[datetime], venue: str, by: User) -> list[Meeting]:
    """Call every meeting of a year's agreed dates, all or none."""
    called = [call_meeting(panel, starts_at=at, venue=venue, by=by) for at in sorted(moments)]

    audit.record(
        "year.agreed", on=panel, by=by, sentence=f"Agreed {len(called)} dates for {panel}."
    )
    return called


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, views: dict[int, str] | None = None,
                   is_lack_of_business: bool = False, by: User) -> Meeting:  # fmt: skip
    """Cancel a meeting: each Representative's view first, then notice to every one of them.

    `views` maps a Representative's key to what they said, or to nothing where they did not
    answer. Referrals on its agenda go back to be booked again.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    views = views or {}

    refuse_if(why_not_cancel(_cancelling(meeting, reason, views, is_lack_of_business)))

    for seat in representatives(meeting):
        if seat.holder.pk in views:
            RepresentativeView.objects.update_or_create(
                meeting=meeting, person=seat.holder,
                defaults={"letter": seat.letter, "view": views[seat.holder.pk]},
            )  # fmt: skip
    meeting.status, meeting.cancelled_at, meeting.cancelled_by = MeetingStatus.CANCELLED, clock.now(), by
    meeting.reason, meeting.sequence = reason or meeting.reason, meeting.sequence + 1
    meeting.save()
    _let_referrals_go(meeting, by)
    _serve(meeting, "cancellation", f"{meeting} is cancelled", "CANCEL")

    audit.record(
        "meeting.cancelled", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Cancelled {meeting}.",
    )  # fmt: skip
    return meeting


def _cancelling(meeting: Meeting, reason, views, is_lack_of_business) -> Cancelling:
    counted = meeting.panel.meetings.counted(meeting.on.year)
    silent = [s.holder.full_name for s in representatives(meeting) if s.holder.pk not in views]
    return Cancelling(
        starts_at=meeting.starts_at, now=clock.now(), hours=meeting.terms.cancellation_hours,
        is_lack_of_business=is_lack_of_business, without_a_view=silent, reason=reason,
        left_that_year=counted.exclude(pk=meeting.pk).count(),
        fewest_a_year=meeting.terms.fewest_a_year,
    )  # fmt: skip


def _let_referrals_go(meeting: Meeting, by: User) -> None:
    """Referrals that were to be heard are ready for another meeting."""
    for item in meeting.items.standing().filter(referral__status="BOOKED").select_related("referral"):
        unbook_referral(item.referral, reason=f"{meeting} is not to be.", by=by)


@transaction.atomic
def record_not_held(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """A meeting that did not happen and was not cancelled in time: a reason, and a breach."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = [] if reason.strip() else ["Say why it was not held."]
    if meeting.status in {MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD} or meeting.started_at:
        reasons.append("This meeting has been held, cancelled or closed.")

    refuse_if(reasons)

    meeting.status, meeting.reason = MeetingStatus.NOT_HELD, reason
    meeting.breach = f"{meeting.breach} Not held, and not cancelled in time.".strip()
    meeting.save()
    _let_referrals_go(meeting, by)

    audit.record(
        "meeting.not_held", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"{meeting} was not held.",
    )  # fmt: skip
    return meeting
