"""What else the borough's social workers wrote, the criteria they are judged by, and the exceptions they asked for."""

from referrals.actions.eligibility import ask_for_exception, decide_exception
from referrals.actions.referral import save_task

# The core's age and distance, and the pilot's carers, as the second document prints them.
CRITERIA = {"under": 18, "miles": 20, "version": "1", "source": "002:627-633"}
PILOT_CRITERIA = {"under": 18, "miles": 20, "in_house": True, "version": "1", "source": "002:723-726"}

TYPES = ["crisis", "assessment", "transition", "return home"]
COHORT = ["emotional", "complex", "unregulated", "missing"]
FACTORS = ["risk taking", "vulnerable", "distressed", "domestic abuse", "learning", "missing"]


def more_answers(case, turn: int) -> dict[str, dict]:
    """The answers beside those of cases.py, by task."""
    return {
        "request": {
            "support_types": [TYPES[turn % 4]] if turn % 4 == 1 else [TYPES[turn % 4], "assessment"],
            "cohort": [COHORT[turn % len(COHORT)]] if case.service == "hub" else [],
            "discussed_with": "The team manager, at supervision",
        },
        "views": {"parents_engage": ("yes", "partly", "not asked")[turn % 3], "carers_engage": "yes"},
        "risk": {
            "factors": [FACTORS[turn % len(FACTORS)], FACTORS[(turn + 3) % len(FACTORS)]],
            "suits_foster": ("preferred", "suitable")[turn % 2], "suits_residential": "unsuitable",
        },
        "support": {
            "miles": str(turn % 15 + 1), "prime_user": ("relative", "residential worker", "foster carer")[turn % 3],
            "around_1_name": "The designated teacher", "around_1_role": "Virtual School", "around_1_after": "keep",
            "around_2_name": "A family support worker", "around_2_role": "Early help",
            "around_2_after": ("keep", "hand over")[turn % 2],
        },
    }  # fmt: skip


def ask_exceptions(borough, case, referral, worker) -> None:
    """One child beyond the distance, still to be decided; one whose home the pilot does not name, allowed."""
    if case.service == "properties":
        asked = ask_for_exception(referral, criterion="home", reason="A room near school keeps the place there.", by=worker)
        decide_exception(asked, allowed=True, reason="The school place is what has held. Review in eight weeks.", by=borough.strategic)
    elif case.ends == "draft" and case.more.get("tasks") == 5:
        task = referral.tasks.get(name="support")
        save_task(task, answers={**task.answers, "miles": "23", "lives_now": "foster"}, version=task.version, by=worker)
        ask_for_exception(
            referral, criterion="distance", by=worker,
            reason="Three miles over. The carers are ours and the team already works in that town.",
        )  # fmt: skip
