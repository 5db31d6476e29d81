"""What Django writes as SQL once: EXISTS for every question that is made from one queryset, and a question that is asked again with other values."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, QuerySet


class Written(Exists):
    """An EXISTS that keeps its SQL: a list that is counted, walked and read asks the same of its rows five times.

    Django resolves and writes it anew in each question. Its OuterRef may name the queryset it stands in and none further out;
    under another alias (within another question) it is written anew.
    """

    _is_resolved = False
    _sql = None

    def copy(self):
        """A copy may be given other aliases, and so has nothing written yet."""
        clone = super().copy()
        clone._sql = None
        return clone

    def resolve_expression(self, *args, **kwargs):
        """Resolved once, where it is put into a filter."""
        if self._is_resolved:
            return self
        found = super().resolve_expression(*args, **kwargs)
        found._is_resolved = True
        return found

    def as_sql(self, compiler, *args, **kwargs):
        if args[1:] or kwargs:
            return super().as_sql(compiler, *args, **kwargs)
        if self._sql is None:
            words, params = super().as_sql(compiler, *args)
            self._sql = words, tuple(params)
        return self._sql


class Question:
    """Plain columns of rows, asked with other values each time: Django writes the SQL for the first of them and the database is sent the rest.

    `make` takes the values, whole numbers and days, each of them always of its kind, and gives a queryset by `values_list`.
    It is written with values that nothing else has, which tell where each belongs; so what is asked may not depend on them otherwise.
    """

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        self._make = make
        self._sql, self._sent = "", None

    def __call__(self, *values: int | date) -> list[tuple]:
        """The rows, with these values."""
        if self._sent is None:
            self._write(values)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [values[nth] if nth is not None else kept for nth, kept in self._sent])
            return cursor.fetchall()

    def _write(self, values: tuple) -> None:
        stand_ins = [_stand_in(nth, value) for nth, value in enumerate(values)]
        self._sql, params = self._make(*stand_ins).query.sql_with_params()
        self._sent = [(stand_ins.index(param) if param in stand_ins else None, param) for param in params]


def _stand_in(nth: int, value: int | date) -> int | date:
    """A value of its kind that no question has for its own."""
    return 2_147_480_000 + nth if isinstance(value, int) else date.max - timedelta(days=nth + 1)
