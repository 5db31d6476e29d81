"""The twelve principles, and who decides in law."""

from decimal import Decimal

from panels.rules.makers import who_decides
from panels.rules.principles import PRINCIPLES, evidence_from, lacking


def test_d5_there_are_twelve_each_with_its_line():
    assert len(PRINCIPLES) == len({p.key for p in PRINCIPLES}) == 12
    assert [p.source for p in PRINCIPLES] == [f"003:{line}" for line in range(9, 21)]


def test_d5_only_what_is_said_is_evidence():
    found = evidence_from({"child_view": " I want to\nstay. ", "parents_view": "", "carers_view": "They agree.", "story": None})

    assert found == {"voice": "I want to stay.", "parents": "They agree."}
    assert "voice" not in [p.key for p in lacking(found)]
    assert len(lacking(found)) == 10


def test_d5_the_panels_own_actions_and_review_are_evidence_of_two():
    found = evidence_from({}, actions=["ART", "ART", "School"], review="25 February 2027")

    assert found == {"plan": "Actions for ART, School", "watching": "Reviewed on 25 February 2027"}


def test_d5_long_words_are_cut_and_blank_ones_lack():
    assert len(evidence_from({"story": "a " * 400})["needs"]) == 160
    assert len(lacking({"voice": "  "})) == 12


def test_who_decides_names_the_law_first_and_then_the_money():
    assert who_decides("resource", None, {}) == ""
    assert who_decides("out of area", None, {}) == "Nominated officer"
    assert who_decides("permanence", None, {"decision makers": {"permanence": "A named person"}}) == "A named person"
    limit = {"chair limit": 10_000}
    assert who_decides("resource", Decimal("10000.00"), limit) == ""
    assert who_decides("resource", Decimal("10000.01"), limit) == "Decision-maker under the scheme of delegation"
    assert who_decides("resource", None, limit) == ""
