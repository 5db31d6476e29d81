"""Sending: what a referral must say before it goes to be signed off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.rules import FieldReason


@dataclass(frozen=True)
class Gap:
    """One thing a referral does not say yet, and the task in which to say it."""

    task: str
    field: str
    sentence: str


MINIMUM_SET = (
    Gap("child", "full_name", "Enter the child's full name."),
    Gap("child", "address", "Enter the child's address."),
    Gap("child", "born_on", "Enter the child's date of birth."),
    Gap("child", "gender", "Enter the child's gender."),
    Gap("child", "ethnicity", "Enter the child's ethnicity."),
    Gap("child", "carer_name", "Enter the name of the child's carer."),
    Gap(
        "child",
        "parental_responsibility",
        "Say who holds parental responsibility: for each person named, what they are to the child and whether they hold it.",
    ),
    Gap(
        "needs",
        "family_history",
        "Say what matters in the birth family's history, or that none is known.",
    ),
    Gap("request", "referrer_name", "Enter the name of the person referring."),
    Gap("request", "referrer_contact", "Enter how to reach the person referring."),
    Gap("risk", "safeguarding", "Say what the safeguarding issues are, or that there are none."),
    Gap(
        "support", "previous_interventions", "Say what has been tried before, or that nothing has."
    ),
    Gap(
        "support",
        "open_to_mental_health",
        "Say whether the child is open to mental health services.",
    ),
)

REQUEST = (
    Gap("request", "service", "Choose the service you are asking for."),
    Gap("request", "ask", "Say what you are asking the panel for."),
    Gap("request", "ground", "Say why the child is eligible."),
    Gap("request", "goal", "Say what should be different for the child."),
)
COHORT = Gap("request", "cohort", "Say which group the child is in, because you ask for a hub bed.")
MOST_WEEKS = 104

OPEN_TO_THE_AUTHOR = ("DRAFT", "RETURNED")


def is_answered(answer: object) -> bool:
    """Say whether a question has an answer; no and nought are answers, blanks are not."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer not in ([], (), {}, set())


def gaps(facts: Mapping[str, object]) -> list[Gap]:
    """Give everything a referral does not say yet, in the order of its tasks' questions.

    `facts` holds the answers by field name; the child's own view is not among the
    fields, because it is needed before panel and not before sending.
    """
    asked = MINIMUM_SET + REQUEST + ((COHORT,) if facts.get("service") == "hub" else ())
    return [gap for gap in asked if not is_answered(facts.get(gap.field))]


def why_not_send(facts: Mapping[str, object], *, status: str, today: date) -> list[str]:
    """REF-1. A referral is sent with the contract's minimum information about the child."""
    missing = [FieldReason(gap.field, gap.sentence) for gap in gaps(facts) if gap in MINIMUM_SET]
    reasons = missing + why_not_ask(facts)
    reasons += why_not_born(facts.get("born_on"), today)
    return reasons + why_not_send_twice(status)


def why_not_ask(facts: Mapping[str, object]) -> list[str]:
    """REF-2. A referral names the service, the ask, the ground and the goal; for a hub bed also the group."""
    missing = [gap for gap in gaps(facts) if gap in (*REQUEST, COHORT)]
    return [FieldReason(gap.field, gap.sentence) for gap in missing] + _why_not_weeks(facts.get("weeks"))


def _why_not_weeks(weeks: object) -> list[str]:
    """A length that was given is a number of weeks."""
    text = str(weeks or "").strip()
    if not text or (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_WEEKS):
        return []
    return [FieldReason("weeks", f"The number of weeks must be between 1 and {MOST_WEEKS}.")]


def why_not_born(born_on: object, today: date) -> list[str]:
    """REF-3. A child's date of birth is a real day, and not in the future."""
    if isinstance(born_on, date):
        return [FieldReason("born_on", "The date of birth is in the future.")] if born_on > today else []
    if is_answered(born_on):
        return [FieldReason("born_on", "The date of birth must be a real day, for example 27 3 2012.")]
    return []


def why_not_finish(facts: Mapping[str, object], *, is_owed: bool, today: date) -> list[str]:
    """REF-6. A referral whose child was supported before it was written is finished once, with all that is asked."""
    if not is_owed:
        return ["This referral is not one that was begun before it was written, or it has been finished already."]
    return why_not_send(facts, status="DRAFT", today=today)


def why_not_send_twice(status: str) -> list[str]:
    """REF-4. A referral is sent while it is a draft or has been returned."""
    if status in OPEN_TO_THE_AUTHOR:
        return []
    return ["This referral has already been sent."]


def why_not_edit(status: str, *, standing: int, is_owed: bool = False) -> list[str]:
    """REF-5. A referral is edited by its writer until signers have it; an edit later asks them again.

    `standing` counts the signatures that stand. One whose child was supported before it was written
    (`is_owed`: an emergency, a transfer) is edited until it is finished.
    """
    if is_owed:
        return []
    if status in {*OPEN_TO_THE_AUTHOR, "MORE_INFO", "READY", "BOOKED"}:
        return []
    if status == "WITH_TM" and not standing:
        return []
    return ["This referral cannot be edited now. Ask whoever has it to return it to you."]
