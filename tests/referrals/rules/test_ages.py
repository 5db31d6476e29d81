"""How long a step has had a referral, in working days."""

from datetime import date

import pytest

from core.working_days import WorkingDays, england_holidays
from referrals.rules.ages import due_on, late_words, spans, working_age

CALENDAR = WorkingDays(england_holidays())
MON, TUE, WED, THU, FRI, NEXT_MON = (date(2026, 11, day) for day in (23, 24, 25, 26, 27, 30))


def age(moves, status, today):
    return working_age(spans(moves), status, today=today, calendar=CALENDAR)


def due(moves, status):
    return due_on(spans(moves), status, calendar=CALENDAR)


@pytest.mark.parametrize(("today", "days"), [(MON, 0), (TUE, 1), (FRI, 4), (NEXT_MON, 5)])
def test_b14_an_age_counts_working_days_only(today, days):
    assert age([("WITH_TM", MON)], "WITH_TM", today) == days


def test_b14_a_deadline_falls_on_a_working_day_and_leaves_out_bank_holidays():
    assert due([("WITH_TM", MON)], "WITH_TM") == WED
    assert due([("WITH_TM", FRI)], "WITH_TM") == date(2026, 12, 1)
    assert due([("WITH_TM", date(2026, 12, 24))], "WITH_TM") == date(2026, 12, 30)
    assert due([("BOOKED", MON)], "BOOKED") is None


def test_b8_the_clock_pauses_while_a_question_is_open():
    moves = [("SENT", MON), ("MORE_INFO", TUE), ("SENT", FRI)]

    assert age(moves, "SENT", FRI) == 1
    assert age(moves, "SENT", NEXT_MON) == 2
    assert due(moves, "SENT") == NEXT_MON


def test_b8_time_that_was_late_before_the_question_stays_late():
    moves = [("SENT", date(2026, 11, 16)), ("MORE_INFO", FRI), ("SENT", NEXT_MON)]

    assert due(moves, "SENT") < FRI


def test_b8_a_returned_referral_begins_its_turn_again():
    moves = [("WITH_TM", MON), ("RETURNED", THU), ("WITH_TM", FRI)]

    assert age(moves, "WITH_TM", NEXT_MON) == 1


def test_b14_late_is_said_in_words():
    assert late_words(WED, TUE, CALENDAR) == late_words(None, TUE, CALENDAR) == ""
    assert late_words(TUE, TUE, CALENDAR) == "Due today"
    assert late_words(TUE, WED, CALENDAR) == "1 working day overdue"
    assert late_words(FRI, NEXT_MON, CALENDAR) == "1 working day overdue"
    assert late_words(MON, FRI, CALENDAR) == "4 working days overdue"
