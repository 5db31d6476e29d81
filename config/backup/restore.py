"""Put a copy back: judged whole first, then beside what is there, compared with what was written down, and only then in its place."""

import json
import shutil
from pathlib import Path

from psycopg2 import sql

from config.backup.facts import connect, hash_of, why_not_the_same
from config.backup.make import DUMP, FILES, MANIFEST, PROOF, SEALS
from config.backup.programs import run
from core.files import write_whole


class Refused(Exception):
    """A copy that is not put back, and why, in one sentence."""


def why_not_whole(folder: Path) -> str | None:
    """A sentence where a copy is damaged or something of it is missing; None where every byte is as it was written."""
    if not (folder / MANIFEST).exists() or not (folder / PROOF).exists():
        return f"{folder} is not a whole copy: its list of contents is not there."
    if hash_of(folder / MANIFEST) != (folder / PROOF).read_text(errors="replace").strip():
        return "The copy’s list of contents is not as it was written."
    said = json.loads((folder / MANIFEST).read_text())
    parts = {DUMP: said["dump"]} | {f"{FILES}/{name}": file for name, file in said["files"].items()}
    return next((reason for name, part in parts.items() if (reason := _why_not_part(folder / name, name, part))), None)


def _why_not_part(path: Path, name: str, part: dict) -> str | None:
    """A sentence where one file of a copy is gone, was cut, or has another byte in it."""
    if not path.is_file():
        return f"The copy’s {name} is not there."
    if path.stat().st_size != part["size"]:
        return f"The copy’s {name} has {path.stat().st_size:,} bytes and should have {part['size']:,}."
    return None if hash_of(path) == part["sha256"] else f"The copy’s {name} is not as it was written."


def check(folder: Path) -> dict:
    """What was written down of a copy that is whole; Refused where it is not."""
    if reason := why_not_whole(folder):
        raise Refused(f"{reason} Nothing was overwritten.")
    return json.loads((folder / MANIFEST).read_text())


def fill(folder: Path, superuser: str, name: str) -> None:
    """Make a database of this name from a whole copy, and compare it with what was written down; leaves none that differs."""
    said = check(folder)
    do(superuser, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    do(superuser, sql.SQL("CREATE DATABASE {} OWNER throughline_owner").format(sql.Identifier(name)))
    done = run("pg_restore", in_database(superuser, name), "--exit-on-error", "-j", "2", folder / DUMP)
    reason = done.stderr.strip()[-300:] if done.returncode else _compared(said, in_database(superuser, name))
    if reason:
        do(superuser, sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        raise Refused(f"The copy could not be put back: {reason} Nothing was overwritten.")


def _compared(said: dict, address: str) -> str | None:
    with connect(address) as connection:
        return why_not_the_same(said, connection.cursor())


def do(address: str, *statements) -> None:
    """Run statements with a superuser's rights, each on its own."""
    with connect(address) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)


def in_database(address: str, name: str) -> str:
    """The same server's address, for another database."""
    before, _, query = address.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}{'?' + query if query else ''}"


def put_in_place(superuser: str, fresh: str, *, name: str, aside: str) -> None:
    """Give a filled database the service's name, and what had it another name: both at once, or neither."""
    out = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ({}, {})").format(sql.Literal(name), sql.Literal(fresh))
    renames = [sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(a), sql.Identifier(b)) for a, b in ((name, aside), (fresh, name))]
    with connect(superuser) as connection, connection, connection.cursor() as cursor:
        for statement in (out, *renames):
            cursor.execute(statement)


def put_files(folder: Path, target: Path, *, aside: str) -> int:
    """Add a copy's files to those that are there, replacing bytes that are damaged; the newer list of seals is put aside."""
    seals = target / SEALS
    if seals.exists():
        shutil.move(seals, target / f"seals-{aside}.txt")
    names = check(folder)["files"]
    for name in names:
        write_whole(target / name, (folder / FILES / name).read_bytes())
    return len(names)
