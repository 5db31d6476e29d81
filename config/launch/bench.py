"""The speed benchmark's databases: filled once in bulk, and kept between runs."""

import hashlib
import subprocess
import time
from pathlib import Path

from config.launch.environment import PYTHON, ROOT
from config.launch.service import digest_of_migrations, manage
from config.launch.stop import Stop

SMALL, QUICK, WHOLE = 1_000, 100_000, 1_000_000
# What a database server of this size is given; nothing that makes a write less safe.
OPTIONS = ("shared_buffers=1GB", "effective_cache_size=4GB", "max_wal_size=4GB", "work_mem=16MB", "random_page_cost=1.1")


def bench(folder: Path, settings: dict, *, quick: bool, goals: list[str]) -> int:
    """Fill what is not filled, then measure; give what the measuring answered."""
    size = QUICK if quick else WHOLE
    _empty_database(folder, settings)
    for rows in (SMALL, size):
        _filled_database(folder, settings, rows)
    _make(settings, "bench_races", template=f"bench_{SMALL}")
    _run(settings, "bench_races", "races")
    told = _with_database(settings, f"bench_{size}") | {"BENCH_SMALL": f"bench_{SMALL}", "BENCH_QUICK": "yes" if quick else ""}
    command = [PYTHON, "-m", "tests.bench", "measure", "--size", str(size), "--goals", *goals]
    return subprocess.run(command, cwd=ROOT, env=told, check=False).returncode


def _with_database(settings: dict, name: str) -> dict:
    """The settings, with another database of the same server."""
    both = ("DATABASE_URL", "DATABASE_OWNER_URL")
    return settings | {one: settings[one].replace("/throughline?", f"/{name}?") for one in both} | {"THROUGHLINE_MODE": "test"}


def _make(settings: dict, name: str, *, template: str) -> None:
    """One database afresh, as a copy of another."""
    address = settings["DATABASE_OWNER_URL"].replace("throughline_owner@", "postgres@").replace("/throughline?", "/postgres?")
    told = settings | {"DATABASE_SUPERUSER_URL": address}
    done = subprocess.run([PYTHON, "-m", "tests.bench.database", name, template], cwd=ROOT, env=told, check=False)
    if done.returncode:
        raise Stop(f"The database {name} could not be made; what was said is above.")


def _empty_database(folder: Path, settings: dict) -> None:
    """A database with every table and no row, from which the others are copied."""
    mark, digest = folder / "bench_empty", digest_of_migrations()
    if mark.exists() and mark.read_text() == digest:
        return
    mark.unlink(missing_ok=True)
    print("Making the tables.", flush=True)
    _make(settings, "bench_empty", template="template1")
    _migrate(settings, "bench_empty")
    mark.write_text(digest)


def _migrate(settings: dict, name: str) -> None:
    manage(_with_database(settings, name), "migrate", "--verbosity", "0", as_owner=True)


def _run(settings: dict, name: str, *words: str) -> None:
    """Have something done to one of the databases, as the tables' owner."""
    told = _with_database(settings, name)
    done = subprocess.run([PYTHON, "-m", "tests.bench", *words], cwd=ROOT, env=told | {"DATABASE_URL": told["DATABASE_OWNER_URL"]}, check=False)
    if done.returncode:
        raise Stop("The database could not be filled; what was said is above.")


def _made_from() -> str:
    """What a filled database is made from: the first tables, and how they are filled. What was added since is migrated."""
    parts = hashlib.sha256()
    for path in [*sorted(ROOT.glob("*/migrations/0001*.py")), *sorted((ROOT / "tests" / "bench").glob("fill.*"))]:
        parts.update(path.read_bytes())
    return parts.hexdigest()


def _filled_database(folder: Path, settings: dict, size: int) -> None:
    """One filled database, kept until it would be made otherwise."""
    name = f"bench_{size}"
    mark = folder / name
    if mark.exists() and mark.read_text() == _made_from():
        _migrate(settings, name)
        return
    mark.unlink(missing_ok=True)
    began = time.monotonic()
    print(f"Filling a database with {size:,} referrals.", flush=True)
    _make(settings, name, template="bench_empty")
    _run(settings, name, "fill", "--size", str(size))
    print(f"Filled in {time.monotonic() - began:.0f} s.", flush=True)
    mark.write_text(_made_from())
