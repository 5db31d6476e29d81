"""Offers: a bed accepted or declined by the child's social worker, withdrawn, or lapsed by its date."""

from django.db import transaction

from core import audit, clock, outbox
from core.models import User
from core.rules import refuse_if
from referrals.actions.arranging import lock_stay, open_rooms
from referrals.choices import ReferralStatus, StayState
from referrals.models import Referral, Stay


def _why_not_own(stay: Stay, by: User) -> list[str]:
    """Only the child's own social worker answers an offer."""
    worker = stay.child.social_worker_id or stay.referral.author_id
    return [] if by.pk == worker else ["Only the child's social worker answers this offer."]


@transaction.atomic
def accept_bed(stay: Stay, *, by: User) -> Stay:
    """The child's social worker accepts a proposed bed; it starts on arrival."""
    stay = lock_stay(stay)
    reasons = _why_not_own(stay, by)
    if stay.state != StayState.OFFERED:
        reasons.append("This offer is no longer open.")

    refuse_if(reasons)

    stay.state, stay.accepted_by, stay.accepted_at = StayState.PLANNED, by, clock.now()
    stay.save()
    lapse_later(stay)

    audit.record(
        "stay.accepted", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} accepted for {stay.referral.reference}.",
    )  # fmt: skip
    return stay


@transaction.atomic
def decline_bed(stay: Stay, *, reason: str, by: User) -> Stay:
    """The offer is declined: the child waits again, and what was held afterwards is let go."""
    stay = lock_stay(stay)
    reasons = _why_not_own(stay, by) + ([] if reason.strip() else ["Say why it is declined."])
    if stay.state not in {StayState.OFFERED, StayState.PLANNED}:
        reasons.append("This offer is no longer open.")

    refuse_if(reasons)

    let_go(stay, StayState.DECLINED, reason, by)

    audit.record(
        "stay.declined", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} declined for {stay.referral.reference}.",
    )  # fmt: skip
    return stay


def let_go(stay: Stay, state: str, reason: str, by: User | None) -> None:
    """Free the place and the outreach place held after it; a referral that was offered it waits again."""
    stay.state, stay.ending_reason = state, reason[:200]
    stay.save()
    for held in Stay.objects.filter(follows=stay, state=StayState.PLANNED):
        held.state, held.ending_reason = StayState.RELEASED, reason[:200]
        held.save()
    open_rooms(stay, clock.today())
    Stay.objects.filter(kept_for=stay).update(kept_for=None)
    referral = Referral.objects.filter(pk=stay.referral_id).first()
    if referral and referral.status == ReferralStatus.OFFERED:
        referral.move_to(ReferralStatus.WAITING, by=by, reason=reason)


@transaction.atomic
def withdraw_offers(referral: Referral, *, reason: str, by: User) -> int:
    """A referral is withdrawn: every place offered to it or planned for it is free again."""
    offers = [lock_stay(stay) for stay in referral.stays.filter(state__in=[StayState.OFFERED, StayState.PLANNED])]

    for stay in offers:
        stay.refresh_from_db()
        if stay.state in {StayState.OFFERED, StayState.PLANNED}:
            let_go(stay, StayState.RELEASED, reason, by)

    if offers:
        audit.record(
            "stay.withdrawn", on=referral, by=by,
            sentence=f"Freed what was offered to {referral.reference}, which was withdrawn.",
        )  # fmt: skip
    return len(offers)


@transaction.atomic
def lapse_offer(stay: Stay, *, by: User | None = None) -> Stay:
    """An offer not started by its date is over, and so is a planned stay whose days have all passed.

    A bed that was accepted waits until its own first day, and until the day it is empty.
    """
    stay = lock_stay(stay)
    if stay.state not in {StayState.OFFERED, StayState.PLANNED} or _waits(stay):
        return stay

    let_go(stay, StayState.LAPSED, "Not started by its date.", by)

    audit.record(
        "stay.lapsed", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"The offer of {stay.place} to {stay.referral} lapsed.",
    )  # fmt: skip
    return stay


def _waits(stay: Stay) -> bool:
    """Whether a stay may still start; it is asked again on the day it says."""
    today = clock.today()
    if stay.planned_end_on and stay.planned_end_on <= today:
        return False
    if not stay.is_living:
        return True
    if stay.state == StayState.OFFERED:
        return stay.offered_until is not None and today <= stay.offered_until
    there = Stay.objects.filter(place=stay.place_id, ended_on__gt=stay.starts_on).order_by("-ended_on").first()
    is_busy = Stay.objects.filter(place=stay.place_id, state=StayState.BEGUN).exists()
    by_day = max(stay.starts_on, stay.offered_until or stay.starts_on, there.ended_on if there else stay.starts_on)
    if today <= by_day or is_busy:
        lapse_later(stay)
        return True
    return False


def lapse_later(stay: Stay) -> None:
    """Ask again whether an accepted bed has lapsed, the day after it could have started."""
    day = max(stay.starts_on, stay.offered_until or stay.starts_on, clock.today()) + clock.ONE_DAY
    outbox.enqueue("stay.lapse", subject=stay.reference, due_at=clock.moment(day))
