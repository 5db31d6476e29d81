"""Contacts, plans and orders while children wait; triage, health, lead workers and messages."""

from datetime import date, timedelta

import pytest

from referrals.rules.health import (
    has_priority_access,
    why_not_refer_to_health,
    why_not_share_care,
)
from referrals.rules.lead_worker import Naming, why_not_lead
from referrals.rules.message import why_not_write
from referrals.rules.triage import why_not_ask, why_not_triage, why_not_turn_away
from referrals.rules.waiting import (
    next_contact_due,
    renumbered,
    swapped,
    why_not_agree_plan,
    why_not_contact,
    why_not_order,
    why_not_order_unseen,
)

TODAY = date(2026, 11, 24)
LINE = ["a", "b", "c", "d"]


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (14, True), (15, False), (-3, False)])
def test_WAI1_the_next_contact_is_within_14_days(days, allowed):
    found = why_not_contact("Spoke.", TODAY + timedelta(days=days), status="WAITING", today=TODAY, every_days=14)

    assert (found == []) is allowed


def test_WAI1_a_contact_says_what_was_said():
    assert [r.field for r in why_not_contact(" ", TODAY + timedelta(days=1), status="OFFERED", today=TODAY, every_days=14)] == ["note"]


@pytest.mark.parametrize("status", ["READY", "SUPPORTED", "ENDED", "WITHDRAWN"])
def test_WAI2_only_a_child_who_waits_is_contacted_as_waiting(status):
    assert why_not_contact("Spoke.", TODAY + timedelta(days=1), status=status, today=TODAY, every_days=14) != []


def test_WAI3_the_referrer_agrees_once():
    assert why_not_agree_plan(status="WAITING", is_referrer=True, is_agreed=False) == []
    assert len(why_not_agree_plan(status="WAITING", is_referrer=False, is_agreed=True)) == 2


def test_b10_a_contact_is_due_as_promised_or_after_14_days():
    assert next_contact_due(None, TODAY, every_days=14) == TODAY + timedelta(days=14)
    assert next_contact_due(TODAY, TODAY - timedelta(days=90), every_days=14) == TODAY


def test_ORD1_an_order_names_everybody_once_with_reason_and_agreement():
    right = {"reason": "Their home ends.", "strategic_manager_agrees": True}
    assert why_not_order(["b", "a", "c", "d"], LINE, **right) == []
    assert [r.field for r in why_not_order(["a", "a", "c", "d"], LINE, **right)] == ["order"]
    assert [r.field for r in why_not_order(["a", "b"], LINE, **right)] == ["order"]
    assert [r.field for r in why_not_order(LINE, LINE, **right)] == ["order"]
    assert [r.field for r in why_not_order(["b", "a", "c", "d"], LINE, reason=" ", strategic_manager_agrees=False)] == [
        "reason", "agreed_by",
    ]  # fmt: skip


def test_ORD2_an_order_is_changed_from_the_one_that_was_seen():
    assert why_not_order_unseen(LINE, LINE) == []
    assert why_not_order_unseen(["b", "a", "c", "d"], LINE)[0].field == "order"
    assert why_not_order_unseen(LINE[:-1], LINE) != []


@pytest.mark.parametrize(
    ("numbers", "after"),
    [
        ([1, 2, 3, 4], "abcd"), ([1, 2, 3, 1], "dabc"), ([4, 2, 3, 4], "bcda"), ([2, 1, 3, 4], "bacd"),
        ([9, 9, 1, 1], "cdab"), ([1, 1, 1, 1], "bcda"),
    ],
)  # fmt: skip
def test_an_order_by_numbers_gives_whoever_moves_the_number_typed(numbers, after):
    found = renumbered(LINE, numbers)

    assert sorted(found) == LINE
    if numbers not in ([9, 9, 1, 1], [1, 1, 1, 1]):
        assert "".join(found) == after


@pytest.mark.parametrize(("ref", "by", "after"), [("b", -1, "bacd"), ("a", -1, "abcd"), ("d", 1, "abcd"), ("a", 1, "bacd")])
def test_one_is_moved_up_or_down_by_a_button(ref, by, after):
    assert "".join(swapped(LINE, ref, by)) == after


def test_TRI1_nobody_triages_what_they_signed():
    assert why_not_triage(signed_by_them=False) == []
    assert why_not_triage(signed_by_them=True)[0].field == "deed"


def test_TRI2_a_question_has_words_and_a_day_to_come():
    assert why_not_ask("Why?", None, TODAY) == why_not_ask("Why?", TODAY, TODAY) == []
    found = why_not_ask(" ", TODAY - timedelta(days=1), TODAY)
    assert [r.field for r in found] == ["question", "answer_by"]


def test_TRI3_what_is_not_for_this_service_goes_back_with_why():
    assert why_not_turn_away("Another council's child.") == []
    assert why_not_turn_away(" ") != []


@pytest.mark.parametrize(
    ("sdq", "looked_after", "priority"), [(17, True, True), (16, True, False), (None, True, False), (40, False, False)]
)
def test_b12_a_child_in_care_scoring_17_or_over_has_priority_access(sdq, looked_after, priority):
    assert has_priority_access(sdq, is_looked_after=looked_after) is priority


def test_CAM1_a_referral_rests_on_a_stable_home_or_a_plan_for_one():
    assert why_not_refer_to_health("referred", home_is_stable=True, plan="") == []
    assert why_not_refer_to_health("referred", home_is_stable=False, plan="Evenings planned.") == []
    assert why_not_refer_to_health("not needed", home_is_stable=False, plan="") == []
    assert why_not_refer_to_health("supporting", home_is_stable=False, plan=" ")[0].field == "unstable_plan"


def test_CAM2_shared_care_is_written_down():
    assert why_not_share_care("open", "They see her weekly; we see nan.") == why_not_share_care("referred", "") == []
    assert why_not_share_care("open", " ")[0].field == "shared_care_note"


def test_LEA1_a_lead_worker_works_for_the_provider():
    assert why_not_lead(Naming(None, "ella", True)) == []
    assert [r.field for r in why_not_lead(Naming(None, "nadia", False))] == ["person"]
    assert len(why_not_lead(Naming(None, "ella", True, status="READY"))) == 1


def test_LEA2_a_change_is_to_somebody_else_with_a_reason():
    assert why_not_lead(Naming("ella", "tom", True, "On leave.")) == []
    assert [r.field for r in why_not_lead(Naming("ella", "ella", True, " "))] == ["person", "reason"]


@pytest.mark.parametrize(
    ("words", "to", "fields"),
    [("Hello", ["SW"], []), (" ", ["SW"], ["words"]), ("Hello", [], ["to_roles"]), ("Hello", ["SW", "SYS"], ["to_roles"])],
)
def test_MSG1_a_message_has_words_and_readers(words, to, fields):
    assert [r.field for r in why_not_write(words, to)] == fields
