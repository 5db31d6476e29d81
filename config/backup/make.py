"""Make a copy of the database and the files, while people work.

The dump and the counts are of one moment: both read one snapshot. The copy has its name only once all of it is on the disk.
"""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from config.backup.facts import connect, hash_of, sequences, tables
from config.backup.programs import run

MANIFEST, PROOF, DUMP, FILES, SEALS = "manifest.json", "manifest.sha256", "database.dump", "files", "seals.txt"


class NotCopied(Exception):
    """Why there is no copy, in one sentence."""


def make_copy(address: str, files: Path, target: Path, *, at: str) -> dict:
    """Copy the database at an address and a folder of files to a new folder; gives what was written down of them."""
    part = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    # The marks of the seals first: each is of a seal that the dump then has.
    seals = _copy_files([files / SEALS], files, part / FILES)
    said = {"at": at} | _copy_database(address, part / DUMP)
    others = sorted(path for path in files.rglob("*") if path.is_file() and not path.name.startswith(".") and path.name != SEALS)
    said["files"] = seals | _copy_files(others, files, part / FILES)
    here = {Path(name).name for name in said["files"]}
    said["missing"] = [sha for sha in said.pop("named") if sha not in here]
    _write(part / MANIFEST, json.dumps(said, indent=1, sort_keys=True))
    _write(part / PROOF, hash_of(part / MANIFEST))
    part.rename(target)
    return said


def _copy_database(address: str, dump: Path) -> dict:
    """The dump, and what the very same snapshot holds."""
    with connect(address) as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = connection.cursor()
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, version = cursor.fetchone()
        numbers = sequences(cursor)
        done = run("pg_dump", address, "-Fc", "--snapshot", snapshot, "-f", dump)
        if done.returncode:
            raise NotCopied(f"The database could not be copied: {done.stderr.strip()[-300:]}")
        held = {"tables": tables(cursor), "sequences": numbers, "named": _named(cursor)}
    return held | {"server": version, "dump": {"sha256": hash_of(dump), "size": dump.stat().st_size}}


def _named(cursor) -> list[str]:
    """The files that rows name."""
    cursor.execute("SELECT DISTINCT sha256 FROM core_storedfile ORDER BY sha256")
    return [sha for (sha,) in cursor.fetchall()]


def _copy_files(paths: list[Path], source: Path, target: Path) -> dict[str, dict]:
    """Files of a folder, each with its hash; what is not there, or goes away meanwhile, is nobody's."""
    found = {}
    for path in paths:
        name = path.relative_to(source)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(path, target / name)
            found[str(name)] = {"sha256": hash_of(target / name), "size": (target / name).stat().st_size}
    return found


def _write(path: Path, text: str) -> None:
    """Words that are on the disk before anything relies on them."""
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
