"""The few drawings of the house: the path mark and the shapes that go with words."""

from functools import lru_cache
from math import pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Every drawing stands on an 18 by 18 grid. "currentColor" lets the words beside it set the colour.
_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"'
_OCTAGON = "M5.6 1h6.8L17 5.6v6.8L12.4 17H5.6L1 12.4V5.6z"
_RING = f'<circle cx="9" cy="9" r="8" {_LINE}/>'

SHAPES = {
    "octagon-down": f'<path d="{_OCTAGON}" {_LINE} stroke-linejoin="round"/>'
    f'<path d="M9 4.8v8M6 10l3 3 3-3" {_LINE} stroke-linejoin="round"/>',
    "octagon": f'<path d="{_OCTAGON}" fill="currentColor"/>'
    '<path d="M9 4.4v5.4" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>'
    '<circle cx="9" cy="13" r="1.4" fill="#fff"/>',
    "triangle": f'<path d="M9 1.8 17 16.2H1z" {_LINE} stroke-linejoin="round"/>'
    f'<path d="M9 7v3.8" {_LINE}/><circle cx="9" cy="13.6" r="1.1" fill="currentColor"/>',
    "circle-tick": f'{_RING}<path d="m5.4 9.2 2.5 2.5 4.8-5" {_LINE} stroke-linejoin="round"/>',
    "circle-cross": f'{_RING}<path d="m6.4 6.4 5.2 5.2m0-5.2-5.2 5.2" {_LINE}/>',
    "circle-wave": f'{_RING}<path d="M5 9.8c1.4-2.6 2.6-2.3 4-.8s2.6 1.8 4-.8" {_LINE}/>',
    "square-tick": f'<rect x="1.5" y="1.5" width="15" height="15" {_LINE} stroke-linejoin="round"/>'
    f'<path d="m5.2 9.2 2.6 2.6 5-5.2" {_LINE} stroke-linejoin="round"/>',
    "square-open": '<rect x="1.5" y="1.5" width="15" height="15" fill="none"'
    ' stroke="currentColor" stroke-width="1.8" stroke-dasharray="3 2.2"/>',
    "dash": f'<path d="M4 9h10" {_LINE}/>',
    "square": '<rect x="3" y="3" width="12" height="12" fill="currentColor"/>',
    "diamond": '<path d="M9 1.5 16.5 9 9 16.5 1.5 9z" fill="currentColor"/>',
    "triangle-full": '<path d="M9 2 16.5 15H1.5z" fill="currentColor"/>',
    "circle": '<circle cx="9" cy="9" r="6" fill="currentColor"/>',
    "ring": f'<circle cx="9" cy="9" r="6" {_LINE}/>',
    "information": f'{_RING}<path d="M9 8.4v4.4" {_LINE}/>'
    '<circle cx="9" cy="5.4" r="1.2" fill="currentColor"/>',
    "lock": f'<rect x="3" y="8" width="12" height="8.6" rx="1" {_LINE}/>'
    f'<path d="M5.6 8V5.6a3.4 3.4 0 0 1 6.8 0V8" {_LINE}/>',
    "document": f'<path d="M4 1.5h6.6L14.5 5.4v11.1H4z" {_LINE} stroke-linejoin="round"/>'
    f'<path d="M6.6 9h5M6.6 12.4h5" {_LINE}/>',
}

MARK = mark_safe(
    '<svg class="mark" width="30" height="22" viewBox="0 0 30 22" aria-hidden="true"'
    ' focusable="false"><path d="M2.2 20.2c2 .2 2.9-.3 4.3-1.5 2.4-2.1 4-5.2 7.2-6.2'
    ' 2.5-.7 4.2.3 6.8-1.9 2-1.7 2.9-3.3 4.5-5.1" fill="none" stroke="currentColor"'
    ' stroke-width="3" stroke-linecap="round"/>'
    '<circle class="mark__dot" cx="26.8" cy="3.6" r="3.2"/></svg>'
)


def drawn(name: str, size: int = 18) -> SafeString:
    """Take the name of a shape; give its drawing, hidden from screen readers, or nothing."""
    body = SHAPES.get(name, "")
    if not body:
        return mark_safe("")
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 18 18" aria-hidden="true"'
        ' focusable="false">{1}</svg>',
        size,
        mark_safe(body),
    )


def _height(step: int, steps: int) -> float:
    """Take a point's number; give how high it stands on the rising path, 42 down to 8."""
    along = step / max(steps - 1, 1)
    return 42 - 34 * along + 2.5 * sin(2 * pi * along) - 0.5


def _curve(points: list[tuple[float, float]], at: int) -> str:
    """Take the points and the number of one; give the smooth line from it to the next."""
    (x0, y0), (x1, y1) = points[at], points[at + 1]
    before, after = points[max(at - 1, 0)], points[min(at + 2, len(points) - 1)]
    reach = (x1 - x0) / 3
    leave, arrive = y0 + (y1 - before[1]) / 6, y1 - (after[1] - y0) / 6
    ends = f"{x0 + reach:.1f} {leave:.1f} {x1 - reach:.1f} {arrive:.1f} {x1:.1f} {y1:.1f}"
    return f"M{x0:.1f} {y0:.1f}C{ends}"


def rising_path(done: int, steps: int) -> SafeString:
    """Take how many of the steps are done; give the path that rises to its sun-coloured dot."""
    steps = max(min(steps, 20), 2)
    done = max(min(done, steps), 0)
    points = [(10 + 320 * step / (steps - 1), _height(step, steps)) for step in range(steps)]
    parts = []
    for at in range(steps - 1):
        kind = "done" if at + 1 < done else "open"
        parts.append(f'<path class="rising__{kind}" d="{_curve(points, at)}"/>')
    for number, (x, y) in enumerate(points, start=1):
        kind = "end" if number == steps else "point" if number <= done else "next"
        parts.append(f'<circle class="rising__{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
    return mark_safe(
        '<svg class="rising" width="340" height="50" viewBox="0 0 340 50" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def sparkline(values, kind: str = "same", *, width: int = 128, height: int = 24) -> SafeString:
    """Take numbers and "better", "worse" or "same"; give a line with its average and the last point marked."""
    return _sparkline(tuple(float(value) for value in values), kind, width, height)


@lru_cache(maxsize=1024)
def _sparkline(numbers: tuple[float, ...], kind: str, width: int, height: int) -> SafeString:
    """The same line, drawn once: a table of figures has fifty, and few of them move from one day to the next."""
    if len(numbers) < 2:
        return mark_safe("")
    low, high = min(numbers), max(numbers)
    room = (high - low) or 1
    at = [
        (5 + n * (width - 12) / (len(numbers) - 1), height - 4 - (value - low) / room * (height - 8))
        for n, value in enumerate(numbers)
    ]
    mean = height - 4 - (sum(numbers) / len(numbers) - low) / room * (height - 8)
    return format_html(
        '<svg class="sparkline sparkline--{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}" aria-hidden="true"'
        ' focusable="false"><path class="sparkline__mean" d="M0 {3}H{1}"/><path class="sparkline__line" d="{4}"/>{5}</svg>',
        kind, width, height, f"{mean:.1f}", _joined(at), _last_point(kind, *at[-1]),
    )  # fmt: skip


def _joined(points: list[tuple[float, float]]) -> str:
    """Straight lines from each point to the next, as a path."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _last_point(kind: str, x: float, y: float) -> SafeString:
    """A square where it gets worse, a diamond where better, a circle where nothing changed."""
    if kind == "worse":
        shape = f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    elif kind == "better":
        shape = f'<path d="M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    return mark_safe(f'<g class="sparkline__last">{shape}</g>')
