"""Files on a referral: chosen or photographed, told by content, scanned, read by those who may."""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload

from core import outbox
from core.models import Message, OutboxJob
from core.models.stored_file import ScanState
from referrals.views import uploads
from tests.core.test_scanner import EICAR, SmallClamd
from tests.referrals import builders

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"


def at(referral, rest=""):
    return f"/referrals/{referral.reference}/tasks/documents{rest}"


def add(client, referral, *files, **more):
    version = referral.tasks.get(name="documents").version
    return client.post(at(referral), {"version": version, "files": list(files), **more})


@pytest.fixture
def clamd(settings):
    """A scanner that knows one virus."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    yield SmallClamd(listener)
    listener.close()


def test_a7_several_files_a_picture_and_words_are_kept_with_one_press(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    page = add(
        sign_in(borough.social_worker), referral, Upload("plan.pdf", PDF), Upload("notes.txt", b"hello"),
        camera=Upload("IMG_1.jpg", b"\xff\xd8\xff\xe0 jpeg"), other="The plan is new.",
    )  # fmt: skip

    assert page.status_code == 302
    assert [str(d) for d in referral.documents.order_by("pk")] == ["plan.pdf", "notes.txt", "IMG_1.jpg"]
    assert referral.tasks.get(name="documents").answers["other"] == "The plan is new."


def test_a7_the_same_file_twice_is_one_file(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    for _ in range(2):
        add(client, referral, Upload("plan.pdf", PDF))

    assert referral.documents.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("plan.pdf", b"MZ\x90\x00 a program", "is not one of these kinds of file"),
     ("evil.html", b"\x00\x01<html>", "is not one of these kinds of file"), ("empty.pdf", b"", "is empty")],
)  # fmt: skip
def test_a7_a_file_that_lies_is_refused_by_name_and_the_words_are_kept(borough, sign_in, name, content, said):
    referral = builders.a_draft_referral(borough)

    page = add(sign_in(borough.social_worker), referral, Upload(name, content), Upload("good.pdf", PDF), other="Kept words")

    text = page.content.decode()
    assert page.status_code == 200
    assert f"“{name}” {said}" in text
    assert "Kept words" in text
    assert text.count("None of the 2 files was added: choose the others again without it.") == 2
    assert 'aria-describedby="files-hint files-error" aria-invalid="true"' in text
    assert '<a href="#id_files">' in text
    assert referral.documents.count() == 0


def test_a7_a_file_over_the_limit_is_refused_without_being_read(borough, sign_in, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    monkeypatch.setattr("referrals.models.kept_file.LARGEST", 10)
    referral = builders.a_draft_referral(borough)

    page = add(sign_in(borough.social_worker), referral, Upload("film.mov", b"%PDF-" + b"x" * 200))

    assert "“film.mov” must be smaller than 10 MB" in page.content.decode()


def test_a7_without_a_scanner_the_page_says_that_nothing_is_scanned(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    add(client, referral, Upload("plan.pdf", PDF))

    page = client.get(at(referral)).content.decode()

    assert "Files are not checked for viruses here" in page
    assert "not scanned" in page
    assert not OutboxJob.objects.filter(kind="document.scan").exists()


def test_a7_a_clean_file_opens_once_the_scanner_has_looked(borough, sign_in, clamd):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    add(client, referral, Upload("plan.pdf", PDF))
    file = referral.documents.get().file
    address = f"/referrals/{referral.reference}/documents/{file.reference}"
    assert client.get(address).status_code == 404
    assert "waiting to be checked for viruses" in client.get(at(referral)).content.decode()

    outbox.sweep(kinds=["document.scan"])

    assert client.get(address).content == PDF
    assert "no virus found" in client.get(at(referral)).content.decode()


def test_a7_a_file_with_a_virus_opens_for_nobody_and_whoever_added_it_is_told(borough, sign_in, clamd):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    add(client, referral, Upload("plan.pdf", PDF + EICAR))

    outbox.sweep(kinds=["document.scan"])

    document = referral.documents.get()
    assert document.file.scan_state == ScanState.INFECTED
    assert client.get(f"/referrals/{referral.reference}/documents/{document.file.reference}").status_code == 404
    assert "virus found" in client.get(at(referral)).content.decode()
    assert Message.objects.get(kind="document.virus").person == borough.social_worker


def test_a7_a_scanner_that_is_away_is_asked_again(borough, sign_in, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    referral = builders.a_draft_referral(borough)
    add(sign_in(borough.social_worker), referral, Upload("plan.pdf", PDF))

    outbox.sweep(kinds=["document.scan"], most=1)

    job = OutboxJob.objects.get(kind="document.scan")
    assert (job.state, referral.documents.get().file.scan_state) == ("running", ScanState.NOT_SCANNED)


@pytest.mark.parametrize("who", ["other_social_worker", "provider_manager", "commissioner", "auditor", "panel_administrator"])
def test_a7_a_drafts_file_is_not_found_by_those_it_is_not_for(borough, sign_in, who):
    referral = builders.a_draft_referral(borough)
    add(sign_in(borough.social_worker), referral, Upload("plan.pdf", PDF))
    file = referral.documents.get().file

    answer = sign_in(getattr(borough, who)).get(f"/referrals/{referral.reference}/documents/{file.reference}")

    assert answer.status_code in {403, 404}
    assert PDF not in answer.content
