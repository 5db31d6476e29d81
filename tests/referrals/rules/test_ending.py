"""Endings, plans, sessions, moving on, closing and telling: what each rule refuses."""

from datetime import date

import pytest

from referrals.rules import closing, ending, plan, sessions, telling, transition
from referrals.rules.ending import EndingFacts

TODAY = date(2026, 11, 24)
WHOLE = {
    "why": "goals met", "goal_achieved": "yes", "outcome": "stayed", "exit_plan": "Plan.", "relapse_plan": "Ring.",
    "child_agrees": "agrees", "carer_agrees": "disagrees", "agencies": "School.", "lives_next": "Home.",
    "supports_next": "School.", "child_feedback": "Good.", "carer_not_asked": "Said no.",
}  # fmt: skip


def test_f12_END1_a_whole_ending_may_end():
    assert ending.why_not_end_as_planned(EndingFacts(**WHOLE)) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("why", "", "why it ends"), ("goal_achieved", "", "goal"), ("outcome", " ", "came of it"),
        ("exit_plan", " \n", "exit plan"), ("relapse_plan", "", "slip back"), ("agencies", "", "agencies"),
        ("child_agrees", "not asked", "Ask the child"), ("carer_agrees", "", "Ask the carer"),
        ("lives_next", "", "lives next"), ("supports_next", "", "supports"),
        ("child_feedback", "", "Ask the child how it was"), ("carer_not_asked", "", "Ask the carer how it was"),
    ],
)  # fmt: skip
def test_f12_END1_each_missing_part_is_named(field, value, words):
    (reason,) = ending.why_not_end_as_planned(EndingFacts(**{**WHOLE, field: value}))

    assert words in reason


def test_e8_END1_a_bed_followed_by_outreach_asks_only_the_reason_and_the_home_found():
    found = ending.why_not_end_as_planned(EndingFacts(), support_goes_on=True)

    assert found == ["Say why it ends.", "Say where the child lives next.", "Say who supports the child next."]


def test_f12_END2_an_unplanned_end_says_what_happened():
    assert ending.why_not_end_unplanned(" ") != []
    assert ending.why_not_end_unplanned("Hospital.") == []


def test_f20_END5_the_place_of_a_missing_child_is_held_unless_a_decision_moved_them():
    assert ending.why_not_end_while_missing(is_missing=False, why="goals met") == []
    for why in ("", "goals met", "child chose", "carer chose", "home ended", "other help", "other"):
        assert "the place is held" in ending.why_not_end_while_missing(is_missing=True, why=why)[0]
    for why in ("moved on", "adult", "died", "adopted"):
        assert ending.why_not_end_while_missing(is_missing=True, why=why) == []


@pytest.mark.parametrize(
    ("was", "now", "reason", "refused"),
    [
        ("SUPPORTED", "STEP_DOWN", "", False), ("STEP_DOWN", "SUPPORTED", "Worse.", False),
        ("STEP_DOWN", "SUPPORTED", " ", True), ("WAITING", "STEP_DOWN", "x", True), ("ENDED", "SUPPORTED", "x", True),
        ("SUPPORTED", "SUPPORTED", "x", True),
    ],
)  # fmt: skip
def test_f12_END3_support_steps_down_and_up(was, now, reason, refused):
    assert bool(ending.why_not_step(was, now, reason)) is refused


def test_f25_END4_a_check_is_made_once_from_its_day():
    facts = {"today": TODAY, "is_done": False, "is_stopped": False}

    assert ending.why_not_check(due_on=TODAY, **facts) == []
    assert ending.why_not_check(due_on=date(2026, 11, 25), **facts) != []
    assert ending.why_not_check(due_on=TODAY, **{**facts, "is_done": True}) != []
    assert ending.why_not_check(due_on=TODAY, **{**facts, "is_stopped": True}) != []
    assert ending.why_not_check(due_on=TODAY, is_sustained="yes", came_back="yes", **facts) != []
    assert ending.why_not_check(due_on=TODAY, is_sustained="not known", came_back="not known", **facts) == []


def test_f25_checks_are_due_at_three_six_and_twelve_months():
    assert ending.check_days(date(2026, 11, 30)) == {
        3: date(2027, 2, 28), 6: date(2027, 5, 30), 12: date(2027, 11, 30),
    }  # fmt: skip


def test_f15_PLN1_an_action_says_what_who_when_how_known_and_which_risk():
    whole = {"what": "Ring.", "known_by": "Rung.", "lessens": "Moves.", "owner_name": "Nan", "due_on": TODAY, "today": TODAY}

    assert plan.why_not_add_action(**whole) == []
    for field in ("what", "known_by", "lessens", "owner_name"):
        assert [r.field for r in plan.why_not_add_action(**{**whole, field: "  "})] == [field]
    assert [r.field for r in plan.why_not_add_action(**{**whole, "due_on": date(2026, 11, 23)})] == ["due_on"]


def test_e17_PLN2_a_plan_is_looked_at_and_its_end_only_foreseen():
    assert plan.why_not_date_plan(review_on=TODAY, envisaged_end_on=None, today=TODAY) == []
    assert plan.why_not_date_plan(review_on=date(2026, 11, 23), envisaged_end_on=None, today=TODAY) != []
    assert plan.why_not_date_plan(review_on=date(2027, 5, 25), envisaged_end_on=None, today=TODAY) == []
    assert plan.why_not_date_plan(review_on=date(2027, 5, 26), envisaged_end_on=None, today=TODAY) != []
    assert plan.why_not_date_plan(review_on=TODAY, envisaged_end_on=date(2026, 11, 23), today=TODAY) != []


def test_f15_PLN3_a_review_is_recorded_once_held_and_sets_the_next():
    assert plan.why_not_review(held_on=TODAY, next_review_on=date(2026, 11, 25), today=TODAY) == []
    assert plan.why_not_review(held_on=date(2026, 11, 25), next_review_on=date(2026, 12, 1), today=TODAY) != []
    assert plan.why_not_review(held_on=TODAY, next_review_on=TODAY, today=TODAY) != []


def test_e17_no_foreseen_end_is_a_warning_and_a_passed_one_too():
    facts = {"today": TODAY, "review_on": TODAY, "child_asked": True, "actions": 1}

    assert plan.warnings(envisaged_end_on=TODAY, **facts) == []
    assert "No end is foreseen" in plan.warnings(envisaged_end_on=None, **facts)[0]
    assert "goes on until you end it" in plan.warnings(envisaged_end_on=date(2026, 11, 23), **facts)[0]


@pytest.mark.parametrize(
    ("kind", "flag", "refused"),
    [("direct", True, True), ("direct", False, False), ("assessment", True, False), ("consultation", True, False)],
)
def test_f16_SES1_no_direct_work_but_the_psychological_assessment(kind, flag, refused):
    assert bool(sessions.why_not_hold_session(kind, no_direct_work=flag)) is refused


def test_e24_SES2_a_session_has_been_held_and_somebody_came():
    assert sessions.why_not_record_session(held_on=TODAY, came=["Nan"], today=TODAY) == []
    assert sessions.why_not_record_session(held_on=date(2026, 11, 25), came=["Nan"], today=TODAY) != []
    assert sessions.why_not_record_session(held_on=TODAY, came=[], today=TODAY) != []
    assert sessions.names_in(" Nan \n\nNan\nSchool\n") == ["Nan", "School"]


BORN = date(2009, 3, 31)


def test_f14_TRN1_support_after_18_needs_a_decision_and_fresh_agreement():
    handing = transition.Handing
    decided = {"born_on": BORN, "decided_on": TODAY, "decision": "Head of service: six months more"}

    assert transition.why_not_support_after_18(handing(BORN)) == []
    assert transition.why_not_support_after_18(handing(**decided, agreed_on=TODAY)) == []
    assert [r.field for r in transition.why_not_support_after_18(handing(**decided))] == ["after_18_agreed_on"]
    stale = transition.why_not_support_after_18(handing(**decided, agreed_on=date(2026, 9, 29)))
    assert "fresh" in stale[0]
    assert transition.why_not_support_after_18(handing(**decided, agreed_on=date(2026, 9, 30))) == []
    assert transition.why_not_support_after_18(handing(BORN, agreed_on=TODAY)) != []


def test_f14_TRN2_phases_follow_one_another():
    handing = transition.Handing
    one, two, three = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)

    assert transition.why_not_phase(handing(BORN, one, two, three)) == []
    assert transition.why_not_phase(handing(BORN, one, None, three)) == []
    assert [r.field for r in transition.why_not_phase(handing(BORN, two, one, three))] == ["joint_from_on"]
    assert [r.field for r in transition.why_not_phase(handing(BORN, two, None, one))] == ["leads_from_on"]


def test_f14_the_need_after_18_is_warned_of_from_seventeen_and_a_half():
    def warn(day, **facts):
        return transition.adult_warning(BORN, day, **{"has_handover": False, **facts})

    assert warn(date(2026, 9, 29)) == ""
    assert "No handover" in warn(date(2026, 9, 30))
    assert "No handover" not in warn(date(2026, 9, 30), has_handover=True)
    assert "only by a decision" in warn(date(2027, 3, 31))
    assert transition.adult_warning(None, TODAY, has_handover=False) == ""


def offer(**facts):
    whole = {
        "born_on": BORN, "came_on": TODAY, "offered_on": TODAY, "choice": "not yet", "chose_on": None,
        "own_words": "", "today": TODAY,
    }  # fmt: skip
    return transition.why_not_record_offer(**{**whole, **facts})


def test_f24_TRN3_section_20_is_offered_before_an_informed_choice():
    assert offer() == []
    assert offer(choice="accepted", chose_on=TODAY, own_words="Yes.") == []
    assert {r.field for r in offer(choice="other help")} == {"chose_on", "own_words"}
    assert [r.field for r in offer(choice="accepted", chose_on=date(2026, 11, 23), own_words="Yes.")] == ["chose_on"]
    assert [r.field for r in offer(offered_on=date(2026, 11, 23))] == ["offered_on"]


@pytest.mark.parametrize(("born_on", "refused"), [
    (date(2010, 11, 24), False), (date(2010, 11, 25), True), (date(2008, 11, 25), False), (date(2008, 11, 24), True),
    (None, False), (date(2027, 1, 1), True),
])  # fmt: skip
def test_f24_TRN3_it_is_for_those_of_16_and_17(born_on, refused):
    assert bool(offer(born_on=born_on)) is refused


def test_TRN4_two_children_are_linked_once_and_a_sealed_record_never():
    assert transition.why_not_link(is_same=False, is_sealed=False, is_there=False) == []
    for wrong in ("is_same", "is_sealed", "is_there"):
        facts = {"is_same": False, "is_sealed": False, "is_there": False, wrong: True}
        assert transition.why_not_link(**facts) != []


def test_f18_TRN5_an_onward_referral_says_when_and_what_came_of_it():
    facts = {"referred_on": TODAY, "outcome": "waiting", "outcome_on": None, "today": TODAY}

    assert transition.why_not_record_onward(**facts) == []
    assert transition.why_not_record_onward(**{**facts, "outcome": "accepted"}) != []
    assert transition.why_not_record_onward(**{**facts, "outcome": "accepted", "outcome_on": TODAY}) == []
    assert transition.why_not_record_onward(**{**facts, "referred_on": date(2026, 11, 25)}) != []


def test_f13_TRN6_support_not_taken_up_is_followed_up():
    facts = {
        "noticed_on": TODAY, "noticed": "No answer.", "tried": "Rang.", "next_steps": "", "agreed_with": "",
        "agreed_on": None, "today": TODAY,
    }  # fmt: skip

    assert transition.why_not_record_disengagement(**facts) == []
    assert [r.field for r in transition.why_not_record_disengagement(**{**facts, "tried": ""})] == ["tried"]
    wrong = transition.why_not_record_disengagement(**{**facts, "next_steps": "Visit."})
    assert {r.field for r in wrong} == {"agreed_with", "agreed_on"}


def death(**facts):
    whole = {"died_on": TODAY, "born_on": BORN, "today": TODAY, "is_manager": True, "is_closed": False}
    return closing.why_not_record_death(**{**whole, **facts})


def test_j16_CLS1_a_death_is_entered_once_by_a_manager():
    assert death() == []
    assert death(is_manager=False) != []
    assert death(is_closed=True) != []
    assert death(died_on=date(2026, 11, 25)) != []
    assert death(died_on=date(2009, 3, 30)) != []
    assert death(born_on=None) == []


def test_j16_CLS2_an_adopted_childs_record_is_sealed_to_named_people():
    facts = {"ordered_on": TODAY, "born_on": BORN, "today": TODAY, "is_manager": True, "is_closed": False, "named": 1}

    assert closing.why_not_seal(**facts) == []
    for wrong in ({"named": 0}, {"is_manager": False}, {"is_closed": True}, {"ordered_on": date(2026, 11, 25)}):
        assert closing.why_not_seal(**{**facts, **wrong}) != []


def test_CLS5_a_manager_asks_with_a_reason_and_only_after_a_death():
    facts = {"kind": "death", "is_asked": False, "is_manager": True, "because": "Another child."}

    assert closing.why_not_ask_to_undo(**facts) == []
    for wrong in ({"kind": "adoption"}, {"is_asked": True}, {"is_manager": False}, {"because": "  "}):
        assert len(closing.why_not_ask_to_undo(**{**facts, **wrong})) == 1


def test_CLS6_another_manager_agrees_and_never_the_one_who_asked():
    facts = {"is_asked": True, "is_asker": False, "is_manager": True}

    assert closing.why_not_undo(**facts) == []
    for wrong in ({"is_asked": False}, {"is_asker": True}, {"is_manager": False}):
        assert len(closing.why_not_undo(**{**facts, **wrong})) == 1


def test_CLS3_only_a_closed_place_is_released():
    assert closing.why_not_release_place(is_closed=True, is_begun=True) == []
    assert closing.why_not_release_place(is_closed=False, is_begun=True) != []
    assert closing.why_not_release_place(is_closed=True, is_begun=False) != []


def test_CLS4_one_council_at_a_time_is_responsible():
    facts = {"from_on": TODAY, "last_from_on": None, "today": TODAY, "is_same": False, "has_place": False, "because": "Moved."}

    assert closing.why_not_hand_to_council(**facts) == []
    for wrong in (
        {"is_same": True}, {"from_on": date(2026, 11, 25)}, {"last_from_on": TODAY}, {"has_place": True}, {"because": " "},
    ):  # fmt: skip
        assert closing.why_not_hand_to_council(**{**facts, **wrong}) != []


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({"born_on": date(2012, 2, 29)}, date(2087, 3, 1)),
        ({"born_on": BORN}, date(2084, 3, 31)),
        ({"born_on": BORN, "died_on": date(2027, 3, 30)}, date(2042, 3, 30)),
        ({"born_on": BORN, "died_on": date(2027, 3, 31)}, date(2084, 3, 31)),
        ({"born_on": BORN, "ordered_on": date(2024, 2, 29)}, date(2124, 2, 29)),
        ({"born_on": None}, None),
    ],
)
def test_g40_a_record_is_kept_75_years_or_15_from_a_death_before_18_or_100_from_an_order(facts, until):
    assert closing.keep_until(**facts) == until


def test_j15_TEL1_a_decision_is_told_once_in_plain_words():
    facts = {"told_on": TODAY, "words": "Yes.", "today": TODAY, "is_told": False, "is_stopped": False}

    assert telling.why_not_tell(**facts) == []
    for wrong in ({"words": " "}, {"told_on": date(2026, 11, 25)}, {"is_told": True}, {"is_stopped": True}):
        assert telling.why_not_tell(**{**facts, **wrong}) != []


@pytest.mark.parametrize("status", ["AGREED", "CONDITIONS", "PART", "DEFERRED", "DECLINED", "REDIRECTED"])
def test_j15_every_decision_has_plain_words(status):
    words = telling.plain_words(status, "outreach", 12, date(2027, 3, 1))

    assert words.startswith("The panel ")
    assert "1 March 2027" in words
