"""Worker, timetable, queue and database as they run in earnest, each to be killed at any moment and started again."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse

import psycopg2
import redis
from celery import Celery

from config.launch.processes import Part, Parts
from config.launch.servers import Postgres, start_queue

ROOT = Path(__file__).resolve().parents[2]
# Written to the disk by the kernel, not by each commit: whoever dies here is a process, never the machine.
QUICK = ("fsync=off", "full_page_writes=off")
WORKERS, BEATS = 2, 2


class Servers:
    """A database and a queue that may be killed; each test has a database of its own in it, copied from an empty one."""

    def __init__(self, folder: Path, empty: str):
        """`empty` is the address of a database with every table and no row."""
        self.folder, self.parts, self.made = folder, Parts(), 0
        # Of its own: there may be several of these in one process.
        sockets = Path(tempfile.mkdtemp(prefix="tl-once-", dir="/tmp"))
        sockets.chmod(0o755)
        self.database = Postgres(folder, sockets, options=QUICK)
        self.database.start(self.parts)
        self.queue = start_queue(folder, sockets, self.parts)
        programs = self.database.programs
        tables = subprocess.run([programs / "pg_dump", "--schema-only", "--no-owner", "-d", empty], capture_output=True, check=True).stdout
        owner = self.database.address("throughline_owner")
        subprocess.run([programs / "psql", "-q", "-d", owner], input=tables, capture_output=True, check=True)

    def another(self) -> str:
        """One more empty database; its address for the service."""
        self.made += 1
        name = f"once_{self.made}"
        with closing(psycopg2.connect(self.database.address("postgres", "postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE throughline OWNER throughline_owner")
        redis.Redis(unix_socket_path=urlparse(self.queue).path).flushall()
        return self.database.address("throughline", name)

    def close(self) -> None:
        """Both end."""
        for part in reversed(self.parts.rows):
            part.stop()


class Once:
    """Workers and timetables on those servers, on a clock that can be moved, with faults at named places."""

    def __init__(self, servers: Servers, folder: Path, *, faults=(), control="", slow=0.0):
        self.servers, self.folder, self.parts, self.running, self.kills = servers, folder, servers.parts, {}, Counter()
        (folder / "done").mkdir(parents=True)
        self.address = servers.another()
        self.environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "tests.once.settings", "THROUGHLINE_MODE": "test", "DATABASE_URL": self.address,
            "REDIS_URL": servers.queue, "THROUGHLINE_FILES": str(folder / "files"), "OUTBOX_LEASE_SECONDS": "2",
            "ONCE_FOLDER": str(folder), "ONCE_MAIL": str(folder / "mail"), "ONCE_CONTROL": control, "ONCE_SLOW": str(slow),
        }  # fmt: skip
        self.faults = list(faults)
        self._note_pids()

    def _run(self, *command: str, **more: str) -> str:
        """What a command says; it fails the test where it fails."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env={**self.environment, **more}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def make(self, groups: int, *days: str) -> None:
        """So many groups with a meeting called for each of these days."""
        self._run("-m", "tests.once.scene", "make", str(groups), *days)

    def tell(self) -> dict:
        """What is in the database and on the disk."""
        return json.loads(self._run("-m", "tests.once.scene", "tell"))

    def deliveries(self) -> Counter:
        """How often the mail server was given each email."""
        mail = self.folder / "mail"
        return Counter(mail.read_text().split()) if mail.exists() else Counter()

    # What runs

    def start(self, moment: str) -> None:
        """It is this moment in England, and time goes on: two workers and two timetables start.

        Each fault waits in both workers, whichever comes to its place first, and happens once.
        """
        now = {"THROUGHLINE_TODAY": moment, "THROUGHLINE_CLOCK_SET_ON": datetime.now().isoformat(), "TZ": "Europe/London"}  # noqa: DTZ005
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        for n in range(WORKERS):
            self._start(f"worker {n}", [*celery, "worker", "-c", "1", "-l", "warning", "-n", f"w{n}@once"], now | {"ONCE_FAULTS": ";".join(self.faults)})
        for n in range(BEATS):
            self._start(f"beat {n}", [*celery, "beat", "-l", "warning", "-s", str(self.folder / f"beat{n}")], now)

    def _start(self, name: str, command: list, settings: dict) -> None:
        part = Part(name, command, self.environment | settings, ROOT, self.folder / "log" / f"{name}.log")
        part.start()
        self.running[name] = part

    def kill(self, name: str) -> None:
        """End one process and its children at once, as a power cut would; whoever watches starts it again."""
        self.kills[name.split()[0]] += 1
        if name in ("database", "queue"):
            with suppress(ProcessLookupError):
                os.kill(int((self.folder / f"{name}.pid").read_text()), signal.SIGKILL)
        else:
            self.running[name].end_the_rest()

    def watch(self) -> None:
        """Start again whatever has died."""
        for part in (*self.parts.rows, *self.running.values()):
            if not part.is_running():
                part.end_the_rest()
                part.start()
        self._note_pids()

    def _note_pids(self) -> None:
        """Where a fault in a worker finds the database and the queue."""
        for name, part in zip(("database", "queue"), self.parts.rows, strict=True):
            path = self.folder / f"{name}.pid"
            path.with_suffix(".new").write_text(str(part.process.pid))
            path.with_suffix(".new").replace(path)

    def stop(self) -> None:
        """The worker and the timetable end at once."""
        for part in self.running.values():
            part.end_the_rest()
            part.process.wait(timeout=30)
        self.running = {}

    def close(self) -> None:
        """Its processes end; the servers go on."""
        self.stop()
        self.watch()

    # What is due

    def ask(self, question: str) -> int | None:
        """A number out of the database, or None while it is away."""
        with suppress(psycopg2.Error), closing(psycopg2.connect(self.address)) as connection:
            cursor = connection.cursor()
            cursor.execute(question)
            return cursor.fetchone()[0]
        return None

    def deliver_twice(self) -> None:
        """The queue delivers one message two times: the same task, with the same id."""
        broker = f"redis+socket://{urlparse(self.environment['REDIS_URL']).path}"
        with suppress(Exception), Celery(broker=broker) as app:
            for _ in range(2):
                app.send_task("core.sweep", task_id=f"twice-{self.kills.total()}", retry=False)

    def until(self, question: str, wanted: int, *, seconds: float, victims=(), every=(0.5, 2.5), seed=1) -> bool:
        """Wait until the database says so; meanwhile victims die one after another, at random moments."""
        chance, victims = random.Random(seed), list(victims)
        end, next_kill = time.monotonic() + seconds, time.monotonic() + chance.uniform(*every)
        while time.monotonic() < end:
            self.watch()
            if not victims and self.ask(question) == wanted:
                return True
            if victims and time.monotonic() > next_kill:
                self.kill(victims.pop(0))
                self.deliver_twice()
                next_kill = time.monotonic() + chance.uniform(*every)
            time.sleep(0.2)
        return False

    def happened(self) -> list[str]:
        """The faults that came about."""
        return sorted(path.name for path in (self.folder / "done").iterdir())
