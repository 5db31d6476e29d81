"""The Python environment, the pinned requirements, and what the machine itself must have."""

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from config.launch.stop import Stop

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
UNFINISHED = HOME / ".unfinished"
BYTECODE = HOME / "bytecode"
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SHARED_MEMORY, PROCESSES = Path("/dev/shm"), Path("/proc/self/exe")


def may_install() -> bool:
    """True for root on a Debian-like machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def by_root(*commands: str) -> str:
    """The line that runs these as root; whoever is root already may have no sudo."""
    return " && ".join(("" if os.geteuid() == 0 else "sudo ") + command for command in commands)


def install(packages: list[str], *, sentence: str) -> None:
    """Install Debian packages when root, or stop with the line that does."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not may_install():
        raise Stop(sentence, by_root("apt-get update", line))
    print(f"{sentence} Installing {', '.join(packages)}.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -q", f"{line} -q"):
        done = subprocess.run(
            command.split(), env=quiet, capture_output=True, text=True, check=False
        )
    if done.returncode:
        said = done.stderr.strip().split("\n")[-1]
        raise Stop(f"{sentence} Installing them failed: {said}", by_root("apt-get update", line))


def check_machine() -> None:
    """What every Linux has, and a bare folder made into a machine may lack: /proc and /dev/shm."""
    if not PROCESSES.exists():
        raise Stop(
            "The programs need /proc, and it is not mounted.", by_root("mount -t proc proc /proc")
        )
    try:
        with tempfile.TemporaryFile(dir=SHARED_MEMORY):
            pass
    except OSError as error:
        raise Stop(
            "The worker and the database need /dev/shm, and it is missing or cannot be written.",
            by_root("mkdir -p /dev/shm", "mount -t tmpfs -o mode=1777 tmpfs /dev/shm"),
        ) from error


def can_load(library: str) -> bool:
    """True when the machine has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def check_pango() -> None:
    """WeasyPrint's three libraries are there, or are installed when root."""
    missing = [package for library, package in PANGO.items() if not can_load(library)]
    if missing:
        install(missing, sentence="The PDFs need libraries that this machine lacks.")


def check_browser() -> None:
    """The browser tests need chromium."""
    if not any(shutil.which(name) for name in CHROMIUM):
        install(["chromium"], sentence="The browser tests need a browser, and there is none.")


def check_tree() -> None:
    """The environment is made beside this program, so its folder must be writable."""
    if not HOME.exists() and not os.access(ROOT, os.W_OK):
        raise Stop(
            f"You may not write in {ROOT}, where the environment is made; use a copy of your own.",
            f"cp -r {ROOT} ~/throughline && cd ~/throughline && python3 run.py",
        )


def keep_bytecode() -> None:
    """Everything we start reads what was compiled before: in .venv, and not beside the source."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)


def shipped_pip() -> Path | None:
    """The pip that came with this Python, as a wheel, where it can be found."""
    ensurepip = Path(importlib.util.find_spec("ensurepip").origin).parent
    folders = [ensurepip / "_bundled", Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or ensurepip)]
    return next((wheel for folder in folders for wheel in folder.glob("pip-*.whl")), None)


def make_environment() -> None:
    """Make .venv once, again where making it was cut short; say what a bare Debian needs for it.

    Unpacking pip's wheel is what installing it comes to, in a tenth of the time.
    """
    if PYTHON.exists() and not UNFINISHED.exists():
        return
    version = f"python3.{sys.version_info.minor}-venv"
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        install([version], sentence="Python's venv module is not installed.")
    print("Making the environment.", flush=True)
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    UNFINISHED.touch()
    pip = shipped_pip()
    command = [sys.executable, "-m", "venv", *(["--without-pip"] if pip else []), HOME]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"Python's venv module does not work: {done.stdout[-200:]}{done.stderr[-200:]}",
                   by_root(f"apt-get install {version}"))  # fmt: skip
    if pip:
        with zipfile.ZipFile(pip) as wheel:
            wheel.extractall(next(HOME.glob("lib/python3*/site-packages")))
    UNFINISHED.unlink()


def halves(pinned: str) -> list[str]:
    """The pinned packages in two parts of like length, each package with its hashes."""
    packages = re.split(r"\n(?=[A-Za-z0-9])", pinned)
    return ["\n".join(packages[first::2]) + "\n" for first in (0, 1)]


def run_pip(pinned: Path) -> bool:
    """Install with two pips at once, as no package waits for another; False where one failed."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--no-deps", "--no-compile", "--progress-bar", "off"]
    once = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    started = []
    for number, part in enumerate(halves(pinned.read_text())):
        half = HOME / f"half-{number}-of-{pinned.name}"
        half.write_text(part)
        started.append(subprocess.Popen([*command, "-r", half], cwd=ROOT, env=once))
    try:
        ended = [pip.wait() for pip in started]
        return not any(ended)
    finally:
        for pip in started:
            pip.terminate()


def install_requirements(name: str) -> None:
    """Install one pinned file with its hashes, unless this very file was installed before."""
    pinned = ROOT / name
    mark = HOME / f".{name}.installed"
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return
    if not os.access(HOME, os.W_OK):
        raise Stop(f"You may not write in {HOME}.", f"sudo chown -R {os.geteuid()} {HOME}")
    print(f"Installing {name}. The first time, packages are downloaded.", flush=True)
    if not run_pip(pinned):
        raise Stop(
            "The packages could not be installed; pip says why above. Once that is mended, start"
            " again: nothing is downloaded twice.", f"python3 {' '.join(sys.argv)}",
        )  # fmt: skip
    mark.write_text(digest)
