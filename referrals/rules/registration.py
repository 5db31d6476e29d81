"""Registration: where the law lets a child live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import age_on, birthday, day_in_words
from referrals.rules.capacity import Stay

UNREGISTERED_BECAME_UNLAWFUL = date(2023, 10, 28)


@dataclass(frozen=True)
class Registered:
    """One registration or accepted application of a home, and the days it is in force."""

    from_on: date
    until_on: date | None = None  # exclusive
    covers_under_16: bool = False
    is_application: bool = False

    def is_in_force(self, day: date) -> bool:
        """Say whether it covers a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class Living:
    """One child who would live in one home for one stay."""

    born_on: date
    stay: Stay
    registrations: Sequence[Registered] = ()
    is_looked_after: bool = True
    looked_after_only: bool = False
    lowest_age: int = 0
    highest_age: int = 17

    def covered(self, day: date) -> list[Registered]:
        """Give the registrations in force on a day."""
        return [each for each in self.registrations if each.is_in_force(day)]

    def days_of_change(self, first: date, until: date) -> list[date]:
        """Give the days between two on which what the law says of the stay can change."""
        ends = [each.until_on for each in self.registrations if each.until_on is not None]
        return sorted(
            {day for day in [first, *ends] if first <= day < until and self.stay.holds(day)}
        )


def why_not_live_here(living: Living) -> list[str]:
    """LAW-1. A child under 16 never lives in a home not registered for under-16s."""
    sixteen = birthday(living.born_on, 16)
    for day in living.days_of_change(living.stay.starts_on, sixteen):
        if not any(
            each.covers_under_16 and not each.is_application for each in living.covered(day)
        ):
            return [
                (
                    f"On {day_in_words(day)} the child is under 16 and this home is not registered "
                    "for under-16s. Nobody may agree otherwise."
                )
            ]
    return why_not_live_unregistered(living) + why_not_live_at_age(living) + why_not_live_in_property(living)


def why_not_live_unregistered(living: Living) -> list[str]:
    """LAW-2. From 28 October 2023 nobody of 16 or 17 lives in a home neither registered nor applying.

    An application counts once it has been accepted.
    """
    sixteen, eighteen = birthday(living.born_on, 16), birthday(living.born_on, 18)
    first = max(sixteen, UNREGISTERED_BECAME_UNLAWFUL, living.stay.starts_on)
    for day in living.days_of_change(first, eighteen):
        if not living.covered(day):
            return [
                (
                    f"On {day_in_words(day)} this home has no registration or accepted application. "
                    "Nobody may agree otherwise."
                )
            ]
    return []


def why_not_live_at_age(living: Living) -> list[str]:
    """LAW-4. A home takes children of its own ages, judged on the first day of the stay."""
    if living.stay.starts_on < living.born_on:
        return ["The child is not born yet on that day."]
    age = age_on(living.born_on, living.stay.starts_on)
    if living.lowest_age <= age <= living.highest_age or age >= 18:
        return []  # past 18 is another rule's matter
    if living.lowest_age >= 16:
        return [f"The child is {age} on that day, and this home is for young people of 16 and 17."]
    return [f"The child is {age} on that day, and this home is for children of {living.lowest_age} to {living.highest_age}."]


def why_not_live_in_property(living: Living) -> list[str]:
    """LAW-3. The properties take looked-after children only."""
    if living.looked_after_only and not living.is_looked_after:
        return ["This home takes looked-after children only."]
    return []
