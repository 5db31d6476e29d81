#!/usr/bin/env python3
"""Start everything: `python3 run.py` serves a demonstration, `python3 run.py test` runs every test."""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

from config.launch import environment
from config.launch.environment import PYTHON, ROOT
from config.launch.processes import Part, Parts
from config.launch.servers import Postgres, socket_folder, start_queue
from config.launch.stop import Stop


def words() -> argparse.ArgumentParser:
    """What may be asked for."""
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["serve", "test", "servers"], default="serve")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served")
    parser.add_argument("--today", type=_day, help="the demonstration's date, such as 2026-12-03")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="where everything is kept")
    parser.add_argument("--reset", action="store_true", help="begin again with an empty database")
    return parser


def _day(typed: str) -> str:
    """A date written as 2026-12-03."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{typed} is not a date; write it as 2026-12-03") from error


def check_port(port: int) -> None:
    """Nobody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Stop(
                f"Port {port} is taken or not yours to use.", f"python3 run.py --port {port + 80}"
            ) from error


def start_servers(folder: Path, parts: Parts) -> dict:
    """PostgreSQL and the queue, unless addresses of others were given; returns the settings."""
    settings = dict(os.environ)
    sockets = socket_folder(folder)
    if not settings.get("DATABASE_URL"):
        database = Postgres(folder, sockets)
        database.start(parts)
        settings["DATABASE_URL"] = database.address("throughline")
        settings["DATABASE_OWNER_URL"] = database.address("throughline_owner")
    if not settings.get("REDIS_URL"):
        settings["REDIS_URL"] = start_queue(folder, sockets, parts)
    settings.setdefault("DATABASE_OWNER_URL", settings["DATABASE_URL"])
    settings["THROUGHLINE_VAR"] = str(folder)
    settings["PYTHONUNBUFFERED"] = "1"
    return settings


def manage(settings: dict, *command: str, as_owner: bool = False) -> None:
    """Run one of Django's commands, as the service or as the tables' owner."""
    address = settings["DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"]
    done = subprocess.run(
        [PYTHON, "manage.py", *command], cwd=ROOT, env={**settings, "DATABASE_URL": address},
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop(f"manage.py {command[0]} failed; what it said is above.")


def digest_of_migrations() -> str:
    """A hash of every migration, to tell whether there is anything to migrate."""
    together = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        together.update(path.name.encode() + path.read_bytes())
    return together.hexdigest()


def migrate(folder: Path, settings: dict) -> None:
    """Migrate and load the borough, unless this database has had both."""
    mark = folder / "migrated"
    digest = digest_of_migrations() + settings["DATABASE_URL"]
    if mark.exists() and mark.read_text() == digest:
        return
    print("Making the tables.", flush=True)
    manage(settings, "migrate", "--verbosity", "0", as_owner=True)
    print("Loading the demonstration borough.", flush=True)
    manage(settings, "seed_demo")
    mark.write_text(digest)


def start_service(folder: Path, settings: dict, port: int, parts: Parts) -> None:
    """Web, worker and timetable."""
    log = folder / "log"
    web = ["gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--timeout", "60"]
    worker = ["celery", "-A", "config", "worker", "-c", "1", "-l", "warning"]
    beat = ["celery", "-A", "config", "beat", "-l", "warning", "-s", folder / "beat"]
    for name, command in (("Web", web), ("The worker", worker), ("The timetable", beat)):
        file = log / f"{command[0] if name == 'Web' else command[3]}.log"
        parts.start(Part(name, [PYTHON, "-m", *command], settings, ROOT, file))


def wait_for_first_page(port: int) -> None:
    """Wait until a page is answered."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise Stop("No page was answered within a minute; var/log/gunicorn.log says why.")


def serve(asked: argparse.Namespace, parts: Parts) -> None:
    """The service with its demonstration, until it is told to stop."""
    began = time.monotonic()
    check_port(asked.port)
    environment.check_shared_memory()
    environment.make_environment()
    environment.install_requirements("requirements.txt")
    environment.check_pango()
    os.environ.setdefault("THROUGHLINE_MODE", "demonstration")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{asked.port}")
    if asked.today:
        os.environ["THROUGHLINE_TODAY"] = asked.today
        os.environ["THROUGHLINE_CLOCK_SET_ON"] = date.today().isoformat()  # noqa: DTZ011
    settings = start_servers(asked.var, parts)
    migrate(asked.var, settings)
    start_service(asked.var, settings, asked.port, parts)
    wait_for_first_page(asked.port)
    print(f"\nThroughline is at http://127.0.0.1:{asked.port} ({time.monotonic() - began:.1f} s).")
    print("People you can be, each by one button on the sign-in page:", flush=True)
    manage(settings, "demo_people")
    print("Ctrl-C stops everything.", flush=True)
    while True:
        time.sleep(1)
        parts.watch_once()


def servers(asked: argparse.Namespace, parts: Parts) -> None:
    """PostgreSQL and the queue alone, with their addresses."""
    environment.make_environment()
    environment.install_requirements("requirements.txt")
    settings = start_servers(asked.var, parts)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "THROUGHLINE_VAR"):
        print(f"export {name}='{settings[name]}'", flush=True)
    while True:
        time.sleep(1)
        parts.watch_once()


def test(asked: argparse.Namespace, more: list[str], parts: Parts) -> int:
    """Every test, on servers and folders of its own; returns pytest's answer."""
    environment.check_shared_memory()
    environment.make_environment()
    environment.install_requirements("requirements.txt")
    environment.install_requirements("requirements-dev.txt")
    environment.check_pango()
    environment.check_browser()
    folder = asked.var / "test"
    shutil.rmtree(folder / "postgres", ignore_errors=True)
    settings = start_servers(folder, parts)
    settings["DATABASE_SERVICE_URL"] = settings["DATABASE_URL"]
    settings["DATABASE_URL"] = settings["DATABASE_OWNER_URL"]
    settings["THROUGHLINE_MODE"] = "test"
    return subprocess.run([PYTHON, "-m", "pytest", *more], cwd=ROOT, env=settings, check=False).returncode


def do(asked: argparse.Namespace, more: list[str], parts: Parts) -> int:
    """Do what was asked, in a folder that can be written."""
    environment.check_writable(asked.var)
    asked.var = asked.var.resolve()
    if asked.reset:
        shutil.rmtree(asked.var, ignore_errors=True)
        environment.check_writable(asked.var)
    if asked.what == "test":
        return test(asked, more, parts)
    (serve if asked.what == "serve" else servers)(asked, parts)
    return 0


def main() -> int:
    """Read what was asked, do it, and say in one sentence why not; stop everything at the end."""
    asked, more = words().parse_known_args()
    if more and asked.what != "test":
        words().error(f"not understood: {' '.join(more)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parts = Parts()
    try:
        return do(asked, more, parts)
    except Stop as reason:
        mend = f"\nThis mends it:\n    {reason.line}" if reason.line else ""
        print(f"\n{reason.sentence}{mend}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        parts.stop()


if __name__ == "__main__":
    sys.exit(main())
