"""A subject access pack: all that is the child's, nothing that is another's, made by three people."""

import zipfile
from io import BytesIO

import pytest
from django.db import Error, transaction
from pypdf import PdfReader, PdfWriter

from core import clock, files, outbox, pdf
from core.rules import RuleBroken
from kpis.actions.subject_access import (
    check_disclosure,
    extend_request,
    finish_redacting,
    gather_record,
    give_pack,
    judge_harm,
    receive_request,
    redact_entry,
    unread_of,
)
from kpis.models import SubjectRequest
from referrals.actions.document import add_child_documents
from tests.conftest import TODAY
from tests.kpis.records.builders import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def a_request(borough, child, **facts):
    said = {"asked_by": "self", "asker_name": "A name", "identity_seen": "A passport.", "received_on": TODAY, **facts}
    return receive_request(child, by=acting(borough.governance), **said)


def a_pdf(words: str, **notes) -> bytes:
    """A PDF with words and notes about itself."""
    made = pdf.render_pdf("kpis/print/disclosure.html", {"council": words, "parts": []}, title="A plan")
    writer = PdfWriter(clone_from=BytesIO(made))
    writer.add_metadata(notes)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def settle_all(borough, request):
    """Look at every part that asks for it, as it was prepared; files that cannot be given are withheld."""
    for entry in unread_of(request):
        said = {"given": entry.given, "version": entry.version, "by": acting(borough.governance)}
        try:
            redact_entry(entry, **said)
        except RuleBroken:
            redact_entry(entry, withheld="others", because="It cannot be given.", **said)


def through_all_steps(borough, request):
    """Read through, judged, checked, and made."""
    settle_all(borough, request)
    finish_redacting(request, by=acting(borough.governance))
    judge_harm(request, words="Nothing in it would.", by=acting(borough.team_manager))
    check_disclosure(request, agrees=True, by=acting(borough.head_of_service))
    outbox.sweep(kinds=["disclosure.make"])
    return SubjectRequest.objects.get(pk=request.pk)


def everything_in(request) -> str:
    """All words of the archive: of each PDF, its notes and its raw bytes too."""
    found = []
    with zipfile.ZipFile(BytesIO(files.read(request.pack))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found += [name, content.decode("utf-8", "replace")]
            if name.endswith(".pdf"):
                reader = PdfReader(BytesIO(content))
                found += [page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.xmp_metadata and reader.xmp_metadata.stream)]
    return "\n".join(found)


def refused(deed, *facts, **asked):
    with pytest.raises(RuleBroken) as refusal:
        deed(*facts, **asked)
    return [str(reason) for reason in refusal.value.reasons]


def test_g42_the_pack_gives_what_is_theirs_and_takes_others_out_of_words_files_and_notes(borough):
    child = referrals.a_child(borough, address="7 Old Lane")
    child.address = "8 New Lane"
    child.save()
    by = child.social_worker
    files_there = [("talk.txt", b"Zzcanary spoke with Nan Childname."), ("plan.pdf", a_pdf("A plan for Zzcanary", **{"/Author": "Nan Childname"}))]
    add_child_documents(child, uploads=files_there, document_type="care plan", is_shareable=True, by=by)
    request = through_all_steps(borough, gather_record(a_request(borough, child), by=acting(borough.governance)))

    words = everything_in(request)

    assert request.state == "ready"
    for own in ("Zzcanary Childname", "8 New Lane", "7 Old Lane", "Zzcanary spoke with [name withheld].", "A plan for Zzcanary"):
        assert own in " ".join(words.split()), own
    assert "Nan Childname" not in words
    assert "Grandmother" in words


def test_g42_a_file_whose_words_still_name_somebody_is_not_given(borough):
    child = referrals.a_child(borough)
    add_child_documents(child, uploads=[("plan.pdf", a_pdf("Nan Childname said"))], document_type="care plan", is_shareable=True, by=child.social_worker)
    request = gather_record(a_request(borough, child), by=acting(borough.governance))
    entry = request.entries.get(file__isnull=False)
    said = {"given": "", "version": 0, "by": acting(borough.governance)}

    assert "Covering words does not remove them" in refused(redact_entry, entry, **said)[0]
    assert "older versions" in refused(redact_entry, entry, upload=("x.docx", b"PK\x03\x04word/"), **said)[0]
    entry = redact_entry(entry, upload=("plan.pdf", a_pdf("Somebody said")), **said)
    assert b"Nan" not in files.read(entry.given_file)


def test_a_name_cannot_be_typed_back_in(borough):
    request = gather_record(a_request(borough, referrals.a_child(borough)), by=acting(borough.governance))
    entry = request.entries.first()

    assert refused(redact_entry, entry, given="Nan said", version=0, by=acting(borough.governance)) == ["Still to be read: Nan. Take it out, or withhold the whole"]
    assert refused(redact_entry, entry, given="x", version=7, by=acting(borough.governance)) == ["Somebody else changed this part meanwhile: look at it again."]


def test_g13_three_people_have_a_part_and_each_step_in_its_turn(borough):
    governance, manager, head = (acting(person) for person in (borough.governance, borough.team_manager, borough.head_of_service))
    request = a_request(borough, referrals.a_child(borough))
    assert refused(judge_harm, request, words="x", by=manager) == ["This request does not wait for the test of harm."]
    gather_record(request, by=governance)
    assert refused(gather_record, request, by=manager) == ["Information governance gathers this."]
    settle_all(borough, request)
    finish_redacting(request, by=governance)
    assert refused(judge_harm, request, words="x", by=governance) == ["A manager judges this.", "You read it through: somebody else judges harm."]
    judge_harm(request, words="Nothing.", by=head)
    assert refused(check_disclosure, request, agrees=True, by=head) == ["You had a part in it: somebody else checks it."]
    assert refused(check_disclosure, request, agrees=True, by=governance) == ["You had a part in it: somebody else checks it."]
    with pytest.raises(Error, match="a_disclosure_is_checked_by_somebody_else"), transaction.atomic():
        SubjectRequest.objects.filter(pk=request.pk).update(checked_by=borough.governance, checked_at=clock.now())


def test_what_the_second_check_sends_back_is_read_and_judged_again(borough):
    governance = acting(borough.governance)
    request = gather_record(a_request(borough, referrals.a_child(borough)), by=governance)
    settle_all(borough, request)
    finish_redacting(request, by=governance)
    judge_harm(request, words="Nothing.", by=acting(borough.team_manager))
    request = check_disclosure(request, agrees=False, because="Part 3 names a neighbour.", by=acting(borough.head_of_service))

    assert (request.state, request.harm_judged_by) == ("redacting", None)
    request = through_all_steps(borough, request)
    give_pack(request, given_on=TODAY, how="By hand.", by=governance)
    assert SubjectRequest.objects.get(pk=request.pk).state == "given"


def test_another_teams_manager_and_another_councils_officer_have_no_part(borough):
    request = gather_record(a_request(borough, referrals.a_child(borough)), by=acting(borough.governance))
    settle_all(borough, request)
    finish_redacting(request, by=acting(borough.governance))

    assert refused(judge_harm, request, words="x", by=acting(borough.other_team_manager)) == ["A manager judges this."]


def test_k10_the_month_is_extended_once_before_it_is_over(borough):
    request = extend_request(a_request(borough, referrals.a_child(borough)), because="Complex.", by=acting(borough.governance))

    assert (request.due_on.month, request.due_on.year) == (2, 2027)
    assert len(refused(extend_request, request, because="Again.", by=acting(borough.governance))) == 1
