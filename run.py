#!/usr/bin/env python3
"""Start everything: serve a demonstration, `test` it, try what is promised (`trust`), measure speed (`bench`), keep copies (`backup`, `restore`)."""

import sys

if sys.version_info < (3, 11) or sys.platform != "linux":
    sys.exit("Throughline needs Linux with Python 3.11 or newer: sudo apt-get install python3")

import argparse
import os
import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path

from config.launch import bench as speed
from config.launch import copies, environment, service
from config.launch.environment import PYTHON, ROOT
from config.launch.folder import check_writable, take
from config.launch.processes import Parts
from config.launch.servers import IN_TESTS, Servers
from config.launch.stop import Stop


def words() -> argparse.ArgumentParser:
    """What may be asked for."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, allow_abbrev=False,
        epilog="Whatever else follows `test` or `trust` is handed to pytest; what follows `bench` names the goals to measure, such as P1.",
    )  # fmt: skip
    parser.add_argument("what", nargs="?", default="serve",
                        choices=["serve", "test", "trust", "bench", "servers", "backup", "restore"],
                        help="the service (serve, when nothing is said), every test, the tests that attack"
                        " what is promised, with a table of goals, speed beside peers on a million referrals (with"
                        " a table, too), the database and the queue alone, or a copy of everything")  # fmt: skip
    parser.add_argument("--port", type=_port, default=8000, help="where the pages are served")
    parser.add_argument("--today", type=_day, help="the demonstration's date, such as 2026-12-03")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="where everything is kept")
    parser.add_argument("--copy", type=Path, help="where copies are kept (backup), or the copy to be put back (restore)")
    parser.add_argument("--full", action="store_true", help="tests at their full counts, which take hours")
    parser.add_argument("--quick", action="store_true", help="the benchmark on 100,000 referrals, in minutes")
    parser.add_argument("--reset", action="store_true", help="begin again with an empty database")
    return parser


def _day(typed: str) -> str:
    """A date written as 2026-12-03."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{typed} is not a date; write it as 2026-12-03"
        ) from error


def _port(typed: str) -> int:
    """A port that a program may listen on."""
    if typed.isdecimal() and 0 < int(typed) < 65536:
        return int(typed)
    raise argparse.ArgumentTypeError(f"{typed} is not a port; give a number from 1 to 65535")


def check_port(port: int) -> None:
    """Nobody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 80 if 1024 < port < 65000 else 8080
            raise Stop(
                f"Port {port} is taken or not yours to use.", f"python3 run.py --port {other}"
            ) from error


def our_servers(folder: Path, *, options: tuple[str, ...] = ()) -> Servers:
    """PostgreSQL and the queue of a folder, or those that the shell names; not started yet."""
    settings = {name: value for name, value in os.environ.items() if name not in OURS}
    return Servers(folder, settings | {"THROUGHLINE_VAR": str(folder), "PYTHONUNBUFFERED": "1"}, options=options)


TESTS = {"test", "trust"}
# A whole run goes in two processes where there are two processors; a file's tests stay together, and files begin in their order.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"] if (os.cpu_count() or 1) > 1 else []
COPIES = {"backup": copies.back_up, "restore": copies.put_back}
# What the launcher decides, whatever the shell has.
OURS = {
    "DJANGO_SETTINGS_MODULE", "THROUGHLINE_MODE", "THROUGHLINE_TODAY", "THROUGHLINE_CLOCK_SET_ON",
    "THROUGHLINE_FILES",
}  # fmt: skip


def demonstration(asked: argparse.Namespace) -> dict:
    """What the service is told about the demonstration it is."""
    told = {"THROUGHLINE_MODE": "demonstration"}
    told["SITE_URL"] = os.environ.get("SITE_URL") or f"http://127.0.0.1:{asked.port}"
    if asked.today:
        told["THROUGHLINE_TODAY"] = asked.today
        told["THROUGHLINE_CLOCK_SET_ON"] = date.today().isoformat()  # noqa: DTZ011
    return told


def prepare() -> None:
    """Everything that only the first start has to make."""
    environment.check_machine()
    environment.make_environment()
    with ThreadPoolExecutor(1) as beside:
        # The machine's own packages, where they may be installed, beside Python's.
        libraries = beside.submit(environment.check_pango)
        if wait({libraries}, timeout=0.5).done:
            libraries.result()
        environment.install_requirements("requirements.txt")
        libraries.result()


def serve(asked: argparse.Namespace, parts: Parts) -> None:
    """The service with its demonstration, until it is told to stop."""
    began = time.monotonic()
    check_port(asked.port)
    prepare()
    servers = our_servers(asked.var)
    settings = servers.settings | demonstration(asked)
    tables = service.tables_ahead(settings, asked.var / "postgres" / "migrated" if servers.database else None)
    servers.start(parts)
    web = service.web_part(asked.var, settings, asked.port)
    service.make_tables(tables, settings, lambda: parts.start(web))
    service.start_service(asked.var, settings, web, asked.port, parts)
    print(f"\nThroughline is at http://127.0.0.1:{asked.port} ({time.monotonic() - began:.1f} s).")
    print("People you can be, each by one button on the sign-in page:", flush=True)
    service.manage(settings, "demo_people")
    print("Ctrl-C stops everything.", flush=True)
    parts.watch()


def servers(asked: argparse.Namespace, parts: Parts) -> None:
    """PostgreSQL and the queue alone, with their addresses."""
    prepare()
    settings = our_servers(asked.var).start(parts)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "THROUGHLINE_VAR"):
        print(f"export {name}='{settings[name]}'", flush=True)
    parts.watch()


def test(asked: argparse.Namespace, more: list[str], parts: Parts) -> int:
    """Every test, or those that prove goals of trust, on servers and folders of its own; returns pytest's answer."""
    prepare()
    environment.install_requirements("requirements-dev.txt")
    environment.check_browser()
    settings = our_servers(asked.var, options=IN_TESTS).start(parts)
    settings["DATABASE_SERVICE_URL"] = settings["DATABASE_URL"]
    settings["DATABASE_URL"] = settings["DATABASE_OWNER_URL"]
    settings |= {"THROUGHLINE_MODE": "test", "THROUGHLINE_FILES": str(asked.var / "files")}
    settings |= {"THROUGHLINE_FULL": "1"} if asked.full else {}
    goals = ["--goals", "-q"] if asked.what == "trust" else []
    command = [PYTHON, "-m", "pytest", *goals, *(more or SIDE_BY_SIDE)]
    return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode


def copy(asked: argparse.Namespace) -> None:
    """A copy of everything is made, beside a service that runs or without; or one is put back."""
    if asked.copy is None:
        raise Stop(copies.NO_FOLDER, f"python3 run.py {asked.what} --copy FOLDER")
    prepare()
    with Parts() as parts:
        COPIES[asked.what](asked.var, asked.copy, parts)


def bench(asked: argparse.Namespace, goals: list[str], parts: Parts) -> int:
    """Every goal of speed, or those named, measured beside peers on servers of its own; returns how many were missed."""
    prepare()
    given = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")}
    if any(given.values()):
        print("The benchmark starts servers of its own; those given by address are left alone.", flush=True)
    settings = our_servers(asked.var, options=speed.OPTIONS).start(parts)
    return speed.bench(asked.var, settings, quick=asked.quick, goals=goals)


def empty(folder: Path) -> None:
    """Remove what an earlier run kept there, but for the mark that the folder is in use."""
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != "in-use":
            left.unlink()


def do(asked: argparse.Namespace, more: list[str]) -> int:
    """Do what was asked, in a folder that nobody else uses meanwhile."""
    folder = asked.var.expanduser().resolve()
    tests = asked.what in TESTS
    asked.var = folder / "test" if tests else folder / "bench" if asked.what == "bench" else folder
    environment.check_tree()
    check_writable(asked.var)
    if asked.what in COPIES:
        copy(asked)
        return 0
    with take(asked.var), Parts() as parts:
        if asked.reset or tests:
            empty(asked.var)
        if tests:
            return test(asked, more, parts)
        if asked.what == "bench":
            return bench(asked, more, parts)
        (serve if asked.what == "serve" else servers)(asked, parts)
    return 0


def stop_on_signals() -> None:
    """A terminal that closes and a polite request to end are treated as Ctrl-C."""

    def interrupt(*_):
        raise KeyboardInterrupt

    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, interrupt)


def main() -> int:
    """Read what was asked, do it, and say in one sentence why not; stop everything at the end."""
    asked, more = words().parse_known_args()
    if more and asked.what not in TESTS | {"bench"}:
        words().error(f"not understood: {' '.join(more)}")
    stop_on_signals()
    environment.keep_bytecode()
    try:
        return do(asked, more)
    except Stop as reason:
        mend = f"\nThis mends it:\n    {reason.line}" if reason.line else ""
        print(f"\n{reason.sentence}{mend}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 130 if asked.what in TESTS | {"bench"} else 0


if __name__ == "__main__":
    sys.exit(main())
