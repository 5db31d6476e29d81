"""Brief jobs are claimed some at a time and done one by one: whoever dies, each is done once, and only what was begun counts as tried."""

from datetime import timedelta

import pytest
from django.db import transaction

from core import clock, outbox
from core.models import OutboxJob
from core.models.outbox_job import JobState
from tests.at_once.support import at_once
from tests.core.held import held_by_another

pytestmark = pytest.mark.django_db(transaction=True)
BRIEF, LONG = "test.brief", "test.long"


@pytest.fixture
def done(monkeypatch):
    """Two kinds of work that only count how often they were done, one of them brief."""
    outbox._known()
    done = []
    for kind in (BRIEF, LONG):
        monkeypatch.setitem(outbox._doers, kind, lambda job: done.append(job.subject) or "")
    monkeypatch.setattr(outbox, "_brief", {BRIEF})
    return done


def due(*subjects, kind=BRIEF):
    """Jobs that are due one after another."""
    now = clock.now()
    outbox.enqueue_all(kind, {subject: now - timedelta(seconds=len(subjects) - at) for at, subject in enumerate(subjects)})


def claimed(**how):
    first = outbox.claim(holder="here", kinds=[BRIEF, LONG])
    return [first, *outbox.claim_more(first, most=how.pop("most", 24), kinds=[BRIEF, LONG])]


def run_out():
    OutboxJob.objects.filter(state=JobState.RUNNING).update(lease_until=clock.now() - timedelta(days=1))


def test_brief_jobs_are_done_in_their_turn_and_each_asks_four_questions_and_no_claim(done, django_assert_max_num_queries):
    subjects = [f"{n:03}" for n in range(60)]
    due(*subjects)

    with django_assert_max_num_queries(60 * 4 + 3 * 8 + 4):
        assert outbox.sweep(kinds=[BRIEF], most=100) == 60

    assert done == subjects
    assert set(OutboxJob.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_a_sweep_does_no_more_than_it_was_asked_for(done):
    due(*"abcde")

    assert outbox.sweep(kinds=[BRIEF], most=3) == 3
    assert done == list("abc")
    assert OutboxJob.objects.filter(state=JobState.WAITING).count() == 2


def test_what_a_dead_worker_claimed_is_done_once_by_others_and_what_it_had_not_begun_is_not_held_against_it(done):
    due(*"abcd")
    first, second, *_ = claimed()
    assert outbox.do(first)
    assert outbox.do(second)
    assert outbox.sweep(kinds=[BRIEF]) == 0

    run_out()

    assert outbox.sweep(kinds=[BRIEF]) == 2
    assert done == list("abcd")
    assert set(OutboxJob.objects.values_list("subject", "attempts")) == {(subject, 1) for subject in "abcd"}


def test_a_job_that_kills_whoever_does_it_takes_no_other_with_it(done):
    """After a death each is claimed alone, so that nobody dies of another's job more than once."""
    due(*"abcd")
    claimed()
    for _ in range(len("bcd") + outbox.MOST_DEATHS):
        run_out()
        job = outbox.claim(holder="next", kinds=[BRIEF])
        assert outbox.claim_more(job, most=24, kinds=[BRIEF]) == []
        if job.subject != "a":
            assert outbox.do(job)

    assert sorted(done) == list("bcd")
    assert OutboxJob.objects.get(subject="a").state == JobState.SET_ASIDE
    assert max(OutboxJob.objects.exclude(subject="a").values_list("attempts", flat=True)) <= 2


def test_a_job_of_a_lot_that_fails_is_tried_again_and_the_others_are_done(done, monkeypatch):
    due(*"abc")
    fails = ["b"]

    def do(job):
        if job.subject in fails:
            fails.clear()
            raise ValueError("not now")
        done.append(job.subject)
        return ""

    monkeypatch.setitem(outbox._doers, BRIEF, do)

    assert outbox.sweep(kinds=[BRIEF]) == 2
    failed = OutboxJob.objects.get(subject="b")
    assert (failed.state, failed.attempts, failed.last_error) == (JobState.RUNNING, 1, "ValueError: not now")
    run_out()
    assert outbox.sweep(kinds=[BRIEF]) == 1
    assert done == list("acb")
    assert OutboxJob.objects.get(subject="b").attempts == 2


def test_work_that_takes_long_is_claimed_alone_and_nothing_is_claimed_past_its_turn(done):
    due("a", "b")
    due("long", "longer", kind=LONG)
    OutboxJob.objects.filter(kind=LONG).update(due_at=clock.now() - timedelta(seconds=1, milliseconds=500))
    turns = list(OutboxJob.objects.order_by("due_at", "pk").values_list("subject", flat=True))
    assert turns == ["a", "long", "longer", "b"]

    assert [[job.subject for job in claimed()] for _ in turns] == [[subject] for subject in turns]


def test_what_is_not_begun_in_time_is_let_go(done, monkeypatch):
    monkeypatch.setattr(outbox, "LOT_LASTS", -1.0)
    due(*"abc")
    coming = outbox._claimed("here", 3, [BRIEF])

    assert next(coming).subject == "a"
    assert OutboxJob.objects.filter(state=JobState.RUNNING, leased_to="here").count() == 3
    assert [job.subject for job in coming] == ["b", "c"]
    # Each was let go before it was claimed again, and so was its turn's first.
    assert set(OutboxJob.objects.values_list("attempts", flat=True)) == {1}


def test_what_was_let_go_waits_as_if_nobody_had_claimed_it_and_what_somebody_else_has_stays_theirs(done):
    due(*"abcd")
    _, *lot = claimed()
    OutboxJob.objects.filter(subject="d").update(leased_to="somebody else")

    assert outbox.let_go(lot) == 2
    assert set(OutboxJob.objects.filter(subject__in=["b", "c"]).values_list("state", "attempts", "leased_to", "lease_until")) == {(JobState.WAITING, 0, "", None)}
    assert OutboxJob.objects.get(subject="d").leased_to == "somebody else"
    assert outbox.do(lot[2]) is False


def test_what_is_stopped_is_not_done_although_it_was_claimed_and_what_is_being_done_is_not_waited_for(done):
    due(*"abc")
    _, working, claimed_too = claimed()

    with held_by_another(working), transaction.atomic():
        assert outbox.stop(["b", "c"]) == [claimed_too.pk]

    assert outbox.do(claimed_too) is False
    assert outbox.do(working) is True
    assert done == ["b"]


def test_several_who_sweep_at_once_do_each_job_once(done):
    due(*(f"{n:03}" for n in range(200)))

    def sweep():
        return sum(iter(lambda: outbox.sweep(kinds=[BRIEF]), 0))

    counts = at_once(*[sweep] * 4)

    assert sum(counts) == len(done) == len(set(done)) == 200
    assert set(OutboxJob.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_only_work_that_its_transaction_undoes_is_claimed_with_others():
    """A letter that was handed over, or a file, is not undone: those who do it are tried one by one."""
    outbox._known()

    ours = {kind for kind in outbox._brief if not kind.startswith("bench.")}
    assert ours == {"stay.lapse", "demand.review", "draft.remind", "draft.show", "action.remind", "dbs.remind"}
