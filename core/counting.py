"""How many rows a list has, counted no further than a thousand, and each part of it no longer than until that is known."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2 import sql

from core.keyset import keys_up_to
from core.written import Question

COUNTED_TO = 1_000
STEP = sql.SQL("{} AS MATERIALIZED ({})")
COUNT = sql.SQL("(SELECT count(*) FROM {})")
KNOWN = sql.SQL("(SELECT many FROM {})")
EVERY = sql.SQL("SELECT * FROM {}")
WHOLE = sql.SQL("SELECT counted.* FROM (WITH {} SELECT {}) AS counted")
ENOUGH = sql.SQL("WHEN {0} >= {1} THEN {1}")


@dataclass(frozen=True)
class Counted:
    """One of the counts asked for: the keys of each part as SQL with what fills its places, and the names they have in the question."""

    nth: int
    keys: list[tuple[str, tuple]]

    @property
    def name(self) -> sql.Identifier:
        """What its count is called."""
        return sql.Identifier(f"count_{self.nth}")

    @property
    def parts(self) -> list[sql.Identifier]:
        """What the keys of its parts are called."""
        return [sql.Identifier(f"part_{self.nth}_{at}") for at in range(len(self.keys))]


class Counts(Question):
    """How many rows each of some queries (or lists of parts) gives, counted no further than `most`, and whether there are more; in one question.

    `make` gives the queries. Once one part has so many no other is looked at, nor the query at `whole`, which holds the rows of all the others,
    where one of those has. A step of WITH that is not asked for is not made, which is what the question rests on.
    """

    def __init__(self, make: Callable[..., list], most: int = COUNTED_TO, *, whole: int | None = None) -> None:
        super().__init__(make)
        self._most, self._whole = most, whole

    def __call__(self, *values) -> list[tuple[int, bool]]:
        return [(min(found, self._most), found > self._most) for found in super().__call__(*values)[0]]

    def _statement(self, asked: list) -> tuple:
        counts = [Counted(nth, _keys(rows, self._most + 1)) for nth, rows in enumerate(asked)]
        steps = [STEP.format(part, sql.SQL(keys)) for each in counts for part, (keys, _) in zip(each.parts, each.keys, strict=True)]
        params = [word for each in counts for _, params in each.keys for word in params]
        for each in sorted(counts, key=lambda one: one.nth == self._whole):
            within = [KNOWN.format(other.name) for other in counts if each.nth == self._whole and other is not each]
            steps.append(STEP.format(each.name, _how_many(each.parts, within, sql.Literal(self._most + 1))))
        answers = sql.SQL(", ").join(sql.SQL("{} AS {}").format(KNOWN.format(each.name), each.name) for each in counts)
        with connection.cursor() as cursor:
            return WHOLE.format(sql.SQL(", ").join(steps), answers).as_string(cursor.cursor), params, list


def _how_many(parts: list[sql.Identifier], within: list[sql.Composed], enough: sql.Literal) -> sql.Composed:
    """The question for one count: enough where something within it, or one part, has enough; else the rows of all parts, each once."""
    united = COUNT.format(sql.SQL("({}) AS united").format(sql.SQL(" UNION ").join(map(EVERY.format, parts)))) if parts else sql.SQL("0")
    looks = [*within, *(COUNT.format(part) for part in parts)]
    if not looks:
        return sql.SQL("SELECT 0 AS many")
    return sql.SQL("SELECT CASE {} ELSE {} END AS many").format(sql.SQL(" ").join(ENOUGH.format(look, enough) for look in looks), united)


def _keys(rows, most: int) -> list[tuple[str, tuple]]:
    """The questions for at most so many keys of each part, in SQL as it was made of the query, and what fills its places; none of a part that is empty."""
    found = [keys_up_to(part, most) for part in rows] if isinstance(rows, list) else [rows.order_by().values("pk")[:most]]
    written = []
    for keys in found:
        try:
            written.append(keys.query.sql_with_params())
        except EmptyResultSet:
            continue
    return written
