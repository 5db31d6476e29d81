"""Processes that are started together, watched, and stopped together."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 8, 28, 47
NO_SETUID_FIXUP, AMBIENT_RAISE, CAP_DAC_OVERRIDE = 1 << 2, 2, 1
CAPABILITY_VERSION = 0x20080522


def die_with_parent(how: int = signal.SIGTERM) -> None:
    """In a child: be told when the launcher dies, however it dies."""
    libc.prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)


def other_user() -> pwd.struct_passwd:
    """Whom root becomes to run PostgreSQL, which refuses root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return pwd.getpwuid(65534)


def _keep_reach() -> None:
    """Keep only the right to pass folders of root's, for the program about to be run."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    mask = 1 << CAP_DAC_OVERRIDE
    wanted = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if libc.capset(header, wanted) == 0:
        libc.prctl(PR_CAP_AMBIENT, AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def become_other(how: int) -> Callable[[], None]:
    """What a child of root's does before running PostgreSQL: become somebody else, keep its reach."""
    user = other_user()

    def step_down() -> None:
        libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0)
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
        os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
        _keep_reach()
        die_with_parent(how)

    return step_down


def before_running(how: int = signal.SIGTERM, *, not_root: bool = False) -> Callable[[], None]:
    """What a child does between fork and exec."""
    if not_root and os.geteuid() == 0:
        return become_other(how)
    return lambda: die_with_parent(how)


@dataclass
class Part:
    """One process of the service: how it is started and how it is asked to stop."""

    name: str
    command: list
    environment: dict
    folder: Path
    log: Path
    stop_with: int = signal.SIGTERM
    not_root: bool = False
    process: subprocess.Popen | None = None
    started: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the launcher alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=before_running(self.stop_with, not_root=self.not_root),
            )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        """True while it lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to stop, and end it after ten seconds."""
        if not self.is_running():
            return
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Parts:
    """All of them, in the order they start; they stop in the other order."""

    rows: list[Part] = field(default_factory=list)

    def start(self, part: Part) -> Part:
        """Start one more."""
        part.start()
        self.rows.append(part)
        return part

    def watch_once(self) -> None:
        """Start again whatever has died, not more than once a second each."""
        for part in self.rows:
            if not part.is_running() and time.monotonic() - part.started > 1:
                print(f"{part.name} stopped, and is started again. Its log: {part.log}", flush=True)
                part.start()

    def stop(self) -> None:
        """Stop them all, the last first."""
        for part in reversed(self.rows):
            part.stop()
