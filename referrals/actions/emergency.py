"""Emergencies: a stay started out of hours by the service manager on call, and signed second."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.closures import working_days_of
from core.dated import setting
from core.models import User
from core.roles import Permission, Role
from core.rules import FieldReason, refuse_if
from referrals.actions.access import give_access
from referrals.actions.allocation import why_not_live
from referrals.actions.arranging import lock_provisions, no_clash, no_room, why_not_bed
from referrals.actions.placement import follow_stay
from referrals.actions.referral import save_tasks, start_referral
from referrals.choices import Basis, OnCallFor, ReferralStatus, StayState
from referrals.models import Child, EmergencyStart, OnCallTurn, Place, Referral, Stay
from referrals.models.holdings import held_by_child
from referrals.models.matching import risks_between
from referrals.rules import capacity
from referrals.rules.emergency import (
    CLOSES,
    OPENS,
    Said,
    is_out_of_hours,
    why_not_say,
    why_not_second,
    why_not_start_in_emergency,
)
from referrals.rules.matching import why_not_live_together

HOURS = "office hours"


def _out_of_hours(authority) -> bool:
    """Whether the offices are shut now, by the council's own hours."""
    now = clock.now().astimezone(clock.LONDON)
    hours = setting(HOURS, {}, authority=authority)
    opens, closes = (
        type(OPENS).fromisoformat(hours[name]) if name in hours else usual
        for name, usual in (("opens", OPENS), ("closes", CLOSES))
    )
    working = working_days_of(authority.pk).is_working(now.date())
    return is_out_of_hours(now, is_working_day=working, opens=opens, closes=closes)


@transaction.atomic
def start_in_emergency(place: Place, child: Child, *, said: Said, planned_end_on: date, risk_because: str = "",
                       by: User) -> Stay:  # fmt: skip
    """A child lives in an empty, lawful bed or room from now, by the service manager on call.

    The cap holds and the law is not overridden. The referral is marked; the second signature and
    the tasks left are due the next Working Day, and the managers, the provider and the child's
    social worker are told.
    """
    (provision,) = lock_provisions(place.provision)
    today = clock.today()
    wanted = capacity.Stay(today, planned_end_on) if planned_end_on > today else None
    turns = OnCallTurn.objects.at(clock.now()).filter(person=by, kind=OnCallFor.SERVICE_MANAGER)
    reasons = why_not_start_in_emergency(
        is_on_call=by.can(Permission.START_EMERGENCIES) and turns.filter(authority=provision.authority_id).exists(),
        out_of_hours=_out_of_hours(provision.authority),
    )  # fmt: skip
    reasons += why_not_say(said)
    reasons += [] if wanted else [FieldReason("planned_end_on", "The planned end must be after today.")]
    refuse_if(reasons)
    child = _with_legal_status(child, said.legal_status)
    refuse_if(_why_not_here(place, child, wanted))
    referral = _referral(child, provision, said, by)
    refuse_if(FieldReason("risk_because", r) for r in why_not_live_together(risks_between(referral, place, wanted), risk_because))

    stay = _begin(referral, place, wanted, said, risk_because, by)
    due_on = working_days_of(provision.authority_id).add(today, 1)
    EmergencyStart.objects.create(
        stay=stay, child=child, risk=said.risk, legal_status=said.legal_status, agreed_with=said.agreed_with,
        impact=said.impact, started_by=by, started_at=clock.now(), due_on=due_on,
    )  # fmt: skip
    _tell_those_concerned(stay, by)
    follow_stay(stay, by=by)

    audit.record(
        "stay.started_in_emergency", on=stay, by=by, authority=provision.authority,
        sentence=f"{referral.reference} started in {place} in an emergency.",
    )  # fmt: skip
    return stay


def _with_legal_status(child: Child, legal_status: str) -> Child:
    """The child with the legal status as it is tonight."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if child.legal_status != legal_status:
        child.legal_status = legal_status
        child.save()
    return child


def _why_not_here(place: Place, child: Child, wanted: capacity.Stay) -> list[str]:
    """The cap, the bed, the law, and one living place for a child: none gives way to an emergency."""
    reasons = [] if place.home_id else ["In an emergency a child is given a bed or a room."]
    if any(wanted.overlaps(other) for other in held_by_child(child, is_living=True)):
        reasons.append("The child has a bed or room already.")
    return reasons + (no_room(place.provision, wanted) or why_not_bed(place, wanted)) + why_not_live(child, place, wanted)


def _referral(child: Child, provision, said: Said, by: User) -> Referral:
    """A referral marked as an emergency: what is known of it tonight, the rest left as tasks."""
    known = {"request": {"service": provision.kind, "ask": "Started in an emergency."}, "risk": {"safeguarding": said.risk}}
    referral = save_tasks(start_referral(child, by=by), answers=known, by=by)
    referral.wants = provision.kind
    referral.placed_on = clock.today()
    referral.move_to(ReferralStatus.SUPPORTED, by=by, reason="Started in an emergency.", marked=True)
    return referral


def _begin(referral: Referral, place: Place, wanted: capacity.Stay, said: Said, risk_because: str, by: User) -> Stay:
    """Write the stay, begun now, and let the provider read the record."""
    with no_clash():
        stay = Stay.objects.create(
            child=referral.child, referral=referral, place=place, is_living=True, state=StayState.BEGUN,
            starts_on=wanted.starts_on, planned_end_on=wanted.ends_on, impact_assessment=said.impact,
            risk_because=risk_because, proposed_by=by, proposed_at=clock.now(), begun_by=by, begun_at=clock.now(),
        )  # fmt: skip
    give_access(
        referral, organisation=place.provision.provider, basis=Basis.PLACED,
        roles=[Role.PROVIDER_MANAGER, Role.PRACTITIONER], told_by=stay.reference, by=by,
    )  # fmt: skip
    return stay


def _tell_those_concerned(stay: Stay, by: User) -> None:
    """Those who sign second, the provider's managers, and the child's social worker."""
    provision = stay.place.provision
    council = User.objects.holding(Role.HEAD_OF_SERVICE, Role.STRATEGIC_MANAGER, authority=provision.authority_id)
    provider = User.objects.holding(Role.PROVIDER_MANAGER, organisation=provision.provider_id)
    people = {person.pk: person for person in [*council, *provider]}
    if stay.child.social_worker_id:
        people[stay.child.social_worker_id] = stay.child.social_worker
    people.pop(by.pk, None)
    for person in people.values():
        post.send(
            "stay.emergency", key=f"emergency:{stay.reference}:{person.pk}", to=person,
            subject=f"{stay.referral.reference} was started in {stay.place} in an emergency",
            body="The second signature and the tasks that are left are due the next working day.",
            link=stay.get_absolute_url(), about=stay,
        )  # fmt: skip


@transaction.atomic
def second_emergency(emergency: EmergencyStart, *, comment: str = "", by: User) -> EmergencyStart:
    """Another manager signs an emergency start second."""
    emergency = EmergencyStart.objects.select_for_update(of=("self",)).select_related("stay__place__provision").get(pk=emergency.pk)

    refuse_if(
        why_not_second(
            is_starter=emergency.started_by_id == by.pk, is_signed=emergency.seconded_at is not None,
            may_second=by.can(Permission.SECOND_EMERGENCIES),
        )
    )  # fmt: skip

    emergency.seconded_by, emergency.seconded_at, emergency.second_comment = by, clock.now(), comment
    emergency.save()

    stay = emergency.stay
    audit.record(
        "emergency.seconded", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"The emergency start of {stay.reference} was signed second.",
    )  # fmt: skip
    return emergency
