"""Rows that PostgreSQL writes as the lines of a CSV file itself, each cell as Python would, and hands over while it reads."""

import io
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from queue import SimpleQueue
from tempfile import TemporaryFile

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    Case,
    DateTimeField,
    Expression,
    F,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Col
from django.db.models.functions import Cast, Ord, RPad
from django.db.models.lookups import Exact, Range, Regex
from psycopg2 import sql

from core import sheets
from core.sheets import csv_lines

COPY = "COPY ({}) TO STDOUT WITH (FORMAT csv)"
AT_ONCE = 65_536
WORDS = {"CharField", "TextField", "SlugField", "EmailField", "URLField"}
AS_THEY_ARE = {
    "AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
    "PositiveBigIntegerField", "DateField", "UUIDField",
}  # fmt: skip
# Of a smaller part than that Python writes some numbers with an exponent.
MOST_PLACES = 6
# Code points with which no formula begins: letters and the signs between them, digits and the signs up to that of equality.
PLAIN = ((65, 122), (48, 60))


def csv_of(heads: Sequence[str], rows: QuerySet, *names: str, for_excel: bool = False) -> Iterator[bytes]:
    """The file that `csv_lines` makes of these columns, to the letter; by Python where the database writes one of them otherwise."""
    if cells := cells_of(rows, names):
        yield from csv_lines(heads, (), for_excel=for_excel)
        yield from _copied(rows.values_list(*cells))
    else:
        yield from csv_lines(heads, rows.values_list(*names).iterator(chunk_size=2_000), for_excel=for_excel)


def cells_of(rows: QuerySet, names: Sequence[str]) -> list[Expression]:
    """For each of these columns the expression of its cell; none at all where one is of another kind, or there is but one."""
    kinds = [_kind(rows, name) for name in names]
    # A line of one empty cell is written otherwise.
    return [] if len(names) < 2 or None in kinds else [_CELLS[kind](F(name)) for name, kind in zip(names, kinds, strict=True)]


def _kind(rows: QuerySet, name: str) -> str | None:
    """How a column's cell is written, or None where only Python knows."""
    column = F(name).resolve_expression(rows.query.clone())
    field = column.output_field
    kind = field.get_internal_type()
    if hasattr(field, "from_db_value") or getattr(field, "db_collation", None):
        return None
    # What was worked out may have more places than its field says.
    if kind == "DecimalField" and isinstance(column, Col) and field.decimal_places <= MOST_PLACES:
        return "as it is"
    return kind if kind in _CELLS else None


def _words(words: F) -> Expression:
    """Words, defused; nothing for none, as for what is not known."""
    formula = Q(Regex(words, f"^(?:{sheets.FORMULA_STARTS})")) & ~Q(Regex(words, f"^(?:{sheets.ONLY_A_NUMBER.pattern})$"))
    return Case(
        *(When(Range(Ord(words), within), then=words) for within in PLAIN),
        When(Exact(words, ""), then=Value(None)), When(formula, then=_beside(Value("'"), words)),
        default=words, output_field=TextField(),
    )  # fmt: skip


def _moment(moment: F) -> Expression:
    """A moment by universal time, with six places of a second or with none."""
    utc = Cast(Func(Value("UTC"), moment, function="TIMEZONE", output_field=TextField()), TextField())
    # PostgreSQL leaves the noughts at the end out; most moments have none, and those are written at once.
    return Case(
        When(~Q(Exact(_rounded(moment, 5), moment)), then=_beside(utc, Value("+00:00"))),
        When(Exact(_rounded(moment, 0), moment), then=_beside(utc, Value("+00:00"))),
        default=_beside(RPad(utc, 26, Value("0")), Value("+00:00")), output_field=TextField(),
    )  # fmt: skip


def _rounded(moment: F, places: int) -> Expression:
    """A moment to so many places of a second."""
    return Func(moment, places=places, template="(%(expressions)s)::timestamptz(%(places)s)", output_field=DateTimeField())


def _beside(*parts: Expression) -> Expression:
    """Words one after another; nothing, where one is not known."""
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


def _is_so(fact: F) -> Expression:
    return Case(When(Exact(fact, True), then=Value("True")), When(Exact(fact, False), then=Value("False")), output_field=TextField())


_CELLS = {
    **dict.fromkeys(WORDS, _words), **dict.fromkeys(AS_THEY_ARE, lambda cell: cell), "as it is": lambda cell: cell,
    "DateTimeField": _moment, "BooleanField": _is_so,
}  # fmt: skip


def _copied(rows: QuerySet) -> Iterator[bytes]:
    """The lines of a query of such cells, some hundreds at a time.

    The database writes them at its own pace into a file without a name, so that whoever takes them slowly holds no row.
    """
    try:
        statement, params = rows.query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:
        return
    with connections[rows.db].cursor() as cursor, TemporaryFile(buffering=0) as kept:
        question = cursor.mogrify(sql.SQL(COPY).format(sql.SQL(statement)).as_string(cursor.cursor), params).decode()
        lines = _Lines(kept.fileno())
        beside = threading.Thread(target=lines.take, args=(cursor, question))
        beside.start()
        try:
            yield from _ended(lines.parts())
        finally:
            lines.is_wanted = False
            beside.join()


def _ended(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same with the line ends that spreadsheets write; those within a cell, between two quotation marks, stay as they are."""
    is_within = False
    for part in parts:
        cells = part.split(b'"')
        cells[is_within::2] = [cell.replace(b"\n", b"\r\n") for cell in cells[is_within::2]]
        yield b'"'.join(cells)
        is_within ^= len(cells) % 2 == 0


class _Lines(io.RawIOBase):
    """Lines on their way: the database writes them here in a thread of its own, and whoever sends the file reads them."""

    def __init__(self, kept: int) -> None:
        self.is_wanted, self._kept, self._sizes = True, kept, SimpleQueue()

    def take(self, cursor, question: str) -> None:
        """Have the question answered; what goes wrong is raised by whoever reads."""
        try:
            with cursor.db.wrap_database_errors, io.BufferedWriter(self, AT_ONCE) as lines:
                cursor.copy_expert(question, lines)
            self._sizes.put(0)
        except Exception as error:
            self._sizes.put(error)

    def writable(self) -> bool:
        """They are written here."""
        return True

    def write(self, part) -> int:
        """Some lines, as many as there is room for; they are kept, unless nobody wants them any more."""
        if not self.is_wanted:
            return len(part)
        size = os.write(self._kept, part)
        self._sizes.put(size)
        return size

    def parts(self) -> Iterator[bytes]:
        """What was written, as it comes."""
        at = 0
        while size := self._sizes.get():
            if isinstance(size, Exception):
                raise size
            yield os.pread(self._kept, size, at)
            at += size
