"""What else the borough's social workers wrote: support, groups, risks, homes, and who is round the child."""

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
