"""XmR charts: limits, special causes and assurance."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.spc import xmr

FLAT = [1, -1] * 10


def causes(values, better="high", **settings):
    return [point.cause for point in xmr(values, better=better, **settings).points]


def test_limits_are_the_mean_and_the_moving_range():
    chart = xmr([10, 12, 11, 13], better="high")

    assert chart.mean == 11.5
    assert chart.average_moving_range == pytest.approx(5 / 3)
    assert chart.upper == pytest.approx(11.5 + 2.66 * 5 / 3)
    assert chart.lower == pytest.approx(11.5 - 2.66 * 5 / 3)
    assert chart.near_upper == pytest.approx(11.5 + 2.66 * 2 / 3 * 5 / 3)
    assert chart.near_lower == pytest.approx(11.5 - 2.66 * 2 / 3 * 5 / 3)
    assert {type(value) for value in (chart.mean, chart.lower, chart.points[0].value)} == {float}


def test_screening_drops_a_range_out_of_all_proportion_once():
    values = [0, 1, 0, 1, 0, 1, 0, 1, 20]
    ranges = [1] * 7 + [19]

    assert xmr(values, better="high").average_moving_range == 1.0
    unscreened = xmr(values, better="high", screen=False)
    assert unscreened.average_moving_range == pytest.approx(sum(ranges) / 8)


def test_screening_drops_a_range_exactly_in_that_proportion():
    on_the_line = [0, 0.733, 0, 0.733, 10.534]  # the last range is 3.267 times their mean

    assert xmr(on_the_line, better="high").average_moving_range == 0.733


def test_a_baseline_fixes_the_limits_by_the_first_values():
    chart = xmr([1, 3, 1, 3, 100, 100], better="high", baseline=4)

    assert (chart.mean, chart.average_moving_range) == (2.0, 2.0)
    assert [point.cause for point in chart.points[4:]] == ["above limit", "above limit"]


def test_a_point_is_outside_only_beyond_the_limit():
    on_the_limit = [*FLAT, Decimal("5.32")]
    beyond = [*FLAT, Decimal("5.33"), Decimal("-5.33")]

    assert causes(on_the_limit, baseline=20)[-1] == ""
    assert causes(beyond, baseline=20)[-2:] == ["above limit", "below limit"]


WIDE = [-10, 10] * 10


def test_seven_rising_points_are_a_trend_and_six_are_not():
    assert causes([*WIDE, 1, 2, 3, 4, 5, 6, 7], baseline=20)[20:] == ["trend up"] * 7
    assert causes([*WIDE, -3, -2, -1, 1, 2, 3], baseline=20)[20:] == [""] * 6
    assert "trend up" not in causes([*WIDE, 1, 2, 3, 4, 4, 5, 6, 7], baseline=20)


def test_one_to_seven_flags_all_seven():
    assert causes([1, 2, 3, 4, 5, 6, 7]) == ["below limit", *["trend up"] * 5, "above limit"]


def test_a_point_in_two_trends_takes_the_later():
    values = [*WIDE, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]

    assert causes(values, baseline=20)[20:] == ["trend up"] * 6 + ["trend down"] * 7


def test_two_of_three_near_a_limit_flag_only_the_close_ones():
    values = [*FLAT, 4, 1, 4]

    assert causes(values, baseline=20)[-3:] == ["two in three above", "", "two in three above"]
    assert causes([*FLAT, 4, -1, 4], baseline=20)[-3:] == ["", "", ""]
    assert (
        causes([*FLAT, -4, -4], baseline=20)[-3:]
        == [
            "two in three below",
            "two in three below",
        ]
        or causes([*FLAT, -4, -4], baseline=20)[-2:] == ["two in three below"] * 2
    )


def test_a_point_outside_the_limit_is_not_close_to_it():
    assert causes([*FLAT, 9, 1, 4], baseline=20)[-3:] == ["above limit", "", ""]


def test_a_point_on_the_near_limit_is_not_close():
    settings = {"baseline": 2, "better": "high"}

    chart = xmr([0, 3, 0, 3], **settings)

    near = Decimal("1.5") + Decimal("2.66") * 2
    assert chart.near_upper == pytest.approx(float(near))
    assert causes([0, 3, near, near, near], baseline=2)[2:] == ["", "", ""]


def test_seven_in_a_row_on_one_side_are_a_shift():
    row = [1, 2, 1, 2, 1, 2, 1]

    assert causes([*FLAT, -1, *row], baseline=20)[-7:] == ["shift above"] * 7
    assert causes([*FLAT, *row[:6]], baseline=20)[-6:] == [""] * 6
    assert causes([*FLAT, -1, 1, 2, 1, 0, 2, 1, 2, 1], baseline=20)[-8:] == [""] * 8


def test_the_first_rule_in_order_names_the_cause():
    rising = [*FLAT, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 9]

    assert causes(rising, baseline=20)[-7:] == ["trend up"] * 6 + ["above limit"]


@pytest.mark.parametrize(
    ("better", "up", "down"),
    [("high", "improvement", "concern"), ("low", "concern", "improvement"), (None, "high", "low")],
)
def test_direction_makes_the_meaning(better, up, down):
    chart = xmr([*FLAT, 9, -9], better=better, baseline=20)

    assert [point.meaning for point in chart.points[-3:]] == ["common", up, down]
    assert chart.variation == down


@pytest.mark.parametrize(
    ("target", "high", "low"),
    [
        (6, "fail", "pass"),
        (-6, "pass", "fail"),
        (0, "inconsistent", "inconsistent"),
        (Decimal("5.32"), "inconsistent", "inconsistent"),
        (None, None, None),
    ],
)
def test_assurance_is_where_the_target_lies(target, high, low):
    values = [1, -1] * 10

    assert xmr(values, better="high", target=target).assurance == high
    assert xmr(values, better="low", target=target).assurance == low
    assert xmr(values, better=None, target=target).assurance is None


def test_nothing_that_varies_has_limits_at_the_mean_and_no_assurance():
    chart = xmr([0.1] * 8, better="high", target=0.2)

    assert (chart.lower, chart.mean, chart.upper) == (0.1, 0.1, 0.1)
    assert chart.assurance is None
    assert {point.cause for point in chart.points} == {""}


@pytest.mark.parametrize("values", [[], [1]])
def test_a_chart_needs_two_values(values):
    with pytest.raises(ValueError, match="at least 2"):
        xmr(values, better="high")


def test_better_is_one_of_three():
    with pytest.raises(ValueError, match="Better"):
        xmr([1, 2], better="up")


MIRROR = {"above": "below", "below": "above", "up": "down", "down": "up"}


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=30))
def test_a_series_upside_down_has_the_opposite_causes(values):
    upside_down = [-value for value in values]

    flipped = [
        " ".join(MIRROR.get(word, word) for word in cause.split()) for cause in causes(values)
    ]

    assert causes(upside_down) == flipped


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=30), st.integers(-50, 50))
def test_moving_a_series_moves_its_limits_and_nothing_else(values, by):
    before, after = xmr(values, better="low"), xmr([v + by for v in values], better="low")

    assert [p.cause for p in before.points] == [p.cause for p in after.points]
    assert after.upper - by == pytest.approx(before.upper)


# The twenty normal values that the NHS package's own tests draw (R, seed 123), and the same with the fifteenth at ten.
DRAWN = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197,
    1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
ONE_FAR_OFF = [*DRAWN[:14], 10, *DRAWN[15:]]


@pytest.mark.parametrize(
    ("values", "screen", "lower", "upper"),
    [(DRAWN, True, -3.011, 3.295), (DRAWN, False, -3.011, 3.295), (ONE_FAR_OFF, True, -2.384, 3.722), (ONE_FAR_OFF, False, -4.597, 5.935)],
)
def test_h10_the_published_limits_are_reproduced(values, screen, lower, upper):
    chart = xmr(values, better="high", screen=screen)

    assert (round(chart.lower, 3), round(chart.upper, 3)) == (lower, upper)
    assert round(xmr(DRAWN, better="high").mean, 4) == 0.1416
