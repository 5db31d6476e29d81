"""One referral by the Placements Data Standard, version 2: every field, and of each without a value why it has none.

The names and options are the standard's; `placements_v2.json` beside this file is its schema, in our own words.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from core import clock
from core.figures import rounded
from core.forms import day_from
from referrals.choices import RateBasis

SCHEMA = json.loads(Path(__file__).with_name("placements_v2.json").read_text())
ENTITIES = ("PlacementAvailability", "PlacementRequirements", "PlacementRecommendation", "Risks", "ActualPlacement", "QualityAssurance")
NOT_ASKED = "This service does not ask it."
NOT_ANSWERED = "It was not answered."
NOT_PLACED = "No home has been found through this referral."
NOT_WRITTEN = "It is not written down for this home."
NOT_YOURS = "It is not for your role to read."

RISKS = {
    "riskSelfHarm": "risk_self_harm", "riskSexualExploitation": "risk_sexual", "riskCriminalExploitation": "risk_criminal",
    "riskDrugAlcohol": "risk_substances", "riskEatingDisorder": "risk_eating", "riskMissing": "risk_missing",
    "riskToOthersPhysical": "risk_physical", "riskToOthersSexual": "risk_sexual_others", "riskToOthersFire": "risk_fire",
    "riskToOthersAnimals": "risk_animals", "riskToOthersCriminal": "risk_criminal_others",
}  # fmt: skip
RISK_WORDS = {"none": "No known risk", "present": "Risk Present"}
OTHER_RISKS = {"riskOther": "risk_child_other", "riskToOthersOther": "risk_others_other"}
SUITS = {
    "fosterCareSuitability": "suits_foster", "residentialCareSuitability": "suits_residential",
    "supportedAccommodationSuitability": "suits_supported",
}  # fmt: skip
SUIT_WORDS = {"preferred": "Preferred", "suitable": "Suitable but not preferred", "unsuitable": "Unsuitable"}
SIGNS = {"BSL": ("bsl", "sign language"), "Makaton": ("makaton",), "ESOL": ("esol",)}
KINDS = {
    **dict.fromkeys(("foster", "connected", "one-to-one", "pathway", "adoptive"), "Foster"),
    **dict.fromkeys(("residential", "small group", "secure", "hub"), "Residential"),
    **dict.fromkeys(("supported", "lodgings"), "Supported Accommodation"),
}  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """What a reader may see of a referral: the child's number, the risks, the home that was found, where it is, and its price."""

    child: bool
    risks: bool
    home: bool
    where: bool
    price: bool


@dataclass(frozen=True)
class Lacks:
    """A field without a value, and why."""

    why: str
    is_kept_back: bool = False


KEPT_BACK = Lacks(NOT_YOURS, is_kept_back=True)


def placements_standard(referral, *, home=None, sight: Sight) -> dict:
    """The referral as the standard has it; `home` is the one found through it, or None, read only as far as `sight` goes."""
    facts = {name: value for task in referral.task_answers.values() for name, value in task.items()}
    parts = dict(zip(ENTITIES, (
        _availability(referral, facts, sight), _requirements(facts), _recommendation(facts), _risks(facts, sight),
        _actual(home, sight), _assurance(referral, home, sight),
    ), strict=True))  # fmt: skip
    lacking = [(f"{entity}.{name}", value) for entity, fields in parts.items() for name, value in fields.items() if isinstance(value, Lacks)]
    return {
        "standard": {"title": "Placements Data Standard", "version": "v2"},
        "about": {"referral": referral.reference, "madeOn": clock.today().isoformat()},
        **{entity: {name: None if isinstance(value, Lacks) else value for name, value in fields.items()} for entity, fields in parts.items()},
        "notRecorded": [{"field": field, "why": value.why} for field, value in lacking if not value.is_kept_back],
        "notShown": [{"field": field, "why": value.why} for field, value in lacking if value.is_kept_back],
    }


def _day(moment) -> date:
    return moment.astimezone(clock.LONDON).date()


def needed_by(wanted: date, sent: date) -> str:
    """How soon a home is needed; exactly 5 days, of which the standard says nothing, counts as the more urgent."""
    days = (wanted - sent).days
    return "Today" if days <= 0 else "in less than 5 days" if days <= 5 else "in more than 5 days"


def _availability(referral, facts, sight: Sight) -> dict:
    wanted, sent = day_from(str(facts.get("wanted_by") or "")), referral.first_sent_at or referral.started_at
    return {
        "childId": (referral.child.case_number or Lacks("The child has no council number here.")) if sight.child else KEPT_BACK,
        "neededBy": needed_by(wanted, _day(sent)) if wanted else Lacks(NOT_ANSWERED),
        "siblingCount": Lacks("The service records who belongs together, not who is to live together."),
        "preferredLocation": Lacks(NOT_ASKED),
    }


def _requirements(facts) -> dict:
    needs = facts.get("interpreter") == "yes" or "learning" in (facts.get("factors") or [])
    has_culture = any(str(facts.get(name) or "").strip() for name in ("faith", "culture", "identity"))
    return {
        "communicationNeeds": "Y" if needs else "Not Specified",
        "specificCommunicationRequirements": _languages(facts),
        "homeAdaptation": Lacks(NOT_ASKED),
        "culturalNeeds": "Other" if has_culture else "Not Known",
        "livingCompanions": Lacks(NOT_ASKED), "pets": "Not Known", "additionalSupport": Lacks(NOT_ASKED), "deprivationOfLiberty": Lacks(NOT_ASKED),
    }  # fmt: skip


def _languages(facts) -> list[str] | Lacks:
    """Which languages or signs a home has to know, as far as what was typed names one of the standard's."""
    if facts.get("interpreter") == "no":
        return ["None"]
    if facts.get("interpreter") != "yes":
        return Lacks(NOT_ANSWERED)
    typed = str(facts.get("interpreter_language") or "").casefold()
    return [code for code, words in SIGNS.items() if any(word in typed for word in words)] or ["Other"]


def _recommendation(facts) -> dict:
    return {name: SUIT_WORDS.get(facts.get(field), "Not specified") for name, field in SUITS.items()}


def _risks(facts, sight: Sight) -> dict:
    if not sight.risks:
        return dict.fromkeys(SCHEMA["properties"]["Risks"]["required"], KEPT_BACK)
    found = {name: RISK_WORDS.get(facts.get(field)) or Lacks(NOT_ANSWERED) for name, field in RISKS.items()}
    found |= {name: str(facts.get(field) or "").strip() or Lacks(NOT_ANSWERED) for name, field in OTHER_RISKS.items()}
    return {name: found[name] for name in SCHEMA["properties"]["Risks"]["required"]}


def _actual(home, sight: Sight) -> dict:
    names = SCHEMA["properties"]["ActualPlacement"]["required"]
    if not sight.home or home is None:
        return dict.fromkeys(names, Lacks(NOT_PLACED) if sight.home else KEPT_BACK)
    price = _price(home)
    return {
        "totalWeeklyCost": _if(sight.price, lambda: int(rounded(price.weekly, 0)) if price else Lacks(NOT_WRITTEN)),
        "placementLocation": _if(sight.where, lambda: _where(home)),
        "preferabilityLocation": Lacks(NOT_ASKED), "educationContinuity": Lacks(NOT_ASKED),
        "providerURN": _if(sight.where, lambda: _urn(home) or Lacks(NOT_WRITTEN)),
        "siblingsPlacedTogether": Lacks(NOT_ASKED),
        "placementType": _kind(home) or Lacks("The standard has no word for this kind of home."),
    }  # fmt: skip


def _if(may: bool, value: Callable):
    """A value for those who may read it."""
    return value() if may else KEPT_BACK


@dataclass(frozen=True)
class Price:
    """What a home costs a week, since which day, and who wrote that down (nobody where a contract says it)."""

    weekly: Decimal
    on: date
    by: str = ""


def _price(home) -> Price | None:
    """The price of the home in force today: its own, or what its contract says of its place; None where neither says."""
    today = clock.today()
    if home.stay_id:
        terms = home.stay.place.provision.terms.on(today).first()
        is_its_own = terms is not None and terms.rate_basis in {RateBasis.CHILD_WEEK, RateBasis.BED_WEEK}
        return Price(terms.rate_of(home.stay.place), terms.from_on) if is_its_own else None
    rows = [price for price in home.prices.all() if price.part == "home" and price.from_on <= today]
    newest = max(rows, key=lambda price: price.from_on, default=None)
    return Price(newest.weekly_rate, _day(newest.set_at), newest.set_by.full_name if newest.set_by else "") if newest else None


def _building(home):
    """The building its place is in, or None."""
    return home.stay.place.home if home.stay_id else None


def _where(home) -> str:
    building = _building(home)
    return ", ".join(filter(None, (building.name if building else home.provider, home.area if home.is_in_county is not None else ""))) or home.words


def _urn(home) -> str:
    """The registration its building had when the child came; an application is none."""
    rows = _building(home).registrations.all() if _building(home) else []
    there = [row for row in rows if not row.is_application and row.from_on <= home.starts_on and (row.until_on is None or home.starts_on < row.until_on)]
    return there[-1].number if there else ""


def _kind(home) -> str:
    """The standard's kind; a room of a property is residential care where it is registered for children under 16."""
    if home.kind != "property":
        return KINDS.get(home.kind, "")
    building = _building(home)
    is_young = building is not None and any(row.covers_under_16 for row in building.registrations.all())
    return "Residential" if is_young else "Supported Accommodation"


def _assurance(referral, home, sight: Sight) -> dict:
    found = {"referralOfficerName": referral.author.full_name, "referralDate": _day(referral.sent_at or referral.edited_at).isoformat()}
    names = ("placementOfficerName", "placementDate", "costOfficerName", "costDate")
    if not sight.home or home is None:
        return found | dict.fromkeys(names, Lacks(NOT_PLACED) if sight.home else KEPT_BACK)
    price = _price(home)
    return found | {
        "placementOfficerName": home.recorded_by.full_name if home.recorded_by else Lacks(NOT_WRITTEN),
        "placementDate": _day(home.recorded_at).isoformat(),
        "costOfficerName": _if(sight.price, lambda: (price.by or Lacks("A contract says the price.")) if price else Lacks(NOT_WRITTEN)),
        "costDate": _if(sight.price, lambda: price.on.isoformat() if price else Lacks(NOT_WRITTEN)),
    }
