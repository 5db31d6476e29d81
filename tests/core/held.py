"""A job whose row somebody else holds, in a thread with a connection of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core.models import OutboxJob


@contextmanager
def held_by_another(job: OutboxJob) -> Iterator[threading.Event]:
    """Inside, another holds the row until the event is set, or the end."""
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            OutboxJob.objects.select_for_update().get(pk=job.pk)
            held.set()
            let_go.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(10)
        yield let_go
    finally:
        let_go.set()
        other.join()
