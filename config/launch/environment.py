"""The Python environment, the pinned requirements, and what the machine itself must have."""

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from config.launch.stop import Stop

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
PANGO = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def may_install() -> bool:
    """True for root on a Debian-like machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str], *, sentence: str) -> None:
    """Install Debian packages when root, or stop with the line that does."""
    line = f"apt-get install -y {' '.join(packages)}"
    if not may_install():
        raise Stop(sentence, f"sudo {line}")
    print(f"{sentence} Installing {', '.join(packages)}.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -q", f"{line} -q --no-install-recommends"):
        done = subprocess.run(command.split(), env=quiet, capture_output=True, check=False)
    if done.returncode:
        raise Stop(sentence, line)


def check_writable(folder: Path) -> None:
    """The folder can be made and written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(
            f"{folder} cannot be written.", f"sudo chown -R {os.geteuid()} {folder}"
        ) from error


def check_shared_memory() -> None:
    """The worker's processes and the database need /dev/shm."""
    try:
        with tempfile.TemporaryFile(dir="/dev/shm"):
            pass
    except OSError as error:
        raise Stop(
            "The worker and the database need /dev/shm, and it is missing or cannot be written.",
            "sudo mkdir -p /dev/shm && sudo mount -t tmpfs -o mode=1777 tmpfs /dev/shm",
        ) from error


def check_pango() -> None:
    """WeasyPrint's three libraries are there, or are installed when root."""
    missing = [package for name, package in PANGO.items() if not ctypes.util.find_library(name)]
    if missing:
        install(missing, sentence="The PDFs need three libraries that this machine lacks.")


def check_browser() -> None:
    """The browser tests need chromium."""
    if not any(shutil.which(name) for name in CHROMIUM):
        install(["chromium"], sentence="The browser tests need a browser, and there is none.")


def make_environment() -> None:
    """Make .venv once; where Debian left out the venv module, say what to install."""
    if PYTHON.exists():
        return
    version = f"python3.{sys.version_info.minor}-venv"
    if importlib.util.find_spec("ensurepip") is None:
        install([version], sentence="Python's venv module is not installed.")
    print("Making the environment.", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(HOME)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(HOME, ignore_errors=True)
        raise Stop("Python's venv module is not complete.", f"sudo apt-get install {version}") from error


def install_requirements(name: str) -> None:
    """Install one pinned file with its hashes, unless this very file was installed before."""
    pinned = ROOT / name
    mark = HOME / f".{name}.installed"
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return
    print(f"Installing {name}. The first time, packages are downloaded.", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [*command, "--require-hashes", "--no-deps", "-r", pinned], cwd=ROOT, check=False
    )
    if done.returncode:
        raise Stop("The packages could not be installed; pip says why above.", "python3 run.py")
    mark.write_text(digest)
