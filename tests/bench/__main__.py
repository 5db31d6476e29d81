"""What `run.py bench` runs, once the servers stand: fill a database, or measure and print the table."""

# ruff: noqa: E402 - Django is set up first
import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

django.setup()

from config.collector import let_last
from tests.bench import fill
from tests.bench.report import report


def main() -> int:
    """Fill a database, make everybody in it wait for one service, or measure; as the launcher says."""
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("what", choices=["fill", "races", "measure"])
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--goals", nargs="*", default=[])
    asked = parser.parse_args()
    if asked.what == "measure":
        let_last()  # as the web process does; the peers are in this process too
        return report(asked.size, asked.goals)
    if asked.what == "races":
        fill.all_wait()
    else:
        fill.fill(asked.size)
    fill.tidy_up()
    return 0


if __name__ == "__main__":
    sys.exit(main())
