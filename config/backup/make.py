"""Make a copy of the database and the files, while people work.

The dump and the counts are of one moment: both read one snapshot. The copy has its name only once all of it is on the disk.
"""

import json
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from config.backup.facts import connect, hash_of, sequences, tables
from config.backup.programs import program

MANIFEST, PROOF, DUMP, FILES = "manifest.json", "manifest.sha256", "database.dump", "files"


def make_copy(address: str, files: Path, target: Path, *, at: str) -> dict:
    """Copy the database at an address and a folder of files to a new folder; gives what was written down of them."""
    part = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    said = {"at": at} | _copy_database(address, part / DUMP)
    said["files"] = _copy_files(files, part / FILES)
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
        subprocess.run(
            [program("pg_dump"), "-Fc", "--snapshot", snapshot, "-d", address, "-f", dump],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        held = {"tables": tables(cursor), "sequences": numbers, "named": _named(cursor)}
    return held | {"server": version, "dump": {"sha256": hash_of(dump), "size": dump.stat().st_size}}


def _named(cursor) -> list[str]:
    """The files that rows name."""
    cursor.execute("SELECT DISTINCT sha256 FROM core_storedfile ORDER BY sha256")
    return [sha for (sha,) in cursor.fetchall()]


def _copy_files(source: Path, target: Path) -> dict[str, dict]:
    """Every file that is whole, with its hash; what is half written or goes away meanwhile is nobody's."""
    target.mkdir()
    found = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file() and not path.name.startswith(".")):
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
