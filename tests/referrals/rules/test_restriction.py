"""Who may restrict, lift and break the glass, and why not."""

from referrals.rules.restriction import (
    why_not_break_glass,
    why_not_lift,
    why_not_restrict,
    why_not_unname,
)


def test_RES1_a_record_is_restricted_once_with_a_reason_and_a_name():
    assert why_not_restrict(is_restricted=False, because="Well known.", named=1, kept_from=[]) == []
    reasons = why_not_restrict(is_restricted=True, because=" ", named=0, kept_from=["Ann Example"])

    assert reasons == [
        "This record is restricted already.", "Say why the record is restricted.",
        "Name at least one person who keeps seeing the record.", "The record is kept from Ann Example, who cannot be named.",
    ]  # fmt: skip
    assert [getattr(reason, "field", None) for reason in reasons] == [None, "because", "people", "others"]


def test_RES2_the_last_named_person_stays():
    assert why_not_unname(left=1) == []
    assert why_not_unname(left=0) != []


def test_RES3_lifting_takes_two_people():
    assert why_not_lift(asked_by=None, agreeing=1, because="Over.") == []
    assert why_not_lift(asked_by=None, agreeing=1, because="") == ["Say why the restriction is no longer needed."]
    assert why_not_lift(asked_by=1, agreeing=2, because="") == []
    assert why_not_lift(asked_by=1, agreeing=1, because="") == ["Somebody else has to agree: you asked for it."]


def test_RES4_an_emergency_has_a_reason_and_withheld_wins():
    assert why_not_break_glass(found=True, is_kept=False, because="Child is missing tonight.") == []
    assert [r.field for r in why_not_break_glass(found=True, is_kept=False, because="missing")] == ["because"]
    absent = why_not_break_glass(found=False, is_kept=False, because="Child is missing tonight.")
    assert absent == why_not_break_glass(found=True, is_kept=True, because="Child is missing tonight.") != []
