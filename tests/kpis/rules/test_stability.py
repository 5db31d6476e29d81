"""Placement stability: boundary days, readings, temporary placements, adoption, and a second count made another way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.stability import (
    Episode,
    Figure,
    in_care_a_year,
    same_placement_two_years,
    three_or_more_placements,
)

END = date(2019, 3, 31)
BORN = {"a": date(2008, 6, 1)}


def rows(*given):
    """Episodes of one child, each (start, reason, placement and home) and ended by the next; the last goes on."""
    starts = [date.fromisoformat(start) for start, *_ in given]
    ends = [*starts[1:], None]
    return [
        Episode("a", start, end, reason, status[0] if status else "C2", place.split("/")[0], place)
        for (_, reason, place, *status), start, end in zip(given, starts, ends, strict=True)
    ]


def many(episodes, **how):
    return three_or_more_placements(episodes, year_end=END, **how)


@pytest.mark.parametrize(
    ("first_moves_on", "numerator"), [("2018-04-01", 0), ("2018-04-02", 1)], ids=["ended on 1 April", "open on 1 April"]
)
def test_h10_what_ended_on_the_first_day_is_not_of_the_year(first_moves_on, numerator):
    episodes = rows(("2017-01-01", "S", "U6/x"), (first_moves_on, "P", "U6/y"), ("2019-03-31", "P", "U6/z"))

    assert many(episodes) == Figure(numerator, 1)


def test_h10_a_change_with_the_same_carer_counts_by_the_other_reading_alone():
    episodes = rows(("2018-01-01", "S", "U6/x"), ("2018-06-01", "T", "U1/x"), ("2018-08-01", "L", "U1/x"), ("2018-09-01", "U", "U4/x"))

    assert many(episodes) == Figure(0, 1)
    assert many(episodes, reading="any") == Figure(1, 1)


def test_h10_going_back_from_hospital_is_no_new_placement_and_elsewhere_is():
    back = rows(("2018-01-01", "S", "U6/x"), ("2018-06-01", "P", "T1/h"), ("2018-06-20", "P", "U6/x"), ("2018-09-01", "P", "U6/y"))
    on = rows(("2018-01-01", "S", "U6/x"), ("2018-06-01", "P", "T1/h"), ("2018-06-20", "P", "U6/z"), ("2018-09-01", "P", "U6/y"))

    assert many(back) == Figure(0, 1)
    assert many(back, temporary=True) == Figure(1, 1)
    assert many(on) == Figure(1, 1)


def test_h10_a_return_to_care_is_a_new_placement_and_short_breaks_are_left_out():
    gap = [
        Episode("a", date(2018, 4, 2), date(2018, 5, 1), "S", "C2", "U6", "x"),
        Episode("a", date(2018, 6, 1), date(2018, 7, 1), "S", "C2", "U6", "x"),
        Episode("a", date(2019, 1, 1), None, "S", "C2", "U6", "x"),
    ]

    assert many(gap) == Figure(1, 1)
    assert many([*gap, Episode("b", date(2018, 4, 2), None, "S", "V4", "U6")]) == Figure(1, 1)
    assert many([Episode("c", date(2018, 4, 2), END, "S", "C2", "U6")]) == Figure(0, 0)


def lasting(episodes, births=BORN, **how):
    return same_placement_two_years(episodes, births, year_end=END, **how)


@pytest.mark.parametrize(
    ("since", "moved", "figure"),
    [
        ("2016-09-30", "2017-03-31", Figure(1, 1)),
        ("2016-09-30", "2017-04-01", Figure(0, 1)),
        ("2016-10-01", "2017-03-31", Figure(0, 0)),
    ],
)
def test_h11_two_and_a_half_years_in_care_and_two_in_the_same_placement_to_the_day(since, moved, figure):
    assert lasting(rows((since, "S", "U6/x"), (moved, "P", "U6/y"))) == figure


def test_h11_sixteen_on_the_last_day_is_too_old_and_an_unknown_birth_is_said():
    episodes = rows(("2015-01-01", "S", "U6/x"))

    assert lasting(episodes, {"a": date(2003, 3, 31)}) == Figure(0, 0)
    assert lasting(episodes, {"a": date(2003, 4, 1)}) == Figure(1, 1)
    with pytest.raises(ValueError, match="Child a has no date of birth"):
        lasting(episodes, {})


def test_h11_living_with_one_who_may_adopt_is_a_change_since_2021():
    episodes = rows(("2015-01-01", "S", "U6/x"), ("2018-01-01", "T", "U5/x"))

    assert lasting(episodes) == Figure(0, 1)
    assert lasting(episodes, reading="carer only") == Figure(1, 1)
    assert lasting(episodes, reading="any change") == Figure(0, 1)
    with pytest.raises(ValueError, match="A reading is one of"):
        lasting(episodes, reading="another")


def test_h11_a_placement_for_adoption_counts_the_one_before_it_and_no_earlier_one():
    one = rows(("2015-01-01", "S", "U6/x"), ("2018-06-01", "P", "A5/y"))
    two = rows(("2015-01-01", "S", "U6/x"), ("2018-06-01", "P", "A5/y"), ("2018-12-01", "P", "A5/z"))
    short = rows(("2015-01-01", "S", "U6/x"), ("2018-01-01", "P", "U6/y"), ("2018-12-01", "P", "A3/z"))

    assert lasting(one) == Figure(1, 1)
    assert lasting(two) == Figure(0, 1)
    assert lasting(short) == Figure(0, 1)


def test_h11_care_that_began_as_short_breaks_or_had_a_gap_is_left_out():
    breaks = rows(("2015-01-01", "S", "U6/x", "V4"), ("2016-01-01", "L", "U6/x", "C2"))
    gap = [
        Episode("a", date(2015, 1, 1), date(2017, 1, 1), "S", "C2", "U6", "x"),
        Episode("a", date(2017, 1, 2), None, "P", "C2", "U6", "x"),
    ]

    assert lasting(breaks) == Figure(0, 0)
    assert lasting(gap) == Figure(0, 0)


def test_a_year_in_care_is_every_day_of_it():
    assert in_care_a_year(rows(("2018-04-01", "S", "U6/x")), year_end=END) == {"a"}
    assert in_care_a_year(rows(("2018-04-02", "S", "U6/x")), year_end=END) == set()


moves = st.lists(st.tuples(st.integers(1, 500), st.sampled_from("PTBUL"), st.sampled_from("xyz")), max_size=8)


@given(st.integers(0, 1500), moves, st.booleans())
def test_h10_agrees_with_a_count_made_day_by_day(begins, changes, any_change):
    """Without temporary placements: the placements of each day of the year, numbered by hand, counted as a set."""
    start = date(2014, 6, 1) + timedelta(begins)
    given_rows, day = [(start.isoformat(), "S", "U6/x")], start
    for gap, reason, home in changes:
        day += timedelta(gap)
        given_rows.append((day.isoformat(), reason, f"U6/{home}"))
    episodes = rows(*given_rows)
    new = set("SPBTU") if any_change else set("SPB")
    numbers, n = {}, 0
    for episode in episodes:
        n += episode.reason_started in new
        numbers[episode] = n
    seen = {
        numbers[e] for offset in range(365) for e in episodes
        if e.started_on <= (on := date(2018, 4, 1) + timedelta(offset)) and (e.ended_on is None or e.ended_on > on)
    }  # fmt: skip
    is_open = any(e.is_open(END) for e in episodes)

    expected = Figure(int(is_open and len(seen) >= 3), int(is_open))
    assert many(episodes, reading="any" if any_change else "carer") == expected
