"""What Django writes as SQL once: EXISTS for every question that is made from one queryset, and a question that is asked again with other values."""

from collections.abc import Callable, Collection, Hashable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from core.kept import MOST, Kept


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
    """Columns of rows, asked with other values each time: Django writes the SQL for the first of them and the database is sent the rest.

    `make` takes the values, whole numbers, words, days and moments, each of them always of its kind, and gives a queryset by `values_list`.
    It is written with values that nothing else has, which tell where each belongs; so what is asked may not depend on them otherwise.
    Where a value is None the question is another, and is written anew.
    """

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        self._make, self._kept = make, None

    def __call__(self, *values: int | str | date | None) -> list:
        """The rows, with these values."""
        if None in values:
            return list(self._make(*values))
        if self._kept is None:
            self._kept = self._written(values)
        elif settings.QUESTIONS_ARE_COMPARED:
            self._compare(values)
        words, sent, read = self._kept
        if not words:
            return []
        with connection.cursor() as cursor:
            cursor.execute(words, [values[nth] if nth is not None else kept for nth, kept in sent])
            return read(cursor.fetchall())

    def _compare(self, values: tuple) -> None:
        """Refuse where the question would be written otherwise now."""
        found = [(words, [(nth, getattr(kept, "adapted", kept)) for nth, kept in sent]) for words, sent, _ in (self._kept, self._written(values))]
        if found[0] != found[1]:
            raise ValueError("A question that was written once would be written otherwise now: what it depends on is not all among its values or in its key.")

    def _written(self, values: tuple) -> tuple:
        stand_ins = [_stand_in(nth, value) for nth, value in enumerate(values)]
        words, params, read = self._statement(self._make(*stand_ins))
        if words and any(one not in params for one in stand_ins):
            raise ValueError("A question is written once only where each of its values is sent as it is.")
        return words, [(stand_ins.index(param) if param in stand_ins else None, param) for param in params], read

    def _statement(self, asked: QuerySet) -> tuple[str, Collection, Callable[[list], list]]:
        """What is asked as SQL, what fills its places, and how its rows are read."""
        compiler = asked.query.get_compiler(connection=connection)
        try:
            words, params = compiler.as_sql()
        except EmptyResultSet:
            return "", (), list
        return words, params, self._reader(compiler)

    def _reader(self, compiler: SQLCompiler) -> Callable[[list], list]:
        """How rows are read: values as Django gives them, where the database gives them otherwise."""
        converters = list(compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]]).items())

        def read(rows: list) -> list:
            found = [list(row) for row in rows]
            for row in found:
                for at, (ways, expression) in converters:
                    for way in ways:
                        row[at] = way(row[at], expression, connection)
            return found

        return read if converters else list


class Records(Question):
    """The same of whole records: `make` gives a queryset of them, which may join others and annotate, and each is as Django makes it."""

    def _reader(self, compiler: SQLCompiler) -> Callable[[list], list]:
        values, kind, columns = super()._reader(compiler), compiler.klass_info, compiler.select
        own, model = slice(kind["select_fields"][0], kind["select_fields"][-1] + 1), kind["model"]
        names, joined = [column[0].target.attname for column in columns[own]], get_related_populators(kind, columns, DEFAULT_DB_ALIAS)
        annotated = list(compiler.annotation_col_map.items())

        def read(rows: list) -> list:
            found = []
            for row in values(rows):
                record = model.from_db(DEFAULT_DB_ALIAS, names, row[own])
                for other in joined:
                    other.populate(row, record)
                for name, at in annotated:
                    setattr(record, name, row[at])
                found.append(record)
            return found

        return read


class Shelf:
    """Questions that are written for one reader, each under everything that it depends on; those asked least lately are let go.

    Two that differ in anything but the values sent need different keys: where `QUESTIONS_ARE_COMPARED`, as in the tests, each question is
    written anew each time it is asked, and refuses where that is not what was kept.
    """

    def __init__(self, most: int = MOST) -> None:
        self._kept = Kept(most)

    def ask(self, stands: Hashable | None, what: Hashable, question: Question, *sent: int | str | date) -> list:
        """What a question gives, sent these values; in the words of the one that was asked lately for whoever stands so, and of the same.

        Where it is None how somebody stands, the question is written anew.
        """
        if stands is None:
            return question(*sent)
        kept = self._kept.get((stands, what), lambda: question)
        if settings.QUESTIONS_ARE_COMPARED:
            kept._make = question._make
            return kept(*sent)
        rows, kept._make = kept(*sent), None  # it is written, and holds on to no request
        return rows

    def clear(self) -> None:
        """Write every question anew."""
        self._kept.clear()


def _stand_in(nth: int, value: int | str | date) -> int | str | date:
    """A value of its kind that no question has for its own."""
    if isinstance(value, datetime):
        return datetime(9_000, 1, 1, tzinfo=UTC) + timedelta(days=nth)
    if isinstance(value, date):
        return date.max - timedelta(days=nth + 1)
    return 2_147_480_000 + nth if isinstance(value, int) else f"\x01 the value at {nth} \x01"
