"""The whole service as it runs in earnest: database, queue, web, worker and timetable, on a borough in which a year has passed.

Each test has a copy of that database, and may kill, stop and restart whatever it likes.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import psycopg2
import requests

from config.launch.processes import Part
from config.launch.service import wait_for_first_page
from tests.once.service import Servers

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
SOCIAL_WORKER, ADMINISTRATOR = "Nadia Okafor", "Priya Nair"
PERSON = re.compile(r'name="person" value="([^"]+)">Sign in as ([^<]+)<')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CHILD = re.compile(r"/children/([0-9A-Z]{3}-[0-9A-Z]{3})")


class Filled(Servers):
    """Servers with the borough loaded once."""

    def __init__(self, folder: Path, empty: str):
        super().__init__(folder, empty)
        self.files = folder / "loaded"
        self.files.mkdir()
        manage(environment(self.database.address("throughline"), self.queue, self.files), "seed_demo")


def environment(address: str, queue: str, files: Path, **more: str) -> dict:
    """What every process of the service is told."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings", "THROUGHLINE_MODE": "demonstration", "DATABASE_URL": address, "REDIS_URL": queue,
        "THROUGHLINE_FILES": str(files), "THROUGHLINE_VAR": str(files.parent), "THROUGHLINE_TODAY": TODAY, "OUTBOX_LEASE_SECONDS": "5",
        "DATABASE_OWNER_URL": address.replace("throughline@", "throughline_owner@"), **more,
    }  # fmt: skip


def manage(settings: dict, *command: str, told: str | None = None) -> str:
    """What one of Django's commands says; it fails the test where it fails."""
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=settings, capture_output=True, text=True, check=False, input=told)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


class Running:
    """The service on a copy of the filled database."""

    def __init__(self, servers: Filled, folder: Path, *, wsgi: str = "config.wsgi", **more: str):
        self.servers, self.folder, self.parts, self.wsgi = servers, folder, {}, wsgi
        self.files = folder / "files"
        shutil.copytree(servers.files, self.files)
        self.address = servers.another()
        self.as_superuser = servers.database.address("postgres", urlparse(self.address).path.strip("/"))
        self._checkpoint()
        self.settings = environment(self.address, servers.queue, self.files, **more)
        self.port = _free_port()
        self.at = f"http://127.0.0.1:{self.port}"

    def _checkpoint(self) -> None:
        """A copied database's sequences are as the log has them only after one; without, a crash takes them back."""
        with closing(psycopg2.connect(self.as_superuser)) as connection:
            connection.autocommit = True
            connection.cursor().execute("CHECKPOINT")

    def start(self, *names: str) -> None:
        """Start these parts: web, worker, beat."""
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        commands = {
            "web": [sys.executable, "-m", "gunicorn", self.wsgi, "-b", f"127.0.0.1:{self.port}", "-w", "2", "--timeout", "60"],
            "worker": [*celery, "worker", "-c", "1", "-l", "warning"],
            "beat": [*celery, "beat", "-l", "warning", "-s", str(self.folder / "timetable")],
        }
        for name in names:
            part = Part(name, commands[name], self.settings, ROOT, self.folder / "log" / f"{name}.log")
            part.start()
            self.parts[name] = part
        if "web" in names:
            wait_for_first_page(self.parts["web"], self.port)

    def revive(self) -> None:
        """Start again what has died, as whoever watches does."""
        for part in self.servers.parts.rows:
            if not part.is_running():
                part.end_the_rest()
                part.start()

    def ask(self, question: str, *, database: str = "") -> list[tuple]:
        """Rows out of the database; waits a while for one that is away."""
        end = time.monotonic() + 30
        while True:
            try:
                with closing(psycopg2.connect(database or self.address)) as connection:
                    cursor = connection.cursor()
                    cursor.execute(question)
                    return cursor.fetchall()
            except psycopg2.DatabaseError as error:
                if error.pgcode and not isinstance(error, psycopg2.OperationalError):
                    raise  # it answered, and said no
                assert time.monotonic() < end, "The database does not come back."
                time.sleep(0.1)

    def ask_as_owner(self, statement: str) -> None:
        """Change rows as whoever owns the tables, behind the product."""
        with closing(psycopg2.connect(self.settings["DATABASE_OWNER_URL"])) as connection, connection:
            connection.cursor().execute(statement)

    def number(self, question: str) -> int:
        """One number out of the database."""
        return self.ask(question)[0][0]

    def until(self, question: str, wanted: int, *, seconds: float) -> float:
        """Wait until the database says so; gives how long it took."""
        began = time.monotonic()
        while (found := self.number(question)) != wanted:
            assert time.monotonic() - began < seconds, f"{question} gives {found} after {seconds} s, and not {wanted}"
            time.sleep(0.3)
        return time.monotonic() - began

    def be(self, name: str) -> "Somebody":
        """Somebody of the borough, signed in."""
        return Somebody(self.at, name)

    def close(self) -> None:
        """Everything of this copy ends; the servers go on for the next."""
        for part in self.parts.values():
            with suppress(ProcessLookupError):
                part.end_the_rest()
            part.process.wait(timeout=30)
        self.revive()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Somebody:
    """A person at a browser without scripts."""

    def __init__(self, at: str, name: str):
        self.at, self.session = at, requests.Session()
        page = self.session.get(f"{at}/sign-in", timeout=60).text
        people = {who: reference for reference, who in PERSON.findall(page)}
        self.token = TOKEN.search(page)[1]
        answer = self.post("/sign-in/demonstration", {"person": people[name]})
        assert answer.status_code == 302, answer.status_code
        self.token = self.session.cookies["csrftoken"]

    def get(self, path: str, **more) -> requests.Response:
        """One page."""
        return self.session.get(self.at + path, timeout=90, **more)

    def post(self, path: str, said: dict) -> requests.Response:
        """One form; what it leads to is not opened."""
        return self.session.post(self.at + path, {"csrfmiddlewaretoken": self.token, **said}, timeout=90, allow_redirects=False)

    def children(self) -> list[str]:
        """References of the children they see."""
        return sorted(set(CHILD.findall(self.get("/children").text)))


@dataclass
class Load:
    """People at work at once, and what each got: moment, seconds, status (0: no answer), where it led."""

    deed: object
    people: list
    rows: list = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Load":
        self.threads = [threading.Thread(target=self._work, args=(n, who)) for n, who in enumerate(self.people)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(120)

    def _work(self, number: int, who: Somebody) -> None:
        turn = 0
        while not self.ended.is_set():
            began, turn = time.monotonic(), turn + 1
            try:
                answer = self.deed(who, number, turn)
                self.rows.append((began, time.monotonic() - began, answer.status_code, answer.headers.get("Location", "")))
            except requests.RequestException:
                self.rows.append((began, time.monotonic() - began, 0, ""))
                time.sleep(0.1)

    def statuses(self, since: float = 0.0) -> set[int]:
        """What was answered to what was asked after a moment."""
        return {status for began, _, status, _ in self.rows if began >= since}

    def slowest(self, since: float, until: float) -> float:
        """The time within which 19 of 20 were answered that were asked between two moments."""
        took = sorted(seconds for began, seconds, *_ in self.rows if since <= began < until)
        return took[int(len(took) * 0.95)] if took else 0.0
