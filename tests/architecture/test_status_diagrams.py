"""The status diagram in a README is the one its table draws."""

from pathlib import Path

from panels.rules.decisions import OUTCOMES as PANEL_OUTCOMES
from referrals.choices import ReferralStatus
from referrals.rules.progress import LABELS, OUTCOMES, diagram

README = Path(__file__).parents[2] / "referrals" / "README.md"


def test_status_diagrams_match_the_tables():
    assert f"```mermaid\n{diagram()}\n```" in README.read_text()


def test_every_status_has_the_same_words_in_rules_and_choices():
    assert dict(ReferralStatus.choices) == LABELS


def test_a_panels_decisions_are_the_statuses_they_lead_to():
    assert set(PANEL_OUTCOMES) == set(OUTCOMES)
