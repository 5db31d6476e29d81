"""Who sits, who makes the quorum, and what is on every agenda: plain lines of a version, and changes to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

ADD, CHANGE, REMOVE = "add", "change", "remove"
FIRST, SECOND, LAST = "last minutes", "interests", "other"
KEPT = (FIRST, SECOND, LAST)


@dataclass(frozen=True)
class SeatLine:
    """One lettered seat, and the limb of the quorum that its holder may fill."""

    letter: str
    title: str
    role: str = ""
    is_chair: bool = False
    is_invitee: bool = False
    is_provider: bool = False
    agency: str = ""
    limb: str = ""


@dataclass(frozen=True)
class LimbLine:
    """One part of the quorum, and how many people it needs."""

    role: str
    needed: int = 1


@dataclass(frozen=True)
class ItemLine:
    """One item of every agenda."""

    kind: str
    title: str
    minutes: int = 10
    source: str = ""


@dataclass(frozen=True)
class Composition:
    """The seats, the limbs and the standing items of one version, each in its order."""

    seats: tuple[SeatLine, ...] = ()
    limbs: tuple[LimbLine, ...] = ()
    items: tuple[ItemLine, ...] = ()


@dataclass(frozen=True)
class Part:
    """One change: what kind of line (seat, limb, item), the deed, which line by its name, and the facts."""

    kind: str
    deed: str
    key: str
    facts: dict


def altered(before: Composition, parts: Iterable[Part]) -> Composition:
    """Give a composition with these changes made, in their order."""
    found = before
    for part in parts:
        found = {"seat": _with_seat, "limb": _with_limb, "item": _with_item}[part.kind](found, part)
    return found


def _with_seat(was: Composition, part: Part) -> Composition:
    """A seat more, in the order of letters, or one fewer."""
    seats = [seat for seat in was.seats if seat.letter != part.key]
    if part.deed == ADD:
        seats = sorted([*seats, SeatLine(letter=part.key, **part.facts)], key=lambda seat: seat.letter)
    return replace(was, seats=tuple(seats))


def _with_limb(was: Composition, part: Part) -> Composition:
    """A limb more, with the seats that may fill it, or one fewer, which its seats no longer fill."""
    limbs = [limb for limb in was.limbs if limb.role != part.key]
    seats = [replace(seat, limb="") if seat.limb == part.key else seat for seat in was.seats]
    if part.deed == ADD:
        limbs.append(LimbLine(part.key, part.facts["needed"]))
        seats = [replace(seat, limb=part.key) if seat.letter in part.facts["seats"] else seat for seat in seats]
    return replace(was, seats=tuple(seats), limbs=tuple(limbs))


def _with_item(was: Composition, part: Part) -> Composition:
    """An item more after another, one fewer, or one with other words or minutes."""
    items = list(was.items)
    at = next((n for n, item in enumerate(items) if item.title == part.key), None)
    if part.deed == ADD:
        after = next((n for n, item in enumerate(items) if item.title == part.facts["after"]), len(items) - 1)
        items.insert(after + 1, ItemLine("standing", part.key, part.facts["minutes"]))
    elif at is not None and part.deed == CHANGE:
        items[at] = replace(items[at], **part.facts)
    elif at is not None:
        del items[at]
    return replace(was, items=tuple(items))


def why_not_compose(before: Composition, parts: Sequence[Part], after: Composition) -> list[str]:
    """TOR-5. A seat, a limb or a standing item is added under a name of its own, and taken away where there is one."""
    names = {
        "seat": {seat.letter for seat in before.seats}, "limb": {limb.role for limb in before.limbs},
        "item": {item.title for item in before.items},
    }  # fmt: skip
    words = {"seat": "a seat", "limb": "a part of the quorum called", "item": "a standing item called"}
    reasons = []
    for part in parts:
        there = part.key in names[part.kind]
        if part.deed == ADD and there:
            reasons.append(f"There is {words[part.kind]} {part.key} already.")
        elif part.deed != ADD and not there:
            reasons.append(f"There is not {words[part.kind]} {part.key}.")
    reasons += [f"Two standing items would be called {title}." for title in _twice(item.title for item in after.items)]
    return reasons + why_not_sit(before, after) + why_not_order(before, after)


def _twice(titles: Iterable[str]) -> list[str]:
    """Those there more than once."""
    seen, twice = set(), []
    for title in titles:
        if title in seen and title not in twice:
            twice.append(title)
        seen.add(title)
    return twice


def why_not_sit(before: Composition, after: Composition) -> list[str]:
    """TOR-6. A body keeps a seat that takes the chair, and each part of its quorum can be filled by its seats."""
    reasons = []
    if any(seat.is_chair for seat in before.seats) and not any(seat.is_chair for seat in after.seats):
        reasons.append("No seat would take the chair.")
    for limb in after.limbs:
        seats = sum(seat.limb == limb.role and not seat.is_invitee for seat in after.seats)
        if seats < limb.needed:
            people = "person" if limb.needed == 1 else "people"
            could = {0: "no seat could fill it", 1: "only one seat could fill it"}.get(seats, f"only {seats} seats could fill it")
            reasons.append(f"{limb.role} needs {limb.needed} {people} for the quorum, and {could}.")
    return reasons


def why_not_order(before: Composition, after: Composition) -> list[str]:
    """TOR-7. Last minutes first, declarations of interest second and other business last stay on every agenda."""
    reasons = [
        f"{item.title} stays on every agenda."
        for item in before.items
        if item.kind in KEPT and not any(one.kind == item.kind for one in after.items)
    ]  # fmt: skip
    kinds = [item.kind for item in after.items]
    if not reasons and SECOND in kinds:
        wrong = (FIRST in kinds and kinds[0] != FIRST) or kinds.index(SECOND) > 1 or (LAST in kinds and kinds[-1] != LAST)
        reasons += ["A standing item comes after declarations of interest and before other business."] if wrong else []
    return reasons


def why_not_take_out(number: str, must_say: Sequence[str]) -> list[str]:
    """TOR-8. A clause is taken out with the numbers it sets, but not one that says what the terms must say."""
    return [f"Clause {number} stays: it sets what these terms must say ({', '.join(must_say)})."] if must_say else []
