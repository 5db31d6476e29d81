"""Who fits a place and why not: the facts gathered for the rules, once a page."""

from dataclasses import dataclass
from datetime import timedelta

from core import clock
from core.dated import number
from core.dates import age_on
from referrals.choices import StayState, TaskName
from referrals.models.holdings import (
    counted,
    holding_stays,
    on_this_place,
    open_place,
    open_places,
)
from referrals.models.stay import Stay
from referrals.rules import capacity
from referrals.rules.allocation import Allocating, warnings_before_18
from referrals.rules.matching import Check, Match, risks_together
from referrals.rules.readings import BEFORE_18
from referrals.rules.registration import Living, Registered, why_not_live_here

LIVES = {
    "residential": "in residential care", "small group home": "in a small group home", "foster": "with foster carers",
    "agency foster": "with an agency’s foster carers", "connected": "with relatives or friends",
    "adoptive": "with an adoptive family", "hospital": "in hospital", "home": "at home with family",
    "lodgings": "in supported lodgings", "semi-independent": "in semi-independent living",
}  # fmt: skip
LEGAL = {"section 20", "care order", "interim care order", "placement order", "remand"}


def living_in(child, place, wanted: capacity.Stay) -> Living | None:
    """What the law is asked of a child who would live in a place; None where it is no home."""
    home = place.home
    if home is None:
        return None
    rows = [
        Registered(
            from_on=r.from_on, until_on=r.until_on, covers_under_16=r.covers_under_16, is_application=r.is_application
        )
        for r in home.registrations.all()
    ]  # fmt: skip
    return Living(
        born_on=child.born_on, stay=wanted, registrations=rows, is_looked_after=is_looked_after(child),
        looked_after_only=home.looked_after_only, lowest_age=home.lowest_age, highest_age=home.highest_age,
    )  # fmt: skip


def is_looked_after(child) -> bool:
    """Whether the council looks after the child: said so, or by the legal status."""
    return child.is_looked_after or child.legal_status in LEGAL


def residents(place, wanted: capacity.Stay, *, besides=None) -> list[Stay]:
    """Stays of those who live in a place's home at some time in a stay, the child's own left out."""
    if place.home_id is None:
        return []
    rows = Stay.objects.filter(
        place__home=place.home_id, state__in=[StayState.BEGUN, StayState.PLANNED, StayState.OFFERED]
    ).exclude(child=besides)
    rows = rows.select_related("child", "referral", "place").prefetch_related("referral__tasks")
    return [stay for stay in rows.order_by("place__number") if _meets(stay, wanted)]


def _meets(stay: Stay, wanted: capacity.Stay) -> bool:
    until = stay.planned_end_on
    if stay.state == StayState.BEGUN and until is not None:
        until = max(until, clock.today() + timedelta(days=1))
    return stay.starts_on < wanted.until and (until is None or wanted.starts_on < until)


def _risks(referral) -> dict:
    """The answers of a referral's risk task."""
    return referral.task_answers.get(TaskName.RISK, {}) if referral else {}


def risks_between(referral, place, wanted: capacity.Stay) -> list[str]:
    """Known risks of living with those who are there."""
    there = residents(place, wanted, besides=referral.child_id)
    return risks_together(_risks(referral), [_risks(stay.referral) for stay in there])


@dataclass(frozen=True)
class Fit:
    """One waiting child beside one place."""

    referral: object
    match: Match
    turn: int


def fits(place, waiting, wanted: capacity.Stay) -> list[Fit]:
    """Each waiting child, in the agreed order, with what suits and what does not."""
    there = residents(place, wanted)
    if place.home_id:
        taken = capacity.why_not_take(wanted, on_this_place(place), open_place(place), place.name)
    else:
        others = [counted(stay) for stay in holding_stays(place.provision)]
        taken = capacity.no_room(wanted, others, open_places(place.provision))
    return [
        Fit(referral, Match(_checks(referral, place, wanted, there, taken)), turn)
        for turn, referral in enumerate(waiting, 1)
    ]


def _checks(referral, place, wanted, there, taken) -> list[Check]:
    if place.home is None:
        return [_age(referral.child, wanted), _where(referral), Check("Place", *_room(taken, place))]
    others = [stay for stay in there if stay.child_id != referral.child_id]
    risks = risks_together(_risks(referral), [_risks(stay.referral) for stay in others])
    return [
        _age(referral.child, wanted, place), *_law(referral.child, place, wanted), _legal(referral.child, place),
        _where(referral), Check("Place", *_room(taken, place)), _company(others, place),
        Check("Risk", None if risks else True, " ".join(risks) or _no_risk(others)),
    ]  # fmt: skip


def _no_risk(others) -> str:
    return "No known risk between them." if others else "Nobody else would live there."


def _age(child, wanted, place=None) -> Check:
    if child.born_on is None or child.born_on > wanted.starts_on:
        return Check("Age", False, "The date of birth is not known.")
    age = age_on(child.born_on, wanted.starts_on)
    said = [f"{age} on the first day."]
    if place is not None and age < 18:
        asked = Allocating(status="WAITING", stay=wanted, born_on=child.born_on, is_living=True)
        said += warnings_before_18(asked, number(BEFORE_18, authority=child.authority_id))
    return Check("Age", None if len(said) > 1 else age < 18, " ".join(said))


def _law(child, place, wanted) -> list[Check]:
    """Registration and the home's ages, as the law sees them on every day of the stay."""
    if child.born_on is None or child.born_on > wanted.starts_on:
        return []
    reasons = [r for r in why_not_live_here(living_in(child, place, wanted)) if "looked-after" not in r]
    said = f"{place.home} {ages_of(place.home)}, and is registered for it." if not reasons else " ".join(reasons)
    return [Check("Registration", not reasons, said)]


def ages_of(home) -> str:
    """Whom a home is for, in words."""
    if home.lowest_age >= 16:
        return "is for young people of 16 and 17"
    return f"is for children of {home.lowest_age} to {home.highest_age}" if home.lowest_age else f"is for children up to {home.highest_age}"


def _legal(child, place) -> Check:
    if not place.home.looked_after_only:
        return Check("Legal status", True, "Any legal status may live here.")
    if is_looked_after(child):
        return Check("Legal status", True, "Looked after by the council, as this home asks.")
    return Check("Legal status", False, "This home takes looked-after children only.")


def _where(referral) -> Check:
    answers = referral.task_answers.get(TaskName.SUPPORT, {})
    lives = LIVES.get(answers.get("lives_now") or referral.child.lives_now, "")
    if not lives:
        return Check("Location", True, "Where the child lives now is not recorded.")
    miles = str(answers.get("miles") or "").strip()[:5]
    return Check("Location", True, f"Lives {lives} now{f', {miles} miles away' if miles else ''}.")


def _room(taken, place) -> tuple[bool, str]:
    if taken:
        return False, " ".join(taken)
    return True, f"{place} is free on every day." if place.home_id else "There is a place on every day."


def _company(others, place) -> Check:
    """Who else would live there, by age only."""
    if not others:
        return Check("Living with", True, "Nobody else in those days.")
    ages = [stay.child.age for stay in others]
    said = " and ".join(f"a child of {age}" if age is not None else "a child" for age in ages)
    return Check("Living with", True, f"{said[0].upper()}{said[1:]}.")
