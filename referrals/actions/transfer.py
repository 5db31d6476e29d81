"""Transfer: the children of another service come to this one, with their history and first dates."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.roles import Permission, Role
from core.rules import RuleBroken, refuse_if
from referrals.actions.access import give_access
from referrals.actions.arranging import add_stay, lock_provisions, no_room
from referrals.actions.referral import start_referral
from referrals.choices import Basis, ReferralStatus, StayState
from referrals.models import Child, Provision, Referral, Stay
from referrals.models.holdings import held_by_child, occupied
from referrals.rules import capacity
from referrals.rules.transfer import Row, why_not_transfer


@dataclass(frozen=True)
class Outcome:
    """What came of one row."""

    row: Row
    words: str
    is_done: bool
    stay: Stay | None = None


@transaction.atomic
def transfer_caseload(rows: list[Row], provision: Provision, *, from_service: str, on: date, by: User) -> list[Outcome]:
    """Bring children over from another service, row by row: each is done, or says why not.

    Their history and the day they were first supported are kept; the cap holds. A row that was
    done before is not done twice. Missing sign-offs and decisions are left as tasks.
    """
    (provision,) = lock_provisions(provision)
    reasons = [] if by.can(Permission.TRANSFER_CASELOADS) else ["Only the strategic manager transfers a caseload."]
    reasons += [] if from_service.strip() else ["Say which service the children come from."]
    reasons += ["Children come over today or before."] if on > clock.today() else []
    reasons += ["Children come over to outreach; beds and rooms are proposed."] if provision.is_living else []
    refuse_if(reasons)

    outcomes = [_transfer(row, provision, from_service, on, by) for row in rows]

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "caseload.transferred", on=provision, by=by, authority=provision.authority,
        sentence=f"{done} of {len(rows)} children came over to {provision}.",
    )  # fmt: skip
    return outcomes


def _transfer(row: Row, provision: Provision, from_service: str, on: date, by: User) -> Outcome:
    """One child: found, judged and given a place, or why not."""
    if row.problem:
        return Outcome(row, row.problem, is_done=False)
    child = Child.objects.visible_to(by).filter(authority=provision.authority_id, case_number__iexact=row.case_number).first()
    if child is None or not row.case_number:
        return Outcome(row, "There is no child with that number.", is_done=False)
    there = child.stays.filter(transferred_from=from_service, is_living=False).exclude(state=StayState.RELEASED).first()
    if there is not None:
        return Outcome(row, f"Came over before, to {there.place}.", is_done=False, stay=there)
    wanted = capacity.Stay(on, row.planned_end_on) if row.planned_end_on is None or row.planned_end_on > on else None
    reasons = why_not_transfer(
        row, on, holds_one=wanted is not None and any(wanted.overlaps(s) for s in held_by_child(child, is_living=False))
    )
    reasons = reasons or no_room(provision, wanted)
    if reasons:
        return Outcome(row, " ".join(reasons), is_done=False)
    try:
        with transaction.atomic():
            stay = _bring(child, provision, wanted, row, from_service, by)
    except RuleBroken as refusal:
        return Outcome(row, " ".join(refusal.reasons), is_done=False)
    first = day_in_words(row.first_supported_on)
    return Outcome(row, f"{stay.place}, supported since {first}.", is_done=True, stay=stay)


def _bring(child: Child, provision: Provision, wanted: capacity.Stay, row: Row, from_service: str, by: User) -> Stay:
    """Write the stay beside the child's open referral, or a new one, marked as a transfer."""
    open_one = child.referrals.exclude(status__in=["ENDED", "WITHDRAWN", "SUPPORTED", "STEP_DOWN"])
    referral = open_one.filter(wants=provision.kind).order_by("-pk").first() or start_referral(child, by=by)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    referral.wants, referral.placed_on, referral.review_on = provision.kind, wanted.starts_on, row.review_on
    referral.move_to(ReferralStatus.SUPPORTED, by=by, reason=f"Came over from {from_service}.", marked=True)
    stay = add_stay(
        occupied(provision), wanted, child=child, referral=referral, state=StayState.BEGUN, review_on=row.review_on, proposed_by=by,
        begun_by=by, begun_at=clock.now(), transferred_from=from_service, first_supported_on=row.first_supported_on,
    )  # fmt: skip
    give_access(
        referral, organisation=provision.provider, basis=Basis.PLACED,
        roles=[Role.PROVIDER_MANAGER, Role.PRACTITIONER], told_by=stay.reference, by=by,
    )  # fmt: skip
    return stay
