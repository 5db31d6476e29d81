"""`run.py backup` and `run.py restore`: copies of our own database and files, also while the service runs."""

import os
from pathlib import Path

from config.launch.folder import socket_folder, take
from config.launch.processes import Parts
from config.launch.servers import Postgres
from config.launch.service import manage
from config.launch.stop import Stop

NO_FOLDER = "Say which folder: --copy is where copies are kept (backup), or one copy (restore)."


def back_up(folder: Path, copies: Path, parts: Parts) -> None:
    """Copy everything under a folder to a new folder among the copies; a service that runs goes on running."""
    manage(_settings(folder, parts), "backup", str(copies.expanduser().resolve()))


def put_back(folder: Path, copy: Path, parts: Parts) -> None:
    """Put one copy in the place of what is there; the service must be stopped, and begins again with the tables of the copy."""
    settings = _settings(folder, parts, running=False)
    manage(settings, "restore", str(copy.expanduser().resolve()))
    # The tables are those of the copy: the next start looks at what has to be migrated.
    (folder / "postgres" / "migrated").unlink(missing_ok=True)


def _settings(folder: Path, parts: Parts, *, running: bool = True) -> dict:
    """The addresses of our own database, which is started where nobody runs it."""
    if os.environ.get("DATABASE_URL"):
        raise Stop("This copies our own database; for another there is manage.py backup and manage.py restore.", "python3 manage.py backup FOLDER")
    database = Postgres(folder, socket_folder(folder))
    try:
        held = take(folder)
    except Stop:
        if not running:
            raise
    else:
        database.start(parts)
        parts.held = held
    addresses = {"DATABASE_URL": "throughline", "DATABASE_OWNER_URL": "throughline_owner"}
    return {
        **os.environ, **{name: database.address(role) for name, role in addresses.items()},
        "DATABASE_SUPERUSER_URL": database.address("postgres", "postgres"),
        "THROUGHLINE_VAR": str(folder), "THROUGHLINE_MODE": "demonstration",
    }  # fmt: skip
