"""A funnel: shares by how many they are of, with the lines that chance alone seldom crosses."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.plotting import Box, mark, names_at_the_end, round_scale, values_up

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 620, 320, 52, 168, 12, 46
# Chance alone crosses the inner lines once in twenty, the outer twice in a thousand.
INNER, OUTER = 1.959964, 3.090232
CURVE = 60


@dataclass(frozen=True)
class Share:
    """One share: its name, what it counts, and of how many."""

    name: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Funnel:
    """The average of all, and for each share which line it lies beyond: "", "inner" or "outer"."""

    average: float
    beyond: list[str]


def limits(average: float, denominator: int, z: float) -> tuple[float, float]:
    """Between what shares of so many lie, by chance, about an average (0 to 1)."""
    half = z * sqrt(average * (1 - average) / denominator)
    return max(0.0, average - half), min(1.0, average + half)


def judged(shares: Sequence[Share]) -> Funnel | None:
    """Say which shares lie beyond which line; nothing where there is nothing to compare, or one counts more than it is of."""
    whole = sum(share.denominator for share in shares)
    if len(shares) < 2 or not whole or any(share.numerator > share.denominator for share in shares):
        return None
    average = sum(share.numerator for share in shares) / whole
    return Funnel(average, [_beyond(share, average) for share in shares])


def _beyond(share: Share, average: float) -> str:
    for name, z in (("outer", OUTER), ("inner", INNER)):
        least, most = limits(average, share.denominator, z)
        if not least <= share.numerator / share.denominator <= most:
            return name
    return ""


def funnel_plot(shares: Sequence[Share], *, title_id: str) -> SafeString:
    """Take shares; give the drawing named by the element with `title_id`, or nothing."""
    found = judged(shares)
    if found is None:
        return SafeString("")
    widest = round_scale(0, max(share.denominator for share in shares), steps=5)
    ticks = round_scale(*_reach(shares, found.average), steps=5)
    box = Box(WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, max(ticks[0], 0), min(ticks[-1], 100))
    return format_html(
        '<svg class="plot plot--funnel" role="img" aria-labelledby="{}" viewBox="0 0 {} {}" focusable="false">{}{}{}{}{}</svg>',
        title_id, WIDTH, HEIGHT, values_up(box, [(tick, f"{tick:g}%") for tick in ticks if box.low <= tick <= box.high]),
        _sizes(box, widest), _curves(box, found.average, widest[-1]), _marks(box, shares, found, widest[-1]), _ends(box, found.average, widest[-1]),
    )  # fmt: skip


def _reach(shares: Sequence[Share], average: float) -> tuple[float, float]:
    """The lowest and highest percentage: every share, and the outer lines at the smallest."""
    least, most = limits(average, min(share.denominator for share in shares), OUTER)
    found = [100 * share.numerator / share.denominator for share in shares] + [100 * least, 100 * most]
    return min(found), max(found)


def _sizes(box: Box, widest: Sequence[float]) -> SafeString:
    """Under the foot, of how many."""
    return format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((f"{box.x(size / widest[-1]):.1f}", box.foot + 20, f"{size:g}") for size in widest),
    )  # fmt: skip


def _curves(box: Box, average: float, widest: float) -> SafeString:
    """The average, and the lines on either side, narrower the more there are."""
    sizes = [widest * n / CURVE for n in range(1, CURVE + 1)]
    paths = []
    for kind, z in (("limit", OUTER), ("inner", INNER)):
        for side in (0, 1):
            at = [(box.x(size / widest), box.y(100 * limits(average, size, z)[side])) for size in sizes]
            paths.append((kind, "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)))
    paths.append(("mean", f"M{box.left} {box.y(100 * average):.1f}H{box.end}"))
    return format_html_join("", '<path class="plot__{}" d="{}"/>', paths)


def _marks(box: Box, shares: Sequence[Share], found: Funnel, widest: float) -> SafeString:
    """Every share; one beyond a line is a triangle with its name."""
    drawn = []
    for share, beyond in zip(shares, found.beyond, strict=True):
        x, y = box.x(share.denominator / widest), box.y(100 * share.numerator / share.denominator)
        name = format_html('<text class="plot__name--last" x="{}" y="{}">{}</text>', f"{x + 9:.1f}", f"{y + 5:.1f}", share.name) if beyond else ""
        drawn.append((mark("triangle" if beyond else "circle", x, y), name))
    return format_html_join("", "{}{}", drawn)


def _ends(box: Box, average: float, widest: float) -> SafeString:
    """The lines' names at the right end."""
    names = [(100 * average, f"Average {100 * average:.1f}%", "line")]
    for words, z in (("1 in 20", INNER), ("2 in 1,000", OUTER)):
        names += [(100 * side, f"By chance {words}", "limit") for side in limits(average, widest, z)[1:]]
    return names_at_the_end(box, names)
