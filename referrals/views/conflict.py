"""Two people at one task: what differs, and what somebody chose to keep."""

from referrals.forms.tasks import TASK_FORMS
from referrals.views.answers import answer_rows

THEIRS = "keep_"


def conflict_pairs(task, mine: dict) -> list[dict]:
    """The questions that two people answered differently, with both answers in words."""
    pairs = []
    saved = {row["name"]: row for row in answer_rows(task.name, task.answers)}
    for own in answer_rows(task.name, {**task.answers, **mine}):
        theirs = saved.get(own["name"], {"value": "Not provided"})
        if theirs["value"] != own["value"] and own["name"] in mine:
            pairs.append({**own, "theirs": theirs["value"], "mine": own["value"]})
    return pairs


def without_theirs(posted):
    """What was posted, less the answers for which the colleague's are to be kept."""
    kept = posted.copy()
    for choice, values in posted.lists():
        if choice.startswith(THEIRS) and values[-1] == "theirs":
            for name in _together(choice.removeprefix(THEIRS), list(kept)):
                kept.pop(name, None)
                kept.setlist("asked", [asked for asked in kept.getlist("asked") if asked != name])
    return kept


def _together(name: str, posted: list[str]) -> list[str]:
    """The fields that are kept or replaced as one: a whole row of people, or one question."""
    key, _, rest = name.partition("_")
    number, _, _ = rest.partition("_")
    if key in {form.rows[0] for form in TASK_FORMS.values() if form.rows} and number.isdigit():
        return [one for one in posted if one.startswith(f"{key}_{number}_")]
    return [name]
