"""Whether a part of the service is well, for the health checks of its containers."""

import sys
import time
from pathlib import Path

from config.launch.service import answers

# Beat writes down what it has sent every three minutes; twice missed is a beat that stands still.
LONGEST_SILENCE = 7 * 60


def beat_is_well(folder: Path, now: float) -> bool:
    """True when the timetable was written down lately."""
    return any(now - path.stat().st_mtime < LONGEST_SILENCE for path in folder.iterdir())


def main(part: str, *where: str) -> int:
    """0 when `web`, or `beat` with its folder, is well; 1 when it is not."""
    well = (
        answers(8000, "/health/ready")
        if part == "web"
        else beat_is_well(Path(where[0]), time.time())
    )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
