"""A version's seats, quorum and standing items as plain lines; what a proposal changes of them, as lines compared."""

from dataclasses import replace

from panels.models.terms_numbers import TOGETHER, number_of
from panels.rules.composition import Composition, ItemLine, LimbLine, Part, SeatLine, altered


def composition_of(terms) -> Composition:
    """The lines of one version; read whole, it asks nothing more."""
    seats = sorted(terms.seats.all(), key=lambda seat: (seat.letter, seat.pk))
    limbs = sorted(terms.limbs.all(), key=lambda limb: (limb.order, limb.pk))
    items = sorted(terms.standing_items.all(), key=lambda item: (item.order, item.pk))
    return Composition(
        tuple(
            SeatLine(s.letter, s.title, s.role, s.is_chair, s.is_invitee, s.is_provider, s.agency, s.limb.role if s.limb else "")
            for s in seats
        ),
        tuple(LimbLine(limb.role, limb.needed) for limb in limbs),
        tuple(ItemLine(item.kind, item.title, item.minutes, item.source) for item in items),
    )


def parts_of(alteration) -> list[Part]:
    """What a proposal changes of seats, quorum and standing items, in its order."""
    return [Part(row.kind, row.deed, row.key, row.facts) for row in alteration.parts.order_by("order")]


def must_say(clause) -> list[str]:
    """What one clause sets that the terms must say: seats, parties and the like, and numbers they are not silent on."""
    said = [TOGETHER[name].lower() for name in clause.sets if name in TOGETHER]
    for name in clause.sets:
        number = number_of(name)
        if number is not None and not number.may_be_silent and not name.startswith("threshold:"):
            said.append(number.label[0].lower() + number.label[1:])
    return said


def silenced(clause) -> dict:
    """The numbers that go with a clause when it is taken out: the terms are silent on them."""
    return {name: None for name in clause.sets if name not in TOGETHER}


def composition_compared(before: Composition, after: Composition) -> list[dict]:
    """Seats, quorum and standing agenda that differ, each as lines that stayed, were taken out or were put in."""
    parts = (
        ("Seats", [_seat(s) for s in before.seats], [_seat(s) for s in after.seats]),
        ("Quorum", [_limb(x) for x in before.limbs], [_limb(x) for x in after.limbs]),
        ("Standing agenda", [_item(i) for i in before.items], [_item(i) for i in after.items]),
    )
    return [
        {"number": "", "heading": heading, "lines": lines_compared(old, new), "is_new": False, "is_gone": False, "changed": True}
        for heading, old, new in parts
        if old != new
    ]


def lines_compared(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Two lists as ("same" | "out" | "in", line); what left stands where it was."""
    found, rest = [], list(new)
    for line in old:
        if line not in rest:
            found.append(("out", line))
            continue
        while rest[0] != line:
            found.append(("in", rest.pop(0)))
        found.append(("same", rest.pop(0)))
    return found + [("in", line) for line in rest]


def _seat(seat: SeatLine) -> str:
    """A seat as a line: letter, title, and what sets it apart."""
    marks = [
        "takes the chair" if seat.is_chair else "", "invited, not a member" if seat.is_invitee else "",
        "the provider’s" if seat.is_provider else "", f"quorum: {seat.limb}" if seat.limb else "",
    ]  # fmt: skip
    said = "; ".join(mark for mark in marks if mark)
    return f"{seat.letter}. {seat.title}{f' ({said})' if said else ''}"


def _limb(limb: LimbLine) -> str:
    """A part of the quorum as a line."""
    return f"{limb.role}: {limb.needed}"


def _item(item: ItemLine) -> str:
    """A standing item as a line."""
    return f"{item.title}, {item.minutes} minutes"


def composition_with(before: Composition, numbers: dict) -> Composition:
    """The same lines with the numbers that a proposal gives parts of the quorum."""
    limbs = tuple(replace(limb, needed=numbers.get(f"limb:{limb.role}") or limb.needed) for limb in before.limbs)
    return replace(before, limbs=limbs)


def composition_after(before: Composition, parts) -> Composition:
    """A version's lines as these changes would have them."""
    return altered(before, parts)
