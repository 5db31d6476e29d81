"""Line charts as drawings: the words and the table beside them say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 62, 150, 14, 34


@dataclass(frozen=True)
class Line:
    """One line: its name at its end, its points (0 to 1 along, and a value), and how it is drawn."""

    name: str
    points: Sequence[tuple[float, float]]
    kind: str = "actual"
    dots: bool = False


@dataclass(frozen=True)
class Tick:
    """One mark on an axis: where (0 to 1 along, or a value) and what it says."""

    at: float
    words: str


@dataclass(frozen=True)
class Frame:
    """The drawing's size, and where values stand in it."""

    width: int
    height: int
    low: float
    high: float
    right: int = RIGHT

    def x(self, along: float) -> float:
        """How far from the left."""
        return LEFT + along * (self.width - LEFT - self.right)

    def y(self, value: float) -> float:
        """How far from the top."""
        return self.height - BOTTOM - (value - self.low) / ((self.high - self.low) or 1) * (self.height - BOTTOM - TOP)


def line_chart(lines: Sequence[Line], *, title_id: str, across: Sequence[Tick], up: Sequence[Tick],
               width: int = 620, height: int = 300, right: int = RIGHT) -> SafeString:  # fmt: skip
    """Take lines and the marks of both axes; give a drawing named by the element with `title_id`."""
    frame = Frame(width, height, up[0].at, up[-1].at, right)
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{}" viewBox="0 0 {} {}" focusable="false">{}{}{}{}</svg>',
        title_id, width, height, _up(frame, up), _across(frame, across),
        format_html_join("", "{}", ((_line(frame, line),) for line in lines)), _names(frame, lines),
    )  # fmt: skip


def _up(frame: Frame, ticks: Sequence[Tick]) -> SafeString:
    """Values, each with its hairline."""
    return format_html_join(
        "",
        '<path class="chart__grid" d="M{0} {1}H{2}"/><text class="chart__tick" x="{3}" y="{4}" text-anchor="end">{5}</text>',
        (
            (LEFT, f"{frame.y(t.at):.1f}", frame.width - frame.right, LEFT - 8, f"{frame.y(t.at) + 5:.1f}", t.words)
            for t in ticks
        ),
    )


def _across(frame: Frame, ticks: Sequence[Tick]) -> SafeString:
    """Days, under the axis."""
    axis = format_html('<path class="chart__axis" d="M{} {}H{}"/>', LEFT, frame.height - BOTTOM, frame.width - frame.right)
    return axis + format_html_join(
        "", '<text class="chart__tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((f"{frame.x(t.at):.1f}", frame.height - 12, "start" if t.at == 0 else "end" if t.at == 1 else "middle", t.words) for t in ticks),
    )  # fmt: skip


def _line(frame: Frame, line: Line) -> SafeString:
    """The line itself and its points."""
    at = [(frame.x(x), frame.y(y)) for x, y in line.points]
    if not at:
        return format_html("")
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    marked = at if line.dots else at[-1:] if line.kind == "actual" else []
    dots = format_html_join(
        "", '<circle class="chart__dot chart__dot--{}" cx="{}" cy="{}" r="5.5"/>',
        ((("last" if point == at[-1] else "point"), f"{point[0]:.1f}", f"{point[1]:.1f}") for point in marked),
    )  # fmt: skip
    return format_html('<path class="chart__line chart__line--{}" d="{}"/>{}', line.kind, path, dots)


def _names(frame: Frame, lines: Sequence[Line]) -> SafeString:
    """Each line's name at its end, kept apart so that no two cover each other."""
    ends = sorted(((frame.y(line.points[-1][1]), frame.x(line.points[-1][0]), line) for line in lines if line.points), key=lambda e: e[0])
    placed: list[tuple[float, float, Line]] = []
    for y, x, line in ends:
        lowest = placed[-1][1] + 22 if placed else 0
        placed.append((x, max(y + 5, lowest), line))
    return format_html_join(
        "", '<text class="chart__name chart__name--{}" x="{}" y="{}">{}</text>',
        ((line.kind, f"{x + 12:.1f}", f"{y:.1f}", line.name) for x, y, line in placed),
    )  # fmt: skip


def round_ticks(highest: float, *, money: bool = False, steps: int = 4) -> list[Tick]:
    """Give round marks from nought to over a value."""
    if highest <= 0:
        highest = 1
    raw = highest / steps
    size = 10 ** (len(str(int(raw))) - 1) if raw >= 1 else 1
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= raw)
    marks = [step * n for n in range(steps + 1)]
    return [Tick(mark, _money_words(mark) if money else f"{mark:g}") for mark in marks]


def _money_words(amount: float) -> str:
    """Take 20000; give "£20k"."""
    return f"£{amount / 1000:g}k" if amount >= 1000 else f"£{amount:g}"
