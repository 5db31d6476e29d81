"""Entries on the case system."""

from panels.rules.entries import why_not_check_entry, why_not_enter


def test_ENT1_a_released_decision_is_entered_once():
    assert why_not_enter(is_released=True, is_entered=False) == []
    assert why_not_enter(is_released=True, is_entered=True) == ["It was entered before."]
    assert why_not_enter(is_released=False, is_entered=False) == ["Only a released decision is entered on the case system."]


def test_ENT2_somebody_else_checks_it_once():
    assert why_not_check_entry(is_entered=True, is_checked=False, is_own=False) == []
    assert why_not_check_entry(is_entered=True, is_checked=False, is_own=True) == ["Somebody else checks what you entered."]
    assert why_not_check_entry(is_entered=True, is_checked=True, is_own=False) == ["It was checked before."]
    assert why_not_check_entry(is_entered=False, is_checked=False, is_own=False) == ["It is not on the case system yet."]
