"""The numbers that clauses set: their names as the rules read them, and their words as people do."""

from dataclasses import dataclass

from core.dates import day_in_words
from panels.rules.alteration import Numbers

WORKING, DAYS, WEEKS = "Working Day", "day", "week"


@dataclass(frozen=True)
class Number:
    """One number of the terms: what it is called, what it counts, and whether the terms may be silent on it."""

    label: str
    unit: str = ""
    is_yes: bool = False
    may_be_silent: bool = False


COLUMNS = {
    "notice_working_days": Number("Notice of a meeting", WORKING, may_be_silent=True),
    "notice_is_clear": Number("Neither the day of notice nor the day of the meeting counts", is_yes=True),
    "cancellation_hours": Number("Notice of cancellation", "hour", may_be_silent=True),
    "fewest_a_year": Number("Fewest meetings a year", "meeting", may_be_silent=True),
    "most_a_year": Number("Most meetings a year", "meeting", may_be_silent=True),
    "papers_working_days": Number("Agenda and papers circulated before a meeting", WORKING),
    "alteration_days": Number("Proposals to alter these terms, before a meeting", "clear day", may_be_silent=True),
    "pack_draft_working_days": Number("Agenda and pack drafted before a meeting", WORKING, may_be_silent=True),
    "pack_freeze_working_days": Number("Pack frozen before a meeting", WORKING, may_be_silent=True),
    "pack_needs_approval": Number("The chair approves the pack", is_yes=True),
    "review_weeks": Number("Decisions reviewed after", WEEKS),
    "front_line_attends": Number("Front-line workers attend to present papers", is_yes=True),
}
THRESHOLDS = {
    "section 17": Number("Section 17 help: the panel decides above", "£"),
    "section 17 by family": Number("Section 17 help: what was committed to the whole family counts", is_yes=True),
    "section 17 months": Number("Section 17 help: what has ended counts for", "month", may_be_silent=True),
    "specialist assessment": Number("Specialist assessments: the panel decides above", "£"),
    "no recourse review weeks": Number("No recourse to public funds: reviewed every", WEEKS),
}
# What a clause sets that is more than one number; it is read on the page, and changed by its words.
TOGETHER = {
    "seats": "Seats", "standing items": "Standing agenda", "roles": "Roles", "parties": "Parties who sign",
    "chair_rotation": "Chair turns between",
}  # fmt: skip


def number_of(name: str) -> Number | None:
    """What is known of a number by its name; None where the name is of several things together."""
    kind, _, key = name.partition(":")
    if kind == "threshold":
        return THRESHOLDS.get(key, Number(key.capitalize()))
    if kind == "limb":
        return Number(f"Quorum: {key}", "person,people")
    return COLUMNS.get(name)


def value_of(terms, name: str):
    """The value that a version gives a number; limbs are looked for among those read with it."""
    kind, _, key = name.partition(":")
    if kind == "threshold":
        return terms.thresholds.get(key)
    if kind == "limb":
        return next((limb.needed for limb in terms.limbs.all() if limb.role == key), None)
    return getattr(terms, name)


def in_words(name: str, value) -> str:
    """A number's value as a sentence would say it."""
    number = number_of(name)
    if number.is_yes:
        return "Yes" if value else "No"
    if value is None:
        return "These terms do not say"
    if number.unit == "£":
        return f"£{value:,}"
    one, _, many = number.unit.partition(",")
    return f"{value} {one if value == 1 else many or one + 's'}".strip()


def together_in_words(terms, name: str) -> str:
    """What a clause sets of seats, standing items, roles, parties or turns."""
    if name == "seats":
        return ", ".join(sorted(seat.letter for seat in terms.seats.all()))
    if name == "chair_rotation":
        return ", then ".join(terms.chair_rotation) or "These terms do not say"
    if name == "parties":
        return ", ".join(signature.party.name for signature in terms.signatures.all()) or "Nobody signs these terms"
    rows = {"standing items": terms.standing_items, "roles": terms.roles}[name].all()
    return f"{len(rows)} {'item' if name == 'standing items' else 'role'}{'' if len(rows) == 1 else 's'}"


def set_by(terms, clause) -> list[dict]:
    """What one clause sets, as label and words, in its order."""
    return [
        {"label": TOGETHER[name], "value": together_in_words(terms, name)}
        if name in TOGETHER
        else {"label": number_of(name).label, "value": in_words(name, value_of(terms, name))}
        for name in clause.sets
    ]


def editable(clause) -> list[str]:
    """The names of the numbers of one clause that a proposal may change."""
    return [name for name in clause.sets if name not in TOGETHER]


def numbers_with(terms, changed: dict) -> Numbers:
    """The numbers that must agree with each other, as they would be with these changes."""
    names = Numbers.__dataclass_fields__
    return Numbers(**{name: changed.get(name, getattr(terms, name)) for name in names})


def since_words(terms) -> str:
    """How long a version has governed: "In force since 1 January 2025", or what it waits for."""
    from_on = terms.in_force_from
    if terms.state == "adopted":
        return "Adopted, awaiting a party’s signature"
    return f"{'In force' if terms.state == 'in force' else 'Was in force'} from {day_in_words(from_on)}" if from_on else "Proposed"
