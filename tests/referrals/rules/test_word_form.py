"""Word forms: what the rule refuses."""

import pytest

from referrals.rules.word_form import why_not_import


def test_WRD1_a_form_that_was_read_and_names_one_child_becomes_a_draft():
    assert why_not_import(children=1) == []


@pytest.mark.parametrize(("children", "unread", "field"), [(0, "", "child_number"), (2, "", "child_number"), (1, "Too large.", "file"), (0, "No.", "file")])
def test_WRD1_each_refusal_is_beside_its_field(children, unread, field):
    (reason,) = why_not_import(children=children, unread=unread)

    assert reason.field == field
