"""Scales, marks and names that the house's drawings of figures share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# A name at the right end takes so much of the drawing's height, and no two come closer.
NAME_HEIGHT = 21
SHAPES = {
    "circle": '<circle class="plot__mark plot__mark--same" cx="{0}" cy="{1}" r="5"/>',
    "square": '<rect class="plot__mark plot__mark--worse" x="{2}" y="{3}" width="10" height="10"/>',
    "diamond": '<path class="plot__mark plot__mark--better" d="M{0} {4}l6.5 6.5-6.5 6.5-6.5-6.5z"/>',
    "triangle": '<path class="plot__mark plot__mark--unsaid" d="M{0} {4}l6.5 11.5h-13z"/>',
}


@dataclass(frozen=True)
class Box:
    """A drawing's size, the room round its plot, and the values at its foot and its top."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    low: float
    high: float

    def x(self, along: float) -> float:
        """Take 0 to 1 along; give how far from the left."""
        return self.left + along * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        """Take a value; give how far from the top, kept inside the plot."""
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1)
        return self.height - self.bottom - share * (self.height - self.bottom - self.top)

    @property
    def end(self) -> int:
        """Where the plot ends at the right."""
        return self.width - self.right

    @property
    def foot(self) -> int:
        """Where the plot ends below."""
        return self.height - self.bottom


def round_scale(low: float, high: float, *, steps: int = 6) -> list[float]:
    """Give round values, evenly apart, from at or under the lowest to at or over the highest."""
    room = max((high - low) or abs(high) or 1, 1e-9)
    raw = room / steps
    size = 10 ** floor(log10(raw))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * n, 10) for n in range(first, max(last, first + 1) + 1)]


def mark(shape: str, x: float, y: float) -> SafeString:
    """One point, drawn by the shape that goes with its meaning."""
    return format_html(SHAPES[shape], f"{x:.1f}", f"{y:.1f}", f"{x - 5:.1f}", f"{y - 5:.1f}", f"{y - 6.5:.1f}")


def values_up(box: Box, ticks: Sequence[tuple[float, str]]) -> SafeString:
    """Values at the left, each with its hairline, and the foot."""
    lines = format_html_join(
        "", '<path class="plot__grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((box.left, f"{box.y(at):.1f}", box.end, box.left - 8, f"{box.y(at) + 5:.1f}", words) for at, words in ticks),
    )  # fmt: skip
    return lines + format_html('<path class="plot__foot" d="M{} {}H{}"/>', box.left, box.foot, box.end)


def names_at_the_end(box: Box, names: Sequence[tuple[float, str, str]]) -> SafeString:
    """Names (their value, words and weight) right of the plot, pushed apart, with a lead where one was moved."""
    at = apart([box.y(value) for value, _, _ in names], low=box.top, high=box.height - 6)
    return format_html_join(
        "", '{}<text class="plot__name plot__name--{}" x="{}" y="{}">{}</text>',
        (
            (_lead(box, box.y(value), y), weight, box.end + 12, f"{y + 5:.1f}", words)
            for (value, words, weight), y in zip(names, at, strict=True)
        ),
    )  # fmt: skip


def _lead(box: Box, was: float, now: float) -> SafeString:
    """A short line from where a name belongs to where it stands."""
    if abs(was - now) < 3:
        return SafeString("")
    return format_html('<path class="plot__lead" d="M{} {}L{} {}"/>', box.end + 1, f"{was:.1f}", box.end + 10, f"{now:.1f}")


def apart(wanted: Sequence[float], *, low: float, high: float, room: int = NAME_HEIGHT) -> list[float]:
    """Give places as near as can be to those wanted, none nearer to another than its height."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed: list[float] = []
    for n in order:
        placed.append(max(wanted[n], placed[-1] + room if placed else low))
    over = (placed[-1] - high) if placed else 0
    for n in range(len(placed) - 1, -1, -1):
        ceiling = placed[n + 1] - room if n + 1 < len(placed) else high
        placed[n] = min(placed[n], ceiling) if over > 0 else placed[n]
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def for_paper(svg: SafeString, *, says: str, look: str) -> SafeString:
    """A drawing as paper needs it: what it shows inside it, for those who hear it, and its own styles (our CSS, no tags)."""
    inside = format_html("<title>{}</title><style>{}</style>", says, SafeString(look))
    return SafeString(svg.replace(">", f">{inside}", 1))
