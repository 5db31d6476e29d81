"""Seats by date, the days nobody held one, turns of a chair, and attendance by seat and date served."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from panels.rules.attendance import ABSENT, APOLOGIES, DELEGATE, PRESENT, Came, attended
from panels.rules.rotation import in_the_chair, stands_in
from panels.rules.seats import Gap, Span, gaps, why_not_leave, why_not_seat

MAY, JULY, SEPTEMBER = date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 1)
AGENCIES = ["Health", "Social care", "Education"]
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def test_SEA1_one_person_at_a_time_and_the_last_day_is_exclusive():
    held = Span("Ann Lee", MAY, JULY)

    assert why_not_seat(Span("Bo Fry", JULY), [held]) == []
    assert why_not_seat(Span("Bo Fry", MAY - timedelta(days=9), MAY), [held]) == []
    assert why_not_seat(Span("Bo Fry", JULY - timedelta(days=1)), [held]) == [
        "Ann Lee holds this seat from 1 May 2026 until 1 July 2026. Say when they leave it first."
    ]


def test_SEA1_invitees_are_as_many_as_it_helps_and_the_seat_must_be_there():
    held = Span("Ann Lee", MAY)

    assert why_not_seat(Span("Bo Fry", JULY), [held], is_invitee=True) == []
    assert why_not_seat(Span("Bo Fry", JULY), [], seat_exists=False) == ["The terms in force have no such seat."]
    assert why_not_seat(Span("Bo Fry", JULY, JULY), [])[0].startswith("The day the seat is left must be after")


def test_SEA2_a_seat_is_left_once_and_later_than_it_was_taken():
    held = Span("Ann Lee", MAY)

    assert why_not_leave(held, JULY) == []
    assert "took this seat on 1 May 2026" in why_not_leave(held, MAY)[0]
    assert "leaves this seat on 1 July 2026 already" in why_not_leave(Span("Ann Lee", MAY, JULY), SEPTEMBER)[0]
    assert why_not_leave(Span("Ann Lee", MAY, SEPTEMBER), JULY) == []


def test_p3_no_gap_is_hidden():
    held = [Span("Bo Fry", JULY, SEPTEMBER), Span("Ann Lee", MAY, date(2026, 6, 1))]

    assert gaps(held, date(2026, 4, 1)) == [Gap(date(2026, 4, 1), MAY), Gap(date(2026, 6, 1), JULY), Gap(SEPTEMBER)]
    assert gaps([*held, Span("Cy Orr", SEPTEMBER)], MAY) == [Gap(date(2026, 6, 1), JULY)]
    assert gaps([], MAY) == [Gap(MAY)]


@given(st.lists(st.tuples(DAYS, st.integers(1, 90)), max_size=6), DAYS)
def test_a_gap_is_each_day_that_nobody_holds(spans, day):
    spans = [Span("x", start, start + timedelta(days=n)) for start, n in spans]
    since = date(2025, 1, 1)

    held = any(span.from_on <= day < span.until_on for span in spans)
    in_gap = any(gap.from_on <= day and (gap.until_on is None or day < gap.until_on) for gap in gaps(spans, since))

    assert in_gap != held


def test_c24_the_chair_goes_round_the_three_agencies():
    assert [in_the_chair(AGENCIES, used) for used in range(4)] == ["Health", "Social care", "Education", "Health"]
    assert in_the_chair([], 2) == ""
    assert stands_in(AGENCIES, "Education") == "Health"
    assert stands_in(AGENCIES, "Police") == ""


def test_i32_attendance_ignores_meetings_before_appointment_and_after_leaving():
    came = [
        Came(MAY - timedelta(days=1), ABSENT), Came(MAY, PRESENT), Came(date(2026, 5, 20), DELEGATE),
        Came(date(2026, 6, 1), APOLOGIES), Came(date(2026, 6, 30), ABSENT), Came(JULY, ABSENT),
    ]  # fmt: skip

    record = attended(came, MAY, JULY)

    assert (record.meetings, record.present, record.delegate, record.apologies, record.absent) == (4, 1, 1, 1, 1)
    assert (record.in_person, record.covered) == (Decimal(25), Decimal(50))
    assert attended(came, SEPTEMBER, None).in_person is None
    assert attended(came, MAY, None).meetings == 5
