"""Stays: started on arrival, and ended; nothing ends by itself."""

from datetime import date, timedelta

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.actions.allocation import why_not_live
from referrals.actions.arranging import (
    lock_stay,
    move_follower,
    no_clash,
    open_rooms,
    why_not_there,
    write_dates,
)
from referrals.actions.ending import SUPPORTED, end_support, goes_on
from referrals.actions.placement import follow_stay
from referrals.choices import ReferralStatus, StayState
from referrals.models import Access, Ending, Stay
from referrals.rules import capacity
from referrals.rules.ending import (
    why_not_end_as_planned,
    why_not_end_unplanned,
    why_not_end_while_missing,
)
from referrals.rules.stays import why_not_start


@transaction.atomic
def start_stay(stay: Stay, *, on: date, by: User) -> Stay:
    """The child has arrived (or outreach has begun): the place is in use from that day.

    Where somebody is still in the place, outreach begins on another number; a bed waits.
    """
    stay = lock_stay(stay)
    refuse_if(why_not_start(stay.standing(), on, today=clock.today()))
    wanted = capacity.Stay(on, stay.planned_end_on)
    refuse_if(why_not_there(stay, stay.place, capacity.begun_stay(on, stay.planned_end_on, today=clock.today())))
    if stay.is_living:
        refuse_if(why_not_live(stay.child, stay.place, wanted))

    stay.starts_on, stay.state = on, StayState.BEGUN
    stay.begun_by, stay.begun_at = by, clock.now()
    write_dates(stay, wanted)
    if stay.referral and stay.referral.status == ReferralStatus.OFFERED:
        stay.referral.placed_on = on
        stay.referral.move_to(ReferralStatus.SUPPORTED, by=by)
        _let_provider_read(stay)
    follow_stay(stay, by=by)

    audit.record(
        "stay.started", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} in use from {day_in_words(on)}.",
    )  # fmt: skip
    return stay


def _let_provider_read(stay: Stay) -> None:
    """The provider's people may read the record of a child in their place."""
    Access.objects.get_or_create(
        child=stay.child, referral=stay.referral, organisation=stay.place.provision.provider,
        basis="placed", until_at=None,
        defaults={"roles": ["PRM", "PRV"], "from_at": clock.now(), "told_by": stay.reference},
    )  # fmt: skip


@transaction.atomic
def end_stay(stay: Stay, *, on: date, reason: str = "", unplanned_because: str | None = None, by: User) -> Stay:
    """The place is empty from a day; outreach that follows a bed begins to run from then.

    As planned, once the ending's tasks are written; support ends with it where nothing follows.
    With `unplanned_because` it may end at once: the exit plan is then due that day, and support
    ends when it is written.
    """
    stay = lock_stay(stay)
    ending = Ending.objects.filter(stay=stay).first() or Ending(stay=stay)
    ending.name_whom_it_worked_with()
    support_goes_on = goes_on(stay)
    missing = why_not_end_as_planned(ending.facts(), support_goes_on=support_goes_on)
    reasons = _why_not_end_on(stay, on) + why_not_end_while_missing(is_missing=stay.is_missing_now(), why=ending.why)
    reasons += missing if unplanned_because is None else why_not_end_unplanned(unplanned_because)
    refuse_if(reasons)

    reason = reason or ending.why_words or ending.get_why_display() or unplanned_because
    stay.state, stay.ended_on, stay.ending_reason = StayState.ENDED, on, reason[:200]
    _write_end(ending, stay, unplanned_because, missing, by)
    with no_clash():
        stay.save()
    move_follower(stay, on)
    open_rooms(stay, on)
    if stay.referral and not missing and not support_goes_on and stay.referral.status in SUPPORTED:
        end_support(stay.referral, on=on, reason=reason, by=by)

    audit.record(
        "stay.ended", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} empty from {on:%-d %B %Y}.",
    )  # fmt: skip
    return stay


def _why_not_end_on(stay: Stay, on: date) -> list[str]:
    """Reasons a stay cannot end on a day."""
    found = [] if stay.state == StayState.BEGUN else ["This stay is not in progress."]
    if on <= stay.starts_on:
        found.append(FieldReason("on", "A stay ends after the day it started."))
    if on > clock.today() + timedelta(days=1):
        found.append(FieldReason("on", "A stay is ended when it ends; move its planned end instead."))
    return found


def _write_end(ending: Ending, stay: Stay, unplanned_because: str | None, missing: list[str], by: User) -> None:
    """Keep whether it was planned, what the plan was, and when a missing exit plan is due."""
    ending.planned_end_was, ending.changed_at = stay.planned_end_on, clock.now()
    ending.is_unplanned, ending.unplanned_because = unplanned_because is not None, unplanned_because or ""
    if missing:
        ending.exit_due_on = stay.ended_on
    else:
        ending.finished_at, ending.finished_by = clock.now(), by
    ending.save()
