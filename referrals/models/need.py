"""What is known of one child's need, as the working of priority asks for it."""

from decimal import Decimal, InvalidOperation

from core.dated import numbers
from core.forms import day_from
from core.roles import Role
from referrals.choices import TaskName
from referrals.models import answers as said
from referrals.rules.priority import Need, Priority, PriorityTerms, priority
from referrals.rules.readings import AREA, AT_RISK, SDQ_FROM
from referrals.rules.sdq import HIGHEST


def _miles(typed) -> Decimal | None:
    """A distance as typed, or None where it is none."""
    try:
        miles = Decimal(str(typed or "").strip())
    except InvalidOperation:
        return None
    return miles if miles.is_finite() else None


def need_of(referral, at_risk_in_days: int | None = None, *, beyond: int) -> Need:
    """What the answers say; whatever they do not say is not known, and never nought."""
    facts = {name: value for task in referral.task_answers.values() for name, value in task.items()}
    miles = _miles(facts.get("miles"))
    return Need(
        placement_at_risk_in_days=at_risk_in_days,
        sdq=latest_sdq(referral),
        lives_outside_the_area=None if miles is None else miles > beyond,
    )


def proposed_priority(referral, at_risk_in_days: int | None = None, terms: PriorityTerms | None = None) -> Priority:
    """The band that the working proposes today, with its sentences."""
    terms = terms or priority_terms(referral.authority_id)
    return priority(need_of(referral, at_risk_in_days, beyond=terms.area_miles), terms)


def priority_terms(authority_id) -> PriorityTerms:
    """What counts for how much, by the numbers in force today; a list asks once for all its rows."""
    found = numbers(SDQ_FROM, AT_RISK, AREA, authority=authority_id)
    return PriorityTerms(sdq_from=found[SDQ_FROM].number, at_risk_within_days=found[AT_RISK].number, area_miles=found[AREA].number)


def latest_sdq(referral) -> int | None:
    """The newest score: the child's record's or the referral's own, whichever is of the later day; None without one.

    A score that the referral gives without its day stands only where the record has none.
    """
    needs = referral.task_answers.get(TaskName.NEEDS, {})
    typed = said.whole(needs.get("sdq_score"))
    given = typed if typed is not None and typed <= HIGHEST else None
    scored = [row for row in referral.child.sdqs.all() if row.score is not None]
    recorded = max(scored, key=lambda row: (row.on, row.pk), default=None)
    if recorded is None or given is None:
        return given if recorded is None else recorded.score
    given_on = day_from(str(needs.get("sdq_on") or ""))
    return given if given_on is not None and given_on > recorded.on else recorded.score


def strategic_manager_agrees(person, authority_id) -> bool:
    """Whether the person named is a strategic manager of an authority today."""
    return person is not None and any(
        held.role == Role.STRATEGIC_MANAGER and held.authority_id == authority_id for held in person.current_roles
    )
