"""Assurance: what a contract asks to be shown, how often, and whether it is (002:801-902)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from core.dates import day_in_words, months_after
from core.rules import FieldReason

YEARLY = 12
SOON = timedelta(days=30)


class EntryKind(Enum):
    """What is shown: its key, its words, after how many months again (0: not stated), the line it comes from."""

    RECRUITMENT = ("safer recruitment", "Safer recruitment policy", YEARLY, "002:899")
    HEALTH = ("health and safety", "Health and safety policy", YEARLY, "002:899")
    RISK = ("managing risk", "Managing risk policy", YEARLY, "002:899")
    TRAINING = ("safeguarding training", "Safeguarding training policy", YEARLY, "002:899")
    SAFEGUARDING = ("safeguarding policy", "Safeguarding policy that meets the safeguarding board’s minimum", 0, "002:843-845")
    LADO = ("lado", "Working with the local authority designated officer (LADO)", 0, "002:842")
    SECTION_11 = ("section 11", "Section 11 self-assessment", 0, "002:846-848")
    EMERGENCY = ("emergency plan", "Plan for emergencies", 0, "002:902")
    QUALITY = ("quality system", "Quality assurance system", 0, "002:902")
    COMPLAINTS = ("complaints", "How families are told to complain", 0, "002:862-864")
    SOCIAL_VALUE = ("social value", "Social value commitment", 0, "002:801-807")
    INSPECTION = ("inspection", "Help with an inspection or audit", 0, "002:836")

    def __new__(cls, key: str, *_):
        """The key is what the database keeps."""
        made = object.__new__(cls)
        made._value_ = key
        return made

    def __init__(self, _key: str, words: str, months: int, source: str):
        self.words, self.months, self.source = words, months, source

    @property
    def is_required(self) -> bool:
        """True for what every provider shows; commitments and inspections come as they come."""
        return self.value not in {"social value", "inspection"}


@dataclass(frozen=True)
class Shown:
    """How one thing stands: its words and the tone of a pill."""

    words: str
    tone: str


def again_on(kind: str, on: date) -> date | None:
    """The day something shown on a day is due again, where the contract states how often; otherwise None."""
    months = EntryKind(kind).months
    return months_after(on, months) if months else None


def shown(due_on: date | None, *, has_evidence: bool, today: date) -> Shown:
    """How something that was shown stands today: due again on its day, late from the day after."""
    if not has_evidence:
        return Shown("No evidence yet", "attention")
    if due_on is None:
        return Shown("Shown", "good")
    if due_on < today:
        return Shown(f"Was due {day_in_words(due_on)}", "late")
    if due_on - today <= SOON:
        return Shown(f"Due {day_in_words(due_on)}", "attention")
    return Shown(f"To {day_in_words(due_on)}", "good")


def missing(kinds: Iterable[str]) -> list[EntryKind]:
    """What every provider shows and this one has not: `kinds` are those it has."""
    have = set(kinds)
    return [kind for kind in EntryKind if kind.is_required and kind.value not in have]


def why_not_add_entry(kind: str, title: str, owner: str, evidence: str, *, on: date | None, due_on: date | None, today: date) -> list[str]:
    """ASR-1. What is shown has a title, an owner, its day which is not to come, and evidence, unless it is a commitment."""
    reasons = []
    if not title.strip():
        reasons.append(FieldReason("title", "Say what it is called."))
    if not owner.strip():
        reasons.append(FieldReason("owner", "Say who answers for it."))
    if on is None or on > today:
        reasons.append(FieldReason("on", "Say on which day, today or before."))
    if due_on is not None and on is not None and due_on <= on:
        reasons.append(FieldReason("due_on", "It is looked at again after that day."))
    if not evidence.strip() and kind != EntryKind.SOCIAL_VALUE.value:
        reasons.append(FieldReason("evidence", "Say what shows it."))
    return reasons


def why_not_log_day(about: str, who: str, *, held_on: date | None, today: date) -> list[str]:
    """ASR-2. A day is logged once it was held, with what it was about and who came."""
    reasons = []
    if held_on is None or held_on > today:
        reasons.append(FieldReason("held_on", "Say on which day it was held, today or before."))
    if not about.strip():
        reasons.append(FieldReason("about", "Say what it was about."))
    if not who.strip():
        reasons.append(FieldReason("who", "Say who came."))
    return reasons


def why_not_draw_pack(for_what: str) -> list[str]:
    """ASR-3. An evidence pack says what it is made for."""
    return [] if for_what.strip() else [FieldReason("for_what", "Say which inspection or audit it is for.")]


def why_not_record_purchase(reason: str, agreed_by: str, *, weekly_price: Decimal | None) -> list[str]:
    """ASR-4. How a home is bought says its weekly price, who agreed it, and why this route and no other."""
    reasons = []
    if weekly_price is None or weekly_price < 0:
        reasons.append(FieldReason("weekly_price", "Enter the price a week, 0 where nothing is paid."))
    if not reason.strip():
        reasons.append(FieldReason("reason", "Say why it is bought this way."))
    if not agreed_by.strip():
        reasons.append(FieldReason("agreed_by", "Say who agreed it."))
    return reasons
