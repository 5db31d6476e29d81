"""Which share of an attack that is too long for every run is made in this one; runs in a row make all of it.

A run has a number, its seed, one more than the last run's on this machine. What an attack tries is cut in as many shares
as `of` says by the name of each try, and a run makes the share that its seed points to; with --full all are made.
"""

import os
import time
import zlib
from pathlib import Path

FULL = bool(os.environ.get("THROUGHLINE_FULL"))
KEPT = Path(__file__).parents[1] / ".pytest_cache" / "seed"


def seed() -> int:
    """The number of this run, the same in every process of it."""
    return int(os.environ.get("THROUGHLINE_SEED", "0"))


def begin() -> int:
    """Number this run: as it was told, else one more than the last on this machine, else by the clock."""
    if "THROUGHLINE_SEED" not in os.environ:
        os.environ["THROUGHLINE_SEED"] = str(int(KEPT.read_text()) + 1 if KEPT.exists() else int(time.time()) // 60)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(os.environ["THROUGHLINE_SEED"])
    return seed()


def is_in(name: str, of: int) -> bool:
    """Whether this run makes what is called so, one share of so many."""
    return FULL or (zlib.crc32(name.encode()) + seed()) % of == 0


def words(of: int) -> str:
    """How much was tried, as the table says it."""
    return "all of it" if FULL or of == 1 else f"1 of {of} shares, seed {seed()}"
