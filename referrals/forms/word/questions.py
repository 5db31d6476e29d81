"""The questions of the Word form, in its order: those of the eight tasks, with the answers to choose from."""

import re
from dataclasses import dataclass

from django import forms

from referrals.choices import TaskName
from referrals.forms.parts import row_names
from referrals.forms.tasks import GROUPS, TASK_FORMS

# How many rows of people the form has room for; more are added in the service.
ROWS = 3
CHILD_NUMBER, ASKS_NUMBER = "child_number", "The child’s council number"


@dataclass(frozen=True)
class Question:
    """One question: its task and field, its words, and the answers it offers."""

    task: str
    field: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    takes_many: bool

    @property
    def tag(self) -> str:
        """Its mark in the form."""
        return f"{self.task}.{self.field}" if self.task else self.field


def plain(words: str) -> str:
    """Words as they are compared: no capitals, no marks, one space."""
    return " ".join(re.sub(r"[^\w ]+", " ", words.casefold()).split())


def questions() -> list[tuple[str, list[Question]]]:
    """Every task's title with its questions."""
    return [(TaskName(name).label, _of(name)) for _, names in GROUPS for name in names]


def _of(name: str) -> list[Question]:
    """One task's questions in the order of its form, with room for some people."""
    form = TASK_FORMS[name]
    dropped = set()
    if form.rows:
        key, columns, most = form.rows
        dropped = {field for n in range(ROWS + 1, most + 1) for field in row_names(key, columns, n)}
    return [_question(name, key, field) for key, field in form.base_fields.items() if key not in dropped]


def _question(task: str, key: str, field: forms.Field) -> Question:
    choices = tuple((str(code), str(words)) for code, words in getattr(field, "choices", ()) if code)
    return Question(
        task, key, str(field.label), str(field.help_text), choices, isinstance(field, forms.MultipleChoiceField)
    )
