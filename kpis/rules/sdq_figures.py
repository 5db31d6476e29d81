"""SDQ figures of a council, as the Department for Education publishes them: how many have a score, and what they show.

A score is required of children looked after for a year; the published table is of those aged 5 to 16 at the year's end.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.figures import average, median, percentage
from kpis.rules.stability import Figure, age_on
from referrals.rules.sdq import band, movement

BANDS = ("normal", "borderline", "cause for concern")
GOALS = {"yes": Decimal(1), "partly": Decimal("0.5"), "no": Decimal(0)}
MOVEMENTS = ("improved", "same", "worsened")


@dataclass(frozen=True)
class SdqYear:
    """One year's scores: how many of those eligible have one, how many are in each band, and the mean."""

    completion: Figure
    bands: dict[str, Figure]
    average: Decimal | None

    @property
    def completed(self) -> Decimal | None:
        """The percentage of those eligible who have a score, half up."""
        return percentage(self.completion.numerator, self.completion.denominator)


@dataclass(frozen=True)
class SdqMovement:
    """Children with a score in both years: which way each moved, the mean change, and of whose scores they are.

    `coverage` is of the earlier year's scores, as the specification prints it (002:187-258); `of_later` of the later's.
    """

    moves: dict[str, Figure]
    average_change: Decimal | None
    coverage: Figure
    of_later: Figure


def sdq_year(scores: Mapping[str, int], births: Mapping[str, date], in_care: Collection[str], *, year_end: date) -> SdqYear:
    """Give a year's figures: `scores` by child (0 to 40), of the children in care a year (`in_care`) who are 5 to 16 then."""
    eligible = {child for child in in_care if child in births and 5 <= age_on(births[child], year_end) <= 16}
    held = [score for child, score in scores.items() if child in eligible]
    bands = [band(score) for score in held]
    return SdqYear(
        Figure(len(held), len(eligible)), {name: Figure(bands.count(name), len(held)) for name in BANDS}, average(held)
    )


def sdq_movement(earlier: Mapping[str, int], later: Mapping[str, int]) -> SdqMovement:
    """Give which way children moved who have a score in both years; a lower score is better, and a change below nought."""
    both = [child for child in later if child in earlier]
    moves = [movement(earlier[child], later[child]) for child in both]
    return SdqMovement(
        {name: Figure(moves.count(name), len(both)) for name in MOVEMENTS},
        average([later[child] - earlier[child] for child in both]), Figure(len(both), len(earlier)), Figure(len(both), len(later)),
    )  # fmt: skip


@dataclass(frozen=True)
class TwoBands:
    """Scores parted at the specification's number (17), with the mean and the middle one."""

    below: Figure
    at_or_above: Figure
    average: Decimal | None
    median: Decimal | None


def two_bands(scores: Collection[int], *, from_score: int) -> TwoBands:
    """Give how many scores are below a number and how many at or above it, with mean and median (002:123-183)."""
    high = sum(score >= from_score for score in scores)
    total = len(scores)
    return TwoBands(Figure(total - high, total), Figure(high, total), average(scores), median(scores))


def goal_score(answers: Collection[str]) -> Decimal:
    """Give the sum of goals at their close: 1 for each achieved ("yes"), a half for each in part ("partly"), nought for "no" (002:665)."""
    return sum((GOALS[answer] for answer in answers), Decimal(0))
