"""Line charts: points where the numbers put them, names that do not cover each other."""

import re
from itertools import pairwise

from core.charts import Line, Tick, line_chart, round_ticks

ACROSS = [Tick(0, "June"), Tick(1, "July")]


def test_a_line_runs_from_its_first_point_to_its_last():
    drawn = line_chart([Line("SDQ", [(0, 0), (1, 40)])], title_id="t", across=ACROSS, up=[Tick(0, "0"), Tick(40, "40")])

    assert 'role="img" aria-labelledby="t"' in drawn
    assert 'd="M62.0 266.0L470.0 14.0"' in drawn


def test_names_at_the_ends_of_lines_are_kept_apart():
    lines = [Line(name, [(0, 0), (1, 20)]) for name in ("One", "Two", "Three")]

    drawn = line_chart(lines, title_id="t", across=ACROSS, up=round_ticks(40))
    heights = [float(y) for y in re.findall(r'chart__name--actual" x="[\d.]+" y="([\d.]+)"', drawn)]

    assert all(b - a >= 22 for a, b in pairwise(heights))


def test_names_in_a_chart_cannot_be_markup():
    assert "<b>" not in line_chart([Line("<b>", [(0, 1), (1, 1)])], title_id="t", across=ACROSS, up=round_ticks(1))


def test_ticks_are_round_and_reach_over_the_highest():
    assert [tick.words for tick in round_ticks(77000, money=True)] == ["£0", "£20k", "£40k", "£60k", "£80k"]
    assert round_ticks(0)[-1].at >= 1
