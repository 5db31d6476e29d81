"""Twelve principles that a decision rests on (003:9-20), and what a referral already says to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Principle:
    """One principle in our own words, and the answers of a referral that speak to it."""

    key: str
    words: str
    answers: tuple[str, ...]
    source: str


PRINCIPLES = (
    Principle("standards", "Good standards of practice: what was tried, and what came of it", ("previous_interventions",), "003:9"),
    Principle("needs", "The decision rests on the child’s needs and best interests", ("story", "ask"), "003:10"),
    Principle("safety", "The child is safe; help comes in time and fits age and development", ("safeguarding",), "003:11"),
    Principle("family", "Families stay together where that is safe", ("goal",), "003:12"),
    Principle("permanence", "It leads towards a lasting home", ("planned_carer", "permanence"), "003:13"),
    Principle("voice", "The child’s wishes and feelings have been heard", ("child_view",), "003:14"),
    Principle(
        "identity", "Faith, culture, language, disability and identity are considered",
        ("identity", "culture", "faith", "language", "disability", "orientation"), "003:15",
    ),
    Principle("parents", "Parents and carers were asked, and take up what is offered", ("parents_view", "carers_view"), "003:16"),
    Principle("plan", "The plan says what each party will do", ("plan",), "003:17"),
    Principle("network", "Everybody round the child, paid or family, is made use of", ("person_1", "strengths"), "003:18"),
    Principle("local", "Help is where it lets children stay with family or near home", ("lives_now",), "003:19"),
    Principle("watching", "Somebody watches what the help achieves", ("sdq_score",), "003:20"),
)  # fmt: skip
LONGEST = 160


def evidence_from(facts: Mapping[str, object], *, actions: Sequence[str] = (), review: str = "") -> dict[str, str]:
    """Take a referral's answers by name, who is to act and the day of review; give, by principle, the words that speak to it.

    Nothing said is nothing given.
    """
    found = {}
    if actions:
        found["plan"] = f"Actions for {', '.join(dict.fromkeys(actions))}"[:LONGEST]
    if review:
        found["watching"] = f"Reviewed on {review}"
    for principle in PRINCIPLES:
        said = (" ".join(str(facts.get(name) or "").split()) for name in principle.answers)
        words = next((text for text in said if text), "")
        if words and principle.key not in found:
            found[principle.key] = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return found


def lacking(evidence: Mapping[str, str]) -> list[Principle]:
    """The principles that nothing speaks to yet, in their order."""
    return [principle for principle in PRINCIPLES if not str(evidence.get(principle.key, "")).strip()]
