"""The rows of three tasks that name people round a child: who they are, what each says, whether each agrees."""

from django import forms

from core.forms import LongTextField, TextField
from referrals.forms import options
from referrals.forms.parts import TaskForm, row_names
from referrals.models.people_round import MOST_PEOPLE

PEOPLE = ("people", ("name", "relationship", "responsibility", "carer"), MOST_PEOPLE)
HOLDERS = ("holder", ("name", "says", "engages"), MOST_PEOPLE)
AGREES = ("agrees", ("name", "answer"), MOST_PEOPLE)


def _line(label: str, most: int = 300) -> TextField:
    return TextField(label=label, required=False, max_length=most)


def _select(label: str, choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _people(number: int) -> list[forms.Field]:
    """Who somebody is, and what they hold."""
    person, more = f"Person {number}", "" if number == 1 else " (optional)"
    return [
        _line(f"{person}: name{more}"), _line(f"{person}: what they are to the child{more}"),
        _select(f"{person}: parental responsibility{more}", options.RESPONSIBILITY),
        _select(f"{person}: day to day care{more}", options.CARES),
    ]  # fmt: skip


def _views(number: int) -> list[forms.Field]:
    """What one holder says."""
    person = f"Person {number}"
    return [
        _line(f"{person}: name (optional)"),
        LongTextField(label=f"{person}: what they say (optional)", required=False, rows=2),
        _select(f"{person}: will they take it up? (optional)", [options.NOT_SAID, *options.ENGAGES]),
    ]


def _agreements(number: int) -> list[forms.Field]:
    """Whether one holder agrees."""
    person = f"Person {number}"
    return [_line(f"{person}: name (optional)"), _select(f"{person}: do they agree? (optional)", options.AGREES)]


def add_people_rows(child: type[TaskForm], views: type[TaskForm], consent: type[TaskForm]) -> None:
    """Give three tasks' forms their rows, as many as there may be."""
    for form, fields_of in ((child, _people), (views, _views), (consent, _agreements)):
        key, columns, most = form.rows
        for number in range(1, most + 1):
            form.base_fields |= dict(zip(row_names(key, columns, number), fields_of(number), strict=True))


def row_words(form: TaskForm, number: int, said: list[str]) -> tuple[str, str]:
    """One row for reading: a person's name, or number, and the rest of what their row says."""
    if form.rows not in (PEOPLE, HOLDERS, AGREES):
        return f"Person {number}", ", ".join(filter(None, said))
    if form.rows == PEOPLE:
        said = [*said[:2], *[words[:1].lower() + words[1:] for words in said[2:]]]
    nothing = {HOLDERS: "Not asked yet", AGREES: options.AGREES[0][1]}.get(form.rows, "Nothing more is said")
    return said[0] or f"Person {number}", ", ".join(filter(None, said[1:])) or nothing
