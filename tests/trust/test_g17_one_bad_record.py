"""trust G17: documents that cannot be printed are set aside after three tries, with a reason, and hold up no other."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from core import outbox, pdf, printing
from core.models import OutboxJob
from core.models.outbox_job import JobState
from tests.trust.paper import page_with

pytestmark = pytest.mark.django_db
KIND = "test.print"
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
GOOD = 95 if FULL else 6
BAD = {
    "nested": "<div>" * 900, "letters": '<p style="font-size:1e9px">x</p>', "nested too": "<ul><li>" * 900,
    "memory": "<table>" + "<tr><td>a</td><td>b</td><td>c</td></tr>" * 4_000 + "</table>",
    "endless": '<table><tr><td colspan="65534">x</td></tr><tr><td>y</td></tr></table>' * 30,
}  # fmt: skip


@pytest.fixture
def printed(monkeypatch):
    """A kind of work that prints one page by the real printer, and notes who came when."""
    done, tried = [], []

    def work(job):
        tried.append(job.subject)
        pdf.print_page(page_with(f"<h2>{job.subject}</h2>{BAD.get(job.subject, '<p>Fine.</p>')}"))
        done.append(job.subject)
        return ""

    monkeypatch.setitem(outbox._doers, KIND, work)
    if not FULL:
        monkeypatch.setattr(pdf, "MOST_SECONDS", 3)
        monkeypatch.setattr(pdf, "MOST_MEGABYTES", 400)
    return done, tried


def sweep_until_nothing_is_left(seconds=1200):
    """What the beat does: wake the sweeper, again and again."""
    end = time.monotonic() + seconds
    while OutboxJob.objects.filter(kind=KIND, state__in=[JobState.WAITING, JobState.RUNNING]).exists():
        assert time.monotonic() < end
        # A failed job waits a few seconds for its next try; nobody waits for that here.
        OutboxJob.objects.filter(kind=KIND, state=JobState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))
        outbox.sweep(kinds=[KIND], most=200)


def test_g17_bad_documents_are_set_aside_with_a_reason_and_hold_up_no_other(printed, monkeypatch):
    done, tried = printed
    bad = list(BAD) if FULL else ["nested", "endless"]
    subjects = bad + [f"good {n}" for n in range(GOOD)]  # the bad ones first, as badly as it can fall
    for subject in subjects:
        printing.due(KIND, subject)

    sweep_until_nothing_is_left()

    assert sorted(done) == sorted(subjects[len(bad):])
    aside = {one.subject: one for one in printing.printings(KIND, subjects)}
    assert set(aside) == set(bad)
    for subject, one in aside.items():
        assert one.tries == outbox.MOST_ATTEMPTS, subject
        assert f"To blame: “{subject}”." in one.problem, one.problem
    # Nobody was tried a second time while somebody waited for a first: what the others lose is one try of each bad one.
    last_good = max(n for n, subject in enumerate(tried) if subject.startswith("good"))
    assert [tried[:last_good].count(subject) for subject in bad] == [1] * len(bad)


def test_g17_one_that_was_set_aside_is_tried_again_once_it_is_mended(printed, monkeypatch):
    done, _ = printed
    printing.due(KIND, "nested")
    sweep_until_nothing_is_left()
    assert printing.printing_of(KIND, "nested").problem

    monkeypatch.setitem(BAD, "nested", "<p>Mended.</p>")
    assert outbox.try_again(KIND, "nested") == 1
    assert outbox.try_again(KIND, "nested") == 0
    assert printing.printing_of(KIND, "nested").words == printing.STEPS[0]
    sweep_until_nothing_is_left()

    assert done == ["nested"]
    assert printing.printing_of(KIND, "nested") is None
