"""Allocation: who takes a place, and in what order."""

from dataclasses import replace
from datetime import date

import pytest

from referrals.rules.allocation import Allocating, warnings_before_18, why_not_allocate
from referrals.rules.capacity import Stay

STAY = Stay(date(2026, 12, 3), date(2027, 3, 1))
RIGHT = Allocating("WAITING", STAY, born_on=date(2012, 6, 1), is_living=False)
PAST_18 = [
    (
        "The child is 18 on 1 February 2027: support after that day needs a decision, "
        "with the young person's own agreement."
    )
]


def test_ALC1_a_waiting_child_may_take_a_place():
    assert why_not_allocate(RIGHT) == []


@pytest.mark.parametrize("status", ["READY", "AGREED", "OFFERED", "SUPPORTED", "WITHDRAWN"])
def test_ALC1_nobody_takes_a_place_who_is_not_waiting(status):
    assert why_not_allocate(replace(RIGHT, status=status)) == [
        "This referral is not waiting for a place."
    ]


def test_ALC2_out_of_order_needs_a_reason_and_the_strategic_manager():
    second = replace(RIGHT, is_first_in_order=False)

    assert why_not_allocate(second) == [
        "Another child comes first in the agreed order: say why this one goes before.",
        "Out of order needs the strategic manager's agreement.",
    ]
    agreed = replace(second, strategic_manager_agrees=True, out_of_order_because="At risk tonight.")
    assert why_not_allocate(agreed) == []


def test_ALC3_a_child_has_one_place_of_a_kind_at_a_time():
    held = replace(RIGHT, held_of_this_kind=[Stay(date(2027, 2, 28))])

    assert why_not_allocate(held) == [
        "The child already has an outreach place from 28 February 2027."
    ]
    assert why_not_allocate(replace(held, is_living=True)) == [
        "The child already has a bed or room from 28 February 2027."
    ]


def test_ALC3_one_place_may_follow_another():
    before = Stay(date(2026, 10, 1), STAY.starts_on)

    assert why_not_allocate(replace(RIGHT, held_of_this_kind=[before, Stay(STAY.ends_on)])) == []


def test_ALC4_support_past_18_needs_a_decision():
    turning = replace(RIGHT, born_on=date(2009, 2, 1))

    assert why_not_allocate(turning) == PAST_18
    assert why_not_allocate(replace(turning, decided_past_18=True)) == []
    assert why_not_allocate(replace(turning, stay=Stay(STAY.starts_on, date(2027, 2, 1)))) == []
    assert why_not_allocate(replace(turning, stay=Stay(STAY.starts_on))) == []
    assert why_not_allocate(replace(turning, stay=Stay(date(2027, 2, 1)))) == PAST_18


def test_a_bed_warns_at_seventeen_and_a_half():
    turning = replace(RIGHT, born_on=date(2009, 8, 31), is_living=True)

    assert warnings_before_18(turning) == [
        "The child is seventeen and a half on 28 February 2027: plan the move on."
    ]
    assert warnings_before_18(replace(turning, is_living=False)) == []
    assert warnings_before_18(replace(turning, stay=Stay(STAY.starts_on, date(2027, 2, 28)))) == []
