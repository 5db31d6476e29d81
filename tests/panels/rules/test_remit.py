"""Remit: what each kind asks of a request, and of a decision to agree to it."""

from datetime import date
from decimal import Decimal

from panels.rules.commitment import Commitment
from panels.rules.remit import (
    Agreeing,
    Ask,
    against_agreeing,
    against_asking,
    review_by,
    why_not_accommodate,
    why_not_keep,
    why_not_place_away,
    why_not_review_later,
)

SMALL = Commitment("section 17", amount=Decimal(499), limit=Decimal(500), must_say=True)


def test_a_small_sum_is_no_request_for_the_panel_yet_once_before_it_may_be_agreed():
    assert against_asking(Ask(SMALL)) == ["The whole commitment is £499, and the panel authorises more than £500: a manager can agree it."]
    assert against_agreeing(Agreeing(SMALL)) == []


def test_both_say_the_whole_sum_and_why_it_is_above_the_rate():
    silent = Commitment("assessment", must_say=True)
    dear = Commitment("assessment", amount=Decimal(1201), national_rate=Decimal(1200), must_say=True)

    for asked, said in ((silent, "Say what it costs, and until when."), (dear, "The national rate on file is £1,200: say why it costs more.")):
        assert against_asking(Ask(asked)) == against_agreeing(Agreeing(asked)) == [said]


def test_REM5_c21_other_ways_are_explored_before_accommodation():
    two = ("tried", "unsuitable", "")

    assert why_not_accommodate("accommodation", two) == ["Say what came of a family group conference, or why there is no time."]
    assert why_not_accommodate("accommodation", ("tried", "tried", "not yet")) != []
    assert why_not_accommodate("accommodation", ("tried", "tried", "tried")) == []
    assert why_not_accommodate("accommodation", two, "Police protection tonight.") == []
    assert len(why_not_accommodate("placement")) == 3
    assert why_not_accommodate("transport") == []


def test_REM6_c23_joint_funding_is_for_the_tripartite_group():
    assert why_not_keep("joint") != []
    assert why_not_keep("placement") == []


def test_c20_REM7_no_recourse_is_reviewed_within_twelve_weeks():
    last = review_by(date(2026, 12, 3), 12)
    assert last == date(2027, 2, 25)
    assert why_not_review_later("no recourse", last, last) == []
    assert why_not_review_later("no recourse", date(2027, 2, 26), last) == ["Review it by 25 February 2027."]
    assert why_not_review_later("no recourse", None, last) == ["Review it by 25 February 2027."]
    assert why_not_review_later("resource", None, last) == []


def test_c21_REM8_a_placement_away_says_what_was_tried():
    assert why_not_place_away("at a distance", "") == ["Say what was tried first."]
    assert why_not_place_away("at a distance", "A family group conference.") == []
    assert why_not_place_away("resource", "") == []
