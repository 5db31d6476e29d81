"""A child's record as words, by the map of what each column is to them: the rows, their earlier versions, and the files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.text import capfirst

from core import clock
from core.dates import day_in_words
from core.models import DocumentVersion, StoredFile
from kpis.models import ReturnedRow
from kpis.models.whose import histories, keys_of, paths
from kpis.rules.subject_access import ABOUT_OTHERS, names_in, read_map
from referrals.models import Child, ChildLink, ChildPerson, ReferralTask, StayResident
from referrals.models.people_round import people_in

MAP = Path(__file__).parent.parent / "subject_access.map"
MOST = 1000


@dataclass(frozen=True)
class Found:
    """One part of the record: which table, what it is, its words, and its file."""

    source: str
    heading: str
    words: str
    file: StoredFile | None = None


@cache
def the_map() -> dict[str, dict[str, str]]:
    """Each table's columns with what they are to the person."""
    return read_map(MAP.read_text())


def everything_about(child: Child) -> Iterator[Found]:
    """Every part of a child's record that is given or withheld, table by table."""
    for model, way in sorted(paths().items(), key=lambda row: (row[0] is not Child, row[0]._meta.label)):
        columns = the_map()[model._meta.label]
        if "included" in columns.values() or "third party" in columns.values():
            rows = model._base_manager.filter(**{way: child.pk}).order_by("pk")[:MOST]
            yield from _of_table(model, columns, list(_with_people(rows, model)))
    yield from _papers(child)
    yield from _returned(child)


def _with_people(rows, model):
    """The rows with what their words name, asked for at once."""
    named = [key.name for key in keys_of(model) if key.related_model._meta.label in {"core.User", "core.StoredFile"}]
    return rows.select_related(*named) if named else rows


def _of_table(model, columns: dict[str, str], rows: list) -> Iterator[Found]:
    source, name = model._meta.label, capfirst(model._meta.verbose_name)
    files = [key.name for key in keys_of(model) if key.related_model is StoredFile]
    for row in rows:
        words = _lines(row, columns)
        if words:
            yield Found(source, name, words)
        yield from (Found(source, f"{name}: a file", "", getattr(row, file)) for file in files if getattr(row, file))
    yield from _earlier(model, columns, rows)


def _earlier(model, columns: dict[str, str], rows: list) -> Iterator[Found]:
    """Earlier versions of the rows, where they said something else."""
    event = histories().get(model)
    if event is None or not rows:
        return
    now = {row.pk: row for row in rows}
    for past in event._base_manager.filter(pgh_obj_id__in=now).order_by("pgh_obj_id", "pgh_id")[:MOST]:
        row = now[past.pgh_obj_id]
        changed = {name: kind for name, kind in columns.items() if _value(past, name) != _value(row, name)}
        words = _lines(past, changed)
        if words:
            on = day_in_words(past.pgh_created_at.astimezone(clock.LONDON).date())
            yield Found(event._meta.label, f"{capfirst(model._meta.verbose_name)}, as it was until it changed; written {on}"[:200], words)


def _value(row, name: str):
    return getattr(row, row._meta.get_field(name).attname)


def _lines(row, columns: dict[str, str]) -> str:
    """A row's words: each column that says something, what is about somebody else as withheld."""
    lines = []
    for name, kind in columns.items():
        value = _value(row, name)
        if kind not in {"included", "third party"} or value in (None, "", [], {}):
            continue
        label = capfirst(row._meta.get_field(name).verbose_name)
        lines.append(f"{label}: {ABOUT_OTHERS if kind == 'third party' else _said(row, name, value)}")
    return "\n".join(lines)


def _said(row, name: str, value) -> str:
    """One value in words."""
    field = row._meta.get_field(name)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(field, models.ForeignKey):
        return str(getattr(getattr(row, name), "full_name", getattr(row, name)))
    return in_words(value)


def in_words(value) -> str:
    """Take a value or frozen facts; give plain words, one part a line."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{day_in_words(value.astimezone(clock.LONDON).date())}, {value.astimezone(clock.LONDON):%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, dict):
        return "\n".join(f"{capfirst(str(key).replace('_', ' '))}: {in_words(one)}" for key, one in value.items() if one not in (None, "", [], {}))
    if isinstance(value, list):
        return "\n".join(in_words(one) for one in value)
    return str(value)


def _papers(child: Child) -> Iterator[Found]:
    """Papers that were frozen for a panel about the child."""
    items = [str(key) for key in child.referrals.values_list("items__pk", flat=True) if key]
    rows = DocumentVersion.objects.filter(document__about_type="panels.agendaitem", document__about_id__in=items).order_by("pk")
    for version in rows.select_related("file")[:MOST]:
        yield Found("core.DocumentVersion", "Panel paper, as it was circulated", in_words(version.frozen), version.file)


def _returned(child: Child) -> Iterator[Found]:
    """Rows about the child in statutory returns that were imported, found by case number."""
    if child.case_number:
        for row in ReturnedRow.objects.filter(authority=child.authority_id, child=child.case_number).order_by("pk")[:MOST]:
            yield Found("kpis.ReturnedRow", "Row of a statutory return", in_words(row.values))


def others_named(child: Child) -> list[str]:
    """The names of others that are taken out: people round the child, linked children, residents, and people named in referrals."""
    names = set(ChildPerson.objects.filter(child=child).values_list("full_name", flat=True))
    names |= set(StayResident.objects.filter(stay__child=child).values_list("called", flat=True))
    for one, other in (("child", "other"), ("other", "child")):
        names |= set(ChildLink.objects.filter(**{one: child}).values_list(f"{other}__full_name", flat=True))
    for answers in ReferralTask.objects.filter(referral__child=child, name="child").values_list("answers", flat=True):
        names |= {person.name for person in people_in(answers)}
    return names_in(names, f"{child.full_name} {child.preferred_name} {child.previous_name}")
