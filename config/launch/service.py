"""The service itself: its tables, its web server, its worker and its timetable."""

import hashlib
import http.client
import os
import subprocess
import time
from pathlib import Path

from config.launch.environment import BYTECODE, PYTHON, ROOT
from config.launch.folder import end_of_log
from config.launch.processes import Part, Parts
from config.launch.stop import Stop


def manage(settings: dict, *command: str, as_owner: bool = False) -> None:
    """Run one of Django's commands, as the service or as the tables' owner."""
    address = settings["DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"]
    done = subprocess.run(
        [PYTHON, "manage.py", *command], cwd=ROOT, env={**settings, "DATABASE_URL": address},
        check=False,
    )  # fmt: skip
    _stop_if_failed(command[0], done.returncode)


def _stop_if_failed(command: str, returncode: int) -> None:
    """One sentence where one of Django's commands did not do what it was to do."""
    if returncode:
        raise Stop(f"manage.py {command} failed; what it said is above.")


def read_ahead() -> subprocess.Popen | None:
    """The first time, have the code compiled while the servers are being made."""
    if BYTECODE.exists():
        return None
    settings = {**os.environ, "THROUGHLINE_MODE": "demonstration", "DATABASE_URL": "postgres:///"}
    return subprocess.Popen(
        [PYTHON, "manage.py", "check"], cwd=ROOT, env=settings,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def digest_of_migrations() -> str:
    """A hash of every migration, to tell whether there is anything to migrate."""
    together = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        together.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for name in ("requirements.txt", "config/settings.py"):
        together.update((ROOT / name).read_bytes())
    return together.hexdigest()


def migrate(settings: dict, mark: Path | None) -> None:
    """Migrate and load the borough; `mark` tells that our own database has had both."""
    digest = digest_of_migrations()
    if mark and mark.exists() and mark.read_text() == digest:
        return
    print("Making the tables.", flush=True)
    # The borough's loader reads its code meanwhile, and begins when it is told.
    loader = subprocess.Popen([PYTHON, "manage.py", "seed_demo", "--when-told"], cwd=ROOT, env=settings, stdin=subprocess.PIPE)
    try:
        manage(settings, "make_tables", as_owner=True)
        print("Loading the demonstration borough.", flush=True)
        loader.communicate(b"Begin.\n")
    finally:
        loader.kill()
    _stop_if_failed("seed_demo", loader.returncode)
    if mark:
        mark.write_text(digest)


def start_service(folder: Path, settings: dict, port: int, parts: Parts) -> None:
    """Start the web, wait for its first page, then start worker and timetable: nobody waits for them."""
    celery = ["celery", "-A", "config"]
    web = ["gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--timeout", "60"]
    worker = [*celery, "worker", "-c", "1", "-l", "warning"]
    beat = [*celery, "beat", "-l", "warning", "-s", folder / "beat"]

    def start(name: str, command: list, log: str) -> Part:
        return parts.start(
            Part(name, [PYTHON, "-m", *command], settings, ROOT, folder / "log" / log)
        )

    wait_for_first_page(start("The web server", web, "web.log"), port)
    start("The worker", worker, "worker.log")
    start("The timetable", beat, "beat.log")


def answers(port: int, page: str) -> bool:
    """True when this page is answered well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", page, headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for_first_page(web: Part, port: int, page: str = "/health/ready") -> None:
    """Wait until the page is answered, or say why it is not."""
    end = time.monotonic() + 60
    while not answers(port, page):
        if not web.is_running():
            raise Stop(f"No page is served. {web.log} ends with: {end_of_log(web.log)}")
        if time.monotonic() > end:
            raise Stop(f"No page was answered within a minute; {web.log} may say why.")
        time.sleep(0.1)
