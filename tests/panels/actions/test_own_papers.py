"""A reader's own papers as one PDF, and late papers that come as files."""

from base64 import b64encode
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import override_settings
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)
from weasyprint import HTML

from core import files, outbox, scanner, word
from core.binding import bind, only_pages, pages_of
from core.models import AuditEvent, Message, StoredFile
from core.pdf import render_pdf
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.interest import declare_interest
from panels.actions.own_papers import _printed, ask_for_copy, print_copy
from panels.actions.paper import accept_supplement, offer_supplement, scan_supplement
from panels.models import Supplement
from panels.models.own_papers import copy_of
from panels.rules.papers import why_not_copy, why_not_take_file
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def test_PAP7_a_file_with_a_virus_or_not_checked_yet_is_not_taken():
    assert why_not_take_file(has_file=False, may_be_opened=False) == []
    assert why_not_take_file(has_file=True, may_be_opened=True) == []
    assert why_not_take_file(has_file=True, may_be_opened=False) != []


def test_PAP8_a_copy_is_made_of_papers_that_are_out_and_may_be_read():
    assert why_not_copy(went_out=False, has_papers=True) == ["These papers have not gone out yet."]
    assert why_not_copy(went_out=True, has_papers=False) == ["There is no paper here for you to read."]
    assert why_not_copy(went_out=True, has_papers=True) == []


@pytest.fixture
def two(borough):
    """A meeting whose papers are out, with two referrals."""
    meeting, first = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    second = list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    return meeting, first, second


def html_of(version):
    """What is printed, before it is a PDF."""
    return render_to_string("panels/print/papers.html", {**_printed(version), "title": "Papers"})


def test_c6_a_copy_leaves_out_what_is_kept_from_its_reader_and_says_so(borough, two):
    meeting, first, second = two
    declare_interest(meeting, item=first, person=borough.member, nature="Naturezz", by=acting(borough.member))

    mine = html_of(ask_for_copy(meeting, by=acting(borough.member)))
    chairs = html_of(ask_for_copy(meeting, by=acting(borough.chair)))

    assert f"Left out of this copy:</strong> item {first.number}." in mine
    assert first.referral.reference not in mine
    assert first.title not in mine
    assert second.referral.reference in mine
    assert "Naturezz" not in mine + chairs
    assert "Left out" not in chairs
    assert {first.referral.reference, second.referral.reference} <= set(chairs.replace(",", " ").replace("<", " ").split())


def test_c6_a_copy_is_made_once_by_the_worker_and_again_only_when_something_came(borough, two):
    meeting, first, _ = two
    version = ask_for_copy(meeting, by=acting(borough.member))
    assert ask_for_copy(meeting, by=acting(borough.member)) == version
    assert copy_of(meeting, acting(borough.member)).is_ready is False

    assert outbox.sweep(kinds=["papers.print"]) == 1

    copy = copy_of(meeting, acting(borough.member))
    assert copy.is_ready
    assert not copy.more
    assert copy.version.file.name == f"papers-{version.document.reference}-1.pdf"
    assert print_copy(copy.version) == copy.version.file.sha256
    assert StoredFile.objects.filter(name__startswith="papers-").count() == 1
    late = offer_supplement(first, words="Late words.", change_note="New.", by=borough.panel_administrator)
    accept_supplement(late, by=acting(borough.chair))
    assert copy_of(meeting, acting(borough.member)).more
    again = ask_for_copy(meeting, by=acting(borough.member))
    assert again.number == 2
    assert "Late paper, page S1" in html_of(again)
    assert AuditEvent.objects.filter(verb="papers.copied").count() == 3


def test_c6_nobody_has_anothers_copy_and_papers_that_are_not_out_have_none(borough, two):
    meeting, _, _ = two
    ask_for_copy(meeting, by=acting(borough.member))

    assert copy_of(meeting, acting(borough.chair)) is None
    with pytest.raises(RuleBroken, match="no paper here"):
        ask_for_copy(meeting, by=acting(borough.finance))
    later = builders.a_called_meeting(borough, meeting.panel, on=meeting.on.replace(year=2027, month=1, day=21))
    with pytest.raises(RuleBroken, match="not gone out"):
        ask_for_copy(later, by=acting(borough.member))


def test_c6_a_copy_is_not_given_out_once_an_item_in_it_is_kept_from_its_reader(borough, two, sign_in):
    meeting, first, _ = two
    ask_for_copy(meeting, by=acting(borough.member))
    outbox.sweep(kinds=["papers.print"])
    client, page = sign_in(borough.member), f"/meetings/{meeting.reference}/papers"
    before = AuditEvent.objects.filter(verb="record.read", child_id=first.referral.child_id, person_id=borough.member.pk).count()

    answer = client.get(f"{page}.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(verb="record.read", child_id=first.referral.child_id, person_id=borough.member.pk).count() == before + 1
    declare_interest(meeting, item=first, person=borough.member, nature="x", by=acting(borough.member))
    assert client.get(f"{page}.pdf").status_code == 404
    assert "What you may read has changed" in client.get(page).content.decode()


def test_c6_the_page_says_that_it_is_being_made_and_then_has_the_link(borough, two, sign_in):
    meeting, _, _ = two
    client, page = sign_in(borough.member), f"/meetings/{meeting.reference}/papers"
    assert "Make my PDF" in client.get(page).content.decode()

    answer = client.post(f"{page}/copy", follow=True).content.decode()

    assert "Your PDF is being made." in answer
    assert "papers.pdf" not in answer
    outbox.sweep(kinds=["papers.print"])
    assert f'href="{page}.pdf"' in client.get(page).content.decode()


# --- late papers as files -----------------------------------------------------------------------


def test_d6_a_late_picture_is_printed_and_no_other_address_is_read():
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    facts = {"copy": {}, "items": [], "opened": [], "left_out": [], "late": [{"row": None, "picture": f"data:image/png;base64,{b64encode(made.getvalue()).decode()}"}]}

    with_it = render_pdf("panels/print/papers.html", facts, title="Papers")
    facts["late"][0]["picture"] = "data:text/html;base64,PHA+"
    without = render_pdf("panels/print/papers.html", facts, title="Papers")

    assert b"/Subtype /Image" in with_it
    assert b"/Subtype /Image" not in without


@pytest.mark.parametrize(("upload", "says"), [
    (("a.exe", b"MZ\x90\x00\x03\x00\xff"), "is not one of these kinds of file"),
    (("a.pdf", b""), "is empty"),
    (("a.pdf", None), "must be smaller than 10 MB"),
])  # fmt: skip
def test_d6_a_late_file_is_judged_as_a_referrals_documents_are(borough, two, upload, says):
    with pytest.raises(RuleBroken, match=says) as refusal:
        offer_supplement(two[1], words="", change_note="New.", upload=upload, by=borough.panel_administrator)

    assert refusal.value.reasons[0].field == "file"
    assert not Supplement.objects.exists()


def test_d6_a_late_file_is_a_supplement_with_a_page_of_its_own(borough, two):
    meeting, first, _ = two
    with pytest.raises(RuleBroken, match="or choose a file"):
        offer_supplement(first, words=" ", change_note="New.", by=borough.panel_administrator)
    file = offer_supplement(first, words="", change_note="A picture.", upload=("map.png", PNG), by=borough.panel_administrator)
    both = offer_supplement(first, words="Words.", change_note="Both.", upload=("b.pdf", b"%PDF-1.7 x"), by=borough.panel_administrator)

    assert accept_supplement(file, by=acting(borough.chair)).page_label == "S1"
    assert accept_supplement(both, by=acting(borough.chair)).page_label == "S2 to S3"

    printed = html_of(ask_for_copy(meeting, by=acting(borough.member)))
    assert 'src="data:image/png;base64,' in printed
    assert "It is a file of its own" in printed


def test_d6_only_the_items_readers_open_a_late_file_and_only_once_it_is_taken(borough, two, sign_in):
    meeting, first, _ = two
    late = offer_supplement(first, words="", change_note="New.", upload=("b.pdf", b"%PDF-1.7 x"), by=borough.panel_administrator)
    page = f"/meetings/{meeting.reference}/late/{late.file.reference}"
    assert sign_in(borough.member).get(page).status_code == 404
    assert sign_in(borough.panel_administrator).get(page).content == b"%PDF-1.7 x"
    accept_supplement(late, by=acting(borough.chair))
    assert sign_in(borough.member).get(page).content == b"%PDF-1.7 x"

    declare_interest(meeting, item=first, person=borough.member, nature="x", by=acting(borough.member))

    assert sign_in(borough.member).get(page).status_code == 404
    assert sign_in(borough.social_worker).get(page).status_code == 403


@override_settings(CLAMD_URL="tcp://127.0.0.1:1")
def test_d6_a_late_file_is_scanned_before_the_chair_takes_it(borough, two, monkeypatch):
    _, first, _ = two
    late = offer_supplement(first, words="", change_note="New.", upload=("b.pdf", b"%PDF-1.7 x"), by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="has not been checked"):
        accept_supplement(late, by=acting(borough.chair))

    monkeypatch.setattr(scanner, "scan", lambda content: "Eicar")
    assert outbox.sweep(kinds=["supplement.scan"]) == 1

    assert Message.objects.get(kind="supplement.virus").person == borough.panel_administrator
    with pytest.raises(RuleBroken, match="has a virus"):
        accept_supplement(late, by=acting(borough.chair))
    monkeypatch.setattr(scanner, "scan", lambda content: "")
    scan_supplement(Supplement.objects.get(), by=None)
    assert accept_supplement(late, by=acting(borough.chair)).page_label == "S1"


def test_d6_a_file_is_offered_from_the_page_and_what_was_typed_is_kept_when_it_is_refused(borough, two, sign_in):
    meeting, first, _ = two
    client, page = sign_in(borough.panel_administrator), f"/meetings/{meeting.reference}/late"
    typed = {"item": str(first.pk), "change_note": "A new plan", "words": "Typed words."}

    wrong = client.post(page, {**typed, "file": SimpleUploadedFile("a.exe", b"MZ\x00\x01")})
    assert wrong.status_code == 200
    assert "is not one of these kinds of file" in wrong.content.decode()
    assert "Typed words." in wrong.content.decode()
    assert client.post(page, {**typed, "file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7 x")}).status_code == 302

    late = Supplement.objects.get()
    assert (late.file.name, late.words) == ("plan.pdf", "Typed words.")
    assert "plan.pdf" in client.get(page).content.decode()


# --- late PDFs, bound into a reader's own copy ------------------------------------------------------


def a_pdf(*pages, script="", password=""):
    """A PDF with a page of words for each, perhaps with a script on its first page, perhaps locked."""
    writer = PdfWriter()
    for words in pages:
        writer.append(BytesIO(HTML(string=f"<html lang=en><body><p>{words}</p></body></html>").write_pdf()))
    if script:
        act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)})
        note = {"/Type": "/Annot", "/Subtype": "/Link"}
        link = DictionaryObject({NameObject(k): NameObject(v) for k, v in note.items()} | {NameObject("/A"): act})
        link[NameObject("/Rect")] = ArrayObject([FloatObject(0)] * 4)
        writer.add_annotation(0, link)
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})
        writer.root_object[NameObject("/OpenAction")] = act
    if password:
        writer.encrypt(password)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def taken(borough, item, name, content):
    """A late file that the chair took."""
    late = offer_supplement(item, words="", change_note=f"New: {name}", upload=(name, content), by=borough.panel_administrator)
    return accept_supplement(late, by=acting(borough.chair))


def copy_read(borough, meeting, who="member"):
    """The member's own copy as it was printed: the words of each sheet, and the file."""
    version = ask_for_copy(meeting, by=acting(getattr(borough, who)))
    print_copy(version)
    version.refresh_from_db()
    reader = PdfReader(BytesIO(files.read(version.file)))
    return [page.extract_text() for page in reader.pages], reader


def test_c6_a_late_pdf_the_chair_took_is_bound_into_the_copy_with_its_own_page_numbers(borough, two):
    meeting, first, second = two
    late = taken(borough, first, "plan.pdf", a_pdf("Boundone", "Boundtwo"))
    taken(borough, second, "more.pdf", a_pdf("Boundthree"))

    sheets, reader = copy_read(borough, meeting)

    assert late.page_label == "S1 to S2"
    assert [next(n for n, said in enumerate(sheets) if words in said) for words in ("Boundone", "Boundtwo", "Boundthree")] == [
        len(sheets) - 3, len(sheets) - 2, len(sheets) - 1,
    ]  # fmt: skip
    assert [row.title for row in reader.outline if not isinstance(row, list)][-2:] == [
        "Late paper, page S1 to S2: plan.pdf", "Late paper, page S3: more.pdf",
    ]  # fmt: skip
    assert "is bound in as it came" in " ".join(" ".join(sheets).split())
    assert reader.trailer["/Root"].get("/StructTreeRoot") is not None
    assert b"pdfuaid" not in files.read(StoredFile.objects.get(name__startswith="papers-"))


def test_c6_a_late_word_paper_is_listed_by_name_and_not_bound(borough, two):
    meeting, first, _ = two
    taken(borough, first, "plan.docx", word.document(title="Plan", parts=[("words", "Wordszz")]))

    sheets, _ = copy_read(borough, meeting)

    said = " ".join(" ".join(sheets).split())
    assert "plan.docx is not bound in: open it from the papers of the meeting" in said
    assert "Wordszz" not in said


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", a_pdf("Lockedzz", password="secret")], ids=["damaged", "locked"])
def test_c6_a_pdf_that_cannot_be_bound_is_linked_and_the_rest_is_made(borough, two, content):
    meeting, first, second = two
    taken(borough, first, "bad.pdf", content)
    taken(borough, second, "good.pdf", a_pdf("Boundzz"))

    sheets, _ = copy_read(borough, meeting)

    said = " ".join(" ".join(sheets).split())
    assert "It is locked or damaged, and could not be bound in." in said
    assert "Boundzz" in said


def test_c6_d7_a_late_pdf_of_an_item_one_is_out_of_is_in_nobody_elses_copy_but_not_in_theirs(borough, two):
    meeting, first, second = two
    taken(borough, first, "kept.pdf", a_pdf("Keptzz"))
    taken(borough, second, "open.pdf", a_pdf("Openzz"))
    declare_interest(meeting, item=first, person=borough.member, nature="x", by=acting(borough.member))

    mine, reader = copy_read(borough, meeting)

    assert "Openzz" in " ".join(mine)
    assert "Keptzz" not in " ".join(mine)
    assert "kept.pdf" not in " ".join(mine) + str(reader.outline)
    assert "Keptzz" in " ".join(copy_read(borough, meeting, "chair")[0])


def test_c6_nothing_that_runs_comes_with_a_bound_page():
    with_script = a_pdf("Words", script="app.alert('runs')")
    assert b"/JavaScript" in with_script
    assert PdfReader(BytesIO(with_script)).pages[0]["/AA"]["/O"]["/JS"] == "app.alert('runs')"

    bound = bind(a_pdf("Ours"), [("Theirs", only_pages(with_script))])

    assert b"app.alert" not in bound
    assert b"/JavaScript" not in bound
    assert "Words" in PdfReader(BytesIO(bound)).pages[1].extract_text()


def test_c6_a_pdf_that_is_too_long_is_not_bound(monkeypatch):
    monkeypatch.setattr("core.binding.MOST_PAGES", 1)

    assert only_pages(a_pdf("One")) is not None
    assert only_pages(a_pdf("One", "Two")) is None
    assert pages_of(a_pdf("One", "Two")) == 0
