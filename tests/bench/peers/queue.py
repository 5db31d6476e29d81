"""Celery alone: one task of nothing, on a queue of its own beside ours."""

import os

import redis
from celery import Celery

DONE = "bare.nothing"
app = Celery("bare", broker=os.environ.get("BARE_BROKER"), set_as_current=False)
app.conf.update(task_default_queue="bare", task_ignore_result=True, broker_connection_retry_on_startup=True)


@app.task(name=DONE)
def nothing():
    """Nothing; that it was done is one count in the queue's own server."""
    redis.Redis.from_url(os.environ["REDIS_URL"]).incr(DONE)
