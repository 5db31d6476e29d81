"""Old drafts, copies, second referrers, residents and consultations: their rules."""

from datetime import UTC, date, datetime, timedelta

import pytest

from referrals.rules.copies import is_old, why_not_copy, why_not_join
from referrals.rules.drafts import DraftDays, why_not_let_go, why_not_tend
from referrals.rules.network import why_not_log, why_not_reside

NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)
TODAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("facts", "count"),
    [({}, 0), ({"edited_at": NOW - timedelta(days=89, hours=23)}, 1), ({"seen_at": None}, 1),
     ({"seen_at": NOW - timedelta(days=91)}, 1), ({"status": "WITH_TM"}, 1), ({"was_sent": True}, 1), ({"is_held": True}, 1)],
)  # fmt: skip
def test_a1_DRA1_a_draft_goes_after_ninety_days_once_a_manager_has_read_it(facts, count):
    usual = {
        "status": "DRAFT", "was_sent": False, "edited_at": NOW - timedelta(days=90), "seen_at": NOW - timedelta(days=5), "now": NOW,
        "days": DraftDays(7, 90),
    }  # fmt: skip

    assert len(why_not_let_go(**usual | facts)) == count


def test_a1_DRA2_only_the_teams_manager_keeps_or_lets_go():
    assert why_not_tend(status="DRAFT", was_sent=False, manages=True) == []
    assert len(why_not_tend(status="DRAFT", was_sent=False, manages=False)) == 1
    assert len(why_not_tend(status="SENT", was_sent=True, manages=False)) == 2


def test_a17_JNT1_a_second_referrer_is_another_social_worker():
    assert why_not_join(is_author=False, works_here=True, is_open=True) == []
    assert len(why_not_join(is_author=True, works_here=True, is_open=False)) == 2
    assert len(why_not_join(is_author=False, works_here=False, is_open=True)) == 1


def test_CPY1_a_copy_takes_sections_from_the_page():
    assert why_not_copy(["needs"], offered=["needs", "risk"]) == []
    assert why_not_copy([], offered=["needs"]) == ["Tick at least one section to start from."]
    assert why_not_copy(["consent"], offered=["needs"]) == ["Choose from the sections on the page."]


def test_a_section_is_old_after_six_months():
    assert not is_old(date(2026, 6, 3), today=TODAY)
    assert is_old(date(2026, 6, 2), today=TODAY)
    assert is_old(None, today=TODAY)


@pytest.mark.parametrize(
    ("facts", "count"),
    [({}, 0), ({"moved_in": date(2026, 12, 4)}, 1), ({"moved_out": date(2026, 10, 31)}, 1), ({"moved_out": date(2026, 11, 1)}, 0),
     ({"lives_elsewhere": True}, 1), ({"born_on": date(2008, 11, 1)}, 1), ({"born_on": date(2008, 11, 2)}, 0), ({"born_on": None}, 0)],
)  # fmt: skip
def test_a30_HOM1_one_home_at_a_time_and_out_after_in(facts, count):
    usual = {
        "moved_in": date(2026, 11, 1), "moved_out": None, "today": TODAY, "lives_elsewhere": False, "born_on": date(2012, 1, 1),
    }  # fmt: skip
    facts = {**usual, **facts}

    assert len(why_not_reside(facts.pop("moved_in"), facts.pop("moved_out"), **facts)) == count


def test_a18_ADV1_a_consultation_has_happened_and_says_about_whom():
    assert why_not_log(TODAY, today=TODAY, about="A boy of nine") == []
    assert len(why_not_log(date(2026, 12, 4), today=TODAY, about=" ")) == 2
