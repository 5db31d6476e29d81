"""Stays: accepted or declined, started on arrival, their end moved, and ended."""

from datetime import date, timedelta

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.actions.ending import SUPPORTED, end_support, goes_on
from referrals.actions.placement import follow_stay
from referrals.choices import ReferralStatus, StayState
from referrals.models import Access, Ending, Provision, Referral, Stay
from referrals.rules.ending import why_not_end_as_planned, why_not_end_unplanned


def _locked(stay: Stay) -> Stay:
    """Lock the stay's provision, then the stay."""
    Provision.objects.select_for_update(of=("self",)).get(places=stay.place_id)
    rows = Stay.objects.select_for_update(of=("self",))
    return rows.select_related("place__provision", "referral", "child").get(pk=stay.pk)


def _why_not_own(stay: Stay, by: User) -> list[str]:
    """Only the child's own social worker answers an offer."""
    worker = stay.child.social_worker_id or stay.referral.author_id
    return [] if by.pk == worker else ["Only the child's social worker answers this offer."]


@transaction.atomic
def accept_bed(stay: Stay, *, by: User) -> Stay:
    """The child's social worker accepts a proposed bed; it starts on arrival."""
    stay = _locked(stay)
    reasons = _why_not_own(stay, by)
    if stay.state != StayState.OFFERED:
        reasons.append("This offer is no longer open.")

    refuse_if(reasons)

    stay.state, stay.accepted_by, stay.accepted_at = StayState.PLANNED, by, clock.now()
    stay.save()

    audit.record(
        "stay.accepted", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} accepted for {stay.referral.reference}.",
    )  # fmt: skip
    return stay


@transaction.atomic
def decline_bed(stay: Stay, *, reason: str, by: User) -> Stay:
    """The offer is declined: the child waits again, and what was held afterwards is let go."""
    stay = _locked(stay)
    reasons = _why_not_own(stay, by) + ([] if reason.strip() else ["Say why it is declined."])
    if stay.state not in {StayState.OFFERED, StayState.PLANNED}:
        reasons.append("This offer is no longer open.")

    refuse_if(reasons)

    _let_go(stay, StayState.DECLINED, reason, by)

    audit.record(
        "stay.declined", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} declined for {stay.referral.reference}.",
    )  # fmt: skip
    return stay


def _let_go(stay: Stay, state: str, reason: str, by: User | None) -> None:
    """Free the bed and the outreach place held after it; the referral waits again."""
    stay.state, stay.ending_reason = state, reason[:200]
    stay.save()
    Stay.objects.filter(follows=stay, state=StayState.PLANNED).update(state=StayState.RELEASED)
    referral = Referral.objects.get(pk=stay.referral_id)
    if referral.status == ReferralStatus.OFFERED:
        referral.move_to(ReferralStatus.WAITING, by=by, reason=reason)


@transaction.atomic
def lapse_offer(stay: Stay, *, by: User | None = None) -> Stay:
    """An offer that was not started by its date is over; one that began stays as it is."""
    stay = _locked(stay)
    if stay.state not in {StayState.OFFERED, StayState.PLANNED} or not stay.is_living:
        return stay

    _let_go(stay, StayState.LAPSED, "Not started by its date.", by)

    audit.record(
        "stay.lapsed", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"The offer of {stay.place} to {stay.referral.reference} lapsed.",
    )  # fmt: skip
    return stay


@transaction.atomic
def start_stay(stay: Stay, *, on: date, by: User) -> Stay:
    """The child has arrived (or outreach has begun): the place is in use from that day."""
    stay = _locked(stay)
    reasons = []
    if stay.state != StayState.PLANNED:
        reasons.append("This stay has not been accepted, or is over.")
    if on > clock.today():
        reasons.append("A stay starts on the day it starts, not before.")
    if stay.planned_end_on and on >= stay.planned_end_on:
        reasons.append("It cannot start on or after its planned end.")
    if Stay.objects.filter(place=stay.place_id, state=StayState.BEGUN).exists():
        reasons.append(f"Somebody is in {stay.place} now, so it cannot start until the place is empty.")
    refuse_if(reasons)

    stay.starts_on, stay.state = on, StayState.BEGUN
    stay.begun_by, stay.begun_at = by, clock.now()
    stay.save()
    if stay.referral and stay.referral.status == ReferralStatus.OFFERED:
        stay.referral.placed_on = on
        stay.referral.move_to(ReferralStatus.SUPPORTED, by=by)
        _let_provider_read(stay)
    follow_stay(stay, by=by)

    audit.record(
        "stay.started", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} in use from {on:%-d %B %Y}.",
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
    stay = _locked(stay)
    ending = Ending.objects.filter(stay=stay).first() or Ending(stay=stay)
    support_goes_on = goes_on(stay)
    missing = why_not_end_as_planned(ending.facts(), support_goes_on=support_goes_on)
    reasons = _why_not_end_on(stay, on)
    reasons += missing if unplanned_because is None else why_not_end_unplanned(unplanned_because)
    refuse_if(reasons)

    reason = reason or ending.why_words or ending.get_why_display() or unplanned_because
    stay.state, stay.ended_on, stay.ending_reason = StayState.ENDED, on, reason[:200]
    _write_end(ending, stay, unplanned_because, missing, by)
    stay.save()
    _move_follower(stay, on)
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


@transaction.atomic
def change_planned_end(stay: Stay, *, planned_end_on: date, reason: str, by: User) -> Stay:
    """Move a planned end; the outreach stay that follows a bed moves with it."""
    stay = _locked(stay)
    reasons = [] if reason.strip() else ["Say why the end moves."]
    if planned_end_on <= stay.starts_on:
        reasons.append("A stay ends after the day it started.")
    if stay.state not in {StayState.BEGUN, StayState.PLANNED, StayState.OFFERED}:
        reasons.append("This stay is over.")
    clash = Stay.objects.holding().filter(place=stay.place, starts_on__lt=planned_end_on).exclude(pk=stay.pk)
    if clash.filter(starts_on__gte=stay.starts_on).exists():
        reasons.append("Somebody else has that place in those days.")
    refuse_if(reasons)

    stay.planned_end_on = planned_end_on
    stay.save()
    _move_follower(stay, planned_end_on)

    audit.record(
        "stay.end_moved", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"The planned end of {stay.reference} is {planned_end_on:%-d %B %Y}.",
    )  # fmt: skip
    return stay


def _move_follower(stay: Stay, on: date) -> Stay | None:
    """The outreach stay held after a bed starts when the bed ends, for the weeks decided."""
    follower = Stay.objects.filter(follows=stay, state=StayState.PLANNED).first()
    if follower is None:
        return None
    follower.starts_on = on
    follower.planned_end_on = on + timedelta(weeks=stay.follow_weeks or 12)
    follower.save()
    return follower
