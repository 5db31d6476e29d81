"""The product's queue with two jobs of nothing, one in the outbox and one without: what a worker of the benchmark runs."""

# ruff: noqa: E402 - Django is set up first, for a worker begins here
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

django.setup()

from config.celery import app
from core import outbox

NOTHING = "bench.nothing"
# What a worker of the benchmark is told: only that it is woken; the rest of the timetable rests.
app.conf.beat_schedule = {"do what is due": app.conf.beat_schedule["do what is due"]}


@app.task(name="bench.bare", ignore_result=True)
def bare(number):
    """Nothing, by the queue alone; that it was done is one count in the queue's own server."""
    counter().incr("bench.bare")


def counter():
    """The queue's server, where bare jobs are counted."""
    import redis  # noqa: PLC0415 - only a worker and the benchmark need it

    return redis.Redis.from_url(os.environ["REDIS_URL"])


@outbox.doer(NOTHING, is_brief=True)
def nothing(job) -> str:
    """Nothing; the moment is in the row, as it is done."""
    return ""
