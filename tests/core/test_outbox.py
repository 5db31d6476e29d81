"""Due work is done once by whoever leased it, however others look for work meanwhile."""

import threading

import pytest
from django.db import connection, transaction

from core import clock, outbox
from core.gathering import gathered
from core.models import OutboxJob
from tests.core.held import held_by_another

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "test.count"


@pytest.fixture
def counted(monkeypatch):
    """A kind of work that only counts how often it was done."""
    done = []
    monkeypatch.setitem(outbox._doers, KIND, lambda job: done.append(job.subject) or "")
    return done


def test_a_job_whose_row_is_held_for_a_moment_is_still_done_by_its_holder(counted):
    outbox.enqueue(KIND, subject="one")
    job = outbox.claim(holder="first", kinds=[KIND])

    with held_by_another(job) as let_go:
        threading.Timer(0.3, let_go.set).start()
        assert outbox.do(job) is True

    assert counted == ["one"]


def test_a_job_leased_to_somebody_else_since_is_left_to_them(counted):
    outbox.enqueue(KIND, subject="one")
    job = outbox.claim(holder="first", kinds=[KIND])
    OutboxJob.objects.filter(pk=job.pk).update(leased_to="second")

    assert outbox.do(job) is False
    assert counted == []


def test_a_job_being_worked_on_is_not_claimed_even_when_its_lease_has_run_out(counted):
    outbox.enqueue(KIND, subject="one")
    job = outbox.claim(holder="first", kinds=[KIND])
    OutboxJob.objects.filter(pk=job.pk).update(lease_until=job.due_at)
    found = []

    with transaction.atomic():
        OutboxJob.objects.select_for_update().get(pk=job.pk)

        def look():
            found.append(outbox.claim(holder="second", kinds=[KIND]))
            connection.close()

        other = threading.Thread(target=look)
        other.start()
        other.join()

    assert found == [None]
    assert outbox.claim(holder="second", kinds=[KIND]).pk == job.pk


def test_work_that_is_gathered_is_kept_together_once_and_found_by_whoever_looks_for_it(counted, django_assert_num_queries):
    with transaction.atomic(), gathered():
        with django_assert_num_queries(0):
            outbox.enqueue(KIND, subject="one")
            outbox.enqueue(KIND, subject="one", due_at=clock.now())
            outbox.enqueue(KIND, subject="two")

        assert outbox.stop(["two"]) == list(OutboxJob.objects.filter(subject="two").values_list("pk", flat=True)) != []
        outbox.enqueue(KIND, subject="three")
        assert len(outbox.claim_all(KIND, holder="here")) == 2

    assert OutboxJob.objects.filter(kind=KIND).count() == 3
