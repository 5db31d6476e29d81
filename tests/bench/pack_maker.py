"""A process that makes packs one after another, as a worker does, and keeps none: what it holds of memory after the first few and after all, as JSON."""

# ruff: noqa: E402, T201 - Django is set up first; it speaks to the benchmark
import json
import sys

from tests.bench.queue_app import app

app.loader.import_default_modules()

from django.db import transaction

from kpis.actions import pack as deeds
from tests.bench.first_page import memory_of
from tests.bench.paper import due_pack


def make_one() -> None:
    """A steering group's pack, from its meeting to the letters about it; nothing of it is kept."""
    with transaction.atomic():
        deeds.issue_pack(due_pack().reference)
        transaction.set_rollback(True)


def grown(first: int, many: int) -> dict:
    """What is held after the first, and after so many more."""
    held = []
    for times in (first, many):
        for _ in range(times):
            make_one()
        held.append(memory_of("self", "Rss"))
    return {"warm": held[0], "after": held[1]}


if __name__ == "__main__":
    print(json.dumps(grown(*map(int, sys.argv[1:]))))
