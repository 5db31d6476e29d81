"""A referral's answers as pages show them: section by section, with what is missing named."""

from referrals.choices import TaskName
from referrals.forms.tasks import GROUPS, TASK_FORMS

ORDER = [name for _, names in GROUPS for name in names]


def _shown(field, value) -> str:
    """An answer in the words that were chosen, or as typed."""
    choices = dict(getattr(field, "choices", []))
    return str(choices.get(value, value)) if value else ""


def _label(field) -> str:
    return str(field.label).replace(" (optional)", "")


def answer_rows(name: str, answers: dict, gaps=()) -> list[dict]:
    """One task's questions with their answers; a gap is marked as not answered yet."""
    missing = {gap.field for gap in gaps}
    form = TASK_FORMS[name]()
    return [
        {
            "label": _label(field),
            "value": _shown(field, answers.get(key, "")) or ("" if key in missing else "Not provided"),
            "missing": key in missing,
        }
        for key, field in form.fields.items()
    ]


def answer_sections(referral, *, with_change: bool = False) -> list[dict]:
    """Every section in reading order; the request first, then the child, then the rest."""
    gaps = referral.gaps()
    order = [TaskName.REQUEST, TaskName.CHILD, *[n for n in ORDER if n not in {"request", "child"}]]
    return [
        {
            "title": TaskName(name).label,
            "rows": answer_rows(name, referral.task_answers.get(name, {}), gaps),
            "url": f"/referrals/{referral.reference}/tasks/{name}" if with_change else "",
        }
        for name in order
    ]


def gap_links(referral) -> list[dict]:
    """What is left before it can be sent, each with the page that does it."""
    return [
        {"label": gap.sentence, "url": f"/referrals/{referral.reference}/tasks/{gap.task}#id_{gap.field}"}
        for gap in referral.gaps()
    ]
