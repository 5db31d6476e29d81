"""Shares as bars, each with the range it is likely to lie in; the words and the table beside it say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, ROW, LEFT, RIGHT, THICK = 620, 48, 4, 12, 16


@dataclass(frozen=True)
class Likely:
    """One bar: its name, its share and its likely range (0 to 100), and its words; a hidden one has no share."""

    name: str
    share: float | None
    least: float
    most: float
    words: str


def interval_bars(bars: Sequence[Likely], *, title_id: str, target: float | None = None) -> SafeString:
    """Take bars and a target; give a drawing named by the element with `title_id`, nothing where there are none."""
    if not bars:
        return SafeString("")
    height = ROW * len(bars) + 30
    return format_html(
        '<svg class="plot plot--bars" role="img" aria-labelledby="{}" viewBox="0 0 {} {}" focusable="false">{}{}{}</svg>',
        title_id, WIDTH, height, _scale(height), format_html_join("", "{}", ((_row(bar, n),) for n, bar in enumerate(bars))),
        _target(target, height),
    )  # fmt: skip


def _x(share: float) -> float:
    return LEFT + share / 100 * (WIDTH - LEFT - RIGHT)


def _scale(height: int) -> SafeString:
    """From nought to the whole, in quarters."""
    return format_html_join(
        "", '<path class="plot__grid" d="M{0} 2V{1}"/><text x="{0}" y="{2}" text-anchor="{3}">{4}%</text>',
        ((f"{_x(at):.1f}", height - 24, height - 6, {0: "start", 100: "end"}.get(at, "middle"), at) for at in (0, 25, 50, 75, 100)),
    )  # fmt: skip


def _row(bar: Likely, n: int) -> SafeString:
    """One bar under its name and words, with its range as a line that ends in two strokes."""
    y = n * ROW
    named = format_html(
        '<text class="plot__name plot__name--last" x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT, y + 17, bar.name, WIDTH - RIGHT, y + 17, bar.words,
    )  # fmt: skip
    if bar.share is None:
        return named
    top, middle = y + 23, y + 23 + THICK / 2
    return named + format_html(
        '<rect class="plot__bar" x="{0}" y="{1}" width="{2}" height="{3}"/>'
        '<path class="plot__whisker" d="M{4} {5}H{6}M{4} {7}v10M{6} {7}v10"/>',
        LEFT, top, f"{max(_x(bar.share) - LEFT, 1.5):.1f}", THICK, f"{_x(bar.least):.1f}", middle, f"{_x(bar.most):.1f}", middle - 5,
    )  # fmt: skip


def _target(target: float | None, height: int) -> SafeString:
    """The target as a dotted line over all bars."""
    if target is None:
        return SafeString("")
    return format_html('<path class="plot__target" d="M{} 2V{}"/>', f"{_x(min(max(target, 0), 100)):.1f}", height - 24)
