"""Service: whether a cancellation reached everybody in time, and what ends the effect of a service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from panels.rules.notice import cancellation_is_in_time


@dataclass(frozen=True)
class Reached:
    """One Representative, and when a cancellation reached them; None where it has not, or came back."""

    name: str
    served_at: datetime | None
    came_back: bool = False


def why_not_reached(reached: Sequence[Reached], *, starts_at: datetime, now: datetime, hours: int | None) -> list[str]:
    """CAN-5. A cancellation that reaches a Representative late, or comes back and is not mended, is a breach."""
    if hours is None:
        return []
    found = []
    for person in reached:
        if person.served_at is not None:
            if not cancellation_is_in_time(starts_at, person.served_at, hours=hours):
                found.append(f"The cancellation reached {person.name} less than {hours} hours before the start.")
        elif not cancellation_is_in_time(starts_at, now, hours=hours):
            why = "came back from" if person.came_back else "has not reached"
            found.append(f"The cancellation {why} {person.name}, and the {hours} hours before the start have begun.")
    return found
