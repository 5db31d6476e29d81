"""Notice, in working days, calendar days and elapsed hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import WorkingDays, england_holidays
from panels.rules.notice import (
    DEVELOPMENTAL,
    EMERGENCY,
    Call,
    NoticeTerms,
    cancellation_is_in_time,
    last_day_for_alteration,
    last_day_for_notice,
    last_days_for_notice,
    outside_the_terms,
    why_not_call,
    why_not_call_extra,
)

ENGLAND = WorkingDays(england_holidays())
STEERING = NoticeTerms(days=14, clear=True, fewest_a_year=6, most_a_year=12)
LONDON = ZoneInfo("Europe/London")
DECEMBER = date(2026, 12, 3)


def test_NOT1_a_meeting_is_not_called_in_the_past():
    call = Call(date(2026, 11, 1), notice_on=date(2026, 11, 2), kind=EMERGENCY)

    assert why_not_call(call, STEERING, ENGLAND) == ["1 November 2026 is in the past."]


def test_NOT1_an_emergency_meeting_may_be_today():
    call = Call(DECEMBER, notice_on=DECEMBER, kind=EMERGENCY, reason="A bed closes tonight.")

    assert why_not_call(call, STEERING, ENGLAND) == []


def test_NOT2_notice_counts_clear_working_days():
    in_time = Call(DECEMBER, notice_on=date(2026, 11, 12))
    late = Call(DECEMBER, notice_on=date(2026, 11, 13))

    assert why_not_call(in_time, STEERING, ENGLAND) == []
    assert why_not_call(late, STEERING, ENGLAND) == [
        (
            "A meeting on 3 December 2026 needs 14 clear Working Days' notice: "
            "the last day to give it was 12 November 2026."
        )
    ]


def test_NOT2_the_day_of_the_meeting_counts_where_the_terms_say_so():
    terms = NoticeTerms(days=14, clear=False)

    assert why_not_call(Call(DECEMBER, notice_on=date(2026, 11, 13)), terms, ENGLAND) == []
    assert why_not_call(Call(DECEMBER, notice_on=date(2026, 11, 16)), terms, ENGLAND) == [
        (
            "A meeting on 3 December 2026 needs 14 Working Days' notice: "
            "the last day to give it was 13 November 2026."
        )
    ]


def test_NOT2_bank_holidays_do_not_count():
    meeting_on = date(2023, 5, 17)

    assert last_day_for_notice(meeting_on, STEERING, ENGLAND) == date(2023, 4, 24)
    assert last_day_for_notice(meeting_on, STEERING, WorkingDays([])) == date(2023, 4, 26)


def test_NOT2_silent_terms_ask_for_no_notice():
    call = Call(DECEMBER, notice_on=DECEMBER, counted_that_year=26)

    assert last_day_for_notice(DECEMBER, NoticeTerms(), ENGLAND) is None
    assert why_not_call(call, NoticeTerms(), ENGLAND) == []


def test_both_readings_of_the_last_day_are_given():
    assert last_days_for_notice(DECEMBER, 14, ENGLAND) == (date(2026, 11, 12), date(2026, 11, 13))


def test_NOT3_an_emergency_says_why():
    call = Call(DECEMBER, notice_on=date(2026, 12, 2), kind=EMERGENCY, reason="  ")

    assert why_not_call(call, STEERING, ENGLAND) == ["Say why this meeting is an emergency."]


def test_NOT4_an_ordinary_thirteenth_is_refused():
    early = date(2026, 1, 5)

    twelfth = Call(DECEMBER, notice_on=early, counted_that_year=11)
    thirteenth = Call(DECEMBER, notice_on=early, counted_that_year=12)

    assert why_not_call(twelfth, STEERING, ENGLAND) == []
    assert why_not_call(thirteenth, STEERING, ENGLAND) == [
        "2026 already has 12 meetings, and the terms allow no more than 12."
    ]


def test_NOT4_an_emergency_thirteenth_is_held_and_recorded():
    call = Call(DECEMBER, notice_on=DECEMBER, kind=EMERGENCY, reason="Flood", counted_that_year=12)

    assert why_not_call(call, STEERING, ENGLAND) == []
    assert outside_the_terms(call, STEERING) == ["This is meeting 13 of 2026; the terms allow 12."]


def test_NOT4_a_developmental_meeting_does_not_count():
    call = Call(DECEMBER, date(2026, 1, 5), kind=DEVELOPMENTAL, counted_that_year=12)

    assert why_not_call(call, STEERING, ENGLAND) == []
    assert outside_the_terms(call, STEERING) == []


def test_nothing_to_record_about_an_emergency_within_the_number():
    call = Call(DECEMBER, DECEMBER, kind=EMERGENCY, reason="Flood", counted_that_year=11)

    assert outside_the_terms(call, STEERING) == []
    assert outside_the_terms(call, NoticeTerms()) == []


def test_NOT2_NOT4_every_reason_is_given_at_once():
    call = Call(DECEMBER, notice_on=date(2026, 12, 1), counted_that_year=12)

    assert len(why_not_call(call, STEERING, ENGLAND)) == 2


@pytest.mark.parametrize(
    ("days", "clear", "last"),
    [
        (14, True, date(2026, 11, 18)),
        (14, False, date(2026, 11, 19)),
        (7, True, date(2026, 11, 25)),
    ],
)
def test_alterations_count_calendar_days(days, clear, last):
    assert last_day_for_alteration(DECEMBER, days=days, clear=clear) == last


def test_cancellation_is_in_time_at_exactly_twenty_four_hours():
    starts_at = datetime(2026, 12, 3, 10, tzinfo=LONDON)
    served_at = datetime(2026, 12, 2, 10, tzinfo=LONDON)

    assert cancellation_is_in_time(starts_at, served_at)
    assert not cancellation_is_in_time(starts_at, served_at + timedelta(seconds=1))
    assert cancellation_is_in_time(starts_at, served_at + timedelta(hours=12), hours=12)


def test_cancellation_hours_are_those_that_went_by_when_the_clocks_change():
    spring = datetime(2027, 3, 28, 10, tzinfo=LONDON)
    autumn = datetime(2026, 10, 25, 10, tzinfo=LONDON)

    assert not cancellation_is_in_time(spring, datetime(2027, 3, 27, 10, tzinfo=LONDON))
    assert cancellation_is_in_time(spring, datetime(2027, 3, 27, 9, tzinfo=LONDON))
    assert cancellation_is_in_time(autumn, datetime(2026, 10, 24, 11, tzinfo=LONDON))
    assert not cancellation_is_in_time(autumn, datetime(2026, 10, 24, 11, 1, tzinfo=LONDON))


def test_cancellation_needs_to_know_the_time_zone():
    starts_at = datetime(2026, 12, 3, 10, tzinfo=UTC)

    with pytest.raises(ValueError, match="time zone"):
        cancellation_is_in_time(starts_at.replace(tzinfo=None), starts_at)


@given(st.integers(0, 100_000), st.integers(0, 72))
def test_cancellation_agrees_with_counting_hours(hours_later, hours_before):
    starts_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours_later)
    served_at = starts_at - timedelta(hours=hours_before)

    found = cancellation_is_in_time(starts_at.astimezone(LONDON), served_at.astimezone(LONDON))

    assert found == (hours_before >= 24)


def test_NOT5_i12_an_extra_meeting_is_called_once_the_group_has_agreed():
    today = date(2026, 11, 24)

    assert why_not_call_extra(today, "At the last meeting", today) == []
    assert why_not_call_extra(None, "", today) == ["Enter the day on which the group agreed to this extra meeting."]
    assert why_not_call_extra(today + timedelta(days=1), " ", today) == [
        "The group must have agreed before the meeting is called.",
        "Say how the group agreed, for example at which meeting.",
    ]


def test_i15_fourteen_working_days_stand_clear_when_the_clocks_go_forward_between():
    """The clocks go forward on 28 March 2027; a day is a day, and Easter's two holidays are left out."""
    meeting_on = date(2027, 4, 8)

    assert last_day_for_notice(meeting_on, STEERING, ENGLAND) == date(2027, 3, 16)
    assert why_not_call(Call(meeting_on, date(2027, 3, 16)), STEERING, ENGLAND) == []
    assert len(why_not_call(Call(meeting_on, date(2027, 3, 17)), STEERING, ENGLAND)) == 1
