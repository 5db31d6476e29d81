"""The tests that attack what is promised, in two processes side by side, each on servers of its own; one table of both."""

import resource
import subprocess
import time
from pathlib import Path

from config.launch.environment import PYTHON, ROOT
from config.launch.processes import before_running

HALVES = (1, 2)


def side_by_side(folder: Path, settings: list[dict]) -> int:
    """Half of the tests with each of these settings; what each said in turn, and the table; give the worse answer."""
    began = time.monotonic()
    told = settings[0] | {"THROUGHLINE_SEED": settings[0].get("THROUGHLINE_SEED") or _seed(settings[0])}
    print("Two processes are at work. What they say is printed when both are through.", flush=True)
    working = [_begin(folder, half, one | {"THROUGHLINE_SEED": told["THROUGHLINE_SEED"]}) for half, one in zip(HALVES, settings, strict=True)]
    try:
        answers = [one.wait() for one in working]
    finally:
        for one in working:
            one.terminate()
    for half in HALVES:
        print((folder / f"said{half}.txt").read_text(errors="replace"), flush=True)
    kept = [str(path) for path in (folder / f"told{half}.json" for half in HALVES) if path.exists()]
    subprocess.run([PYTHON, "-m", "tests.trust.goal_table", *kept], cwd=ROOT, env=told, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"It took {time.monotonic() - began:.0f} s, and {used.ru_utime + used.ru_stime:.0f} s of processors besides the database’s.", flush=True)
    return max(answers)


def _seed(settings: dict) -> str:
    """The number of this run, by which both halves make their shares."""
    return subprocess.run([PYTHON, "-m", "tests.shares"], cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout


def _begin(folder: Path, half: int, settings: dict) -> subprocess.Popen:
    command = [PYTHON, "-m", "pytest", "--goals", "-q", "--half", str(half), "--told", str(folder / f"told{half}.json"), "--durations=25"]
    with (folder / f"said{half}.txt").open("w") as said:
        return subprocess.Popen(command, cwd=ROOT, env=settings, stdout=said, stderr=subprocess.STDOUT, preexec_fn=before_running())
