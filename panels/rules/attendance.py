"""Attendance by seat: what each holder is counted on is the meetings of their own time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.figures import percentage

PRESENT, DELEGATE, APOLOGIES, ABSENT = "present", "delegate", "apologies", "absent"


@dataclass(frozen=True)
class Came:
    """One meeting held, and what became of one seat at it."""

    on: date
    how: str


@dataclass(frozen=True)
class Record:
    """One holder's attendance: how many meetings of their time, how they were met, and the percentages."""

    meetings: int
    present: int
    delegate: int
    apologies: int
    absent: int

    @property
    def in_person(self) -> Decimal | None:
        """The percentage they came to themselves; None before their first meeting."""
        return percentage(self.present, self.meetings)

    @property
    def covered(self) -> Decimal | None:
        """The percentage at which they or a delegate came."""
        return percentage(self.present + self.delegate, self.meetings)


def attended(came: Sequence[Came], from_on: date, until_on: date | None) -> Record:
    """Count the meetings held while a seat was theirs; the last day is exclusive."""
    mine = Counter(c.how for c in came if c.on >= from_on and (until_on is None or c.on < until_on))
    return Record(sum(mine.values()), mine[PRESENT], mine[DELEGATE], mine[APOLOGIES], mine[ABSENT])
