"""Rows of other tables read within the question about a record: a page of many parts asks for them all at once.

Each row comes back as what its own model makes of it, with the columns that were named and no others read.
"""

import json
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Func, JSONField, TextField
from django.db.models.functions import Cast


def rows_within(queryset, *columns: str, **more) -> ArraySubquery:
    """Take a query that names the question around by OuterRef, columns ("place__name" reads through), and more expressions by name.

    Give the expression whose value is a list of records: what `more` gives is set on each, rows of its own as if they had been prefetched.
    """
    kept = _Kept(queryset.model, columns, more)
    row = Func(*kept.expressions(), function="jsonb_build_array", output_field=_KeptField(kept))
    found = ArraySubquery(queryset.values(row=row))
    found.kept = kept
    return found


class _Kept:
    """What is kept of a row: columns of its own, of the records it points to, and what is asked besides."""

    def __init__(self, model, columns, more: dict, path: str = "") -> None:
        self.model, self.path, self.more = model, path, more
        deeper: dict[str, list[str]] = {}
        for name, _, rest in (column.partition("__") for column in columns):
            deeper.setdefault(name, []).extend([rest] if rest else [])
        self.fields = [field for field in model._meta.concrete_fields if field.primary_key or field.name in deeper]
        self.names = [field.attname for field in self.fields]
        through = [(model._meta.get_field(name), rest) for name, rest in deeper.items() if rest]
        self.joined = [(field, _Kept(field.related_model, rest, {}, f"{path}{field.name}__")) for field, rest in through]

    def expressions(self) -> list:
        """What is read of a row, in the order in which it is taken up again."""
        own = [_written(field, F(self.path + field.attname)) for field in self.fields]
        return [*own, *(one for _, kept in self.joined for one in kept.expressions()), *self.more.values()]

    def record(self, values):
        """The record that an iterator's next values make; nothing where there is no such row."""
        found = self._own([next(values) for _ in self.fields])
        for field, kept in self.joined:
            other = kept.record(values)
            if found is not None:
                field.set_cached_value(found, other)
        for name, asked in self.more.items():
            self._set(found, name, asked, next(values))
        return found

    def _own(self, values: list):
        made = [None if value is None else _read(field, value) for field, value in zip(self.fields, values, strict=True)]
        is_there = made[self.names.index(self.model._meta.pk.attname)] is not None
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, made) if is_there else None

    def _set(self, found, name: str, asked, value) -> None:
        kept = getattr(asked, "kept", None)
        if kept is None:
            setattr(found, name, value)
        else:
            prefetched = found.__dict__.setdefault("_prefetched_objects_cache", {})
            prefetched[name] = [kept.record(iter(row)) for row in value]


class _KeptField(JSONField):
    """A row as the database hands it over: a record again."""

    def __init__(self, kept: _Kept) -> None:
        super().__init__()
        self.kept = kept

    def from_db_value(self, value, expression, connection):
        return self.kept.record(iter(json.loads(value, parse_float=Decimal)))


def _written(field, column):
    """A column of JSON is handed over as text, so that its fractions are read as they always are."""
    return Cast(column, TextField()) if isinstance(field, JSONField) else column


def _read(field, value):
    """A value of JSON as the field means it: a day, a moment, a price."""
    return json.loads(value, cls=field.decoder) if isinstance(field, JSONField) else field.to_python(value)
