"""Allocation: an outreach place in the agreed order; a bed proposed, to be accepted, and started on arrival."""

from datetime import date, timedelta

from django.db import transaction

from core import audit, clock, outbox, post
from core.dates import day_in_words
from core.gathering import gathered
from core.models import User
from core.roles import Permission, Role
from core.rules import FieldReason, refuse_if
from referrals.actions.access import give_access
from referrals.actions.arranging import (
    add_stay,
    lock_provisions,
    no_clash,
    no_room,
    why_not_bed,
)
from referrals.choices import Basis, ProvisionKind, ReferralStatus, StayState
from referrals.models import Place, Provision, Referral, Stay
from referrals.models.holdings import (
    Occupied,
    decided_past_18,
    first_in_line,
    held_by_child,
    occupied,
    weeks_of_a_bed,
)
from referrals.models.matching import living_in, risks_between
from referrals.models.referral_facts import terms_within
from referrals.rules import capacity
from referrals.rules.allocation import Allocating, goes_past_18, why_not_allocate
from referrals.rules.matching import why_not_live_together
from referrals.rules.registration import why_not_live_here


def _why_not(referral: Referral, stay: capacity.Stay, provision: Provision, held: list[capacity.Stay], *, because: str, agreed_by) -> list[str]:
    """Gather what the rule asks of one child's stay in one provision; what would change nothing is not asked, for others wait."""
    born_on, agrees = referral.child.born_on or date(2012, 1, 1), _may_agree(agreed_by, referral)
    may_pass = agrees and because.strip() != ""
    return why_not_allocate(
        Allocating(
            status=referral.status, stay=stay, born_on=born_on,
            is_living=provision.is_living, is_first_in_order=may_pass or first_in_line(provision) in {None, referral.pk},
            strategic_manager_agrees=agrees, out_of_order_because=because,
            held_of_this_kind=held,
            decided_past_18=goes_past_18(born_on, stay) and decided_past_18(referral.child),
        )
    )  # fmt: skip


def _may_agree(person, referral: Referral) -> bool:
    """Whether the person named is a strategic manager of the authority."""
    return person is not None and any(
        held.role == Role.STRATEGIC_MANAGER and held.authority_id == referral.authority_id
        for held in person.current_roles
    )


def _why_not_by(by: User, provision: Provision) -> list[str]:
    """The provider's own manager allocates its places, and nobody else does."""
    if by.can(Permission.ALLOCATE_PLACES) and by.acting.organisation_id == provision.provider_id:
        return []
    return ["Only the provider's manager allocates these places."]


@transaction.atomic
def allocate_place(referral: Referral, provision: Provision, *, starts_on: date, planned_end_on: date | None,
                   place: Place | None = None, out_of_order_because: str = "", agreed_by: User | None = None,
                   by: User) -> Stay:  # fmt: skip
    """Give a child an outreach place, if there is one on every day of the stay.

    Locks the provision, so two people cannot take the last place. Stays not yet begun may
    change number to make room. Starts at once where the first day is today or before.
    """
    wanted = capacity.Stay(starts_on, planned_end_on)
    refuse_if(no_room(provision, wanted))
    to_lock = _to_lock(referral)
    (provision,) = lock_provisions(provision)
    (referral,) = to_lock
    referral.know_terms(referral.versions)
    there = occupied(provision, child=referral.child)

    reasons = _why_not_by(by, provision)
    reasons += ["Beds and rooms are proposed, and start on arrival."] if provision.is_living else []
    reasons += _why_not(referral, wanted, provision, there.by_child, because=out_of_order_because, agreed_by=agreed_by)
    refuse_if(reasons + no_room(provision, wanted, found=there))

    begins = starts_on <= clock.today()
    stay = _put(
        there, wanted, place, child=referral.child, referral=referral,
        state=StayState.BEGUN if begins else StayState.PLANNED,
        out_of_order_because=out_of_order_because, out_of_order_agreed_by=agreed_by,
        review_on=referral.review_on, proposed_by=by, proposed_at=clock.now(),
        **({"begun_by": by, "begun_at": clock.now()} if begins else {}),
    )  # fmt: skip
    with gathered():
        _supported(referral, stay, by)
        audit.record(
            "stay.allocated", on=stay, by=by, authority=provision.authority,
            sentence=f"{referral.reference} has {stay.place} from {day_in_words(starts_on)}.",
        )  # fmt: skip
    return stay


def _to_lock(referral: Referral):
    """The question that locks a referral, with what its moves and letters ask for: put together before others wait, and asked while they do."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("child", "author")
    return rows.annotate(versions=terms_within()).filter(pk=referral.pk)


def _put(there: Occupied, wanted: capacity.Stay, place: Place | None = None, **facts) -> Stay:
    """One more stay on a number; one that is planned lapses when its days are over."""
    made = add_stay(there, wanted, place, **facts)
    if made.state == StayState.PLANNED and made.planned_end_on:
        outbox.enqueue("stay.lapse", subject=made.reference, due_at=clock.moment(made.planned_end_on))
    return made


def _supported(referral: Referral, stay: Stay, by: User) -> None:
    """The child has a place: the referral moves on, and the provider may read the record."""
    referral.move_to(ReferralStatus.OFFERED, by=by)
    if stay.state == StayState.BEGUN:
        referral.placed_on = stay.starts_on
        referral.move_to(ReferralStatus.SUPPORTED, by=by)
    give_access(
        referral, organisation=stay.place.provision.provider, basis=Basis.PLACED,
        roles=[Role.PROVIDER_MANAGER, Role.PRACTITIONER], told_by=stay.reference, by=by,
    )  # fmt: skip
    tell_about(referral, "placed", f"A place for {referral.reference} is arranged", referral.author)
    if stay.out_of_order_agreed_by:
        said = f"You are recorded as agreeing that {referral.reference} goes out of order"
        tell_about(referral, "out of order", said, stay.out_of_order_agreed_by, stay.get_absolute_url())


def tell_about(referral: Referral, key: str, subject: str, to: User, link: str = "") -> None:
    """Queue one message about a place, once for this status of the referral."""
    post.send(
        f"stay.{key}", key=f"{key}:{referral.reference}:{referral.status_since.isoformat()}:{to.pk}", to=to,
        subject=subject, body=f"{subject}. Its page has the dates.", about=referral,
        link=link or referral.get_absolute_url(),
    )  # fmt: skip


@transaction.atomic
def propose_bed(referral: Referral, place: Place, *, starts_on: date, planned_end_on: date,
                impact_assessment: str, offered_until: date | None = None, follow_plan: str = "",
                risk_because: str = "", out_of_order_because: str = "", agreed_by: User | None = None,
                by: User) -> Stay:  # fmt: skip
    """Propose a named bed or room, with its impact on residents; the social worker accepts or not.

    An outreach stay is planned from its end; where none is free a plan is written down first. A
    child already in outreach keeps that place until the bed's first review.
    """
    wanted = capacity.Stay(starts_on, planned_end_on)
    outreach = _outreach(referral)
    provision = next(p for p in lock_provisions(place.provision, *([outreach] if outreach else [])) if p.pk == place.provision_id)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("child").get(pk=referral.pk)
    after, first_review = weeks_of_a_bed(referral)
    follower = capacity.Stay(planned_end_on, planned_end_on + timedelta(weeks=after))
    follow_full = _follow_full(referral, outreach, follower)

    reasons = _why_not_by(by, provision) + why_not_live(referral.child, place, wanted)
    reasons += _why_not(referral, wanted, provision, held_by_child(referral.child, is_living=provision.is_living), because=out_of_order_because, agreed_by=agreed_by)
    reasons += no_room(provision, wanted) or why_not_bed(place, wanted)
    reasons += _why_not_together(referral, place, wanted, risk_because)
    reasons += _why_not_offer(impact_assessment, follow_full, follow_plan, offered_until)
    refuse_if(reasons)

    stay = _offer(
        child=referral.child, referral=referral, place=place, starts_on=starts_on, follow_plan=follow_plan,
        planned_end_on=planned_end_on, impact_assessment=impact_assessment, proposed_by=by,
        review_on=referral.review_on or starts_on + timedelta(weeks=first_review), offered_until=offered_until or starts_on,
        follow_weeks=after, out_of_order_because=out_of_order_because, out_of_order_agreed_by=agreed_by, risk_because=risk_because,
    )  # fmt: skip
    _keep_outreach(referral, stay, outreach, follower if follow_full == [] else None, by)
    referral.move_to(ReferralStatus.OFFERED, by=by)
    worker = referral.child.social_worker or referral.author
    tell_about(referral, "offered", f"{referral.reference} is offered a bed", worker, stay.get_absolute_url())

    audit.record(
        "stay.proposed", on=stay, by=by, authority=provision.authority,
        sentence=f"{referral.reference} is offered {place} from {day_in_words(starts_on)}.",
    )  # fmt: skip
    return stay


def _why_not_together(referral: Referral, place: Place, wanted: capacity.Stay, because: str) -> list[str]:
    """Known risks between those who would live together, unless a reason goes past them."""
    reasons = why_not_live_together(risks_between(referral, place, wanted), because)
    return [FieldReason("risk_because", sentence) for sentence in reasons]


def _why_not_offer(impact: str, follow_full, follow_plan: str, offered_until: date | None) -> list[str]:
    """What an offer must say: the impact, the plan where no place is held afterwards, and a day to come."""
    reasons = [] if impact.strip() else [FieldReason("impact_assessment", "Write the impact on those who live there.")]
    if follow_full and not follow_plan.strip():
        sentence = f"{follow_full[0]} So no outreach place is held for afterwards: write the plan."
        reasons.append(FieldReason("follow_plan", sentence))
    if offered_until and offered_until < clock.today():
        reasons.append(FieldReason("offered_until", "An offer is open until today or later."))
    return reasons


def _keep_outreach(referral: Referral, bed: Stay, outreach: Provision | None, follower, by: User) -> None:
    """Hold an outreach place after the bed; or keep the one the child has until its first review."""
    if follower is not None:
        _put(
            occupied(outreach), follower, child=bed.child, referral=bed.referral,
            state=StayState.PLANNED, follows=bed, proposed_by=by, proposed_at=clock.now(),
        )  # fmt: skip
    for kept in _outreach_of(referral):
        if kept.follows_id is None:
            kept.kept_for, kept.kept_decided_by, kept.kept_decided_at = bed, None, None
            kept.save()


def _outreach_of(referral: Referral):
    """The child's outreach stays that go on or are to come."""
    return referral.child.stays.filter(is_living=False, state__in=[StayState.BEGUN, StayState.PLANNED])


def _outreach(referral: Referral) -> Provision | None:
    """The outreach that follows a bed, in the child's authority."""
    rows = Provision.objects.filter(authority=referral.authority_id, kind=ProvisionKind.OUTREACH)
    return rows.order_by("pk").first()


def _follow_full(referral: Referral, outreach: Provision | None, follower: capacity.Stay) -> list[str] | None:
    """Reasons no outreach place can be held afterwards; None where none is needed."""
    keeps_one = _outreach_of(referral).exists()
    return None if outreach is None or keeps_one else no_room(outreach, follower)


def _offer(**facts) -> Stay:
    """Write the offer, and when it lapses; a clash underneath becomes a sentence."""
    with no_clash():
        stay = Stay.objects.create(
            is_living=True, state=StayState.OFFERED, proposed_at=clock.now(), **facts
        )
    outbox.enqueue("stay.lapse", subject=stay.reference, due_at=clock.moment(stay.offered_until + clock.ONE_DAY))
    return stay


def why_not_live(child, place: Place, wanted: capacity.Stay) -> list[str]:
    """What the law says of this child living in this home; nobody can override it."""
    living = living_in(child, place, wanted)
    return why_not_live_here(living) if living else []
