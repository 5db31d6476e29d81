"""Interests: who declares, who minutes instead, and what an entry of the register says."""

from dataclasses import replace

import pytest

from panels.rules.interests import Declaring, why_not_declare, why_not_minute, why_not_register

OWN = Declaring(for_self=True, role="PM")


@pytest.mark.parametrize(("role", "may"), [("PM", False), ("PRM", False), ("PA", True), ("CH", True)])
def test_INT1_only_chair_or_administrator_declares_for_another(role, may):
    assert why_not_declare(OWN) == []
    assert (why_not_declare(replace(OWN, for_self=False, role=role)) == []) is may
    assert why_not_declare(replace(OWN, is_on_the_agenda=False)) == ["That item is not on this agenda."]


def test_INT2_an_administrator_hands_minuting_over():
    asked = replace(OWN, role="PA", minutes_the_item=True)

    assert why_not_minute(asked) == ["Say who minutes this item instead of you."]
    assert why_not_minute(replace(asked, somebody_else_minutes=True)) == []
    assert why_not_minute(replace(asked, is_none=True)) == []


def test_INT3_an_entry_says_what_it_is_and_ends_after_it_began():
    assert why_not_register("My brother works there.") == []
    assert why_not_register("  ") == ["Say what the interest is."]
    assert why_not_register("x", is_ended_before_it_began=True) == ["It cannot end before it began."]
