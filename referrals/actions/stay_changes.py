"""Stays: their planned days changed, moved to another place, a place held for later kept or let go."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.roles import Permission
from core.rules import FieldReason, refuse_if
from referrals.actions.allocation import why_not_live
from referrals.actions.arranging import (
    hold_rooms_until,
    lock_stay,
    move_follower,
    no_clash,
    why_not_bed,
    why_not_there,
    write_dates,
)
from referrals.actions.offer import lapse_later
from referrals.actions.stay import end_stay
from referrals.choices import StayState
from referrals.models import Place, Stay
from referrals.models.matching import risks_between
from referrals.rules import capacity
from referrals.rules.matching import why_not_live_together
from referrals.rules.stays import why_not_change_dates, why_not_let_go, why_not_move_stay


@transaction.atomic
def change_dates(stay: Stay, *, planned_end_on: date, starts_on: date | None = None, reason: str,
                 follow_plan: str = "", by: User) -> Stay:  # fmt: skip
    """Change a stay's planned days; the outreach stay that follows a bed moves with its end.

    Refused where some day has no place, with the clash. Where no outreach place is free from
    the new end, a plan is written down and what was held is released.
    """
    stay = lock_stay(stay)
    first = starts_on or stay.starts_on
    refuse_if(why_not_change_dates(stay.standing(), first, planned_end_on, reason))
    wanted = capacity.Stay(first, planned_end_on)
    refuse_if([FieldReason("planned_end_on", sentence) for sentence in _clashes(stay, wanted)])
    refuse_if(why_not_live(stay.child, stay.place, wanted) if stay.is_living else [])

    stay.starts_on, stay.planned_end_on = first, planned_end_on
    write_dates(stay, wanted, may_move=stay.state != StayState.BEGUN)
    _follow_or_plan(stay, planned_end_on, follow_plan)
    hold_rooms_until(stay, planned_end_on)
    if stay.state != StayState.BEGUN:
        lapse_later(stay)

    audit.record(
        "stay.dates_changed", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.reference} is planned from {day_in_words(first)} to {day_in_words(planned_end_on)}.",
    )  # fmt: skip
    return stay


def _clashes(stay: Stay, wanted: capacity.Stay) -> list[str]:
    """What the days wanted run into."""
    if stay.state != StayState.BEGUN:
        return why_not_there(stay, stay.place, wanted)
    as_counted = capacity.begun_stay(wanted.starts_on, wanted.ends_on, today=clock.today())
    if stay.is_living:
        return why_not_bed(stay.place, as_counted, besides=[stay.pk])
    return why_not_there(stay, stay.place, as_counted)


def _follow_or_plan(stay: Stay, on: date, plan: str) -> None:
    """Move what is held after a bed; where it does not fit, a written plan takes its place."""
    follower = move_follower(stay, on)
    if follower is None or follower.starts_on == on:
        return
    sentence = f"No outreach place is free from {day_in_words(on)}, to follow this bed: write the plan."
    refuse_if([] if plan.strip() else [FieldReason("follow_plan", sentence)])
    follower.state, follower.ending_reason = StayState.RELEASED, plan[:200]
    follower.save()
    stay.follow_plan = plan
    stay.save()


@transaction.atomic
def move_stay(stay: Stay, place: Place, *, on: date | None = None, impact: str = "", risk_because: str = "",
              by: User) -> Stay:  # fmt: skip
    """Move a child to another bed of the same home, or an outreach stay to another number.

    A bed that was begun ends and another stay begins on the same day, so the history stands; one
    not begun is offered anew. Outreach only changes number, and others make room for it.
    """
    stay = lock_stay(stay)
    on = on or clock.today()
    wanted = capacity.Stay(stay.starts_on if stay.state != StayState.BEGUN else on, stay.planned_end_on)
    reasons = why_not_move_stay(
        stay.standing(), same_home=place.home_id == stay.place.home_id, same_place=place.pk == stay.place_id, impact=impact
    )
    if place.provision_id != stay.place.provision_id:
        reasons.append("A stay moves within its own service.")
    refuse_if(reasons)
    if stay.is_living:
        refuse_if(_why_not_bed_to_bed(stay, place, wanted, on, risk_because))

    moved = _move_bed(stay, place, on, impact, risk_because, by) if stay.is_living else _move_number(stay, place)

    audit.record(
        "stay.moved", on=moved, by=by, authority=place.provision.authority,
        sentence=f"{stay.reference} moved from {stay.place} to {moved.place}."
        if stay.place_id != moved.place_id else f"{moved.reference} moved to {moved.place}.",
    )  # fmt: skip
    return moved


def _why_not_bed_to_bed(stay: Stay, place: Place, wanted: capacity.Stay, on: date, risk_because: str) -> list[str]:
    """The bed is free, the law allows it, and those who live there are thought of."""
    reasons = why_not_there(stay, place, wanted) + why_not_live(stay.child, place, wanted)
    reasons += why_not_live_together(risks_between(stay.referral, place, wanted), risk_because) if stay.referral else []
    if stay.state == StayState.BEGUN and not stay.starts_on < on <= clock.today():
        reasons.append(FieldReason("on", "The move is after the first day of the stay, and not in the future."))
    return reasons


def _move_bed(stay: Stay, place: Place, on: date, impact: str, risk_because: str, by: User) -> Stay:
    """Write the move of a bed: a new stay from the same day where it was begun, or a new offer."""
    if stay.state != StayState.BEGUN:
        stay.place, stay.impact_assessment, stay.risk_because = place, impact, risk_because
        stay.state, stay.accepted_by, stay.accepted_at = StayState.OFFERED, None, None
        with no_clash():
            stay.save()
        return stay
    planned_end_on = stay.planned_end_on if stay.planned_end_on and stay.planned_end_on > on else None
    stay.state, stay.ended_on, stay.ending_reason = StayState.ENDED, on, f"Moved to {place}."
    with no_clash():
        stay.save()
        moved = Stay.objects.create(
            child=stay.child, referral=stay.referral, place=place, is_living=True, state=StayState.BEGUN,
            starts_on=on, planned_end_on=planned_end_on, follow_weeks=stay.follow_weeks, follow_plan=stay.follow_plan,
            impact_assessment=impact, risk_because=risk_because, review_on=stay.review_on, moved_from=stay,
            proposed_by=by, begun_by=by, begun_at=clock.now(), accepted_by=stay.accepted_by, accepted_at=stay.accepted_at,
        )  # fmt: skip
        Stay.objects.filter(follows=stay).update(follows=moved)
        Stay.objects.filter(kept_for=stay).update(kept_for=moved)
    return moved


def _move_number(stay: Stay, place: Place) -> Stay:
    """Write the move of an outreach stay to another number."""
    write_dates(stay, capacity.Stay(stay.starts_on, stay.planned_end_on), place)
    refuse_if([] if stay.place_id == place.pk else [f"{place} cannot be had on every day of the stay."])
    return stay


@transaction.atomic
def let_place_go(stay: Stay, *, plan: str, by: User) -> Stay:
    """A named manager lets go of a place held for later, and writes the plan for the child.

    An outreach place kept while the child is in a bed ends; one planned after a bed is released.
    """
    stay = lock_stay(stay)
    bed_id = stay.follows_id or stay.kept_for_id
    refuse_if(_why_not_manager(by) + why_not_let_go(stay.state, is_held=bed_id is not None, plan=plan))

    if stay.state == StayState.BEGUN:
        on = max(clock.today(), stay.starts_on + clock.ONE_DAY)
        end_stay(stay, on=on, reason=plan, unplanned_because=plan, by=by)
    else:
        stay.state, stay.ending_reason = StayState.RELEASED, plan[:200]
        stay.save()
    Stay.objects.filter(pk=bed_id).update(follow_plan=plan)

    audit.record(
        "stay.released", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} is no longer held for {stay.referral}.",
    )  # fmt: skip
    return stay


def _why_not_manager(by: User) -> list[str]:
    return [] if by.can(Permission.RELEASE_PLACES) else ["Only a named manager keeps or lets go of a held place."]


@transaction.atomic
def keep_place(stay: Stay, *, reason: str, by: User) -> Stay:
    """At a bed's first review, the child's outreach place is kept for after the bed."""
    stay = lock_stay(stay)
    reasons = _why_not_manager(by) + ([] if reason.strip() else ["Say why the place is kept."])
    reasons += [] if stay.kept_for_id else ["This place is not kept for a child in a bed."]

    refuse_if(reasons)

    stay.kept_because, stay.kept_decided_by, stay.kept_decided_at = reason, by, clock.now()
    stay.save()

    audit.record(
        "stay.kept", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} is kept for {stay.referral}.",
    )  # fmt: skip
    return stay
