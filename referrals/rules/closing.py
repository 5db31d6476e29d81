"""Closing a child's whole record: after a death, after an adoption, or for another council."""

from datetime import date

from core.dates import age_on, birthday
from core.rules import FieldReason

YEARS_FROM_BIRTH, YEARS_FROM_DEATH, YEARS_FROM_ORDER = 75, 15, 100


def why_not_record_death(*, died_on: date, born_on: date | None, today: date, is_manager: bool, is_closed: bool) -> list[str]:
    """CLS-1. A death is entered once, by a manager, and stops every reminder and invitation at once."""
    found = [] if is_manager else ["A manager enters this."]
    if is_closed:
        found.append("This record is closed already.")
    if died_on > today or (born_on is not None and died_on < born_on):
        found.append(FieldReason("died_on", "The day must be between the child’s birth and today"))
    return found


def why_not_seal(*, ordered_on: date, born_on: date | None, today: date, is_manager: bool, is_closed: bool,
                 named: int) -> list[str]:  # fmt: skip
    """CLS-2. After an adoption the record is sealed to named people, and is never linked to the child's new identity."""
    found = [] if is_manager else ["A manager enters this."]
    if is_closed:
        found.append("This record is closed already.")
    if ordered_on > today or (born_on is not None and ordered_on < born_on):
        found.append(FieldReason("ordered_on", "The day of the order must be between the child’s birth and today"))
    return found if named else [*found, FieldReason("named", "Choose who may still open the record")]


def why_not_release_place(*, is_closed: bool, is_begun: bool) -> list[str]:
    """CLS-3. A place closed by a manager stays closed until somebody releases it."""
    return [] if is_closed and is_begun else ["This place is not closed by a manager."]


def why_not_ask_to_undo(*, kind: str, is_asked: bool, is_manager: bool, because: str) -> list[str]:
    """CLS-5. A manager asks, with a reason, for a death entered by mistake to be undone; an adoption is not undone."""
    found = [] if is_manager else ["A manager asks for this."]
    if kind != "death":
        found.append("Only a death that was entered by mistake is undone.")
    if is_asked:
        found.append("Somebody has asked already: another manager has to agree.")
    return found if because.strip() else [*found, FieldReason("because", "Say what was wrong")]


def why_not_undo(*, is_asked: bool, is_asker: bool, is_manager: bool) -> list[str]:
    """CLS-6. A second manager, never the one who asked, agrees before a death is undone."""
    if not is_asked:
        return ["Nobody has asked for this to be undone."]
    found = [] if is_manager else ["A manager agrees to this."]
    return [*found, "You asked for this: another manager has to agree."] if is_asker else found


def why_not_hand_to_council(*, from_on: date, last_from_on: date | None, today: date, is_same: bool,
                            has_place: bool, because: str) -> list[str]:  # fmt: skip
    """CLS-4. Which council is responsible for a child is dated, one at a time, and changes on its day."""
    found = [FieldReason("council", "That council is responsible now")] if is_same else []
    if from_on > today:
        found.append(FieldReason("from_on", "Record the change on its day or after"))
    if last_from_on is not None and from_on <= last_from_on:
        found.append(FieldReason("from_on", "The day must be after the last change"))
    if has_place:
        found.append("The child has a place here: end the stay first.")
    return found if because.strip() else [*found, FieldReason("because", "Say why the council changes")]


def keep_until(*, born_on: date | None, died_on: date | None = None, ordered_on: date | None = None) -> date | None:
    """Give the day until which a looked-after child's record is kept; None where a birth date is not known.

    75 years from birth, or 15 from a death before 18 (Care Planning Regulations 2010, regulation 50);
    100 from an adoption order. To be checked by the council.
    """
    if ordered_on is not None:
        return _years_after(ordered_on, YEARS_FROM_ORDER)
    if died_on is not None and born_on is not None and age_on(born_on, died_on) < 18:
        return _years_after(died_on, YEARS_FROM_DEATH)
    return birthday(born_on, YEARS_FROM_BIRTH) if born_on is not None else None


def _years_after(day: date, years: int) -> date:
    return birthday(day, years)
