"""A child's documents: added several at once, listed with those of referrals, opened by those who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox
from core.models import AuditEvent, Message
from referrals.actions.document import add_child_documents, add_documents
from referrals.models import ChildDocument
from tests.core.test_scanner import EICAR
from tests.referrals import builders, places
from tests.referrals.views.test_documents import PDF, clamd  # noqa: F401  a scanner that knows one virus

pytestmark = pytest.mark.django_db


def at(child, rest=""):
    return f"/children/{child.reference}/documents{rest}"


def kept(borough, child, name="plan.pdf", content=PDF, is_shareable=True):
    uploads = [(name, content)]
    return add_child_documents(child, uploads=uploads, document_type="care plan", is_shareable=is_shareable, by=borough.social_worker)[0]


def add(client, child, *files, **said):
    return client.post(at(child, "/add"), {"files": list(files), "type": "review", "is_shareable": "no", **said}, follow=True)


def test_several_documents_are_added_at_once_and_listed_with_who_and_what(borough, sign_in):
    child = builders.a_child(borough)

    page = add(sign_in(borough.social_worker), child, Upload("minutes.pdf", PDF), Upload("letter.txt", b"hello")).content.decode()

    assert [str(d) for d in child.documents.order_by("pk")] == ["minutes.pdf", "letter.txt"]
    for words in ("minutes.pdf", "letter.txt", "Review minutes", "24 November 2026", borough.social_worker.full_name, "May not open it", "Not scanned"):
        assert words in page


def test_the_same_bytes_twice_are_one_document(borough, sign_in):
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)

    for name in ("plan.pdf", "the plan again.pdf"):
        add(client, child, Upload(name, PDF), Upload(f"copy of {name}", PDF))

    assert [str(d) for d in child.documents.all()] == ["plan.pdf"]


@pytest.mark.parametrize(
    ("files", "said", "sentence"),
    [([], {}, "Choose at least one file"), ([Upload("a.pdf", PDF)], {"type": "nothing"}, "select one of the answers"),
     ([Upload("a.pdf", PDF)], {"is_shareable": ""}, "May the provider"), ([Upload("run.pdf", b"MZ\x90\x00 a program")], {}, "is not one of these kinds of file"),
     ([Upload("empty.pdf", b"")], {}, "is empty")],
)  # fmt: skip
def test_what_is_wrong_with_a_document_is_said_and_nothing_is_kept(borough, sign_in, files, said, sentence):
    child = builders.a_child(borough)

    page = add(sign_in(borough.social_worker), child, *files, Upload("good.txt", b"good"), **said) if files else add(
        sign_in(borough.social_worker), child
    )

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not ChildDocument.objects.exists()


def test_documents_of_referrals_stand_in_the_list_with_their_referral(borough, sign_in):
    child = builders.a_child(borough)
    draft = builders.a_draft_referral(borough, child)
    add_documents(draft, uploads=[("school.txt", b"school")], by=borough.social_worker)

    page = sign_in(borough.social_worker).get(at(child)).content.decode()

    assert f"/referrals/{draft.reference}/documents/{draft.documents.get().file.reference}" in page
    assert "school.txt" in page
    assert draft.reference in page


def test_a_provider_reads_only_what_may_be_shared_and_no_draft(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    child = stay.child
    shared, own = kept(borough, child), kept(borough, child, "court.pdf", PDF + b"2", is_shareable=False)
    add_documents(builders.a_draft_referral(borough, child), uploads=[("draft.txt", b"draft")], by=borough.social_worker)
    client = sign_in(borough.provider_manager)

    page = client.get(at(child)).content.decode()

    assert "plan.pdf" in page
    assert "court.pdf" not in page
    assert "draft.txt" not in page
    assert "Add documents" not in page
    assert b"".join([client.get(at(child, f"/{shared.file.reference}")).content]) == PDF
    assert client.get(at(child, f"/{own.file.reference}")).status_code == 404


@pytest.mark.parametrize("who", ["other_social_worker", "practitioner", "commissioner", "chair", "auditor", "finance"])
def test_a_document_is_not_found_by_those_it_is_not_for(borough, sign_in, who):
    child = builders.a_child(borough)
    document = kept(borough, child)
    client = sign_in(getattr(borough, who))

    for address in (at(child), at(child, f"/{document.file.reference}")):
        answer = client.get(address)
        assert answer.status_code in {403, 404}
        assert b"plan.pdf" not in answer.content
    assert client.post(at(child, "/add"), {"type": "review", "is_shareable": "no", "files": [Upload("a.pdf", PDF)]}).status_code in {403, 404}
    assert child.documents.count() == 1


def test_another_childs_document_is_not_found_under_this_child(borough, sign_in):
    child, other = builders.a_child(borough), builders.a_child(borough)
    document = kept(borough, other)

    assert sign_in(borough.social_worker).get(at(child, f"/{document.file.reference}")).status_code == 404


def test_a_document_taken_off_is_kept_and_opened_by_nobody(borough, sign_in):
    child = builders.a_child(borough)
    document = kept(borough, child)
    client = sign_in(borough.social_worker)

    page = client.post(at(child, f"/{document.file.reference}/remove"), follow=True).content.decode()

    assert "plan.pdf" not in page
    assert client.get(at(child, f"/{document.file.reference}")).status_code == 404
    assert ChildDocument.objects.get().removed_at is not None
    assert AuditEvent.objects.filter(verb="document.removed", child_id=child.pk).count() == 1


def test_opening_a_document_is_written_in_who_has_looked(borough, sign_in):
    child = builders.a_child(borough)
    document = kept(borough, child)

    sign_in(borough.social_worker).get(at(child, f"/{document.file.reference}"))

    assert AuditEvent.objects.filter(verb="record.read", child_id=child.pk, person_id=borough.social_worker.pk).exists()


def test_a_document_waits_for_the_scanner_and_a_virus_opens_for_nobody(borough, sign_in, clamd):  # noqa: F811
    child = builders.a_child(borough)
    clean, virus = kept(borough, child), kept(borough, child, "bad.pdf", PDF + EICAR)
    client = sign_in(borough.social_worker)
    page = client.get(at(child)).content.decode()
    assert "Waiting to be checked for viruses" in page
    assert client.get(at(child, f"/{clean.file.reference}")).status_code == 404

    outbox.sweep(kinds=["document.scan"])

    assert client.get(at(child, f"/{clean.file.reference}")).status_code == 200
    assert client.get(at(child, f"/{virus.file.reference}")).status_code == 404
    assert "Virus found" in client.get(at(child)).content.decode()
    message = Message.objects.get(kind="document.virus")
    assert (message.person, message.link) == (borough.social_worker, at(child))


def test_the_list_asks_as_often_for_three_documents_as_for_one(borough, sign_in):
    child = builders.a_child(borough)
    draft = builders.a_draft_referral(borough, child)
    client, counts = sign_in(borough.social_worker), []
    for number in range(4):
        kept(borough, child, f"{number}.txt", f"words {number}".encode())
        add_documents(draft, uploads=[(f"of {number}.txt", f"of {number}".encode())], by=borough.social_worker)
        with CaptureQueriesContext(connection) as queries:
            client.get(at(child))
        counts.append(len(queries))
    assert counts[1] == counts[3]
