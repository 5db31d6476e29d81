"""Every record so many times over: each row of the scene is copied beside itself, and what may be there once is varied.

A copy hangs on the same records as its first, so that whatever has one row of a kind has ten of it, or fifty.
"""

from dataclasses import dataclass, field

from django.db import Error, connection, transaction

OURS = ("core_", "referrals_", "panels_", "contracts_", "kpis_")
# Who may do what, by which rules, and whatever is put together of others in one deed: a copy of it alone would be half of one.
ONCE = {
    "core_user", "core_roleheld", "core_roleheld_teams", "core_authority", "core_organisation", "core_team", "core_datedsetting",
    "core_idempotencykey", "panels_panel", "panels_termsofreference", "panels_seatholder", "referrals_provisionterms",
    "kpis_indicator", "kpis_return", "kpis_returnrow",
    # A file is one record's: an address that names it finds that record.
    "panels_supplement", "contracts_contractdocument", "referrals_referraldocument", "referrals_childdocument",
}  # fmt: skip
# A short text is one of a few words, or a part of an address, and no copy may have another.
COLUMNS = """SELECT column_name, CASE WHEN character_maximum_length < 30 AND column_name <> 'reference' THEN 'a word' ELSE data_type END
    FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' AND column_name <> 'id' ORDER BY ordinal_position"""
KEYS = """SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary GROUP BY i.indexrelid"""
HANGING = """SELECT DISTINCT a.attname FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
    WHERE f.conrelid = %s::regclass AND f.contype = 'f'"""
# Fifty-seven weeks back each time: what lasted a while keeps out of the first one's way, and a Monday is a Monday.
BACK = {"date": "({0} - n * 399)", "timestamp with time zone": "({0} - n * interval '399 days')"}
VARIED = {
    "character varying": "left({0}, 8) || '-' || id || '-' || n", "text": "{0} || n", "smallint": "({0} + 50 + n * 7)",
    "integer": "({0} + n * 1000)", **BACK,
}  # fmt: skip
LETTERS = "translate(lpad(to_hex(id * 64 + n), 6, '0'), '0123456789abcdef', '23467CDFGHJKMNPQ')"
REFERENCE = f"left({LETTERS}, 3) || '-' || right({LETTERS}, 3)"


@dataclass
class Copied:
    """Which tables hold so many times as much, and which could not, with why."""

    tables: list[str] = field(default_factory=list)
    once: dict[str, str] = field(default_factory=dict)


def multiply(least: int, most: int, keys: dict[str, list[int]]) -> Copied:
    """Copy each of these rows (by table) from its first to its last copy; what a constraint keeps to one is told."""
    copied = Copied()
    for table, rows in keys.items():
        why = _copied_somehow(table, least, most, rows)
        if why and not [row for row in rows if not _copied_somehow(table, least, most, [row])]:
            copied.once[table] = why
        else:
            copied.tables.append(table)
    return copied


def _copied_somehow(table: str, least: int, most: int, rows: list[int]) -> str:
    """Copy rows as they are, or else each back in time; why they could not be."""
    return _copied(table, least, most, rows) and _copied(table, least, most, rows, back=True)


def rows_there() -> dict[str, list[int]]:
    """The keys of every row now, by table, of what is to be copied."""
    tables = [t for t in connection.introspection.django_table_names(only_existing=True) if t.startswith(OURS) and not t.endswith("event")]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(tables) - ONCE):
            cursor.execute(f'SELECT id FROM "{table}"')
            if rows := [key for (key,) in cursor.fetchall()]:
                found[table] = rows
    return found


def _copied(table: str, least: int, most: int, rows: list[int], *, back: bool = False) -> str:
    """Copy rows of one table, `back` in time or not; why they could not be."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_copy(cursor, table, back), [least, most, rows])
    except Error as error:
        return str(error).split("\n")[0]
    return ""


def _copy(cursor, table: str, back: bool) -> str:
    """The statement that writes copies: each column as it is, or varied where the table may hold it once."""
    cursor.execute(COLUMNS, [table])
    kinds = dict(cursor.fetchall())
    cursor.execute(HANGING, [table])
    hanging = {name for (name,) in cursor.fetchall()}
    cursor.execute(KEYS, [table])
    varied = {_varies(names, kinds, hanging) for (names,) in cursor.fetchall()} | {name for name in kinds if back and kinds[name] in BACK}
    values = [_value(name, kinds[name]) if name in varied else f'"{name}"' for name in kinds]
    names = ", ".join(f'"{name}"' for name in kinds)
    return f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}", generate_series(%s, %s) n WHERE id = ANY (%s)'


def _varies(names: list[str], kinds: dict[str, str], hanging: set[str]) -> str:
    """Which column of a unique key a copy differs in: none that hangs on another record, words before numbers before days."""
    free = [name for name in names if name in kinds and name not in hanging and kinds[name] in VARIED]
    return min(free, key=lambda name: list(VARIED).index(kinds[name]), default="")


def _value(name: str, kind: str) -> str:
    return REFERENCE if name == "reference" else VARIED[kind].format(f'"{name}"')
