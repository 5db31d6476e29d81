"""RTE: health's decision apart, and the panel for the most vulnerable care leavers."""

from datetime import date
from decimal import Decimal

import pytest

from panels.rules.routes import (
    why_not_ask_high_risk,
    why_not_put_to_high_risk,
    why_not_record_health,
)

TODAY = date(2026, 11, 24)


def said(reasons):
    return [str(reason) for reason in reasons]


def test_RTE1_why_not_record_health_asks_who_when_what_and_the_share():
    assert why_not_record_health("The integrated care board", "joint", Decimal(40), on=TODAY, today=TODAY) == []
    assert why_not_record_health("The board", "eligible", None, on=TODAY, today=TODAY) == []
    assert said(why_not_record_health(" ", "", None, on=date(2026, 11, 25), today=TODAY)) == [
        "Say who decided for health.", "Choose what health decided.", "The day of the decision is today or earlier.",
    ]  # fmt: skip
    for share in (None, Decimal(0), Decimal(100)):
        assert said(why_not_record_health("x", "joint", share, on=TODAY, today=TODAY)) == [
            "Give health's share of the cost, between 0 and 100 percent."
        ]
    assert said(why_not_record_health("x", "eligible", Decimal(5), on=TODAY, today=TODAY)) == [
        "A share is given only where the cost is shared."
    ]


@pytest.mark.parametrize(
    ("born_on", "may"),
    [
        (date(2010, 11, 24), True),   # sixteen today
        (date(2010, 11, 25), False),
        (date(2001, 11, 25), True),   # twenty-five tomorrow
        (date(2001, 11, 24), False),
        (None, False),
    ],
)  # fmt: skip
def test_RTE2_why_not_ask_high_risk_hears_of_those_from_16_until_25(born_on, may):
    reasons = why_not_ask_high_risk("Alone.", born_on=born_on, today=TODAY, is_closed=False, is_asked=False)
    assert said(reasons) == ([] if may else ["This panel hears of young people from 16 until 25."])


def test_RTE2_why_not_ask_high_risk_asks_once_and_why():
    assert said(why_not_ask_high_risk(" ", born_on=date(2008, 1, 1), today=TODAY, is_closed=True, is_asked=True)) == [
        "This record is closed.", "The panel has been asked about this young person, and has not heard it yet.",
        "Say why this young person is among the most vulnerable.",
    ]  # fmt: skip


def test_RTE3_why_not_put_to_high_risk_is_for_one_agenda_of_that_panel():
    assert why_not_put_to_high_risk(is_high_risk=True, is_placed=False) == []
    assert why_not_put_to_high_risk(is_high_risk=False, is_placed=True) == [
        "That is no meeting of the high risk panel.", "It is on an agenda already.",
    ]  # fmt: skip
