"""While a child waits: contacts logged, the plan made and agreed, the order changed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from core import audit, clock, post
from core.dated import number
from core.models import User
from core.rules import refuse_if
from referrals.actions.priority import band_referral
from referrals.choices import BandingBasis
from referrals.models import Contact, OrderChange, Provision, Referral, WaitingPlan
from referrals.models.holdings import waiting_in_order
from referrals.models.need import strategic_manager_agrees
from referrals.rules.readings import CONTACT
from referrals.rules.waiting import (
    why_not_agree_plan,
    why_not_contact,
    why_not_order,
    why_not_order_unseen,
    why_not_wait,
)


def _locked(referral: Referral) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)


@transaction.atomic
def log_contact(referral: Referral, *, with_whom: str, note: str, next_contact_on: date | None = None, band: str = "",
                at_risk_in_days: int | None = None, band_reason: str = "", agreed_by: User | None = None,
                by: User) -> Contact:  # fmt: skip
    """Log a contact with somebody round a waiting child; the band is looked at again each time.

    The referrer is told that there was one, and when the next is.
    """
    referral = _locked(referral)
    every = number(CONTACT, authority=referral.authority_id)
    following = next_contact_on or clock.today() + timedelta(days=every)

    refuse_if(why_not_contact(note, following, status=referral.status, today=clock.today(), every_days=every))

    contact = Contact.objects.create(
        referral=referral, with_whom=with_whom, note=note, next_contact_on=following, made_at=clock.now(), made_by=by
    )
    band_referral(
        referral, band=band or referral.band, basis=BandingBasis.CONTACT, at_risk_in_days=at_risk_in_days,
        reason=band_reason, agreed_by=agreed_by, by=by,
    )  # fmt: skip
    _tell(referral, f"contact:{contact.pk}", f"Somebody was in touch about {referral.reference}")

    audit.record(
        "contact.logged", on=contact, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Contact logged for {referral.reference}; the next is by {following:%-d %B %Y}.",
    )  # fmt: skip
    return contact


def _tell(referral: Referral, key: str, what: str) -> None:
    """Write to the referrer, by reference only."""
    post.send(
        "referral.waiting", key=f"waiting:{key}", to=referral.author, subject=what,
        body=f"{what}. Its page says what helps meanwhile, and when you hear next.",
        link=referral.get_absolute_url(), about=referral,
    )  # fmt: skip


@transaction.atomic
def plan_waiting(referral: Referral, *, meanwhile: str, ring_name: str, ring_number: str, ring_hours: str = "",
                 by: User) -> WaitingPlan:  # fmt: skip
    """Write what helps while a child waits and whom to ring; the referrer is asked to agree it."""
    referral = _locked(referral)

    refuse_if(why_not_wait(referral.status))

    said = {"meanwhile": meanwhile, "ring_name": ring_name, "ring_number": ring_number, "ring_hours": ring_hours}
    plan, _ = WaitingPlan.objects.update_or_create(
        referral=referral,
        defaults={**said, "made_at": clock.now(), "made_by": by, "agreed_at": None, "agreed_by": None},
    )
    _tell(referral, f"plan:{plan.pk}:{plan.made_at.isoformat()}", f"Agree what helps while {referral.reference} waits")

    audit.record(
        "waiting_plan.made", on=plan, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Planned what helps while {referral.reference} waits.",
    )  # fmt: skip
    return plan


@transaction.atomic
def agree_waiting_plan(plan: WaitingPlan, *, by: User) -> WaitingPlan:
    """The referrer agrees what helps while the child waits."""
    plan = WaitingPlan.objects.select_for_update(of=("self",)).select_related("referral__child").get(pk=plan.pk)
    referral = plan.referral
    is_referrer = by.pk in {referral.author_id, referral.child.social_worker_id}

    refuse_if(why_not_agree_plan(status=referral.status, is_referrer=is_referrer, is_agreed=plan.agreed_at is not None))

    plan.agreed_at, plan.agreed_by = clock.now(), by
    plan.save()

    audit.record(
        "waiting_plan.agreed", on=plan, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Agreed what helps while {referral.reference} waits.",
    )  # fmt: skip
    return plan


@transaction.atomic
def order_waiting(provision: Provision, *, wanted: Sequence[str], seen: Sequence[str], reason: str,
                  agreed_by: User | None, by: User) -> OrderChange:  # fmt: skip
    """Set the order in which children wait for a service, by their references.

    Locks the provision, so that of two orders made from one page the second is told to look again.
    """
    provision = Provision.objects.select_for_update(of=("self",)).get(pk=provision.pk)
    waiting = {row.reference: row for row in waiting_in_order(provision)}
    now = list(waiting)

    refuse_if(why_not_order_unseen(seen, now))
    agrees = strategic_manager_agrees(agreed_by, provision.authority_id)
    refuse_if(why_not_order(wanted, now, reason=reason, strategic_manager_agrees=agrees))

    for at, reference in enumerate(wanted, 1):
        Referral.objects.filter(pk=waiting[reference].pk).update(wait_order=at)
    change = OrderChange.objects.create(
        provision=provision, before=now, after=list(wanted), reason=reason, agreed_by=agreed_by,
        changed_at=clock.now(), changed_by=by,
    )  # fmt: skip

    audit.record(
        "waiting.ordered", on=change, by=by, authority=provision.authority,
        sentence=f"Changed the order of {len(now)} who wait for {provision}.",
    )  # fmt: skip
    return change

