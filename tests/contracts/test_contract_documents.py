"""Documents of a contract, of its clauses and of its assurance rows: sniffed, scanned, and read only by those who may."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.actions.assurance import add_entry
from contracts.actions.document import add_contract_documents, take_off_document
from contracts.actions.record import add_clause
from contracts.models import ContractDocument
from contracts.rules.document import MOST_OF_A_CONTRACT, why_not_add_documents, why_not_take_off
from core import outbox
from core.models import AuditEvent, Message, OutboxJob
from core.rules import FieldReason, RuleBroken
from tests.contracts.registers import a_service_contract
from tests.core.test_scanner import EICAR, clamd  # noqa: F401 (a fixture)
from tests.people import a_borough

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a paper"


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def test_DOC1_a_document_is_chosen_kept_and_of_this_contract():
    assert why_not_add_documents(chosen=1, there=MOST_OF_A_CONTRACT - 1, is_of_this=True, wrong=[]) == []
    assert fields(why_not_add_documents(chosen=0, there=0, is_of_this=False, wrong=[])) == ["files", "about"]
    assert fields(why_not_add_documents(chosen=1, there=MOST_OF_A_CONTRACT, is_of_this=True, wrong=[FieldReason("files", "Too big.")])) == ["files", "files"]


def test_DOC2_a_document_is_taken_off_once_by_the_party_that_added_it():
    assert why_not_take_off(is_off=False, is_ours=True) == []
    assert len(why_not_take_off(is_off=True, is_ours=True)) == len(why_not_take_off(is_off=False, is_ours=False)) == 1


@pytest.fixture
def contract(borough):
    return a_service_contract(borough)


@pytest.fixture
def clause(borough, contract):
    return add_clause(contract, topic="people", heading="Sub-contracting", text="Only with leave.", by=borough.commissioner)


@pytest.fixture
def entry(borough, contract):
    return add_entry(contract, kind="lado", title="When to ring the LADO", owner="Somebody", on=date(2026, 9, 1), evidence="Read.", by=borough.provider_manager)


def test_g28_a_file_stands_behind_its_assurance_row_and_opens_for_those_who_read_registers(borough, contract, entry, sign_in):
    client = sign_in(borough.provider_manager)
    client.post("/contracts/art/assurance/documents/add", {"files": Upload("lado.pdf", PDF), "about": entry.pk})

    document = ContractDocument.objects.get()
    assert (document.entry, document.by_provider, document.file.media_type) == (entry, True, "application/pdf")
    assert AuditEvent.objects.filter(verb="document.added").count() == 1
    for who, status in (("provider_manager", 200), ("commissioner", 200), ("head_of_service", 200), ("finance", 404), ("social_worker", 403)):
        answer = sign_in(borough.people[who]).get(document.get_absolute_url())
        assert answer.status_code == status, who
    page = sign_in(borough.commissioner).get("/contracts/art/assurance").content.decode()
    assert "lado.pdf" in page
    assert "Take off" not in page
    opened = sign_in(borough.commissioner).get(document.get_absolute_url())
    assert opened.content == PDF
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"


def test_g15_a_document_of_a_clause_stands_under_it_for_both_parties(borough, contract, clause, sign_in):
    client = sign_in(borough.commissioner)
    client.post("/contracts/art/documents/add", {"files": Upload("leave.pdf", PDF), "about": clause.pk})
    client.post("/contracts/art/documents/add", {"files": Upload("signed.pdf", PDF + b"2"), "about": ""})

    assert sorted(ContractDocument.objects.values_list("title", "clause")) == [("leave.pdf", clause.pk), ("signed.pdf", None)]
    for who in ("commissioner", "provider_manager", "finance"):
        page = sign_in(borough.people[who]).get("/contracts/art/documents").content.decode()
        assert page.index("leave.pdf") < page.index("signed.pdf"), who
        assert ("Take off" in page) == (who == "commissioner"), who


def test_the_same_bytes_are_kept_once_and_all_or_none(borough, contract, clause):
    def add(*uploads, **about):
        return add_contract_documents(contract, uploads=list(uploads), by=borough.commissioner, **about)

    borough.commissioner.acting = borough.commissioner.current_roles[0]
    assert len(add(("a.pdf", PDF), ("b.pdf", PDF))) == 1
    assert add(("c.pdf", PDF)) == []
    assert len(add(("c.pdf", PDF), clause=clause)) == 1
    with pytest.raises(RuleBroken):
        add(("good.pdf", PDF + b"1"), ("bad.exe", b"MZ\x00\x01"))
    assert ContractDocument.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("page.html.pdf", b"\x00\x01\x02", "is not one of these kinds"), ("empty.pdf", b"", "Choose at least one file|is empty"), ("x" * 300 + ".pdf", PDF, "")],
)
def test_bad_files_are_sentences_and_keep_nothing(borough, contract, sign_in, name, content, says):
    answer = sign_in(borough.commissioner).post("/contracts/art/documents/add", {"files": Upload(name, content), "about": ""})

    if says:
        assert any(words in answer.content.decode() for words in says.split("|"))
        assert not ContractDocument.objects.exists()
    else:
        assert answer.status_code == 302
        assert len(ContractDocument.objects.get().title) == 200


def test_another_contracts_clause_or_row_is_no_choice(borough, contract, sign_in):
    other = a_service_contract(borough, slug="other")
    foreign = add_clause(other, topic="people", heading="Theirs", text="Theirs.", by=borough.commissioner)
    answer = sign_in(borough.commissioner).post("/contracts/art/documents/add", {"files": Upload("a.pdf", PDF), "about": foreign.pk})
    assert answer.status_code == 200
    borough.commissioner.acting = borough.commissioner.current_roles[0]
    with pytest.raises(RuleBroken, match="Choose what"):
        add_contract_documents(contract, uploads=[("a.pdf", PDF)], clause=foreign, by=borough.commissioner)

    assert not ContractDocument.objects.exists()


def test_whoever_added_it_takes_it_off_and_nobody_opens_it_again(borough, contract, sign_in):
    sign_in(borough.provider_manager).post("/contracts/art/documents/add", {"files": Upload("a.pdf", PDF), "about": ""})
    document = ContractDocument.objects.get()
    url = document.get_absolute_url()

    assert "The other party added" in sign_in(borough.commissioner).post(f"{url}/remove", follow=True).content.decode()
    assert sign_in(borough.finance).post(f"{url}/remove").status_code == 403
    sign_in(borough.provider_manager).post(f"{url}/remove")

    document.refresh_from_db()
    assert document.removed_at is not None
    assert sign_in(borough.provider_manager).get(url).status_code == 404
    borough.provider_manager.acting = borough.provider_manager.current_roles[0]
    with pytest.raises(RuleBroken, match="before"):
        take_off_document(document, by=borough.provider_manager)


def test_another_council_and_another_provider_find_no_document(borough, contract, sign_in):
    sign_in(borough.commissioner).post("/contracts/art/documents/add", {"files": Upload("a.pdf", PDF), "about": ""})
    url = ContractDocument.objects.get().get_absolute_url()
    elsewhere = a_borough("elsewhere")

    for who in ("commissioner", "provider_manager", "finance"):
        assert sign_in(elsewhere.people[who]).get(url).status_code == 404
        assert sign_in(elsewhere.people[who]).get("/contracts/art/documents/add").status_code in {403, 404}


def test_a_scanner_that_is_set_is_asked_before_anybody_opens_it(borough, contract, sign_in, clamd):  # noqa: F811
    client = sign_in(borough.commissioner)
    client.post("/contracts/art/documents/add", {"files": Upload("a.pdf", PDF), "about": ""})
    url = ContractDocument.objects.get().get_absolute_url()
    assert client.get(url).status_code == 404
    assert "waiting to be checked" in client.get("/contracts/art/documents").content.decode()

    outbox.sweep(kinds=["contract_document.scan"])

    assert client.get(url).content == PDF
    assert not OutboxJob.objects.filter(kind="document.scan").exists()


def test_a_virus_opens_for_nobody_and_whoever_added_it_is_told(borough, contract, sign_in, clamd):  # noqa: F811
    client = sign_in(borough.commissioner)
    client.post("/contracts/art/documents/add", {"files": Upload("a.pdf", PDF + EICAR), "about": ""})

    outbox.sweep(kinds=["contract_document.scan"])

    document = ContractDocument.objects.get()
    assert client.get(document.get_absolute_url()).status_code == 404
    told = Message.objects.get(kind="document.virus")
    assert (told.person, told.link) == (borough.commissioner, "/contracts/art/documents")


@pytest.mark.parametrize("page", ["/contracts/art/documents", "/contracts/art/assurance"])
def test_a_page_asks_as_many_questions_for_three_documents_as_for_one(borough, contract, clause, entry, sign_in, page):
    borough.provider_manager.acting = borough.provider_manager.current_roles[0]
    client = sign_in(borough.provider_manager)

    def more(turn):
        for about in ({"clause": clause}, {"entry": entry}, {}):
            add_contract_documents(contract, uploads=[("a.pdf", PDF + str(turn).encode())], by=borough.provider_manager, **about)

    more(0)
    client.get(page)
    with CaptureQueriesContext(connection) as first:
        client.get(page)
    more(1)
    more(2)
    with CaptureQueriesContext(connection) as third:
        client.get(page)
    assert len(third) == len(first)
