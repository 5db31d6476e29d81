"""A line of periods with its average, limits, targets and special causes; the words and the table beside it say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.plotting import Box, mark, names_at_the_end, round_scale, values_up

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 1120, 370, 64, 186, 12, 50
MOST_NAMES = 24
MOST_SAID = 22  # letters that fit to the right of the last point


@dataclass(frozen=True)
class Period:
    """One point: the words under it (the second line where a year begins), its value, and the shape of its meaning."""

    name: str
    year: str
    value: float
    shape: str = "circle"


@dataclass(frozen=True)
class Stretch:
    """Points between two dates on which limits begin afresh, the last left out; limits are None on a run chart."""

    first: int
    last: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Step:
    """A target and the points it is asked of, the last left out."""

    first: int
    last: int
    value: float


@dataclass(frozen=True)
class Run:
    """A run that reaches the last point: where it begins, and its name in two lines."""

    first: int
    name: str
    when: str


def xmr_chart(points: Sequence[Period], stretches: Sequence[Stretch], steps: Sequence[Step], *, title_id: str,
              words: Callable[[float], str], bounds: tuple[float, float] | None = None, run: Run | None = None) -> SafeString:  # fmt: skip
    """Take points, their stretches and targets; give the drawing named by the element with `title_id`.

    `bounds` clip what is drawn of the limits (a percentage is 0 to 100), never what was calculated.
    """
    lines = _clipped(stretches, bounds)
    ticks = round_scale(*_reach(points, lines, steps))
    box = Box(WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, ticks[0], ticks[-1])
    at = _across(box, len(points))
    return format_html(
        '<svg class="plot" role="img" aria-labelledby="{}" viewBox="0 0 {} {}" focusable="false">{}{}{}{}{}{}{}{}</svg>',
        title_id, WIDTH, HEIGHT, _run(box, at, run), values_up(box, [(tick, words(tick)) for tick in ticks]), _names(box, at, points),
        _afresh(box, at, lines), _lines(at, box, lines), _steps(box, at, steps), _points(box, at, points),
        names_at_the_end(box, _ends(points, lines[-1] if lines else None, steps, words)),
    )  # fmt: skip


def _clipped(stretches: Sequence[Stretch], bounds: tuple[float, float] | None) -> list[Stretch]:
    """The limits as they are drawn."""
    if bounds is None:
        return list(stretches)
    low, high = bounds
    return [
        Stretch(each.first, each.last, each.mean, *(None if line is None else min(max(line, low), high) for line in (each.lower, each.upper)))
        for each in stretches
    ]


def _reach(points, stretches, steps) -> tuple[float, float]:
    """The lowest and the highest of all that is drawn."""
    drawn = [point.value for point in points] + [step.value for step in steps]
    drawn += [line for each in stretches for line in (each.mean, each.lower, each.upper) if line is not None]
    return min(drawn), max(drawn)


def _across(box: Box, many: int) -> list[float]:
    """How far from the left each point stands, half a step from either edge."""
    return [box.x((n + 0.5) / many) for n in range(many)]


def _edge(box: Box, at: list[float], n: int) -> float:
    """Half way between a point and the one before it."""
    return box.left if n == 0 else box.end if n >= len(at) else (at[n - 1] + at[n]) / 2


def _run(box: Box, at: list[float], run: Run | None) -> SafeString:
    """The band of a run, named at its top."""
    if run is None:
        return SafeString("")
    begins = _edge(box, at, run.first)
    near_end = begins > box.end - 210
    return format_html(
        '<rect class="plot__run" x="{0}" y="{1}" width="{2}" height="{3}"/><path class="plot__run-edge" d="M{0} {1}V{4}"/>'
        '<text class="plot__name plot__name--last" x="{5}" y="{6}" text-anchor="{7}">{8}</text>'
        '<text x="{5}" y="{9}" text-anchor="{7}">{10}</text>',
        f"{begins:.1f}", box.top, f"{box.end - begins:.1f}", box.foot - box.top, box.foot,
        f"{begins + (-8 if near_end else 8):.1f}", box.top + 17, "end" if near_end else "start", run.name, box.top + 36, run.when,
    )  # fmt: skip


def _names(box: Box, at: list[float], points: Sequence[Period]) -> SafeString:
    """Names of the periods, as many as there is room for, and years where they begin."""
    every = -(-len(points) // MOST_NAMES)
    last = len(points) - 1
    return format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle">{}</text><text class="plot__year" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (f"{x:.1f}", box.foot + 21, point.name if (last - n) % every == 0 else "", f"{x:.1f}", box.foot + 41, point.year)
            for n, (x, point) in enumerate(zip(at, points, strict=True))
        ),
    )  # fmt: skip


def _afresh(box: Box, at: list[float], stretches: Sequence[Stretch]) -> SafeString:
    """Where limits begin afresh: a line across the plot, with its words."""
    return format_html_join(
        "", '<path class="plot__afresh" d="M{0} {1}V{2}"/><text x="{3}" y="{4}">Limits afresh</text>',
        ((f"{_edge(box, at, each.first):.1f}", box.top, box.foot, f"{_edge(box, at, each.first) + 6:.1f}", box.foot - 8) for each in stretches[1:]),
    )  # fmt: skip


def _lines(at: list[float], box: Box, stretches: Sequence[Stretch]) -> SafeString:
    """Average and limits of each stretch, broken where they begin afresh."""
    drawn = [
        (kind, f"{_edge(box, at, each.first):.1f}", f"{box.y(value):.1f}", f"{_edge(box, at, each.last):.1f}")
        for each in stretches
        for kind, value in (("limit", each.lower), ("limit", each.upper), ("mean", each.mean))
        if value is not None
    ]
    return format_html_join("", '<path class="plot__{}" d="M{} {}H{}"/>', drawn)


def _steps(box: Box, at: list[float], steps: Sequence[Step]) -> SafeString:
    """Targets, each as long as it is asked."""
    return format_html_join(
        "", '<path class="plot__target" d="M{} {}H{}"/>',
        ((f"{_edge(box, at, step.first):.1f}", f"{box.y(step.value):.1f}", f"{_edge(box, at, step.last):.1f}") for step in steps),
    )  # fmt: skip


def _points(box: Box, at: list[float], points: Sequence[Period]) -> SafeString:
    """The line and its points, each drawn by the shape of its meaning."""
    ys = [box.y(point.value) for point in points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(at, ys, strict=True))
    marks = format_html_join("", "{}", ((mark(point.shape, x, y),) for point, x, y in zip(points, at, ys, strict=True)))
    return format_html('<path class="plot__line" d="{}"/>{}', path, marks)


def _ends(points, stretch: Stretch | None, steps, words) -> list[tuple[float, str, str]]:
    """What is named at the right end: the last value, the target, the average and the limits."""
    last = points[-1]
    said = f"{last.name} {words(last.value)}"
    names = [(last.value, said if len(said) <= MOST_SAID else f"Latest {words(last.value)}", "last")]
    names += [(step.value, f"Target {words(step.value)}", "line") for step in steps if step.last >= len(points)]
    if stretch is None or stretch.mean is None:
        return names
    names.append((stretch.mean, f"Average {words(stretch.mean)}", "line"))
    limits = [(stretch.upper, "Upper"), (stretch.lower, "Lower")]
    return names + [(value, f"{name} limit {words(value)}", "limit") for value, name in limits if value is not None]
