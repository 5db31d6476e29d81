"""trust G44: back to a moment, by a base copy and the archived log, as the README says."""

import os
import shutil
import signal
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from config.launch.processes import Parts, other_user
from config.launch.servers import Postgres

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tmp_path):
    """A folder for the log, a folder for sockets, and whatever was started, which ends."""
    archive, sockets, parts = tmp_path / "archive", Path("/tmp") / f"tl-moment-{os.getpid()}", Parts()
    for folder in (archive, sockets):
        folder.mkdir(exist_ok=True)
    yield tmp_path, archive, sockets, parts
    for part in parts.rows:
        part.stop()
    shutil.rmtree(sockets, ignore_errors=True)


def do(database, statement: str) -> list[tuple]:
    """Rows of one statement, of the superuser's."""
    with closing(psycopg2.connect(database.address("postgres", "throughline"))) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def owned(folder: Path, like: Path) -> None:
    """A folder is whoever's PostgreSQL runs as."""
    user = other_user(like)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def archived(database) -> None:
    """The log up to now is in the archive."""
    name = do(database, "SELECT pg_walfile_name(pg_switch_wal())")[0][0]
    end = time.monotonic() + 60
    while not do(database, f"SELECT 1 FROM pg_stat_archiver WHERE last_archived_wal >= '{name}'"):
        assert time.monotonic() < end, "The log was not archived."
        time.sleep(0.2)


def back_to(moment, base, places, name) -> Postgres:
    """A second server, unpacked from the base and brought to a moment."""
    tmp_path, archive, sockets, parts = places
    data = tmp_path / name / "postgres"
    shutil.copytree(base, data)
    settings = {"restore_command": f"cp {archive}/%f %p", "recovery_target_time": moment, "recovery_target_action": "promote"}
    with (data / "postgresql.auto.conf").open("a") as file:
        file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())
    (data / "recovery.signal").touch()
    for path in (data, *data.rglob("*")):
        shutil.chown(path, base.stat().st_uid, base.stat().st_gid)
    database = Postgres(tmp_path / name, sockets, options=("hot_standby=off",))
    database.start(parts)
    return database


def ended(database, parts) -> None:
    """The last server started ends at once, and its data with it."""
    process = parts.rows.pop().process
    process.send_signal(signal.SIGQUIT)
    process.wait(60)
    shutil.rmtree(database.folder)


def test_g44_back_to_the_moment_before_a_mistake(places, tried):
    tmp_path, archive, sockets, parts = places
    options = ("archive_mode=on", f"archive_command=cp %p {archive}/%f")
    database = Postgres(tmp_path / "first", sockets, options=options)
    database.start(parts)
    owned(archive, database.folder)
    base = tmp_path / "base"
    base.mkdir()
    owned(base, database.folder)
    database._run("pg_basebackup", "-h", sockets, "-U", "postgres", "-D", base, "--no-sync", "--checkpoint=fast")
    do(database, "CREATE TABLE words (said text)")
    nothing = do(database, "SELECT clock_timestamp()::text")[0][0]
    time.sleep(0.5)
    do(database, "INSERT INTO words SELECT 'kept ' || n FROM generate_series(1, 5000) n")
    before = do(database, "SELECT clock_timestamp()::text")[0][0]
    time.sleep(0.5)
    do(database, "DELETE FROM words")
    archived(database)
    ended(database, parts)

    second = back_to(before, base, places, "second")
    found = do(second, "SELECT count(*) FROM words")[0][0]
    ended(second, parts)
    # The control: the moment is what decides, and not how much the archive holds.
    third = back_to(nothing, base, places, "third")

    assert (found, do(third, "SELECT count(*) FROM words")[0][0]) == (5000, 0)
    tried("G44", "rows deleted and brought back to the moment before", count=found, expected="all", found="all, from base and archived log")
