"""The folder that everything is kept in: writable, used by one launcher at a time."""

import fcntl
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TextIO

from config.launch.stop import Stop

LONGEST_SOCKET = 90
BIGGEST_LOG = 5_000_000
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def check_writable(folder: Path) -> None:
    """The folder can be made and written, by its owner and nobody else."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(
            f"You may not write in {folder}.", "python3 run.py --var ~/throughline-var"
        ) from error


def take(folder: Path) -> TextIO:
    """Keep every other launcher out until this one ends, however it ends; returns what is held."""
    held = (folder / "in-use").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise Stop(
            f"Another run.py is already using {folder}; stop it, or use a folder of your own.",
            f"python3 run.py --port 8080 --var {folder}-2",
        ) from error
    return held


def socket_folder(folder: Path) -> Path:
    """Where sockets go: beside the rest, or a short temporary folder where that cannot be named."""
    wanted = folder / "run"
    if len(os.fsencode(wanted)) > LONGEST_SOCKET or not PLAIN.fullmatch(str(wanted)):
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
        wanted = Path(tempfile.gettempdir()) / f"tl-{os.geteuid()}-{digest}"
        if not PLAIN.fullmatch(str(wanted)) or len(os.fsencode(wanted)) > LONGEST_SOCKET:
            wanted = Path("/tmp") / wanted.name
    wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() not in {0, wanted.stat().st_uid}:
        raise Stop(f"{wanted} belongs to somebody else.", f"sudo rm -r {wanted}")
    wanted.chmod(0o700)
    return wanted


def begin_log(log: Path) -> None:
    """Start a new log where the old one has grown; one old one is kept."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > BIGGEST_LOG:
        log.replace(log.with_suffix(".old.log"))


def end_of_log(log: Path) -> str:
    """The last line that says something."""
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "nothing")
