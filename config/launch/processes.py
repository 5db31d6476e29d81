"""Processes that are started together, watched, and stopped together."""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from config.launch.folder import begin_log

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 8, 28, 47
NO_SETUID_FIXUP, AMBIENT_RAISE, CAP_DAC_OVERRIDE = 1 << 2, 2, 1
CAPABILITY_VERSION = 0x20080522
LONGEST_PAUSE = 30


def die_with_parent(how: int = signal.SIGTERM) -> None:
    """In a child: be told when the launcher dies, however it dies."""
    libc.prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)


def other_user(folder: Path) -> pwd.struct_passwd | None:
    """Whom root becomes to run PostgreSQL, which refuses root: the data's owner, or postgres."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid
    for find, key in ((pwd.getpwuid, owner), (pwd.getpwnam, "postgres"), (pwd.getpwnam, "nobody")):
        try:
            found = find(key)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return found
    return pwd.struct_passwd(("nobody", "x", 65534, 65534, "", "/", ""))


def _keep_reach() -> None:
    """Keep only the right to pass folders of root's, for the program about to be run."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    mask = 1 << CAP_DAC_OVERRIDE
    wanted = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if libc.capset(header, wanted) == 0:
        libc.prctl(PR_CAP_AMBIENT, AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def become_other(user: pwd.struct_passwd, how: int) -> Callable[[], None]:
    """What a child of root's does before running PostgreSQL: become somebody else, keep its reach."""

    def step_down() -> None:
        libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0)
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
        os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
        _keep_reach()
        die_with_parent(how)

    return step_down


def before_running(
    how: int = signal.SIGTERM, *, not_root: pwd.struct_passwd | None = None
) -> Callable[[], None]:
    """What a child does between fork and exec: become `not_root` if given, and die with us."""
    return become_other(not_root, how) if not_root else lambda: die_with_parent(how)


def living_in(folder: Path) -> set[int]:
    """The processes at work in a folder; a zombie is at work nowhere."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if link.samefile(folder) and "State:\tZ" not in (link.parent / "status").read_text():
                found.add(int(link.parent.name))
        except OSError:
            continue
    return found - {os.getpid()}


@dataclass
class Part:
    """One process of the service: how it is started and how it is asked to stop.

    One that waits reads a line before it begins; `begin` gives it. Started again, it waits no more.
    """

    name: str
    command: list
    environment: dict
    folder: Path
    log: Path
    stop_with: int = signal.SIGTERM
    not_root: bool = False
    waits: bool = False
    before_start: Callable[[], None] | None = None
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the launcher alone."""
        if self.before_start:
            self.before_start()
        begin_log(self.log)
        other = other_user(self.folder) if self.not_root else None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.PIPE if self.waits else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=before_running(self.stop_with, not_root=other),
            )
        self.started = time.monotonic()

    def begin(self) -> None:
        """Tell one that waits to begin."""
        self.waits = False
        with suppress(BrokenPipeError), self.process.stdin as told:
            told.write(b"Begin.\n")

    def is_running(self) -> bool:
        """True while it lives."""
        return self.process is not None and self.process.poll() is None

    def start_again(self) -> None:
        """Start it after it died; what dies at once waits longer each time."""
        lived = time.monotonic() - self.started
        if lived < self.pause:
            return
        self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        print(f"{self.name} stopped, and is started again. Its log: {self.log}", flush=True)
        self.end_the_rest()
        self.start()

    def end_the_rest(self) -> None:
        """End its children that outlived it: a web server's would keep the port."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, and end it after ten seconds."""
        if not self.is_running():
            return
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.end_the_rest()
            self.process.wait()


@dataclass
class Parts:
    """All of them, in the order they start; they stop in the other order."""

    rows: list[Part] = field(default_factory=list)
    held: TextIO | None = None

    def start(self, part: Part) -> Part:
        """Start one more."""
        part.start()
        self.rows.append(part)
        return part

    def watch(self) -> None:
        """Start again whatever dies, until somebody says stop."""
        while True:
            time.sleep(1)
            for part in self.rows:
                if not part.is_running():
                    part.start_again()

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_) -> None:
        """Stop them all, the last first; somebody who presses Ctrl-C twice changes nothing."""
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, signal.SIG_IGN)
        for part in reversed(self.rows):
            part.stop()
