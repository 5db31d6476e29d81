"""Bars as drawings: side by side, or each beginning where the last ended; the words and the table beside them say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Its words stand above each bar, so that the whole bar is seen on a phone too.
WIDTH, EDGE, ROW, TOP, THICK = 360, 2, 46, 4, 18


@dataclass(frozen=True)
class Bar:
    """One bar: its name, from where to where it reaches, what it says, and how it is drawn.

    Kinds, told apart by shape as well as colour: "baseline" (dashed, empty), "actual" (full), "gain" (full),
    "loss" (outlined, striped) and "total" (dark).
    """

    name: str
    begins: Decimal
    ends: Decimal
    words: str
    kind: str = "actual"


def bar_chart(bars: Sequence[Bar], *, title_id: str) -> SafeString:
    """Take bars; give a drawing named by the element with `title_id`, two lines a bar, nothing where there are none."""
    if not bars:
        return SafeString("")
    edges = [Decimal(0), *(edge for bar in bars for edge in (bar.begins, bar.ends))]
    scale = _Scale(min(edges), max(edges))
    height = TOP * 2 + ROW * len(bars)
    return format_html(
        '<svg class="chart bars" role="img" aria-labelledby="{}" viewBox="0 0 {} {}" focusable="false">'
        '<path class="chart__axis" d="M{} {}V{}"/>{}</svg>',
        title_id, WIDTH, height, f"{scale.x(Decimal(0)):.1f}", TOP, height - TOP,
        format_html_join("", "{}", ((_row(bar, at, scale),) for at, bar in enumerate(bars))),
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    """From pounds to how far from the left."""

    low: Decimal
    high: Decimal

    def x(self, value: Decimal) -> float:
        return EDGE + float((value - self.low) / ((self.high - self.low) or 1)) * (WIDTH - 2 * EDGE)


def _row(bar: Bar, at: int, scale: _Scale) -> SafeString:
    """One bar with its name and its words."""
    y, (left, right) = TOP + at * ROW + 20, sorted((scale.x(bar.begins), scale.x(bar.ends)))
    return format_html(
        '<text class="chart__name" x="{}" y="{}">{}</text>'
        '<rect class="bars__bar bars__bar--{}" x="{}" y="{}" width="{}" height="{}"/>{}'
        '<text class="chart__name bars__words" x="{}" y="{}" text-anchor="end">{}</text>',
        EDGE + 5, y - 6, bar.name[:34], bar.kind, f"{left:.1f}", y, f"{max(right - left, 1.5):.1f}", THICK,
        _stripes(left, right, y) if bar.kind == "loss" else "", WIDTH - EDGE, y - 6, bar.words,
    )  # fmt: skip


def _stripes(left: float, right: float, y: float) -> SafeString:
    """Lines across a bar that goes down, so that it is told apart without colour."""
    path = "".join(f"M{x} {y + THICK}l6 {-THICK}" for x in range(int(left) + 4, int(right) - 6, 9))
    return format_html('<path class="bars__stripe" d="{}"/>', path) if path else SafeString("")


def waterfall(steps: Sequence[tuple[str, Decimal, str]], *, total: tuple[str, str], title_id: str) -> SafeString:
    """Take steps (name, amount up or down, its words) and the total's name and words; each bar begins where the last ended."""
    bars, running = [], Decimal(0)
    for name, amount, words in steps:
        bars.append(Bar(name, running, running + amount, words, "gain" if amount >= 0 else "loss"))
        running += amount
    return bar_chart([*bars, Bar(total[0], Decimal(0), running, total[1], "total")] if bars else [], title_id=title_id)
