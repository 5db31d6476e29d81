"""How far a document is on its way to paper, and what stands in its way: told while it runs, kept in words, put right by whoever may."""

import pytest
from django.db import connection

from config.management.commands.measure_paper import measured
from core import files, outbox, pdf, printing
from core.models import AuditEvent, OutboxJob, PrintProgress
from core.models.outbox_job import JobState
from kpis import tasks
from kpis.actions.board_report import PRINTED_BY, draw_report
from kpis.measures.to_do.things import things_for
from tests.access.scene import acting_as
from tests.trust.paper import page_with

pytestmark = pytest.mark.django_db
DONE_BY = tasks.do_print_report  # known to the worker once its module is read


@pytest.fixture
def report(borough):
    """A report that was drawn and waits to be printed."""
    return draw_report(borough.authority, board="scip", by=borough.head_of_service)


def set_aside(report, error="NotPrinted: Something in it is nested too deep. To blame: “Risks”."):
    """It was tried three times."""
    OutboxJob.objects.filter(kind=PRINTED_BY).update(state=JobState.SET_ASIDE, attempts=3, last_error=error)


def test_big_documents_each_step_is_told_in_order_and_pages_are_counted():
    told = []
    page = page_with("".join(f'<h1 style="break-before:page">{n}</h1>' for n in range(4)))
    pdf.print_page(page, tell=lambda **said: told.append(said))

    steps = [said["step"] for said in told]
    assert steps == sorted(steps)
    assert set(steps) == {2, 3, 4}
    assert [(said["done"], said["of"]) for said in told if said.get("of")] == [(n, 4) for n in range(1, 5)]


@pytest.mark.django_db(transaction=True)
def test_big_documents_how_far_it_is_is_seen_from_beside_the_deed(borough):
    """The deed is still open, and whoever waits reads how far it is all the same."""
    report = draw_report(borough.authority, board="scip", by=borough.head_of_service)
    job = outbox.claim(holder="worker", kinds=[PRINTED_BY])
    tell = printing.Telling(PRINTED_BY, report.reference)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        OutboxJob.objects.filter(pk=job.pk).update(last_error="")
        tell(step=3, done=57)
        cursor.execute("ROLLBACK")
    seen = printing.printing_of(PRINTED_BY, report.reference)
    assert (seen.words, seen.number, seen.done, seen.of, seen.percent) == ("Laying out its pages", 3, 57, 0, 40)

    tell(step=4, done=50, of=100)
    assert printing.printing_of(PRINTED_BY, report.reference).percent == 70
    tell(step=4, done=51, of=100)  # at most once a second
    assert printing.printing_of(PRINTED_BY, report.reference).done == 50
    tell(step=5)
    assert printing.printing_of(PRINTED_BY, report.reference).percent == 80


def test_big_documents_the_page_says_how_far_it_is_and_then_has_the_file(report, borough, sign_in):
    client = sign_in(borough.head_of_service)
    waiting = client.get(report.get_absolute_url()).content.decode()
    assert 'data-look-again="2"' in waiting
    assert "<strong>Its PDF is being made.</strong> Waiting for its turn." in waiting
    assert '<progress class="progress-bar" max="100" value="0"' in waiting

    OutboxJob.objects.filter(kind=PRINTED_BY).update(state=JobState.RUNNING, attempts=1)
    PrintProgress.objects.filter(kind=PRINTED_BY).update(step=4, done=12, of=40)
    drawing = client.get(report.get_absolute_url()).content.decode()
    assert "Step 4 of 5: drawing its pages, page 12 of 40." in drawing
    assert 'value="66"' in drawing

    OutboxJob.objects.filter(kind=PRINTED_BY).update(state=JobState.WAITING)
    outbox.sweep(kinds=[PRINTED_BY])
    done = client.get(report.get_absolute_url()).content.decode()
    assert "Download as PDF" in done
    assert 'data-look-again="0"' in done


def test_g17_a_document_set_aside_says_why_and_is_tried_again_by_whoever_may(report, borough, sign_in):
    set_aside(report)
    client, page = sign_in(borough.head_of_service), report.get_absolute_url()
    said = client.get(page).content.decode()
    assert "could not be made" in said
    assert "Something in it is nested too deep. To blame: “Risks”." in said
    assert [thing.url for thing in things_for(acting_as(borough.head_of_service)) if "printed" in thing.label] == [page]

    client.post(f"{page}/print-again")
    client.post(f"{page}/print-again")  # a second press changes nothing
    assert AuditEvent.objects.filter(verb="document.tried_again").count() == 1
    assert "Waiting for its turn" in client.get(page).content.decode()
    outbox.sweep(kinds=[PRINTED_BY])
    report.refresh_from_db()
    assert files.read(report.version.file).startswith(b"%PDF")


def test_g17_whoever_may_not_reads_who_may(report, borough, sign_in):
    set_aside(report)
    client, page = sign_in(borough.auditor), report.get_absolute_url()

    assert "Whoever draws reports can have it tried again." in client.get(page).content.decode()
    assert client.post(f"{page}/print-again").status_code == 403
    assert OutboxJob.objects.get(kind=PRINTED_BY).state == JobState.SET_ASIDE


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NotPrinted: It needs more than 1 GB of memory.", "It needs more than 1 GB of memory."),
        ("OSError: [Errno 28] No space left on device: '/a/secret/path'", printing.NO_ROOM), ("KeyError: 'x'", printing.UNKNOWN), ("", printing.UNKNOWN),
    ],
)  # fmt: skip
def test_g18_why_a_document_failed_is_said_in_words_and_tells_nothing_of_the_machine(error, words):
    assert printing.in_words(error) == words


def test_g18_no_room_on_the_disk_is_said_on_the_page_and_nothing_is_half_done(report, borough, sign_in, monkeypatch):
    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_whole", no_room)
    for _ in range(outbox.MOST_ATTEMPTS):
        OutboxJob.objects.filter(kind=PRINTED_BY).update(lease_until=None, state=JobState.WAITING)
        outbox.sweep(kinds=[PRINTED_BY])
    report.refresh_from_db()
    assert report.version.file is None
    assert printing.NO_ROOM in sign_in(borough.head_of_service).get(report.get_absolute_url()).content.decode()


def test_big_documents_a_tenth_of_the_goals_document_takes_less_than_its_goal():
    """`manage.py measure_paper` measures the whole: 200 pages with 60 charts under 45 seconds and 400 MB."""
    took = measured(20, 6)

    assert (took["pages"], took["charts"]) == (20, 6)
    assert took["megabytes"] < 200
