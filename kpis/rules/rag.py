"""Colours: red, amber or green for a value against its target, or a place among authorities."""

from decimal import Decimal

Number = Decimal | int


def _exact(number: Number | float) -> Decimal:
    # A float's printed digits are what its writer meant: 0.1 is a tenth.
    return Decimal(str(number))


def rag(
    value: Number | None,
    target: Number | None,
    *,
    better: str | None,
    tolerance: Number,
    relative: bool = True,
) -> str | None:
    """Give "G" at or better than a target, "A" within tolerance of it and "R" beyond.

    The tolerance is a fraction of the target when relative, else in the value's own
    unit. A boundary belongs to the better colour. None when anything is missing.
    """
    if value is None or target is None or better is None:
        return None
    if better not in ("high", "low"):
        raise ValueError('Better is "high" or "low".')
    goal = _exact(target)
    room = _exact(tolerance) * (abs(goal) if relative else 1)
    short = goal - _exact(value) if better == "high" else _exact(value) - goal
    if short <= 0:
        return "G"
    return "A" if short <= room else "R"


def quartile_rag(
    quartile: int | None,
    trend: str | None,
    *,
    high_in_q2: bool | None = None,
    low_in_q3: bool | None = None,
) -> str | None:
    """Give the colour of a quartile and its trend, by the key the report prints.

    Green is the top quartile, or high in the second and getting better; red is the
    fourth, or low in the third and getting worse; amber is the rest, and wherever
    high or low is not known. None without a quartile.
    """
    if quartile is None:
        return None
    if quartile not in (1, 2, 3, 4):
        raise ValueError("A quartile is 1, 2, 3 or 4.")
    if quartile == 1 or (quartile == 2 and high_in_q2 and trend == "better"):
        return "G"
    if quartile == 4 or (quartile == 3 and low_in_q3 and trend == "worse"):
        return "R"
    return "A"
