"""SDQ: what a Strengths and Difficulties score means, and which way it has moved."""

# The Department's own bands, the same everywhere; from which score Stoke gives priority is settled by date (SDQ_FROM).
HIGHEST = 40
CAUSE_FOR_CONCERN = 17
BORDERLINE = 14


def _checked(score: int) -> int:
    if not isinstance(score, int) or not 0 <= score <= HIGHEST:
        raise ValueError(f"An SDQ score is a whole number from 0 to {HIGHEST}.")
    return score


def band(score: int) -> str:
    """Give the Department for Education's band of a score."""
    if _checked(score) >= CAUSE_FOR_CONCERN:
        return "cause for concern"
    return "borderline" if score >= BORDERLINE else "normal"


def movement(earlier: int, later: int) -> str:
    """Say which way a child's score has moved; a lower score is better."""
    change = _checked(later) - _checked(earlier)
    if not change:
        return "same"
    return "improved" if change < 0 else "worsened"
