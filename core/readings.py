"""The numbers a council settles by date: each is declared once, with what it counts, how far it may go, and whence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words
from core.rules import FieldReason


@dataclass(frozen=True)
class Reading:
    """One number in force from a day: its words, its unit ("day"), the usual one, its bounds, and where it comes from."""

    key: str
    label: str
    unit: str
    usual: int
    lowest: int
    highest: int
    used: str
    source: str
    takes_two: bool = False  # a second person confirms it before it holds

    def in_words(self, number: int) -> str:
        """Take 14; give "14 days"."""
        return f"{number} {self.unit if number == 1 else self.units}"

    @property
    def units(self) -> str:
        """Its unit for more than one: "days", and "per cent" as it is."""
        return self.unit if self.unit == "per cent" else f"{self.unit}s"

    def says(self, number: int, from_on: date | None) -> str:
        """Take a number and the day it holds from; give "10 days, since 1 January 2027" or "14 days, the usual"."""
        return f"{self.in_words(number)}, {f'since {day_in_words(from_on)}' if from_on else 'the usual'}"


@dataclass(frozen=True)
class InForce:
    """A number as it stands on a day: of which reading, how much, and from when (None: the usual one)."""

    reading: Reading
    number: int
    from_on: date | None = None

    @property
    def words(self) -> str:
        """The number with its unit."""
        return self.reading.in_words(self.number)

    def __str__(self):
        return self.reading.says(self.number, self.from_on)


_declared: dict[str, Reading] = {}


def declare(*readings: Reading) -> None:
    """Make numbers known; each app declares its own when it is ready."""
    _declared.update({reading.key: reading for reading in readings})


def reading(key: str) -> Reading | None:
    """The reading of this key, or None."""
    return _declared.get(key)


def readings() -> Sequence[Reading]:
    """Every reading, by its words."""
    return sorted(_declared.values(), key=lambda found: found.label)


def why_not_settle(found: Reading, number: int | None, *, now: int, from_on: date | None, today: date, note: str) -> list[str]:
    """A number is settled from today or later, inside its bounds, with a reason; days that are past keep theirs."""
    reasons = []
    if number is None or not found.lowest <= number <= found.highest:
        reasons.append(FieldReason("number", f"{found.label} is between {found.lowest} and {found.in_words(found.highest)}."))
    elif number == now:
        reasons.append(FieldReason("number", f"It is {found.in_words(now)} on that day already."))
    if from_on is None or from_on < today:
        reasons.append(FieldReason("from_on", "A number holds from today or a later day: past days were judged by the one they had."))
    if not note.strip():
        reasons.append(FieldReason("note", "Say why it changes, and who settled it."))
    return reasons


def why_not_confirm_number(*, is_proposed: bool, settled_by: int | None, confirming: int) -> list[str]:
    """A number that takes two people is confirmed once, by somebody other than who settled it."""
    if not is_proposed:
        return ["This number does not wait to be confirmed."]
    return ["Somebody else has to confirm it: you settled it."] if settled_by == confirming else []
