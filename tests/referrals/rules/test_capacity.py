"""Capacity, against counting each day and trying every arrangement."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.capacity import (
    Arrangement,
    Holding,
    OpenPlace,
    Stay,
    arrange,
    begun_stay,
    peak_occupancy,
    why_not_arrange,
    why_not_place,
)

DAY = date(2026, 12, 3)
TWELVE = [Stay(DAY, DAY + timedelta(weeks=12))] * 12


def day(number):
    return DAY + timedelta(days=number)


def days(starts, ends=None):
    return Stay(day(starts), None if ends is None else day(ends))


@pytest.mark.parametrize("ends_on", [DAY, DAY - timedelta(days=1)])
def test_a_stay_ends_after_it_starts(ends_on):
    with pytest.raises(ValueError, match="ends after it starts"):
        Stay(DAY, ends_on)


def test_CAP1_why_not_place_allows_the_last_place():
    assert why_not_place(Stay(DAY), TWELVE[1:], 12) == []


def test_CAP1_why_not_place_refuses_the_thirteenth():
    assert why_not_place(Stay(DAY), TWELVE, 12) == ["All 12 places are taken on 3 December 2026."]


def test_CAP1_why_not_place_refuses_when_full_for_one_day():
    assert why_not_place(days(0, 10), [days(9, 12)], 1) == [
        "The only place is taken on 12 December 2026."
    ]
    assert why_not_place(days(0, 9), [days(9, 12)], 1) == []


def test_CAP1_back_to_back_stays_share_a_place():
    assert why_not_place(days(5, 10), [days(0, 5), days(10, None)], 1) == []


def test_CAP1_an_open_stay_holds_its_place_for_ever():
    assert why_not_place(Stay(date(2040, 1, 1)), [Stay(DAY)], 1) == [
        "The only place is taken on 1 January 2040."
    ]


def test_CAP1_nothing_fits_where_there_are_no_places():
    assert why_not_place(Stay(DAY), [], 0) == ["There are no places."]


def test_nobody_in_a_place_is_a_peak_of_none():
    assert peak_occupancy([], Stay(DAY)) == 0
    assert peak_occupancy([days(0, 5)], days(5, 9)) == 0


STAYS = st.builds(
    lambda starts, length: days(starts, None if length is None else starts + length),
    st.integers(0, 20),
    st.none() | st.integers(1, 10),
)


@given(st.lists(STAYS, max_size=8), STAYS)
def test_peak_occupancy_agrees_with_counting_each_day(stays, within):
    period = [day(number) for number in range(40) if within.holds(day(number))]

    found = peak_occupancy(stays, within)

    assert found == max(sum(stay.holds(each) for stay in stays) for each in period)


@given(st.lists(STAYS, max_size=8), STAYS, st.integers(1, 4))
def test_CAP1_agrees_with_the_peak(stays, stay, places):
    assert bool(why_not_place(stay, stays, places)) == (peak_occupancy(stays, stay) + 1 > places)


def test_a_begun_stay_past_its_planned_end_still_holds_its_place():
    assert begun_stay(DAY, day(9), today=day(3)) == days(0, 9)
    assert begun_stay(DAY, day(9), today=day(9)) == days(0, 10)
    assert begun_stay(DAY, day(9), today=day(30)) == days(0, 31)
    assert begun_stay(DAY, None, today=day(3)) == days(0)


def two_places(**closing):
    return [OpenPlace(1), OpenPlace(2, **closing)]


def test_arrange_keeps_the_numbers_stays_have():
    held = [Holding("a", days(0, 5), 2, has_begun=True), Holding("b", days(0, 5), 1)]

    assert arrange(held, two_places()) == Arrangement({"a": 2, "b": 1})


def test_arrange_moves_a_stay_that_has_not_begun():
    held = [
        Holding("begun", days(0, 9), 1, has_begun=True),
        Holding("planned", days(5, 9), 1),
        Holding("new", days(9, 12)),
    ]

    assert arrange(held, two_places(closes_on=day(9))).numbers == {
        "begun": 1,
        "planned": 2,
        "new": 1,
    }


def test_CAP2_begun_stays_move_only_when_a_closing_date_asks():
    held = [Holding("a", days(0, 9), 2, has_begun=True)]
    closing = two_places(closes_on=day(5))

    assert why_not_arrange(held, closing) == [
        "The stays cannot be arranged on the open places from 8 December 2026."
    ]
    assert arrange(held, closing, move_begun=True).numbers == {"a": 1}
    assert why_not_arrange(held, closing, move_begun=True) == []


def test_CAP2_says_on_which_day_it_cannot_be():
    held = [Holding("a", days(0, 9)), Holding("b", days(1, 9)), Holding("c", days(4, 6))]

    assert arrange(held, two_places()) == Arrangement({}, day(4))


def test_CAP2_two_begun_stays_on_one_number_cannot_be():
    held = [Holding(key, days(n, 9), 1, has_begun=True) for n, key in enumerate("ab")]

    assert arrange(held, two_places()).stuck_on == day(1)


def test_CAP2_a_begun_stay_on_a_number_that_is_not_there_cannot_be():
    assert arrange([Holding("a", days(0, 9), 7, has_begun=True)], two_places()).stuck_on == DAY


def test_arrange_looks_back_where_the_first_choice_led_nowhere():
    held = [
        Holding("later", days(6, 12), 1, has_begun=True),
        Holding("short", days(0, 3), 2),
        Holding("long", days(1, 9), 1),
    ]

    assert arrange(held, two_places()).numbers == {"later": 1, "short": 1, "long": 2}


def possible(held, places):
    """Try every numbering."""
    return any(
        all(place.takes(one.stay) for one, place in zip(held, chosen, strict=True))
        and all(
            one.number == p.number for one, p in zip(held, chosen, strict=True) if one.has_begun
        )
        and not any(
            one.stay.overlaps(two.stay) and chosen[i] == chosen[j]
            for i, one in enumerate(held)
            for j, two in enumerate(held[:i])
        )
        for chosen in product(places, repeat=len(held))
    )


HELD = st.lists(
    st.tuples(STAYS, st.integers(1, 3), st.booleans()).map(
        lambda facts: {"stay": facts[0], "number": facts[1], "has_begun": facts[2]}
    ),
    max_size=5,
).map(lambda rows: [Holding(key, **row) for key, row in enumerate(rows)])

PLACES = st.tuples(*[st.none() | st.integers(1, 25)] * 3).map(
    lambda closings: [
        OpenPlace(number, closes_on=None if closing is None else day(closing))
        for number, closing in enumerate(closings, start=1)
    ]
)


@given(HELD, PLACES)
def test_CAP2_agrees_with_trying_every_arrangement(held, places):
    found = arrange(held, places)

    assert (found.stuck_on is None) == possible(held, places)


@given(HELD, PLACES)
def test_an_arrangement_holds_every_stay_and_keeps_them_apart(held, places):
    found = arrange(held, places)

    if found.stuck_on is None:
        chosen = [places[found.numbers[one.key] - 1] for one in held]
        settled = [
            Holding(one.key, one.stay, place.number, has_begun=True)
            for one, place in zip(held, chosen, strict=True)
        ]
        assert possible(settled, places)
        assert all(one.number == found.numbers[one.key] for one in held if one.has_begun)


def test_arrange_is_quick_with_a_full_year_of_twelve_places():
    held = [
        Holding(n, days(7 * (n // 12) + n % 12, 7 * (n // 12) + n % 12 + 7)) for n in range(240)
    ]
    places = [OpenPlace(n, closes_on=day(400 + n)) for n in range(1, 13)]

    assert arrange(held, places).stuck_on is None
