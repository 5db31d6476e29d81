"""Meetings: called with notice, and cancelled in time or recorded as not held."""

from datetime import date, datetime

from django.db import transaction

from core import audit, clock, post
from core.closures import working_days_of
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.actions.altering import consider_waiting, move_on
from panels.actions.chairs import chair_for, pass_the_chair
from panels.choices import STILL_TO_COME, MeetingKind, MeetingStatus
from panels.models import AgendaItem, GroupAgreement, Meeting, Panel, RepresentativeView
from panels.models.clocks import call_for, notice_terms
from panels.models.room import may_chair, people_served, representatives
from panels.papers import invitation
from panels.rules.cancellation import (
    Cancelling,
    why_not_be_silent,
    why_not_call_off,
    why_not_cancel,
)
from panels.rules.notice import (
    last_day_for_notice,
    outside_the_terms,
    why_not_call,
    why_not_call_extra,
)
from referrals.actions.outcome import unbook_referral


@transaction.atomic
def call_meeting(panel: Panel, *, starts_at: datetime, venue: str, kind: str = "ordinary",
                 reason: str = "", short_notice_because: str = "", lasts_minutes: int = 120,
                 chair: User | None = None, agreed_on: date | None = None, agreed_how: str = "",
                 by: User) -> Meeting:  # fmt: skip
    """Call a meeting: notice goes to every Representative, and the standing items are on its agenda.

    Locks the panel, so that two people cannot both add a twelfth meeting. The terms and the
    holidays it is judged by are kept with it. `agreed_on` and `agreed_how` tell of an extra meeting.
    """
    panel = Panel.objects.select_for_update(of=("self",)).select_related("authority").get(pk=panel.pk)
    terms = panel.terms_on(clock.today())
    on = starts_at.astimezone(clock.LONDON).date()
    calendar = working_days_of(panel.authority_id)
    call = call_for(panel, on, kind, reason)

    refuse_if([] if terms else [f"{panel} has no terms in force, so it cannot meet."])
    reasons = _why_not_call(panel, terms, call, starts_at, calendar)
    if kind == MeetingKind.DEVELOPMENTAL:
        reasons += _extra_reasons(agreed_on, agreed_how)
    refuse_if(reasons if not short_notice_because.strip() else _still_refused(reasons))

    meeting = Meeting.objects.create(
        panel=panel, terms=terms, kind=kind, status=MeetingStatus.CALLED, starts_at=starts_at,
        lasts_minutes=lasts_minutes, venue=venue, reason=reason,
        short_notice_because=short_notice_because, chair=chair or chair_for(panel, terms, starts_at),
        called_at=clock.now(), called_by=by,
        holidays=sorted(day.isoformat() for day in calendar.holidays if abs((day - on).days) < 120),
        last_day_for_notice=last_day_for_notice(on, notice_terms(terms), calendar),
        breach=" ".join(outside_the_terms(call, notice_terms(terms)) + (reasons if short_notice_because else [])),
    )  # fmt: skip
    if agreed_on is not None:
        GroupAgreement.objects.create(meeting=meeting, agreed_on=agreed_on, how=agreed_how.strip())
    _open_agenda(meeting, by)
    _serve(meeting, "notice", f"{panel} meets on {day_in_words(on)}", "REQUEST")

    audit.record(
        "meeting.called", on=meeting, by=by, authority=panel.authority,
        sentence=f"Called {panel} for {day_in_words(on)}.",
    )  # fmt: skip
    return meeting


def _still_refused(reasons: list[str]) -> list[str]:
    """Short notice may be given with a reason, as a breach; nothing else is forgiven."""
    return [reason for reason in reasons if "notice" not in reason]


def _why_not_call(panel: Panel, terms, call, starts_at: datetime, calendar) -> list[str]:
    """What the rules on notice say, and whether the body meets then already."""
    reasons = why_not_call(call, notice_terms(terms), calendar)
    if panel.meetings.filter(starts_at=starts_at).exclude(status=MeetingStatus.CANCELLED).exists():
        reasons.append("This body already meets at that time.")
    return reasons


def _extra_reasons(agreed_on: date | None, agreed_how: str) -> list[str]:
    """Why an extra meeting cannot be called, each reason beside its field."""
    found = why_not_call_extra(agreed_on, agreed_how, clock.today())
    return [FieldReason("agreed_how" if "how" in reason else "agreed_on", reason) for reason in found]


def _open_agenda(meeting: Meeting, by: User) -> None:
    """The standing items, proposals that waited for this meeting, and whoever has the chair by turn."""
    _standing_items(meeting)
    consider_waiting(meeting, by=by)
    pass_the_chair(meeting.panel)


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
def cancel_meeting(meeting: Meeting, *, reason: str, views: dict[int, str | date] | None = None,
                   is_lack_of_business: bool = False, by: User) -> Meeting:  # fmt: skip
    """Cancel a meeting: each Representative's view first, then notice to every one of them.

    `views` maps a Representative's key to what they said, or to the day by which they did not
    answer. Referrals on its agenda go back to be booked again; proposals go on to the next meeting.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    views = views or {}
    seats = representatives(meeting)

    reasons = why_not_call_off(chairs=may_chair(meeting, by))
    reasons += [] if meeting.status in STILL_TO_COME else ["This meeting has been held, cancelled or closed."]
    reasons += why_not_cancel(_cancelling(meeting, seats, reason, views, is_lack_of_business))
    silent = {seat.holder: views[seat.holder.pk] for seat in seats if isinstance(views.get(seat.holder.pk), date)}
    for person, until in silent.items():
        found = why_not_be_silent(person.full_name, until, clock.today())
        reasons += [FieldReason(f"silent_{person.pk}", said) for said in found]
    refuse_if(reasons)

    _keep_views(meeting, seats, views)
    meeting.status, meeting.cancelled_at, meeting.cancelled_by = MeetingStatus.CANCELLED, clock.now(), by
    meeting.reason, meeting.sequence = reason or meeting.reason, meeting.sequence + 1
    meeting.save()
    post.stop_about([meeting])
    _let_business_go(meeting, by)
    _serve(meeting, "cancellation", f"{meeting} is cancelled", "CANCEL")

    audit.record(
        "meeting.cancelled", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Cancelled {meeting}.",
    )  # fmt: skip
    return meeting


def _keep_views(meeting: Meeting, seats, views) -> None:
    """What each Representative said, or the day by which they did not answer."""
    for seat in seats:
        said = views.get(seat.holder.pk)
        if said is not None:
            silent = said if isinstance(said, date) else None
            RepresentativeView.objects.update_or_create(
                meeting=meeting, person=seat.holder,
                defaults={"letter": seat.letter, "view": "" if silent else said, "did_not_answer_by": silent},
            )  # fmt: skip


def _cancelling(meeting: Meeting, seats, reason, views, is_lack_of_business) -> Cancelling:
    """What the rule asks. One person in two seats is asked once."""
    counted = meeting.panel.meetings.counted(meeting.on.year)
    silent = list(dict.fromkeys(s.holder.full_name for s in seats if s.holder.pk not in views))
    return Cancelling(
        starts_at=meeting.starts_at, now=clock.now(), hours=meeting.terms.cancellation_hours,
        is_lack_of_business=is_lack_of_business, without_a_view=silent, reason=reason,
        left_that_year=counted.exclude(pk=meeting.pk).count(),
        fewest_a_year=meeting.terms.fewest_a_year,
    )  # fmt: skip


def _let_business_go(meeting: Meeting, by: User) -> None:
    """Referrals are ready for another meeting, proposals go on to the next, and a turning chair uses no turn."""
    move_on(meeting, by=by)
    pass_the_chair(meeting.panel)
    meeting.held_slots.filter(settled_at=None).update(settled_at=clock.now())
    for item in meeting.items.standing().filter(referral__status="BOOKED").select_related("referral"):
        unbook_referral(item.referral, reason=f"{meeting} is not to be.", by=by)


@transaction.atomic
def record_not_held(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """A meeting that did not happen and was not cancelled in time: a reason, and a breach."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = why_not_call_off(chairs=may_chair(meeting, by)) + ([] if reason.strip() else ["Say why it was not held."])
    if meeting.status in {MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD} or meeting.started_at:
        reasons.append("This meeting has been held, cancelled or closed.")

    refuse_if(reasons)

    meeting.status, meeting.reason = MeetingStatus.NOT_HELD, reason
    meeting.breach = f"{meeting.breach} Not held, and not cancelled in time.".strip()
    meeting.save()
    post.stop_about([meeting])
    _let_business_go(meeting, by)

    audit.record(
        "meeting.not_held", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"{meeting} was not held.",
    )  # fmt: skip
    return meeting
