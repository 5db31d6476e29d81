"""Whether children would be safe together, and when a place closes."""

from dataclasses import replace
from datetime import date, timedelta

from referrals.rules.capacity import OpenPlace, Stay, no_room, why_not_take
from referrals.rules.matching import risks_together, why_not_live_together
from referrals.rules.out_of_use import why_not_take_out, why_not_tell
from referrals.rules.registration import Living, Registered, why_not_live_here

DAY = date(2026, 12, 3)
FIRE = {"risk_fire": "present", "risk_physical": "none"}


def days(starts, ends=None):
    return Stay(DAY + timedelta(days=starts), None if ends is None else DAY + timedelta(days=ends))


def test_MAT1_a_known_risk_between_children_asks_for_a_reason():
    risks = risks_together(FIRE, [{}])

    assert risks == ["The child has a known risk of setting fires, and somebody else lives there."]
    assert why_not_live_together(risks, " ")[0] == risks[0]
    assert why_not_live_together(risks, "Waking nights.") == []


def test_MAT1_nobody_else_there_is_no_risk():
    assert risks_together(FIRE, []) == []
    assert why_not_live_together([], "") == []


def test_MAT1_a_residents_risk_counts_too():
    assert risks_together({}, [{}, FIRE]) == ["A child who lives there has a known risk of setting fires."]


def test_CAP3_a_bed_back_to_back_is_free():
    bed = OpenPlace(1)

    assert why_not_take(days(5, 9), [days(0, 5), days(9, 12)], bed, "Hub bed 1") == []


def test_CAP3_a_clash_is_named_by_its_dates_and_by_no_child():
    assert why_not_take(days(0, 7), [days(6, 12)], OpenPlace(1), "Hub bed 1") == [
        "Hub bed 1 is taken from 9 December 2026 to 14 December 2026."
    ]


def test_CAP3_a_bed_out_of_use_or_closed_takes_nobody():
    shut = OpenPlace(1, shut=(days(2, 4),))

    assert why_not_take(days(0, 3), [], shut, "Hub bed 1") == [
        "Hub bed 1 is out of use from 5 December 2026 to 6 December 2026."
    ]
    assert why_not_take(days(4, 9), [], shut, "Hub bed 1") == []
    assert why_not_take(days(0, 9), [], OpenPlace(1, closes_on=days(8, 9).starts_on), "Hub bed 1") != []
    assert why_not_take(days(0, 9), [], OpenPlace(1, opens_on=days(1, 9).starts_on), "Hub bed 1") != []


def test_CAP1_places_count_only_on_the_days_they_are_open():
    closing = OpenPlace(2, closes_on=days(5).starts_on)

    assert no_room(days(0, 5), [days(0, 9)], [OpenPlace(1), closing]) == []
    assert no_room(days(0, 6), [days(0, 9)], [OpenPlace(1), closing]) == ["The only place is taken on 8 December 2026."]
    assert no_room(days(5, 9), [], [closing]) == ["There are no places."]


def test_LAW4_a_home_takes_its_own_ages_on_the_first_day():
    living = Living(
        born_on=date(2010, 12, 4), stay=days(0, 30), registrations=[Registered(DAY, covers_under_16=True)], lowest_age=16
    )

    assert why_not_live_here(living) == ["The child is 15 on that day, and this home is for young people of 16 and 17."]
    assert why_not_live_here(replace(living, born_on=DAY.replace(year=2010))) == []
    assert why_not_live_here(replace(living, lowest_age=10, highest_age=14)) != []


def test_OUT1_out_of_use_needs_a_reason_and_real_days():
    assert why_not_take_out(DAY, None, "A leak.", today=DAY) == []
    assert why_not_take_out(DAY, DAY + timedelta(days=1), "A leak.", today=DAY) == []
    assert why_not_take_out(DAY, DAY, "A leak.", today=DAY) != []
    assert why_not_take_out(DAY, None, " ", today=DAY) != []
    assert why_not_take_out(date(1, 1, 1), None, "A leak.", today=DAY) != []
    assert why_not_take_out(date(9999, 1, 1), None, "A leak.", today=DAY) != []


def test_OUT2_a_service_is_told_in_the_order_of_days():
    assert why_not_tell(DAY, [DAY]) == []
    assert why_not_tell(DAY, [DAY + timedelta(days=1)]) != []
