"""Papers: out once, late with a reason, and numbers that stay."""

from dataclasses import replace
from datetime import date

import pytest

from panels.rules.papers import (
    Circulating,
    why_not_answer_late,
    why_not_circulate,
    why_not_circulate_short,
    why_not_offer_late,
    why_not_release,
    why_not_renumber,
    why_not_tell_presenters,
)

DUE = date(2026, 11, 26)
RIGHT = Circulating(is_open=True, today=DUE, due_on=DUE)
ANSWER = {"chairs": True, "is_out": False, "is_answered": False, "refuses": False, "because": ""}


def test_PAP1_papers_go_out_once():
    assert why_not_circulate(RIGHT) == []
    assert why_not_circulate(replace(RIGHT, went_out_on=DUE)) == [
        "These papers went out on 26 November 2026. A later paper goes as a supplement."
    ]
    assert why_not_circulate(replace(RIGHT, is_open=False)) == ["This meeting has been held, cancelled or closed."]
    assert why_not_circulate(replace(RIGHT, unsigned=("Item 3.",))) == ["Item 3."]


@pytest.mark.parametrize(("day", "because", "may"), [(26, "", True), (27, "", False), (27, " ", False), (27, "Snow.", True)])
def test_PAP2_short_notice_needs_a_reason(day, because, may):
    assert (why_not_circulate_short(replace(RIGHT, today=date(2026, 11, day), short_because=because)) == []) is may


def test_PAP3_a_late_paper_stands_beside_papers_that_are_out():
    assert why_not_offer_late(went_out=True, is_open=True) == []
    assert why_not_offer_late(went_out=False, is_open=True) != []
    assert why_not_offer_late(went_out=True, is_open=False) != []


@pytest.mark.parametrize("wrong", [{"chairs": False}, {"is_out": True}, {"is_answered": True}, {"refuses": True}])
def test_PAP4_the_chair_answers_a_late_paper_once(wrong):
    assert why_not_answer_late(**ANSWER) == []
    assert len(why_not_answer_late(**{**ANSWER, **wrong})) == 1


def test_PAP5_issued_pages_keep_their_numbers():
    assert why_not_renumber(False) == []
    assert why_not_renumber(True) == ["The papers have gone out, and issued pages keep their numbers."]


@pytest.mark.parametrize(("minutes", "may"), [(4, False), (5, True), (180, True), (181, False), (-1, False)])
def test_PAP6_presenters_hear_by_how_many_minutes(minutes, may):
    assert (why_not_tell_presenters(is_on=True, minutes=minutes) == []) is may
    assert why_not_tell_presenters(is_on=False, minutes=15) != []


@pytest.mark.parametrize(("day", "says"), [(25, []), (26, ["The last day to circulate is 26 November 2026: circulate it now."])])
def test_PAP9_an_agenda_is_left_to_go_out_by_itself_before_its_last_day(day, says):
    assert why_not_release(replace(RIGHT, today=date(2026, 11, day))) == says
    assert why_not_release(replace(RIGHT, today=date(2026, 11, day), is_open=False)) == ["This meeting has been held, cancelled or closed."]
