"""Allocation: an outreach place in the agreed order; a bed proposed, accepted, and started on arrival."""

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction

from core import audit, clock, outbox, post
from core.models import User
from core.roles import Permission, Role
from core.rules import RuleBroken, refuse_if
from referrals.actions.access import give_access
from referrals.choices import Basis, ProvisionKind, ReferralStatus, StayState
from referrals.models import Place, Provision, Referral, Stay
from referrals.models.holdings import (
    counted,
    decided_past_18,
    held_by_child,
    holding_stays,
    open_places,
    waiting_in_order,
)
from referrals.rules import capacity
from referrals.rules.allocation import Allocating, why_not_allocate
from referrals.rules.registration import Living, Registered, why_not_live_here

FOLLOW_WEEKS = 12
APART = "planned_periods_on_a_place_keep_apart"
TAKEN = "Somebody has just taken that place. Look at the board again and choose another."


def _locked(*provisions: Provision) -> list[Provision]:
    """Lock provisions, always in the same order, so that two people wait and never deadlock."""
    keys = sorted({provision.pk for provision in provisions})
    return list(Provision.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _why_not(referral: Referral, stay: capacity.Stay, provision: Provision, *, because: str, agreed_by) -> list[str]:
    """Gather what the rule asks of one child's stay in one provision."""
    first = next(iter(waiting_in_order(provision)), None)
    return why_not_allocate(
        Allocating(
            status=referral.status, stay=stay, born_on=referral.child.born_on or date(2012, 1, 1),
            is_living=provision.is_living, is_first_in_order=first is None or first.pk == referral.pk,
            strategic_manager_agrees=_may_agree(agreed_by, referral), out_of_order_because=because,
            held_of_this_kind=held_by_child(referral.child, is_living=provision.is_living),
            decided_past_18=decided_past_18(referral.child),
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
    refuse_if(_full(provision, wanted))
    (provision,) = _locked(provision)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("child").get(pk=referral.pk)

    reasons = _why_not_by(by, provision)
    reasons += ["Beds and rooms are proposed, and start on arrival."] if provision.is_living else []
    reasons += _why_not(referral, wanted, provision, because=out_of_order_because, agreed_by=agreed_by)
    refuse_if(reasons + _full(provision, wanted))

    stay = _place(
        provision, wanted, place, child=referral.child, referral=referral, is_living=False,
        state=StayState.BEGUN if starts_on <= clock.today() else StayState.PLANNED,
        out_of_order_because=out_of_order_because, out_of_order_agreed_by=agreed_by,
        review_on=referral.review_on, proposed_by=by, proposed_at=clock.now(),
        **({"begun_by": by, "begun_at": clock.now()} if starts_on <= clock.today() else {}),
    )  # fmt: skip
    _supported(referral, stay, by)

    audit.record(
        "stay.allocated", on=stay, by=by, authority=provision.authority,
        sentence=f"{referral.reference} has {stay.place} from {starts_on:%-d %B %Y}.",
    )  # fmt: skip
    return stay


def _full(provision: Provision, wanted: capacity.Stay, besides=()) -> list[str]:
    """Reasons some day of a stay has no place; asked before locking and again under the lock."""
    others = [counted(stay) for stay in holding_stays(provision, besides=besides)]
    places = provision.places.open_on(max(wanted.starts_on, clock.today())).count()
    return capacity.why_not_place(wanted, others, places)


def _place(provision: Provision, wanted: capacity.Stay, place: Place | None, **facts) -> Stay:
    """Put one more stay on a number, moving those not begun where that makes room."""
    stays = holding_stays(provision)
    held = [
        capacity.Holding(s.pk, counted(s), s.place.number, s.state in {StayState.BEGUN, StayState.ENDED})
        for s in stays
    ]
    new = capacity.Holding("new", wanted, place.number if place else None)
    arrangement = capacity.arrange([*held, new], open_places(provision))
    if arrangement.stuck_on is not None:
        arrangement = capacity.arrange([*held, new], open_places(provision), move_begun=True)
    if arrangement.stuck_on is not None:
        raise RuleBroken([f"No arrangement of the places leaves one free on {arrangement.stuck_on:%-d %B %Y}."])
    by_number = {p.number: p for p in provision.places.all()}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {APART} DEFERRED")
            for stay in stays:
                if stay.place.number != arrangement.numbers[stay.pk]:
                    stay.place = by_number[arrangement.numbers[stay.pk]]
                    stay.save()
            made = Stay.objects.create(
                place=by_number[arrangement.numbers["new"]], starts_on=wanted.starts_on,
                planned_end_on=wanted.ends_on, **facts,
            )  # fmt: skip
            cursor.execute(f"SET CONSTRAINTS {APART} IMMEDIATE")
    except IntegrityError as clash:
        raise RuleBroken([TAKEN]) from clash
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
    _tell(referral, "placed", f"A place for {referral.reference} is arranged", referral.author)


def _tell(referral: Referral, key: str, subject: str, to: User, link: str = "") -> None:
    post.send(
        f"stay.{key}", key=f"{key}:{referral.reference}:{referral.status_since.isoformat()}:{to.pk}", to=to,
        subject=subject, body=f"{subject}. Its page has the dates.", about=referral,
        link=link or referral.get_absolute_url(),
    )  # fmt: skip


@transaction.atomic
def propose_bed(referral: Referral, place: Place, *, starts_on: date, planned_end_on: date,
                impact_assessment: str, offered_until: date | None = None, follow_plan: str = "",
                out_of_order_because: str = "", agreed_by: User | None = None, by: User) -> Stay:  # fmt: skip
    """Propose a named bed or room, with its impact on residents; the social worker accepts or not.

    An outreach stay that follows it is planned from its end. Where no outreach place is free
    then, this is refused until a plan is written down.
    """
    wanted = capacity.Stay(starts_on, planned_end_on)
    outreach = _outreach(referral)
    locked = _locked(place.provision, *([outreach] if outreach else []))
    provision = next(p for p in locked if p.pk == place.provision_id)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("child").get(pk=referral.pk)
    follower = capacity.Stay(planned_end_on, planned_end_on + timedelta(weeks=FOLLOW_WEEKS))
    follow_full = _follow_full(referral, outreach, follower)

    reasons = _why_not_by(by, provision) + _why_not_live(referral.child, place, wanted)
    reasons += _why_not(referral, wanted, provision, because=out_of_order_because, agreed_by=agreed_by)
    reasons += _full(provision, wanted)
    reasons += [] if impact_assessment.strip() else ["Write the impact on those who live there."]
    if follow_full and not follow_plan.strip():
        reasons.append(f"{follow_full[0]} So no outreach place is held for afterwards: write the plan.")
    refuse_if(reasons)

    stay = _offer(
        child=referral.child, referral=referral, place=place, starts_on=starts_on,
        planned_end_on=planned_end_on, impact_assessment=impact_assessment, follow_plan=follow_plan,
        review_on=referral.review_on, offered_until=offered_until or starts_on, proposed_by=by,
        out_of_order_because=out_of_order_because, out_of_order_agreed_by=agreed_by,
    )  # fmt: skip
    if follow_full == []:
        _hold_afterwards(outreach, follower, stay, by)
    referral.move_to(ReferralStatus.OFFERED, by=by)
    _ask_worker(referral, stay)

    audit.record(
        "stay.proposed", on=stay, by=by, authority=provision.authority,
        sentence=f"{referral.reference} is offered {place} from {starts_on:%-d %B %Y}.",
    )  # fmt: skip
    return stay


def _hold_afterwards(outreach: Provision, follower: capacity.Stay, stay: Stay, by: User) -> None:
    """Plan the outreach stay that follows a bed."""
    _place(
        outreach, follower, None, child=stay.child, referral=stay.referral, is_living=False,
        state=StayState.PLANNED, follows=stay, proposed_by=by, proposed_at=clock.now(),
    )  # fmt: skip


def _ask_worker(referral: Referral, stay: Stay) -> None:
    """Ask the child's social worker to accept a bed."""
    worker = referral.child.social_worker or referral.author
    _tell(referral, "offered", f"{referral.reference} is offered a bed", worker, stay.get_absolute_url())


def _outreach(referral: Referral) -> Provision | None:
    """The outreach that follows a bed, in the child's authority."""
    rows = Provision.objects.filter(authority=referral.authority_id, kind=ProvisionKind.OUTREACH)
    return rows.order_by("pk").first()


def _follow_full(referral: Referral, outreach: Provision | None, follower: capacity.Stay) -> list[str] | None:
    """Reasons no outreach place can be held afterwards; None where none is needed."""
    keeps_one = referral.child.stays.filter(is_living=False, state__in=["begun", "planned"]).exists()
    return None if outreach is None or keeps_one else _full(outreach, follower)


def _offer(**facts) -> Stay:
    """Write the offer, and when it lapses; a clash underneath becomes a sentence."""
    try:
        with transaction.atomic():
            stay = Stay.objects.create(
                is_living=True, state=StayState.OFFERED, follow_weeks=FOLLOW_WEEKS,
                proposed_at=clock.now(), **facts,
            )  # fmt: skip
    except IntegrityError as clash:
        raise RuleBroken([TAKEN]) from clash
    outbox.enqueue(
        "stay.lapse", subject=stay.reference, due_at=clock.moment(stay.offered_until + timedelta(days=1))
    )
    return stay


def _why_not_live(child, place: Place, wanted: capacity.Stay) -> list[str]:
    """What the law says of this child living in this home; nobody can override it."""
    home = place.home
    if home is None:
        return []
    rows = [
        Registered(
            from_on=r.from_on, until_on=r.until_on, covers_under_16=r.covers_under_16,
            is_application=r.is_application,
        )
        for r in home.registrations.all()
    ]  # fmt: skip
    return why_not_live_here(
        Living(
            born_on=child.born_on or date(2012, 1, 1), stay=wanted, registrations=rows,
            is_looked_after=child.is_looked_after, looked_after_only=home.looked_after_only,
        )
    )  # fmt: skip
