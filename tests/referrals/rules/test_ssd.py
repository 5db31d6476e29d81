"""Codes of the Standard Safeguarding Dataset: one where the record is sure of it, and otherwise what it does not say."""

import pytest

from referrals.rules import ssd
from referrals.rules.placement import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_home_has_one_code_or_says_why_it_has_none(kind):
    assert bool(ssd.placement_type(kind)) != (kind in ssd.NO_TYPE)


@pytest.mark.parametrize(
    ("kind", "is_internal", "code"), [("home", None, "PR0"), ("home", True, "PR0"), ("foster", True, "PR1"), ("foster", False, ""), ("hub", None, "")]
)
def test_who_provides_a_home_is_coded_where_the_record_says_it(kind, is_internal, code):
    assert ssd.provider_code(kind, is_internal) == code


@pytest.mark.parametrize(
    ("facts", "words"),
    [(("home", None, ""), ""), (("hub", True, "SC1"), ""), (("hub", True, ""), "The registration number"),
     (("foster", False, ""), "Whether fostering is long term, which kind of provider")],
)  # fmt: skip
def test_what_is_lacking_is_said(facts, words):
    assert ssd.not_said(*facts) == words
