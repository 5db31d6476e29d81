"""Progress: the status table."""

from itertools import product

import pytest

from referrals.rules.progress import LABELS, LAST, NEXT, OUTCOMES, diagram, why_not_move

SUPPORT = ("SUPPORTED", "STEP_DOWN", "ENDED", "WITHDRAWN")


def reachable(start):
    seen, ahead = {start}, [start]
    while ahead:
        new = NEXT[ahead.pop()] - seen
        seen |= new
        ahead.extend(new)
    return seen


def test_PRG1_every_status_can_be_reached_and_left():
    assert reachable("DRAFT") == set(NEXT) == set(LABELS)
    assert {status for status, nexts in NEXT.items() if not nexts} == set(LAST)


@pytest.mark.parametrize("status", [status for status in NEXT if status not in LAST])
def test_PRG1_every_status_comes_to_an_end(status):
    assert "ENDED" in reachable(status)


@pytest.mark.parametrize("status", NEXT)
def test_PRG1_a_referral_is_withdrawn_only_before_support(status):
    assert ("WITHDRAWN" in NEXT[status]) == (status not in SUPPORT)


@pytest.mark.parametrize(("was", "now"), list(product(NEXT, NEXT)))
def test_PRG1_a_referral_moves_only_along_its_table(was, now):
    allowed = now in NEXT[was]

    assert (why_not_move(was, now) == []) == allowed
    marked_is_allowed = allowed or (now == "SUPPORTED" and was != "SUPPORTED")
    assert (why_not_move(was, now, marked=True) == []) == marked_is_allowed


@pytest.mark.parametrize(
    ("now", "reached_from"),
    [
        ("WITH_TM", "DRAFT RETURNED READY BOOKED"),
        ("WITH_SM", "WITH_TM RETURNED READY BOOKED"),
        ("WITH_STRATEGIC", "WITH_SM RETURNED READY BOOKED"),
        ("SENT", "WITH_SM WITH_STRATEGIC MORE_INFO"),
        ("MORE_INFO", "SENT"),
        ("RETURNED", "WITH_TM WITH_SM WITH_STRATEGIC SENT"),
        ("READY", "SENT BOOKED DEFERRED REDIRECTED DECLINED"),
        ("BOOKED", "READY"),
        ("RECOMMENDED", "BOOKED"),
        ("OFFERED", "WAITING"),
        ("SUPPORTED", "OFFERED STEP_DOWN"),
        ("STEP_DOWN", "SUPPORTED"),
        ("ENDED", "AGREED CONDITIONS PART DECLINED WAITING SUPPORTED STEP_DOWN"),
    ],
)
def test_PRG1_each_status_is_reached_from_where_the_ruling_says(now, reached_from):
    assert {was for was, nexts in NEXT.items() if now in nexts} == set(reached_from.split())


@pytest.mark.parametrize("was", LABELS)
def test_PRG1_undoing_a_closing_leads_back_from_the_last_and_from_nowhere_else(was):
    for now in LABELS:
        led = why_not_move(was, now, undone=True) == []
        assert led == (now in NEXT[was] or (was in LAST and now not in LAST))


@pytest.mark.parametrize("was", LABELS)
def test_PRG1_taking_an_agreement_back_leads_to_booked_and_nowhere_else(was):
    for now in LABELS:
        led = why_not_move(was, now, taken_back=True) == []
        back = was in {"RECOMMENDED", "AGREED", "CONDITIONS", "PART", "DEFERRED", "DECLINED", "REDIRECTED"} and now == "BOOKED"
        assert led == (now in NEXT[was] or back)


def test_PRG1_says_what_cannot_become_what():
    assert why_not_move("DRAFT", "WAITING") == [
        "A referral that is “Draft” cannot become “Waiting for a place”."
    ]


def test_PRG1_nothing_waits_for_a_place_without_a_decision():
    assert {was for was, nexts in NEXT.items() if "WAITING" in nexts} == {
        "AGREED",
        "CONDITIONS",
        "PART",
        "OFFERED",
    }


def test_PRG1_decisions_come_only_from_a_panel():
    for outcome in OUTCOMES:
        assert {was for was, nexts in NEXT.items() if outcome in nexts} == {"BOOKED", "RECOMMENDED"}


def test_the_diagram_draws_every_move():
    drawn = diagram()

    for was, nexts in NEXT.items():
        for now in nexts - {"WITHDRAWN"}:
            assert f"{was} --> {now}\n" in drawn
    assert "BEFORE --> WITHDRAWN" in drawn
