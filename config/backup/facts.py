"""What a database holds, in numbers that a copy of it must repeat."""

import hashlib
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

# The same row must read the same in every session.
PLAIN = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1 -c bytea_output=hex"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
OF_A_TABLE = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t"


def connect(address: str, **more):
    """A connection that closes itself, in which every row reads the same; takes libpq's address."""
    return closing(psycopg2.connect(address, options=PLAIN, **more))


def tables(cursor) -> dict[str, list]:
    """How many rows each table has, and a hash of them all in whatever order."""
    cursor.execute(TABLES)
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL(OF_A_TABLE).format(sql.Identifier(name)))
        found[name] = list(cursor.fetchone())
    return found


def sequences(cursor) -> dict[str, int]:
    """The last number each sequence gave."""
    cursor.execute(SEQUENCES)
    return dict(cursor.fetchall())


def hash_of(path: Path) -> str:
    """SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def why_not_the_same(wanted: dict, cursor) -> str | None:
    """A sentence where a database does not hold what was written down of the one it is a copy of; None where it does."""
    here = tables(cursor)
    for name, (count, digest) in wanted["tables"].items():
        rows, found = here.get(name, [0, ""])
        if rows != count:
            return f"{name} has {rows:,} rows and should have {count:,}."
        if found != digest:
            return f"The rows of {name} are not those that were copied."
    behind = [name for name, last in wanted["sequences"].items() if sequences(cursor).get(name, -1) < last]
    return f"{behind[0]} would give numbers that were given already." if behind else None
