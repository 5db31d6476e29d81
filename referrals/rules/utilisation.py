"""Utilisation: the days a place was open, used, lost by a decision, out of use, and void."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from referrals.rules.capacity import Stay


@dataclass(frozen=True)
class Utilisation:
    """A place's days between two dates, each counted once."""

    open: int
    used: int
    lost_by_decision: int
    out_of_use: int

    @property
    def void(self) -> int:
        """Days on which the place was there and nobody was in it."""
        return self.open - self.used - self.lost_by_decision - self.out_of_use

    @property
    def per_cent(self) -> int | None:
        """Days used over days open, as a whole number; None where it was never open."""
        return round(100 * self.used / self.open) if self.open else None


def utilisation(
    within: Stay, is_open: Stay | None, stays: Sequence[Stay], decided: Sequence[Stay], shut: Sequence[Stay]
) -> Utilisation:
    """Count the days of a period: a day used is used, whatever else it was; then decided, then shut."""
    counts = {"open": 0, "used": 0, "decided": 0, "shut": 0}
    day = within.starts_on
    while is_open is not None and day < within.until:
        if is_open.holds(day):
            counts["open"] += 1
            kind = next(
                (name for name, spans in (("used", stays), ("decided", decided), ("shut", shut))
                 if any(span.holds(day) for span in spans)), None,
            )  # fmt: skip
            if kind:
                counts[kind] += 1
        day += timedelta(days=1)
    return Utilisation(counts["open"], counts["used"], counts["decided"], counts["shut"])


def year_to(day: date) -> Stay:
    """The year that ends with a day."""
    return Stay(day - timedelta(days=364), day + timedelta(days=1))
