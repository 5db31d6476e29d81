"""A referral's answers as pages show them: section by section, with what is missing named."""

from core.roles import Role
from referrals.choices import TaskName
from referrals.forms.parts import row_names
from referrals.forms.people import PEOPLE, row_words
from referrals.forms.tasks import GROUPS, TASK_FORMS

ORDER = [name for _, names in GROUPS for name in names]


# Said in the rows of "About the child", and asked for by these names.
IN_ROWS = {"carer_name": "The child’s carer", "parental_responsibility": "Who holds parental responsibility"}
# What a provider reads only when it has accepted the child, unless its paper says so.
NEED_TO_KNOW = {TaskName.RISK}
PROVIDERS = {Role.PROVIDER_MANAGER, Role.PRACTITIONER}
ACCEPTED = {"WAITING", "OFFERED", "SUPPORTED", "STEP_DOWN", "ENDED"}


def shown_answer(field, value) -> str:
    """An answer in the words that were chosen, or as typed; several of them one a line."""
    choices = dict(getattr(field, "choices", []))
    if isinstance(value, list):
        return "\n".join(str(choices.get(one, one)) for one in value)
    return str(choices.get(value, value)) if value else ""


def _label(field) -> str:
    return str(field.label).replace(" (optional)", "")


def answer_rows(name: str, answers: dict, gaps=()) -> list[dict]:
    """One task's questions with their answers; a gap is marked as not answered yet."""
    missing = {gap.field for gap in gaps}
    form = TASK_FORMS[name](initial=answers)
    return [
        {
            "name": key,
            "label": _label(form.fields[key]),
            "value": shown_answer(form.fields[key], answers.get(key, "")) or ("" if key in missing else "Not provided"),
            "missing": key in missing,
        }
        for key in form.questions
    ] + _person_rows(form, answers) + _rows_missing(form, missing)


def _rows_missing(form, missing) -> list[dict]:
    """What is left to say of the people in rows, where no one field holds it."""
    return [
        {"name": field, "label": label, "value": "", "missing": True}
        for field, label in IN_ROWS.items()
        if field in missing and form.rows == PEOPLE
    ]


def _person_rows(form, answers) -> list[dict]:
    """Each filled row of people on one line, in the words of its task."""
    if not form.rows:
        return []
    key, columns, _ = form.rows
    lines = []
    for number in range(1, form.shown_rows + 1):
        names = row_names(key, columns, number)
        said = [shown_answer(form.fields[name], answers.get(name, "")) for name in names]
        if any(said):
            label, value = row_words(form, number, said)
            lines.append({"name": names[0], "label": label, "value": value, "missing": False})
    return lines


def reads_section(name: str, referral, user) -> bool:
    """Whether this person reads this section: risks reach a provider with the child."""
    if user is None or name not in NEED_TO_KNOW or user.acting.role not in PROVIDERS:
        return True
    return referral.status in ACCEPTED


def answer_sections(referral, *, user=None, with_change: bool = False) -> list[dict]:
    """Every section this person reads, in order; the request first, then the child, then the rest."""
    gaps = referral.gaps()
    order = [TaskName.REQUEST, TaskName.CHILD, *[n for n in ORDER if n not in {"request", "child"}]]
    return [
        {
            "title": TaskName(name).label,
            "rows": answer_rows(name, referral.task_answers.get(name, {}), gaps),
            "url": f"/referrals/{referral.reference}/tasks/{name}?to=check" if with_change else "",
        }
        for name in order
        if reads_section(name, referral, user)
    ]


def gap_links(referral) -> list[dict]:
    """What is left before it can be sent, each with the page that does it."""
    return [
        {"label": gap.sentence, "url": f"/referrals/{referral.reference}/tasks/{gap.task}?to=check#id_{_field_of(gap)}"}
        for gap in referral.gaps()
    ]


def _field_of(gap) -> str:
    """Where on its page a gap is filled: the first row for what is said in rows."""
    return "people_1_name" if gap.field in IN_ROWS else gap.field
