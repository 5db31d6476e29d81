"""How a task's page is laid out: parts with headings, folded ones, and rows that grow by one."""

from dataclasses import dataclass

from django import forms

from core.forms import HouseForm
from referrals.rules.submission import is_answered


@dataclass(frozen=True)
class Part:
    """Some questions under one heading; a folded part opens where it is answered, asked for or wrong."""

    title: str
    names: tuple[str, ...]
    hint: str = ""
    folds: bool = False
    opens_for: tuple[str, str] = ("", "")
    add_label: str = ""


def row_names(key: str, columns: tuple[str, ...], number: int) -> list[str]:
    """The field names of one numbered row."""
    return [f"{key}_{number}_{column}" for column in columns]


class TaskForm(HouseForm):
    """One task's questions; nothing is required here, because drafts are saved as they are.

    `rows` names repeated rows: their key, columns and how many at most. The page shows the
    filled ones and one more.
    """

    parts: tuple[Part, ...] = ()
    counted: tuple[str, ...] = ()
    rows: tuple[str, tuple[str, ...], int] | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_rows = 0
        if self.rows:
            self._drop_spare_rows()

    def _drop_spare_rows(self):
        """Keep the rows with something in them and one empty one."""
        key, columns, most = self.rows
        said = self.data if self.is_bound else self.initial
        filled = [n for n in range(1, most + 1) if any(is_answered(said.get(name)) for name in row_names(key, columns, n))]
        self.shown_rows = min(max(filled, default=0) + 1, most)
        for number in range(self.shown_rows + 1, most + 1):
            for name in row_names(key, columns, number):
                del self.fields[name]

    @property
    def row_fields(self) -> set[str]:
        """The names of every row's fields."""
        if not self.rows:
            return set()
        key, columns, _ = self.rows
        return {name for n in range(1, self.shown_rows + 1) for name in row_names(key, columns, n)}

    @property
    def questions(self) -> list[str]:
        """The questions that are counted, rows left out."""
        return [name for name in self.fields if name not in self.row_fields]

    @property
    def many(self) -> list[str]:
        """Questions with several answers: their boxes say nothing when all are empty."""
        return [name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)]

    def sections(self) -> list[dict]:
        """The page's parts with their fields, in order; what no part names comes first."""
        named = {name for part in self.parts for name in part.names} | self.row_fields
        rest = [name for name in self.fields if name not in named]
        first = [{"fields": [self[name] for name in rest]}] if rest else []
        return first + [self._section(part) for part in self.parts]

    def _section(self, part: Part) -> dict:
        rows = []
        if part.add_label and self.rows:
            key, columns, _ = self.rows
            rows = [[self[n] for n in row_names(key, columns, number)] for number in range(1, self.shown_rows + 1)]
        fields = [self[name] for name in part.names]
        said = {field.name: field.value() for field in self}
        is_open = any(is_answered(field.value()) or field.errors for field in fields)
        return {
            "title": part.title, "hint": part.hint, "fields": fields, "rows": rows, "add_label": part.add_label,
            "folds": part.folds, "columns": len(self.rows[1]) if rows else 0, "is_open": is_open or (part.opens_for[0] and said.get(part.opens_for[0]) == part.opens_for[1]),
        }  # fmt: skip


def typed_answers(form: TaskForm, posted) -> dict:
    """What was typed, field by field, exactly as it came; a NUL cannot be kept and is left out.

    A question with several answers is a list, empty where the page asked it and no box was ticked.
    """
    asked = set(posted.getlist("asked"))
    typed = {}
    for name in form.fields:
        if name in form.many:
            if name in posted or name in asked:
                typed[name] = [value.replace("\x00", "")[:100] for value in posted.getlist(name)[:50]]
        elif name in posted:
            typed[name] = posted.get(name, "").replace("\x00", "")
    return typed
