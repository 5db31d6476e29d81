"""A job is claimed in its turn by an index, however many wait."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock, outbox
from core.models import OutboxJob

pytestmark = pytest.mark.django_db


def test_the_next_job_is_found_by_the_index_of_turns_and_not_by_sorting_all_that_wait():
    outbox.enqueue_all("message.send", {f"r{n}": clock.now() for n in range(3000)})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_outboxjob")
        with CaptureQueriesContext(connection) as asked:
            outbox.claim(holder="here", kinds=["message.send"])
        question = next(one["sql"] for one in asked if one["sql"].startswith("SELECT"))
        cursor.execute(f"EXPLAIN {question}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "jobs_in_their_turn" in plan
    assert "Sort" not in plan


def test_what_failed_once_comes_after_what_is_new():
    outbox.enqueue("message.send", subject="older")
    OutboxJob.objects.update(attempts=1)
    outbox.enqueue("message.send", subject="newer")

    assert [outbox.claim(holder="here", kinds=["message.send"]).subject for _ in range(2)] == ["newer", "older"]
