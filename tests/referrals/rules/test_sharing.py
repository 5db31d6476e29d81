"""What may be recorded of agreement, and what may be shown."""

from datetime import date, timedelta

import pytest

from referrals.rules.sharing import (
    has_permission,
    kept_until,
    why_not_disclose,
    why_not_record_fact,
    why_not_tell,
)

TODAY = date(2026, 11, 24)
FACT = {"kind": "work", "answer": "given", "last": "", "said_on": TODAY, "today": TODAY, "is_theirs": True}
SHOWN = {
    "to_commissioner": True, "is_anonymised": False, "has_permission": False, "may_override": False,
    "override_because": "", "shared_on": TODAY, "today": TODAY,
}  # fmt: skip


def test_SHR1_an_answer_stands_on_the_day_it_was_said():
    assert why_not_record_fact(**FACT) == []
    assert [r.field for r in why_not_record_fact(**{**FACT, "said_on": TODAY + timedelta(1)})] == ["said_on"]


@pytest.mark.parametrize(("last", "field"), [("given", []), ("refused", ["answer"]), ("", ["answer"]), ("withdrawn", ["answer"])])
def test_SHR1_only_what_was_given_is_withdrawn(last, field):
    assert [r.field for r in why_not_record_fact(**{**FACT, "answer": "withdrawn", "last": last})] == field


def test_SHR1_a_basis_is_no_answer_and_an_answer_no_basis():
    assert why_not_record_fact(**{**FACT, "kind": "basis", "answer": "task", "is_theirs": False}) == []
    assert why_not_record_fact(**{**FACT, "kind": "basis"}) != []
    assert why_not_record_fact(**{**FACT, "answer": "task"}) != []


def test_SHR1_only_the_child_and_holders_of_responsibility_answer():
    assert [r.field for r in why_not_record_fact(**{**FACT, "is_theirs": False})] == ["who"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, ["is_anonymised"]), ({"is_anonymised": True}, []), ({"has_permission": True}, []), ({"to_commissioner": False}, []),
        ({"may_override": True}, ["override_because"]), ({"may_override": True, "override_because": "An inquiry."}, []),
        ({"override_because": "An inquiry."}, ["is_anonymised"]),
        ({"has_permission": True, "shared_on": TODAY + timedelta(1)}, ["shared_on"]),
    ],
)  # fmt: skip
def test_SHR2_the_commissioner_sees_files_by_permission_or_override(facts, field):
    assert [r.field for r in why_not_disclose(**{**SHOWN, **facts})] == field


def test_SHR3_nobody_is_told_tomorrow():
    assert why_not_tell(told_on=TODAY, today=TODAY) == []
    assert why_not_tell(told_on=TODAY + timedelta(1), today=TODAY) != []


@pytest.mark.parametrize(
    ("answers", "may"),
    [([], False), (["given"], True), (["given", "not asked"], True), (["given", "refused"], False), (["given", "withdrawn"], False), (["not asked"], False)],
)
def test_one_no_outweighs_every_yes(answers, may):
    assert has_permission(answers) is may


def test_k1_a_record_of_a_child_looked_after_is_kept_75_years_from_birth():
    assert kept_until(is_looked_after=True, born_on=date(2012, 3, 4)) == "until 2087, which is 75 years from the date of birth"
    assert "75 years" in kept_until(is_looked_after=True, born_on=None)
    assert "schedule" in kept_until(is_looked_after=False, born_on=date(2012, 3, 4))
