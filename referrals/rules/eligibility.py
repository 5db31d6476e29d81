"""Eligibility: age, distance and home, judged on the day of sending by the contract's version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core.dates import birthday, day_in_words, months_after
from core.rules import FieldReason

GROWN_UP = 18
# Relatives and friends who foster count as the council's own carers.
IN_HOUSE = ("foster", "connected", "small group home")
CRITERIA = ("age", "distance", "home")


@dataclass(frozen=True)
class Criteria:
    """What one version of a contract asks of a child; None or False is not asked."""

    under: int = GROWN_UP
    miles: int | None = None
    in_house: bool = False
    version: str = ""
    source: str = ""


@dataclass(frozen=True)
class Finding:
    """One criterion as it stands for one child: met, not met, or not to be told yet."""

    criterion: str
    asks: str
    fact: str
    reasons: tuple[str, ...] = ()
    may_be_allowed: bool = True


def criteria_from(terms: Mapping) -> Criteria:
    """Give the criteria that a contract's terms hold; with none, a child under 18 anywhere."""
    return Criteria(
        under=int(terms.get("under") or GROWN_UP),
        miles=int(terms["miles"]) if terms.get("miles") else None,
        in_house=bool(terms.get("in_house")),
        version=str(terms.get("version", "")),
        source=str(terms.get("source", "")),
    )


def miles_from(typed: object) -> Decimal | None:
    """Give a distance as typed as a number of miles, or None."""
    try:
        miles = Decimal(str(typed or "").strip())
    except InvalidOperation:
        return None
    return miles if miles.is_finite() and 0 <= miles < 1000 else None


def why_not_age(born_on: object, criteria: Criteria, *, on: date) -> list[str]:
    """ELG-1. A child is under the contract's age on the day of sending."""
    if not isinstance(born_on, date) or birthday(born_on, criteria.under) > on:
        return []
    reached = day_in_words(birthday(born_on, criteria.under))
    return [FieldReason("born_on", f"The young person was {criteria.under} on {reached}, and this service is for those under {criteria.under}.")]


def why_not_distance(miles: object, criteria: Criteria) -> list[str]:
    """ELG-2. A child lives within the contract's distance."""
    if criteria.miles is None:
        return []
    far = miles_from(miles)
    if far is None:
        return [FieldReason("miles", f"Say how many miles away the child lives: the limit is {criteria.miles}.")]
    if far > criteria.miles:
        return [FieldReason("miles", f"The child lives {far.normalize():f} miles away, and the limit is {criteria.miles}.")]
    return []


def why_not_home(lives_now: object, planned_carer: object, criteria: Criteria) -> list[str]:
    """ELG-3. A child lives with the council's own carers, or has one named to move to, where the contract asks it."""
    if not criteria.in_house or lives_now in IN_HOUSE or str(planned_carer or "").strip():
        return []
    return [FieldReason("lives_now", "The child does not live with the council’s own carers, and no carer to move to is named.")]


def why_not_allow(*, reason: str, is_strategic: bool, is_author: bool, is_open: bool) -> list[str]:
    """ELG-4. An exception is decided once, by a strategic manager who did not write the referral, with a reason."""
    reasons = [] if is_open else ["This exception has been decided already."]
    if not is_strategic or is_author:
        reasons.append("An exception is decided by a strategic manager who did not write the referral.")
    if not reason.strip():
        reasons.append(FieldReason("reason", "Say why."))
    return reasons


def why_not_ask(criterion: str, findings, *, reason: str, is_asked: bool) -> list[str]:
    """ELG-5. An exception is asked for once, with a reason, where a criterion is not met and may be allowed."""
    unmet = {f.criterion for f in findings if f.reasons and f.may_be_allowed}
    reasons = [] if criterion in unmet else [FieldReason("criterion", "Choose something that is not met.")]
    if is_asked:
        reasons.append("An exception has been asked for already, and nobody has decided it yet.")
    if not reason.strip():
        reasons.append(FieldReason("reason", "Say why an exception should be made."))
    return reasons


def findings(facts: Mapping[str, object], criteria: Criteria, *, on: date) -> list[Finding]:
    """Give every criterion the contract asks, with the fact it is judged by and the reasons against."""
    born_on, miles, home = facts.get("born_on"), facts.get("miles"), facts.get("lives_now")
    carer = facts.get("planned_carer")
    born = day_in_words(born_on) if isinstance(born_on, date) else ""
    found = [
        Finding("age", f"Under {criteria.under} on the day of sending", born, tuple(why_not_age(born_on, criteria, on=on)))
    ]
    if criteria.miles is not None:
        known = miles_from(miles)
        fact = f"{known.normalize():f} miles" if known is not None else ""
        reasons = tuple(why_not_distance(miles, criteria))
        found.append(Finding("distance", f"Lives within {criteria.miles} miles", fact, reasons, known is not None))
    if criteria.in_house:
        fact = " ".join(filter(None, (str(home or ""), str(carer or "").strip())))
        reasons = tuple(why_not_home(home, carer, criteria))
        found.append(Finding("home", "Lives with the council’s own carers, or is moving to one", fact, reasons, bool(home)))
    return found


def why_not_eligible(found, allowed: set[tuple[str, str]]) -> list[str]:
    """ELG-6. A criterion that is not met stops the sending, unless it was allowed for the fact as it is now."""
    return [reason for f in found if (f.criterion, f.fact) not in allowed for reason in f.reasons]


def nearly_grown_up(born_on: object, *, on: date, months_before: int = 6) -> str:
    """Give the sentence for a young person within so many months of 18, or nothing."""
    if not isinstance(born_on, date):
        return ""
    grown = birthday(born_on, GROWN_UP)
    if months_after(grown, -months_before) <= on < grown:
        return f"The young person will be 18 on {day_in_words(grown)}. Beds and rooms end then: say what follows."
    return ""
