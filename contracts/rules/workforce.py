"""The workforce: what is asked of those who work under a contract, and how it stands on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import birthday, day_in_words, months_after
from core.rules import FieldReason

DBS_MONTHS = 36
WARN_BEFORE = timedelta(days=60)
YEARS_QUALIFIED = 2
LOWEST_LEVEL, HIGHEST_LEVEL = 2, 4


@dataclass(frozen=True)
class Stands:
    """One thing asked of a person: its words, whether it is met, and a tone of the house ("good", "attention", "late")."""

    words: str
    tone: str
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """True where nothing needs doing now."""
        return self.tone == "good"


def dbs_due(on: date) -> date:
    """The day an Enhanced DBS check of `on` is to have been renewed by: three years later (002:896).

    A check of 29 February is due on the last day of February, the earlier reading.
    """
    return months_after(on, DBS_MONTHS)


def dbs_stands(on: date | None, *, today: date) -> Stands:
    """How a DBS check of a day stands: 60 days before its third anniversary it wants renewing, from that day it has run out."""
    if on is None:
        return Stands("No check recorded", "late")
    due = dbs_due(on)
    if today > due:
        return Stands(f"Ran out {day_in_words(due)}", "late")
    if today == due:
        return Stands("Runs out today", "late")
    if due - today <= WARN_BEFORE:
        left = (due - today).days
        return Stands(f"{left} day{'' if left == 1 else 's'} left", "attention", f"Renew by {day_in_words(due)}")
    return Stands(f"To {day_in_words(due)}", "good")


def qualified_stands(qualified_on: date | None, *, today: date) -> Stands:
    """Whether at least two full years have gone by since somebody qualified (002:831)."""
    if qualified_on is None:
        return Stands("No day recorded", "attention")
    full = birthday(qualified_on, YEARS_QUALIFIED)
    if today >= full:
        return Stands(f"Since {day_in_words(qualified_on)}", "good")
    return Stands("Under two years", "attention", f"Two years on {day_in_words(full)}")


def supervision_stands(last: date | None, due: date | None, *, today: date) -> Stands:
    """Whether supervision is regular: a next day is set and has not passed (002:833)."""
    if last is None:
        return Stands("None recorded", "attention")
    said = f"Last {day_in_words(last)}"
    if due is None or due < today:
        return Stands(f"Was due {day_in_words(due)}" if due else "No next day", "late", said)
    return Stands(f"Next {day_in_words(due)}", "good", said)


def safeguarding_stands(level: int | None, due: date | None, *, today: date) -> Stands:
    """Whether somebody is trained to level 2 or higher, and not due again (002:832)."""
    if level is None:
        return Stands("None recorded", "late")
    if level < LOWEST_LEVEL:
        return Stands(f"Level {level}", "late", "Level 2 is the least")
    if due is not None and due < today:
        return Stands(f"Level {level}", "late", f"Was due again {day_in_words(due)}")
    return Stands(f"Level {level}", "good", f"Again by {day_in_words(due)}" if due else "")


def standing(*, latest: Mapping, qualified_on: date | None, is_practitioner: bool, today: date) -> dict[str, Stands]:
    """Each thing asked of a person, by its name; `latest` holds the last check of each kind."""
    dbs, supervision, training = (latest.get(kind) for kind in ("dbs", "supervision", "safeguarding"))
    found = {
        "supervision": supervision_stands(getattr(supervision, "on", None), getattr(supervision, "next_on", None), today=today),
        "safeguarding": safeguarding_stands(getattr(training, "level", None), getattr(training, "next_on", None), today=today),
        "dbs": dbs_stands(getattr(dbs, "on", None), today=today),
    }
    qualified = qualified_stands(qualified_on, today=today) if is_practitioner else Stands("Not asked of this post", "good")
    return {"qualified": qualified, **found}


def why_not_add_member(name: str, qualification: str, *, qualified_on: date | None, starts_on: date | None,
                       is_practitioner: bool, today: date) -> list[str]:  # fmt: skip
    """WRK-1. Somebody is on the register with a name, a first day, and what they qualified in and when, which is not to come."""
    reasons = []
    if not name.strip():
        reasons.append(FieldReason("name", "Enter the person’s name."))
    if is_practitioner and not qualification.strip():
        reasons.append(FieldReason("qualification", "Say what they are qualified in."))
    if qualified_on is not None and qualified_on > today:
        reasons.append(FieldReason("qualified_on", "The day they qualified is not to come."))
    if starts_on is None:
        reasons.append(FieldReason("starts_on", "Say on which day they start."))
    return reasons


def why_not_record_check(kind: str, *, on: date | None, next_on: date | None, level: int | None, today: date) -> list[str]:
    """WRK-2. A check is recorded once it was made; supervision says when the next is, and training its level."""
    reasons = []
    if on is None or on > today:
        reasons.append(FieldReason("on", "Say on which day it was, today or before."))
    if kind == "supervision" and next_on is None:
        reasons.append(FieldReason("next_on", "Say when the next supervision is."))
    if next_on is not None and on is not None and next_on <= on:
        reasons.append(FieldReason("next_on", "The next is after this one."))
    if kind == "safeguarding" and (level is None or not 1 <= level <= HIGHEST_LEVEL):
        reasons.append(FieldReason("level", f"Say which level, from 1 to {HIGHEST_LEVEL}."))
    return reasons


def why_not_end_work(*, left_on: date | None, starts_on: date, has_left: bool, today: date) -> list[str]:
    """WRK-3. Somebody leaves the register once, on a day from their first one to today."""
    if has_left:
        return ["They have left already."]
    if left_on is None or not starts_on <= left_on <= today:
        return [FieldReason("left_on", f"Say on which day, from {day_in_words(starts_on)} to today.")]
    return []


def why_not_record_gap(*, why: str, from_on: date | None, last_on: date | None) -> list[str]:
    """WRK-4. A gap has a first day and does not end before it; an absence says when it ends."""
    reasons = []
    if from_on is None:
        reasons.append(FieldReason("from_on", "Say from which day."))
    if last_on is not None and from_on is not None and last_on < from_on:
        reasons.append(FieldReason("last_on", "The last day is not before the first."))
    if last_on is None and why in {"leave", "training"}:
        reasons.append(FieldReason("last_on", "Say until which day."))
    return reasons


def why_not_cover_gap(covered_by: str, *, from_on: date, last_on: date | None) -> list[str]:
    """WRK-5. What is written about a gap says who does the work, or on which day it ends."""
    if last_on is not None and last_on < from_on:
        return [FieldReason("last_on", "The last day is not before the first.")]
    if not covered_by.strip() and last_on is None:
        return [FieldReason("covered_by", "Say who does the work meanwhile, or on which day it ends.")]
    return []
