"""Drawings of figures: limits clipped where they are drawn, names apart, each point by its shape, ranges and funnels as published."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.funnel import Share, funnel_plot, judged, limits
from core.interval_bars import Likely, interval_bars
from core.plotting import apart, round_scale
from core.xmr_chart import Period, Run, Step, Stretch, xmr_chart

POINTS = [Period(f"M{n}", "2026" if n == 0 else "", 60 + n % 3) for n in range(12)]


WITH_LIMITS = (Stretch(0, 12, 61, 55, 67),)


def chart(points=POINTS, stretches=WITH_LIMITS, steps=(), **facts):
    return xmr_chart(points, stretches, steps, title_id="title", words=lambda value: f"{value:g}%", **facts)


def paths(svg, css):
    return re.findall(rf'class="plot__{css}" d="([^"]+)"', svg)


def test_a17_a_chart_is_an_image_named_by_its_sentence():
    root = ElementTree.fromstring(chart())

    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title")


def test_h10_drawn_limits_are_clipped_to_0_and_100_and_only_drawn_ones():
    clipped, free = (chart(stretches=[Stretch(0, 12, 61, -20, 140)], bounds=bounds) for bounds in ((0, 100), None))

    assert "Upper limit 100%" in clipped
    assert "Lower limit 0%" in clipped
    assert "Upper limit 140%" in free
    assert "Lower limit -20%" in free


def test_h10_a_run_chart_has_no_limits_and_no_average():
    svg = chart(stretches=[Stretch(0, 12)])

    assert (paths(svg, "limit"), paths(svg, "mean")) == ([], [])
    assert "Upper limit" not in svg


def test_h10_lines_break_where_limits_begin_afresh():
    svg = chart(stretches=[Stretch(0, 6, 61, 55, 67), Stretch(6, 12, 62, 58, 66)])

    assert (len(paths(svg, "limit")), len(paths(svg, "mean")), len(paths(svg, "afresh"))) == (4, 2, 1)
    ends = [float(path.split("H")[1]) for path in paths(svg, "mean")]
    starts = [float(re.match(r"M([\d.]+)", path)[1]) for path in paths(svg, "mean")]
    assert ends[0] == starts[1]


@pytest.mark.parametrize(("shape", "tag"), [("circle", "<circle"), ("square", "<rect"), ("diamond", "<path"), ("triangle", "<path")])
def test_q3_each_meaning_has_its_own_shape(shape, tag):
    kind = {"circle": "same", "square": "worse", "diamond": "better", "triangle": "unsaid"}[shape]
    svg = chart([*POINTS[:-1], Period("M11", "", 61, shape)])

    assert re.search(rf'{tag} class="plot__mark plot__mark--{kind}"', svg)


def test_h10_a_target_that_steps_is_drawn_as_long_as_each_is_asked():
    assert len(paths(chart(steps=[Step(0, 4, 80), Step(4, 12, 85)]), "target")) == 2


def test_a_run_is_named_in_its_band():
    svg = chart(run=Run(4, "8 months below average", "March to October 2026"))

    assert "8 months below average" in svg
    assert "March to October 2026" in svg
    assert "plot__run" in svg


@pytest.mark.parametrize("many", [1, 2, 13, 24, 36, 60])
def test_names_of_periods_have_room(many):
    svg = chart([Period(f"M{n}", "", n) for n in range(many)], [Stretch(0, many, 1, 0, 2)])
    at = sorted(float(x) for x, name in re.findall(r'<text x="([\d.]+)" y="341" text-anchor="middle">(M\d+)</text>', svg))

    assert len(at) <= 24
    assert all(later - earlier > 28 for earlier, later in itertools.pairwise(at))


@given(st.lists(st.floats(0, 300), max_size=6))
def test_names_at_the_end_never_touch(wanted):
    found = apart(wanted, low=0, high=340)
    placed = sorted(found)

    assert len(found) == len(wanted)
    assert all(later - earlier > 20.9 for earlier, later in itertools.pairwise(placed))


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_scale_holds_all_that_is_drawn(low, room):
    ticks = round_scale(low, low + room)
    slack = 1e-6 * (room + abs(low)) + 1e-9  # less than a millionth of the drawing

    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + room - slack
    assert 2 <= len(ticks) <= 16


def test_h10_a_hidden_bar_has_its_words_and_no_bar():
    svg = interval_bars([Likely("Quarter 1", 25.0, 8.9, 53.2, "3 of 12"), Likely("Quarter 2", None, 0, 0, "c")], title_id="bars", target=80)

    assert svg.count('class="plot__bar"') == svg.count('class="plot__whisker"') == 1
    assert ">c</text>" in svg
    assert "plot__target" in svg
    assert interval_bars([], title_id="bars") == ""


def test_h10_a_funnel_is_narrower_the_more_there_are():
    """0.5 of 100: 0.5 plus or minus 1.96 standard errors of 0.05, and 3.09 of them."""
    assert limits(0.5, 100, 1.959964) == pytest.approx((0.402, 0.598), abs=0.0001)
    assert limits(0.5, 100, 3.090232) == pytest.approx((0.3455, 0.6545), abs=0.0001)
    assert limits(0.02, 10, 3.090232)[0] == 0.0


def test_h10_a_funnel_names_what_lies_beyond_its_lines():
    shares = [Share("A", 50, 100), Share("B", 50, 100), Share("C", 5, 60), Share("D", 105, 140)]

    assert judged(shares).beyond == ["", "", "outer", "outer"]
    svg = funnel_plot(shares, title_id="funnel")
    assert ">C</text>" in svg
    assert ">A</text>" not in svg
    assert svg.count("plot__mark--unsaid") == 2


@pytest.mark.parametrize("shares", [[], [Share("A", 1, 2)], [Share("A", 0, 0), Share("B", 0, 0)], [Share("A", 7, 6), Share("B", 3, 6)]])
def test_nothing_to_compare_is_no_funnel(shares):
    assert (judged(shares), funnel_plot(shares, title_id="funnel")) == (None, "")


@pytest.mark.parametrize(("name", "said"), [("Jul to Sep", "Jul to Sep 62%"), ("Apr 2025 to Mar 2026", "Latest 62%")])
def test_the_name_at_the_end_fits_the_drawing(name, said):
    assert f">{said}<" in chart([*POINTS[:-1], Period(name, "", 62)])
