"""Steps of a dispute under clause 59."""

from datetime import date

import pytest

from panels.rules.disputes import Step, why_not_date_step, why_not_take_step

TODAY = date(2026, 12, 3)
GOOD = {"stage": "referred", "on": TODAY, "due_on": date(2026, 12, 31), "words": "Sent to both parties.", "today": TODAY}


def test_DSP1_a_referred_dispute_has_a_day_for_its_answer():
    assert why_not_take_step(Step(**GOOD)) == []
    assert why_not_take_step(Step(**{**GOOD, "due_on": None})) == ["Give the day by which an answer is due."]
    assert why_not_take_step(Step(**{**GOOD, "due_on": None, "stage": "settled"})) == []
    assert why_not_take_step(Step(**{**GOOD, "words": " "})) == ["Say what was done."]


def test_DSP1_an_answer_is_due_on_the_day_or_after():
    assert why_not_take_step(Step(**{**GOOD, "due_on": TODAY})) == []
    assert why_not_take_step(Step(**{**GOOD, "due_on": date(2026, 12, 2)})) == ["An answer is due on or after the day of this step."]


@pytest.mark.parametrize(
    ("change", "words"),
    [({"on": date(2026, 12, 4)}, "not come"), ({"on": None}, "Give the day"), ({"began_on": date(2026, 12, 4)}, "before the dispute"),
     ({"is_over": True}, "is over")],
)  # fmt: skip
def test_DSP2_a_step_is_on_a_day_that_has_come(change, words):
    (reason,) = why_not_date_step(Step(**{**GOOD, **change}))

    assert words in reason
