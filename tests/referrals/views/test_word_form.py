"""The Word form: made, filled, read back, and hostile files refused with a sentence."""

import struct
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from docx import Document

from core.models import StoredFile
from referrals.forms.word.making import word_form
from referrals.forms.word.questions import questions
from referrals.forms.word.reading import CannotRead, read_form
from referrals.models import FormImport, Referral
from tests.referrals import builders

pytestmark = pytest.mark.django_db
SAID = {
    "child_number": "LCS41000", "child.address": "1 Test Street\nTesttown", "child.ethnicity": "White British",
    "child.people_1_name": "Nan Childname", "child.people_1_relationship": "Grandmother",
    "child.people_1_responsibility": "Holds parental responsibility", "child.people_1_carer": "Cares for the child",
    "request.service": "Outreach, where the child lives", "request.support_types": "Help in a crisis\nSupport through a move",
    "request.weeks": "12", "request.wanted_by": "3 12 2026", "needs.story": "Ĩ’m <b>here</b> & 👩‍👧 العربية",
    "risk.risk_missing": "risk present", "consent.agreed_child": "Yes",
}  # fmt: skip


def post(client, content, name="form.docx", **more):
    return client.post("/referrals/import", {"file": Upload(name, content), **more})


@pytest.fixture
def child(borough):
    return builders.a_child(borough, case_number="LCS41000")


def changed(content, **parts):
    """The same file with some of its parts replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return made.getvalue()


def test_the_form_has_a_heading_and_a_table_with_a_heading_row_for_each_task(borough, sign_in):
    answer = sign_in(borough.social_worker).get("/referrals/form.docx")

    document = Document(BytesIO(answer.content))
    assert "attachment" in answer["Content-Disposition"]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["The child", *[title for title, _ in questions()]]
    assert len(document.tables) == 9
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert document.core_properties.title == "Referral form"


def test_what_is_filled_in_comes_back_as_a_draft_and_the_file_is_kept(borough, child, sign_in):
    client = sign_in(borough.social_worker)

    answer = post(client, word_form(SAID))

    referral = Referral.objects.get()
    assert answer.url == f"{referral.get_absolute_url()}/imported"
    said = referral.answers()
    assert said["child"]["address"] == "1 Test Street\nTesttown"
    assert (said["child"]["ethnicity"], said["child"]["people_1_responsibility"]) == ("WBRI", "yes")
    assert not said["child"].get("people_2_name")
    assert (said["request"]["service"], said["request"]["support_types"], said["request"]["weeks"]) == ("outreach", ["crisis", "transition"], "12")
    assert said["needs"]["story"] == SAID["needs.story"]
    assert (said["risk"]["risk_missing"], said["consent"]["agreed_child"]) == ("present", "yes")
    assert referral.status == "DRAFT"
    assert referral.wants == "outreach"
    made = FormImport.objects.get()
    assert (len(made.read), made.unsure) == (len(SAID) - 1, [])
    assert referral.documents.get().is_shareable is False
    kept = client.get(f"{referral.get_absolute_url()}/documents/{made.file.reference}").content
    assert read_form(kept).answers["request"]["service"] == "outreach"


def test_ninety_five_of_a_hundred_fields_of_the_whole_form_are_read():
    said = {"child_number": "LCS41000"}
    for _, rows in questions():
        for question in rows:
            said[question.tag] = question.choices[-1][1] if question.choices else "14" if "score" in question.field or question.field in {
                "weeks", "miles", "weekly_cost"} else "3 12 2012" if question.field.endswith(("_on", "_by")) else "Some words."

    found = read_form(word_form(said))

    assert len(found.read) / (len(said) - 1) >= 0.95, [row["field"] for row in found.unsure]


def test_what_is_not_certain_is_named_with_what_stood_there(borough, child, sign_in):
    client = sign_in(borough.social_worker)
    post(client, word_form({**SAID, "request.service": "The hub, I think", "request.wanted_by": "soon", "request.support_types": "Help in a crisis\nMagic"}))

    referral = Referral.objects.get()
    assert {row["field"] for row in FormImport.objects.get().unsure} == {"service", "wanted_by", "support_types"}
    assert "service" not in referral.answers()["request"]
    assert referral.answers()["request"]["wanted_by"] == "soon"
    assert referral.answers()["request"]["support_types"] == ["crisis"]
    page = client.get(f"{referral.get_absolute_url()}/imported").content.decode()
    for words in ("We are not sure of these", "The hub, I think", "soon", f"/referrals/{referral.reference}/tasks/request#id_service"):
        assert words in page


def test_a_form_whose_marks_were_pasted_over_is_read_by_its_questions(borough, child, sign_in):
    document = Document(BytesIO(word_form(SAID)))
    for table in document.tables:
        for row in table.rows[1:]:
            words = "".join(t.text or "" for t in row.cells[1]._tc.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
            row.cells[1].text = "" if words in {"Type here", "Choose one"} else words
            for mark in list(row.cells[1]._tc.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sdt")):
                mark.getparent().remove(mark)
    made = BytesIO()
    document.save(made)

    found = read_form(made.getvalue())

    assert found.child_number == "LCS41000"
    assert found.answers["request"]["service"] == "outreach"
    assert found.answers["child"]["people_1_name"] == "Nan Childname"


def test_a_child_nobody_may_see_is_not_told_of_and_nothing_is_made(borough, sign_in):
    client = sign_in(borough.other_social_worker)
    builders.a_child(borough, case_number="LCS41000")

    page = post(client, word_form(SAID)).content.decode()

    assert "Check the number, or add the child by hand first" in page
    assert "Childname" not in page
    assert (Referral.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_number_typed_goes_before_the_one_in_the_form(borough, child, sign_in):
    page = post(sign_in(borough.social_worker), word_form({**SAID, "child_number": "LCS9"}), child_number=child.reference)

    assert page.status_code == 302
    assert Referral.objects.get().child == child


def bomb():
    """A small file that unfolds to far more than is read."""
    return changed(word_form(), **{"word/document.xml": b"<w:document xmlns:w='x'>" + b" " * 30_000_000})


def lying_bomb():
    """The same, whose list of parts says that it is small."""
    content = bytearray(bomb())
    at = content.rfind(b"word/document.xml") - 46
    content[at + 24:at + 28] = struct.pack("<I", 100)
    return bytes(content)


HOSTILE = {
    "zip bomb": (bomb, "too much in this Word file"),
    "lying zip bomb": (lying_bomb, "Word"),
    "macro": (lambda: changed(word_form(), **{"word/vbaProject.bin": b"x"}), "holds a program"),
    "pdf": (lambda: b"%PDF-1.7 no form", "ends in .docx"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ends in .docx"),
    "text": (lambda: b"Just words", "ends in .docx"),
    "zip of nothing": (lambda: changed(b"PK\x05\x06" + b"\x00" * 18, **{"a.txt": b"x"}), "ends in .docx"),
    "half a file": (lambda: word_form()[:4000], "cannot be read"),
    "entities": (lambda: changed(word_form(), **{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "cannot be read"),
    "not xml": (lambda: changed(word_form(), **{"word/document.xml": b"<w:document"}), "cannot be read"),
    "many parts": (lambda: changed(word_form(), **{f"x/{n}": b"" for n in range(500)}), "too much in this Word file"),
    "another document": (lambda: another(), "None of the referral form"),
    "eleven megabytes": (lambda: b"PK\x03\x04" + b"x" * (11 * 1024 * 1024), "too much in this Word file"),
}  # fmt: skip


def another():
    """A Word file that is no form."""
    document, made = Document(), BytesIO()
    document.add_paragraph("Dear Sir")
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("which", HOSTILE)
def test_a_file_that_is_no_form_gets_a_sentence_and_leaves_nothing(borough, child, sign_in, which):
    make, words = HOSTILE[which]

    page = post(sign_in(borough.social_worker), make())

    assert page.status_code == 200
    assert words in page.content.decode()
    assert (Referral.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_no_file_and_an_empty_one_are_said_beside_the_field(borough, sign_in):
    client = sign_in(borough.social_worker)

    assert "Choose a file" in client.post("/referrals/import", {}).content.decode()
    assert post(client, b"").status_code == 200


def test_two_presses_make_one_draft(borough, child, sign_in):
    client = sign_in(borough.social_worker)

    first, second = (post(client, word_form(SAID), idempotency_key="same") for _ in range(2))

    assert (first.url, Referral.objects.count()) == (second.url, 1)


def test_reading_says_why_and_never_breaks():
    with pytest.raises(CannotRead, match=r"\.docx"):
        read_form(b"")
