"""Sums, limits and days of the remit."""

from datetime import date
from decimal import Decimal

from panels.rules.spending import (
    Asked,
    commitment_words,
    review_by,
    why_not_authorise,
    why_not_pay_more,
    why_not_place_away,
    why_not_review_later,
)


def test_SPD1_section_17_and_assessments_say_their_amount():
    assert why_not_authorise(Asked("section 17")) == ["Give the amount: the whole commitment, to its end or review."]
    assert why_not_authorise(Asked("assessment")) == ["Give the amount: the whole commitment, to its end or review."]
    assert why_not_authorise(Asked("resource")) == []


def test_c19_earlier_section_17_spend_counts_and_the_limit_itself_is_not_over_it():
    asked = {"kind": "section 17", "threshold": Decimal(500)}
    over = commitment_words(Asked(**asked, amount=Decimal(300), committed=Decimal(201)))
    assert over == "£501 in all with £201 committed before: more than £500, so it is the panel’s to authorise."
    assert "not more than £500" in commitment_words(Asked(**asked, amount=Decimal(300), committed=Decimal(200)))


def test_c22_SPD2_above_the_national_rate_needs_a_reason():
    asked = {"kind": "assessment", "threshold": Decimal(1000), "national_rate": Decimal(1200)}
    assert why_not_pay_more(Asked(**asked, amount=Decimal(1200))) == []
    assert why_not_pay_more(Asked(**asked, amount=Decimal(1201))) == ["Say why it is above the national rate on file, £1,200."]
    assert why_not_pay_more(Asked(**asked, amount=Decimal(1201), rate_because="Two languages.")) == []
    assert "more than £1,000" in commitment_words(Asked(**asked, amount=Decimal(1001), committed=Decimal(900)))
    assert "not more than" in commitment_words(Asked(**asked, amount=Decimal(1000), committed=Decimal(900)))


def test_c20_SPD3_no_recourse_is_reviewed_within_twelve_weeks():
    last = review_by(date(2026, 12, 3), 12)
    assert last == date(2027, 2, 25)
    assert why_not_review_later(Asked("no recourse", review_on=last, review_by=last)) == []
    late = Asked("no recourse", review_on=date(2027, 2, 26), review_by=last)
    assert why_not_review_later(late) == ["Review it by 25 February 2027."]
    assert why_not_review_later(Asked("no recourse", review_by=last)) == ["Review it by 25 February 2027."]


def test_c21_SPD4_a_placement_away_says_what_was_tried():
    assert why_not_place_away(Asked("at a distance")) == ["Say what was tried first."]
    assert why_not_place_away(Asked("at a distance", tried_first="A family group conference.")) == []
    assert why_not_place_away(Asked("resource")) == []
