"""The servers of one machine: started, killed, stopped and started again without losing a row."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlparse

import psycopg2
import pytest
import redis

from config.launch.processes import Part, Parts, living_in

ROOT = Path(__file__).resolve().parents[2]


class Launcher:
    """`run.py servers` in a folder of its own, and the addresses it printed."""

    def __init__(self, folder: Path):
        self.folder = folder
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "REDIS_"))}
        self.process = subprocess.Popen(
            [sys.executable, "run.py", "servers", "--var", str(folder)], cwd=ROOT, env=clean,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        self.told, self.said = {}, []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").strip().partition("=")
                self.told[name] = value.strip("'")
            if "THROUGHLINE_VAR" in self.told:
                break

    def ask(self, address: str, question: str):
        """The first value that the database answers with."""
        with closing(psycopg2.connect(self.told[address])) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None

    def queue(self) -> redis.Redis:
        """The queue's client."""
        return redis.Redis(unix_socket_path=urlparse(self.told["REDIS_URL"]).path)

    def end(self, how=signal.SIGTERM) -> int:
        """End the launcher and wait for it."""
        self.process.send_signal(how)
        answer = self.process.wait(timeout=30)
        self.process.stdout.close()
        return answer


@pytest.fixture
def launch(tmp_path):
    """Start the servers, as often as is wanted, and leave none behind."""
    started = []

    def start() -> Launcher:
        started.append(Launcher(tmp_path / "var"))
        return started[-1]

    yield start
    for launcher in started:
        if launcher.process.poll() is None:
            launcher.end()


def wait_until(holds, seconds=15):
    """Wait until something holds, trying again where it could not be asked."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except (psycopg2.OperationalError, redis.RedisError):
            pass
        time.sleep(0.1)
    pytest.fail("It did not come back.")


def test_kill_9_of_any_part_and_of_the_launcher_loses_nothing(launch):
    first = launch()
    first.ask("DATABASE_OWNER_URL", "CREATE TABLE kept (what text)")
    first.ask("DATABASE_URL", "INSERT INTO kept VALUES ('a row')")
    data = first.folder / "postgres"
    with first.queue() as queue:
        queue.set("kept", "a message")
        for pid in living_in(data) | living_in(first.folder / "queue"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: first.ask("DATABASE_URL", "SELECT what FROM kept") == "a row")
        wait_until(lambda: queue.get("kept") == b"a message")

    first.end(signal.SIGKILL)
    wait_until(lambda: not living_in(data))
    second = launch()

    assert second.ask("DATABASE_URL", "SELECT what FROM kept") == "a row"
    assert second.end() == 0
    assert not living_in(data)


def test_the_mark_of_a_power_cut_does_not_stop_the_next_start(launch):
    first = launch()
    first.end()
    mark = first.folder / "postgres" / "postmaster.pid"
    # The number has been given to somebody else since: this very test.
    mark.write_text(f"{os.getpid()}\n{first.folder / 'postgres'}\n0\n5432\n")

    assert launch().ask("DATABASE_URL", "SELECT 1") == 1


def test_the_service_reads_and_writes_rows_and_nothing_more(launch):
    servers = launch()
    servers.ask("DATABASE_OWNER_URL", "CREATE TABLE made (id serial, what text)")

    assert servers.ask("DATABASE_URL", "INSERT INTO made (what) VALUES ('x') RETURNING id") == 1
    for forbidden in ("TRUNCATE made", "DROP TABLE made", "CREATE TABLE more (id int)"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            servers.ask("DATABASE_URL", forbidden)
    assert not servers.ask(
        "DATABASE_URL", "SELECT usesuper FROM pg_user WHERE usename = current_user"
    )
    wanted = {"btree_gist", "pg_trgm", "unaccent", "citext"}
    assert wanted <= set(
        servers.ask("DATABASE_URL", "SELECT array_agg(extname::text) FROM pg_extension")
    )


def test_what_dies_at_once_waits_longer_each_time(tmp_path, capsys):
    with Parts() as parts:
        part = parts.start(
            Part("It", [sys.executable, "-c", ""], dict(os.environ), tmp_path, tmp_path / "log")
        )
        part.process.wait()
        part.start_again()
        assert capsys.readouterr().out == ""

        part.started -= 5
        part.start_again()
        part.process.wait()
        assert "It stopped, and is started again." in capsys.readouterr().out
        assert part.pause == 2


def test_a_part_is_started_again_without_the_children_it_left_behind(tmp_path):
    script = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
    with Parts() as parts:
        part = parts.start(
            Part("It", [sys.executable, "-c", script], dict(os.environ), tmp_path, tmp_path / "log")
        )
        wait_until(lambda: len(living_in(tmp_path)) == 2)
        part.process.kill()
        part.process.wait()
        left = living_in(tmp_path)
        assert left

        part.started -= 5
        part.start_again()
        wait_until(lambda: not left & living_in(tmp_path))
        part.end_the_rest()
