"""Figures: percentages, averages and how sure a proportion is."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from core.money import exact

Number = Decimal | int


def rounded(number: Decimal, places: int) -> Decimal:
    """Round half up, as the Department for Education does, to a number of decimal places."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percentage(numerator: Number, denominator: Number, places: int = 0) -> Decimal | None:
    """Give a percentage of 0 to 100, half up; None when there is nothing to divide by."""
    if not denominator:
        return None
    return rounded(100 * exact(numerator) / exact(denominator), places)


def average(values: Iterable[Number], places: int = 1) -> Decimal | None:
    """Give the mean of some numbers, half up; None when there are none."""
    numbers = [exact(value) for value in values]
    if not numbers:
        return None
    return rounded(sum(numbers, Decimal(0)) / len(numbers), places)


def median(values: Iterable[Number], places: int = 1) -> Decimal | None:
    """Give the middle of some numbers, half way between two; None when there are none."""
    numbers = sorted(exact(value) for value in values)
    if not numbers:
        return None
    half = len(numbers) // 2
    middle = numbers[half : half + 1] if len(numbers) % 2 else numbers[half - 1 : half + 1]
    return average(middle, places)


def wilson_interval(
    numerator: int, denominator: int, z: float = 1.959964
) -> tuple[float, float] | None:
    """Give Wilson's score interval of a proportion, between 0 and 1; None when out of nothing."""
    if not denominator:
        return None
    if not 0 <= numerator <= denominator:
        raise ValueError("A proportion's numerator lies between nought and its denominator.")
    n, p = denominator, numerator / denominator
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    return max(0.0, centre - half), min(1.0, centre + half)
