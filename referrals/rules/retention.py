"""How long a child's record is kept, and what stands in the way of its disposal, by plain dates."""

from dataclasses import dataclass
from datetime import date

from core.dates import age_on, birthday, day_in_words


@dataclass(frozen=True)
class Schedule:
    """For how many years records are kept: a council settles them by date."""

    from_birth: int = 75
    from_death: int = 15
    from_order: int = 100
    from_closing: int = 35


@dataclass(frozen=True)
class Life:
    """What the length of keeping depends on; `closed_on` is the last day anything happened, and nothing where something is open."""

    born_on: date | None
    died_on: date | None = None
    adopted_on: date | None = None
    was_looked_after: bool = False
    closed_on: date | None = None


@dataclass(frozen=True)
class Kept:
    """Until which day a record is kept (nothing: no day yet), by which rule, and on what evidence."""

    until: date | None
    rule: str
    because: str

    def is_due(self, today: date) -> bool:
        """Whether the record may be disposed of on a day: from the day itself."""
        return self.until is not None and self.until <= today


def kept(life: Life, schedule: Schedule | None = None) -> Kept:
    """Take a life and the schedule; give until when its record is kept.

    Care Planning, Placement and Case Review Regulations 2010, regulation 50: the 75th anniversary of birth, or 15 years
    from a death before 18. Adoption: 100 years from the order. All others: the council's own schedule, from the last
    day anything happened. To be checked by the council.
    """
    years = schedule or Schedule()
    if life.adopted_on is not None:
        return _after(life.adopted_on, years.from_order, "adoption", "the adoption order")
    if life.was_looked_after:
        return _looked_after(life, years)
    if life.closed_on is None:
        return Kept(None, "open", "Something of it is still open.")
    return _after(life.closed_on, years.from_closing, "schedule", "the last day anything happened")


def _looked_after(life: Life, years: Schedule) -> Kept:
    """A looked-after child's: from birth, or from a death before 18; never by a guess where the birth date is not known."""
    if life.born_on is None:
        return Kept(None, "birth", "Looked after, and the birth date is not known: no day can be given.")
    if life.died_on is not None and age_on(life.born_on, life.died_on) < 18:
        return _after(life.died_on, years.from_death, "death", "a death before 18")
    return _after(life.born_on, years.from_birth, "birth", "birth")


def _after(day: date, years: int, rule: str, what: str) -> Kept:
    return Kept(birthday(day, years), rule, f"{years} years from {what}, {day_in_words(day)}.")


def why_not_dispose(found: Kept, *, today: date, is_open: bool, is_held: bool) -> list[str]:
    """RTN-1. A record is disposed of once its day has come, while nothing of it is open and no legal hold keeps it."""
    reasons = []
    if is_held:
        reasons.append("A legal hold keeps this record.")
    if is_open:
        reasons.append("A referral or a stay of the child is open.")
    if found.until is None:
        reasons.append(found.because)
    elif not found.is_due(today):
        reasons.append(f"It is kept until {day_in_words(found.until)}: {found.because}")
    return reasons


def why_not_propose(*, may: bool, is_proposed: bool, note: str) -> list[str]:
    """RTN-2. Information governance proposes a disposal once, and says that the evidence was looked at."""
    reasons = [] if may else ["Information governance proposes this."]
    if is_proposed:
        reasons.append("This record is proposed already: a second person has to answer.")
    return reasons if note.strip() else [*reasons, "Say what you looked at."]


def why_not_agree(*, may: bool, waits: bool, is_proposer: bool, agrees: bool, because: str) -> list[str]:
    """RTN-3. A head of service, never whoever proposed it, agrees to a disposal or refuses it with a reason."""
    if not waits:
        return ["This proposal is answered already."]
    reasons = [] if may else ["A head of service answers this."]
    if is_proposer:
        reasons.append("You proposed this: a second person has to answer.")
    return reasons if agrees or because.strip() else [*reasons, "Say why it is refused."]
