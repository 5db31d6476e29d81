"""Altering terms: in full, in time, in numbers that fit, and signed by those who may."""

from dataclasses import replace
from datetime import date

import pytest

from panels.rules.alteration import (
    Numbers,
    Proposal,
    Signing,
    first_that_qualifies,
    is_in_time,
    why_not_fit,
    why_not_propose,
    why_not_sign,
)

RIGHT = Proposal(changes=1, reason="Fewer days suit us.", delivered_on=date(2026, 11, 18), meeting_on=date(2026, 12, 3))
SIGNS = Signing(
    party="Ashmere Council", acts_for_party=True, holds_a_seat=True, authority_is_recorded=True, is_signed_already=False,
    awaits_signatures=True, position="Assistant Director",
)  # fmt: skip


def test_TOR1_a_proposal_changes_something_and_says_why():
    assert why_not_propose(RIGHT) == []
    assert why_not_propose(replace(RIGHT, changes=0, reason=" ")) == [
        "Change the words or a number of at least one clause.", "Say why the terms should change.",
    ]  # fmt: skip


def test_TOR2_j1_fourteen_clear_calendar_days_and_too_late_names_the_next():
    late = replace(RIGHT, delivered_on=date(2026, 11, 19), next_that_qualifies=date(2027, 1, 28))

    (said,) = why_not_propose(late)
    assert said.startswith("The meeting on 3 December 2026 cannot consider this first: proposals for it closed on 18 November 2026,")
    assert said.endswith("14 clear days before. The next meeting that can is on 28 January 2027.")
    assert "No later meeting has been called yet." in why_not_propose(replace(late, next_that_qualifies=None))[0]


def test_TOR2_weekends_and_holidays_count_in_calendar_days_and_silent_terms_ask_for_none():
    new_year = date(2027, 1, 4)

    assert is_in_time(new_year, date(2026, 12, 20), 14)  # a Sunday, with Christmas between
    assert not is_in_time(new_year, date(2026, 12, 21), 14)
    assert is_in_time(new_year, new_year, None)
    assert why_not_propose(replace(RIGHT, meeting_on=None, days=None)) == []


def test_the_first_meeting_that_qualifies_is_the_soonest_far_enough_off():
    meetings = [date(2027, 2, 1), date(2026, 12, 3), date(2026, 12, 17)]

    assert first_that_qualifies(meetings, date(2026, 11, 18), 14) == date(2026, 12, 3)
    assert first_that_qualifies(meetings, date(2026, 11, 19), 14) == date(2026, 12, 17)
    assert first_that_qualifies(meetings, date(2027, 1, 18), 14) is None


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (Numbers(6, 12, 5, 10, 6), []),
        (Numbers(6, 6, 5, 6, 6), []),
        (Numbers(None, 12), []),
        (Numbers(13, 12), ["The fewest meetings a year (13) cannot be more than the most (12)."]),
        (Numbers(6, 12, 7, 10, 6), ["The pack is frozen on or before the day that papers are circulated."]),
        (Numbers(6, 12, 5, 5, 6), ["The pack is drafted on or before the day that it is frozen."]),
    ],
)
def test_TOR3_numbers_fit_each_other(numbers, said):
    assert why_not_fit(numbers) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"awaits_signatures": False}, "does not wait for a signature"),
        ({"is_signed_already": True}, "Ashmere Council has already signed"),
        ({"acts_for_party": False}, "Only somebody who acts for a party"),
        ({"holds_a_seat": False}, "Only somebody who holds a seat for Ashmere Council"),
        ({"authority_is_recorded": False}, "not on record"),
        ({"position": " "}, "Enter the position"),
    ],
)
def test_TOR4_j2_each_party_signs_once_by_somebody_who_may(changed, said):
    reasons = why_not_sign(replace(SIGNS, **changed))

    assert (reasons == []) if not said else (said in reasons[0])
