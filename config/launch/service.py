"""The service itself: its tables, its web server, its worker and its timetable."""

import hashlib
import http.client
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.launch.environment import PYTHON, ROOT
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


def digest_of_migrations() -> str:
    """A hash of every migration, to tell whether there is anything to migrate."""
    together = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        together.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for name in ("requirements.txt", "config/settings.py"):
        together.update((ROOT / name).read_bytes())
    return together.hexdigest()


@dataclass
class Tables:
    """The tables that are to be made: who reads the code for it ahead, and the mark that they and the borough are there."""

    maker: subprocess.Popen
    digest: str
    mark: Path | None


def _told(command: str, settings: dict) -> subprocess.Popen:
    """One of Django's commands that reads its code, and begins when it is told."""
    return subprocess.Popen([PYTHON, "manage.py", command, "--when-told"], cwd=ROOT, env=settings, stdin=subprocess.PIPE)


def tables_ahead(settings: dict, mark: Path | None) -> Tables | None:
    """Have the code that makes the tables read while the servers are being made; None where the mark tells that all is there."""
    digest = digest_of_migrations()
    if mark and mark.exists() and mark.read_text() == digest:
        return None
    owner = {**settings, "DATABASE_URL": settings["DATABASE_OWNER_URL"]}
    return Tables(_told("make_tables", owner), digest, mark)


def make_tables(tables: Tables | None, settings: dict, meanwhile: Callable[[], object]) -> None:
    """Make the tables and load the borough, with what may start meanwhile; mark that our own database has had both."""
    if tables is None:
        return
    print("Making the tables.", flush=True)
    loader = _told("seed_demo", settings)
    try:
        tables.maker.communicate(b"Begin.\n")
        _stop_if_failed("make_tables", tables.maker.returncode)
        print("Loading the demonstration borough.", flush=True)
        meanwhile()
        loader.communicate(b"Begin.\n")
    finally:
        tables.maker.kill()
        loader.kill()
    _stop_if_failed("seed_demo", loader.returncode)
    if tables.mark:
        tables.mark.write_text(tables.digest)


def web_part(folder: Path, settings: dict, port: int) -> Part:
    """The web server: it reads its code, and has no address before it is told to begin."""
    command = [PYTHON, "-m", "config.launch.web", "config.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--timeout", "60"]
    return Part("The web server", command, settings, ROOT, folder / "log" / "web.log", waits=True)


def start_service(folder: Path, settings: dict, web: Part, port: int, parts: Parts) -> None:
    """Start the web or let it begin, wait for its first page, then start worker and timetable: nobody waits for them."""
    if not web.is_running():
        parts.start(web)
    web.begin()
    wait_for_first_page(web, port)

    celery = [PYTHON, "-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "-c", "1", "-l", "warning"]
    beat = [*celery, "beat", "-l", "warning", "-s", folder / "beat"]
    for name, command, log in (("The worker", worker, "worker.log"), ("The timetable", beat, "beat.log")):
        parts.start(Part(name, command, settings, ROOT, folder / "log" / log))


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
