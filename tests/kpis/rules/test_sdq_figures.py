"""SDQ figures from scores: the specification's own tables come out of their counts, and goals are summed."""

from datetime import date
from decimal import Decimal

import pytest

from config.demo.printed.stoke import ALL, MOVES, SCORES, SGH, STABILITY
from core.figures import percentage
from kpis.rules.sdq_figures import goal_score, sdq_movement, sdq_year, two_bands
from kpis.rules.stability import Episode, Figure, three_or_more_placements

YEARS = [(group, year) for group in (ALL, SGH) for year in SCORES[group]]
MOVED = [(group, year) for group in (ALL, SGH) for year in MOVES[group]]


def percent(figure, places=1):
    return percentage(figure.numerator, figure.denominator, places)


@pytest.mark.parametrize(("group", "year"), YEARS)
def test_h6_scores_part_at_17_as_the_specification_prints_them(group, year):
    below, below_percent, high, high_percent, total, _, _ = SCORES[group][year]
    parted = two_bands([16] * below + [17] * high, from_score=17)

    assert (parted.below, parted.at_or_above) == (Figure(below, total), Figure(high, total))
    assert (percent(parted.below), percent(parted.at_or_above)) == (Decimal(below_percent), Decimal(high_percent))


@pytest.mark.parametrize(("group", "year"), MOVED)
def test_h7_movement_and_its_coverage_come_out_as_printed(group, year):
    worsened, w, same, s, improved, i, cohort, coverage, _ = MOVES[group][year]
    before = list(SCORES[group])[list(MOVES[group]).index(year)]
    earlier = dict.fromkeys(range(SCORES[group][before][4]), 20)
    later = {n: 21 if n < worsened else 20 if n < worsened + same else 19 for n in range(cohort)} | {f"new {n}": 10 for n in range(40)}

    moved = sdq_movement(earlier, later)

    assert [figure.numerator for figure in moved.moves.values()] == [improved, same, worsened]
    assert [percent(figure) for figure in moved.moves.values()] == [Decimal(i), Decimal(s), Decimal(w)]
    assert percent(moved.coverage) == Decimal(coverage)
    assert moved.of_later == Figure(cohort, cohort + 40)


def test_h7_a_change_is_the_later_less_the_earlier_so_below_nought_is_better():
    assert sdq_movement({"a": 20, "b": 10}, {"a": 15, "b": 10}).average_change == Decimal("-2.5")
    assert sdq_movement({"a": 20}, {"b": 10}).average_change is None


def test_h9_the_departments_three_bands_stand_beside_the_two_that_part_at_17():
    scores = dict(enumerate([13, 14, 16, 17, 40, 0]))
    year = sdq_year(scores, dict.fromkeys(scores, date(2015, 1, 1)), scores, year_end=date(2026, 3, 31))

    assert {name: figure.numerator for name, figure in year.bands.items()} == {"normal": 2, "borderline": 2, "cause for concern": 2}
    assert two_bands(list(scores.values()), from_score=17).below.numerator == 4


def test_h8_the_mean_and_the_middle_are_half_up_and_nothing_without_scores():
    parted = two_bands([10, 11, 14], from_score=17)
    assert (parted.average, parted.median) == (Decimal("11.7"), Decimal("11.0"))
    empty = two_bands([], from_score=17)
    assert (empty.average, empty.median, percent(empty.below)) == (None, None, None)


@pytest.mark.parametrize(
    ("answers", "score"), [([], "0"), (["yes"], "1"), (["partly"], "0.5"), (["no", "no"], "0"), (["yes", "partly", "partly", "no", "yes"], "3.0")]
)
def test_h14_goals_sum_to_1_a_half_and_nought(answers, score):
    assert goal_score(answers) == Decimal(score)


def test_h14_ten_halves_are_exactly_five():
    assert goal_score(["partly"] * 10) == Decimal(5)


@pytest.mark.parametrize("row", [row for row in STABILITY if row[2] == "%"], ids=lambda row: f"{row[0]}: {row[1]}")
def test_h12_every_printed_share_comes_out_of_its_counts(row):
    _, _, _, _, _, value, top, bottom, printed, _, _ = row
    assert percentage(top, bottom, 1) == value
    assert "%" not in printed or f"({value}%" in printed


def test_h10_placements_in_the_year_come_out_of_episodes_as_the_specification_counts_them():
    episodes = [episode for child, homes in enumerate([3] * 56 + [2] * 149 + [1] * 431) for episode in lived(child, homes)]

    figure = three_or_more_placements(episodes, year_end=date(2017, 3, 31))

    assert figure == Figure(56, 636)
    assert percent(figure) == Decimal("8.8")


def lived(child, homes):
    """A child's homes in the year to 31 March 2017, the last of them open."""
    days = [date(2016, 2, 1), date(2016, 6, 1), date(2016, 10, 1)][:homes]
    ends = [*days[1:], None]
    return [
        Episode(str(child), began, ended, "S" if n == 0 else "P", "C2", "U1", f"P{n}") for n, (began, ended) in enumerate(zip(days, ends, strict=True))
    ]
