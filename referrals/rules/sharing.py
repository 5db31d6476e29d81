"""Consent and sharing: what may be recorded, and what may be shown to whom."""

from datetime import date

from core.rules import FieldReason

BASES = {"task", "duty", "vital"}
ANSWERS = {"given", "refused", "withdrawn", "not asked"}


def why_not_record_fact(*, kind: str, answer: str, last: str, said_on: date, today: date, is_theirs: bool) -> list[str]:
    """SHR-1. Each fact is said by the child or a holder of parental responsibility, on a day, and withdrawn only once given."""
    reasons: list[str] = []
    if said_on > today:
        reasons.append(FieldReason("said_on", "The day it was said is in the future."))
    if answer not in (BASES if kind == "basis" else ANSWERS):
        reasons.append(FieldReason("answer", "Select what was said."))
    if answer == "withdrawn" and last != "given":
        reasons.append(FieldReason("answer", "Nothing was given that could be withdrawn."))
    if kind != "basis" and not is_theirs:
        reasons.append(FieldReason("who", "Select the child or somebody who holds parental responsibility."))
    return reasons


def why_not_disclose(*, to_commissioner: bool, is_anonymised: bool, has_permission: bool, may_override: bool,
                     override_because: str, shared_on: date, today: date) -> list[str]:  # fmt: skip
    """SHR-2. Files that say who a child is are shown to the commissioner by permission, or by somebody allowed to go past it, with a reason."""
    reasons: list[str] = []
    if shared_on > today:
        reasons.append(FieldReason("shared_on", "The day it was shared is in the future."))
    if to_commissioner and not is_anonymised and not has_permission:
        if not may_override:
            reasons.append(FieldReason("is_anonymised", (
                "The family has not given permission to show files. Take out who the child is, or ask a service manager."
            )))  # fmt: skip
        elif not override_because.strip():
            reasons.append(FieldReason("override_because", "Say why the files are shown without permission."))
    return reasons


def why_not_tell(*, told_on: date, today: date) -> list[str]:
    """SHR-3. A family is told on a day that has come."""
    return [FieldReason("told_on", "The day they were told is in the future.")] if told_on > today else []


def has_permission(answers: list[str]) -> bool:
    """Take everybody's last answer about showing files; true when somebody gave it and nobody says no."""
    return "given" in answers and not {"refused", "withdrawn"} & set(answers)


def kept_until(*, is_looked_after: bool, born_on: date | None) -> str:
    """How long a record is kept, in words: 75 years from birth for a child looked after."""
    if not is_looked_after:
        return "for as long as the council’s schedule says"
    if born_on is None:
        return "for 75 years from the date of birth"
    return f"until {born_on.year + 75}, which is 75 years from the date of birth"
