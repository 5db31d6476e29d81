"""Around a pack: commentary asked of people by name, corrections that supersede, supplements, proof, and counts told once."""

import io
import threading
from datetime import date, timedelta

import docx
import openpyxl
import page
import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from core import clock, files, outbox, pdf
from core.documents import check
from core.models import Message
from core.rules import RuleBroken
from kpis.actions.child_counts import tell_child_counts
from kpis.actions.pack import approve_pack
from kpis.actions.pack_commentary import write_commentary
from kpis.actions.pack_later import add_supplement, answer_correction, correct_pack
from kpis.measures.child_counts import child_counts, counts_to_tell
from kpis.measures.to_do.packs import commentary_to_write, corrections, packs
from kpis.models import FigureRelease, Pack
from kpis.papers.pack_files import pack_document, pack_workbook
from kpis.rules.packs import (
    chase_days,
    why_not_add,
    why_not_answer_correction,
    why_not_correct,
    why_not_write,
)
from kpis.tasks import plan_due_packs
from panels.models.clocks import calendar_of
from referrals.models import Referral
from tests.panels.actions.test_booking import acting
from tests.panels.builders import a_called_meeting, a_steering_group
from tests.referrals.actions.test_capacity_race import many_waiting

MEETS = date(2026, 12, 17)
DRAFT, HALF_WAY, EVE, FREEZE, ISSUE = (date(2026, 12, day) for day in (3, 7, 8, 9, 10))
pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(borough):
    """A steering group called in time for 17 December."""
    return a_called_meeting(borough, a_steering_group(borough), on=MEETS)


def go_to(*days):
    """What the timetable does on each of some days at eight."""
    for day in days:
        with clock.held_at(clock.moment(day) - timedelta(hours=1)):
            plan_due_packs()
            outbox.sweep(kinds=["pack.draft", "pack.chase", "pack.freeze", "pack.issue", "pack.correct", "pack.supplement"])


def issued(borough):
    """A pack, circulated."""
    go_to(DRAFT, FREEZE, ISSUE)
    return Pack.objects.get()


def test_PAC3_commentary_is_written_by_whoever_was_asked_until_the_freeze():
    assert why_not_write("drafted", is_asked=True, small_counts=[]) == []
    assert len(why_not_write("drafted", is_asked=False, small_counts=[])) == 1
    for state in ("due", "frozen", "approved", "issued", "stopped"):
        assert len(why_not_write(state, is_asked=True, small_counts=[])) == 1
    assert why_not_write("drafted", is_asked=True, small_counts=["A count."])[0].field == "words"


def test_PAC4_a_circulated_pack_is_corrected_by_a_new_version():
    assert why_not_correct("issued", is_settled=True, small_counts=[]) == []
    for state in ("due", "drafted", "frozen", "approved", "stopped"):
        assert len(why_not_correct(state, is_settled=True, small_counts=[])) == 1
    assert len(why_not_correct("issued", is_settled=False, small_counts=[])) == 1
    assert why_not_correct("issued", is_settled=True, small_counts=["A count."]) == ["A count."]


def test_PAC5_a_supplement_is_added_to_a_circulated_pack():
    assert why_not_add("issued", []) == []
    assert len(why_not_add("approved", [])) == 1
    assert why_not_add("issued", ["A count."])[0].field == "words"


def test_what_is_missing_is_asked_for_half_way_and_on_the_eve_of_the_freeze(meeting):
    assert chase_days(MEETS, calendar_of(meeting), draft=10, freeze=6) == [HALF_WAY, EVE]
    assert chase_days(MEETS, calendar_of(meeting), draft=7, freeze=6) == []


def test_the_draft_asks_five_parts_of_named_people_and_chases_only_what_is_missing(meeting, borough):
    go_to(DRAFT, DRAFT)
    asked = {row.part: row for row in Pack.objects.get().asked.all()}
    assert set(asked) == {"risks", "referrals", "capacity", "indicators", "benefits"}
    assert Message.objects.filter(kind="pack.commentary").count() == 5
    with clock.held_at(clock.moment(DRAFT)):
        write_commentary(asked["risks"], words="Two systems still hold the plan.", by=asked["risks"].asked_of)

    go_to(HALF_WAY, HALF_WAY)
    assert Message.objects.filter(kind="pack.commentary", subject__startswith="Still missing").count() == 4
    go_to(EVE)
    assert Message.objects.filter(kind="pack.commentary", subject__startswith="Still missing").count() == 8


def test_commentary_stands_in_the_pack_and_what_is_missing_stands_with_its_name(meeting, borough):
    go_to(DRAFT)
    risks = Pack.objects.get().asked.get(part="risks")
    with clock.held_at(clock.moment(DRAFT)):
        write_commentary(risks, words="Two systems still hold the plan.", by=risks.asked_of)
    go_to(FREEZE)
    said = Pack.objects.get().version.frozen["commentary"]
    assert said["risks"]["words"] == "Two systems still hold the plan."
    assert (said["benefits"]["words"], said["benefits"]["asked"]) == ("", Pack.objects.get().asked.get(part="benefits").asked_of.full_name)
    with pytest.raises(RuleBroken):
        write_commentary(risks, words="Later.", by=risks.asked_of)


def test_commentary_that_counts_few_children_and_a_stranger_are_refused(meeting, borough):
    go_to(DRAFT)
    row = Pack.objects.get().asked.get(part="risks")
    with pytest.raises(RuleBroken) as refused:
        write_commentary(row, words="Three children wait.", by=row.asked_of)
    assert refused.value.reasons[0].field == "words"
    with pytest.raises(RuleBroken):
        write_commentary(row, words="Well.", by=borough.chair)


def test_to_do_says_whose_commentary_is_late(meeting, borough):
    go_to(DRAFT)
    row = Pack.objects.get().asked.get(part="capacity")
    with clock.held_at(clock.moment(FREEZE + timedelta(days=1))):
        mine = commentary_to_write(row.asked_of)
        assert f"/commentary/{row.part}" in " ".join(thing.url for thing in mine)
        owed = [thing for thing in commentary_to_write(borough.panel_administrator) if thing.waits_for == row.asked_of.full_name]
        assert any("Late" in thing.detail for thing in owed)
        assert not commentary_to_write(borough.social_worker)


def test_to_do_names_the_chair_who_has_a_frozen_pack(meeting, borough):
    go_to(DRAFT, FREEZE)
    (thing,) = packs(borough.panel_administrator)
    assert thing.waits_for == borough.chair.full_name


def test_i30_a_correction_supersedes_says_why_and_the_old_version_stays(meeting, borough, client):
    pack = issued(borough)
    first = pack.version
    bytes_before = files.read(first.file)
    meeting.panel.risks.create(heading="culture", text="A risk that was left out.", owner="ART manager", rating="A", trend="same", raised_on=ISSUE, reviewed_on=ISSUE)
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        correct_pack(pack, why="A risk was left out.", by=borough.panel_administrator)
        with pytest.raises(RuleBroken):
            correct_pack(pack, why="Twice at once.", by=borough.panel_administrator)
        answer_correction(pack, approved=True, by=borough.chair)
    go_to(ISSUE + timedelta(days=1), ISSUE + timedelta(days=2))

    second = Pack.objects.get().version
    assert (second.number, second.supersedes, second.why) == (2, first, "A risk was left out.")
    assert "A risk that was left out." in str(second.frozen["risks"])
    first.refresh_from_db()
    assert files.read(first.file) == bytes_before
    assert Message.objects.filter(kind="pack.corrected.2").count() == 6
    proofs = [check(version) for version in pack.document.versions.all()]
    assert [(proof.facts_are_true, proof.file_is_true) for proof in proofs] == [(True, True), (True, True)]

    client.force_login(borough.chair)
    at = pack.get_absolute_url()
    assert "A risk was left out." in client.get(f"{at}/versions/1").content.decode()
    assert client.get(f"{at}/versions/1/pack.pdf").content == bytes_before
    assert client.get(f"{at}/versions/9").status_code == 404
    proof = client.get(f"{at}/proof", follow=True)
    assert proof.redirect_chain == [(f"/documents/{pack.document.reference}", 302)]
    assert proof.content.decode().count("The same") == 4
    assert f"{at}/versions/1" in proof.content.decode()


def test_proof_says_when_what_is_kept_was_changed(meeting, borough):
    pack = issued(borough)
    version = pack.version
    files.path_of(version.file.sha256).chmod(0o600)
    files.path_of(version.file.sha256).write_bytes(b"%PDF-1.7 another")
    version.frozen["title"] = "Another"
    with pgtrigger.ignore("core.DocumentVersion:what_was_issued_never_changes"):
        version.save()
    proof = check(pack.version)
    assert (proof.facts_are_true, proof.file_is_true) == (False, False)


def test_a_supplement_is_dated_has_pages_of_its_own_and_changes_nothing(meeting, borough):
    pack = issued(borough)
    before = files.read(pack.version.file)
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        add_supplement(pack, title="The empty post", words="It was filled on Monday.", by=borough.panel_administrator)
        add_supplement(pack, title="The hub", words="A word. " * 700, by=borough.panel_administrator)
    go_to(ISSUE + timedelta(days=2), ISSUE + timedelta(days=3))

    one, two = pack.supplements.order_by("number")
    assert (one.page_label, two.first_page, two.pages > 1) == ("S1", 2, True)
    text = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(files.read(two.file))).pages]
    assert ["Page S2" in text[0], "Page S3" in text[1], len(text)] == [True, True, two.pages]
    for late in (one, two):
        assert page.validate_pdf_bytes(files.read(late.file), profile=page.ValidationProfile.PDF_UA_1).is_compliant
    assert files.read(Pack.objects.get().version.file) == before
    assert Pack.objects.get().document.versions.count() == 1
    assert Message.objects.filter(kind__startswith="pack.later").count() == 12


def test_a24_word_and_excel_say_what_was_frozen(meeting, borough):
    facts = issued(borough).version.frozen
    document = docx.Document(io.BytesIO(pack_document(facts)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [heading.split(". ")[-1] for heading in headings] == [
        "Summary", "Attendance, last minutes and actions", "Interests", "Terms and standing agenda", "Risks and interdependencies",
        "Referrals", "Capacity", "Contract and KPIs", "Benefits", "Other business",
    ]  # fmt: skip
    assert document.core_properties.title.startswith("Steering group pack")
    book = openpyxl.load_workbook(io.BytesIO(pack_workbook(facts)))
    assert book.sheetnames == ["Measures", "Periods", "Referrals", "Capacity", "Benefits", "Risks", "Actions", "Recommendations"]
    for sheet in book.worksheets:
        assert facts["frozen_on"] in sheet["A1"].value
        assert sheet.freeze_panes == "B4"


def test_two_papers_of_one_quarter_tell_the_same_counts_of_children(borough):
    references = many_waiting(borough, 15)
    Referral.objects.filter(reference__in=references[7:]).update(status="ENDED")
    with clock.held_at(clock.moment(DRAFT)):
        tell_child_counts(borough.authority)
        first = child_counts(borough.authority, clock.today())
    Referral.objects.filter(reference__in=references).update(status="WAITING")
    with clock.held_at(clock.moment(ISSUE)):
        assert tell_child_counts(borough.authority) == []
        assert child_counts(borough.authority, clock.today()) == first
        assert counts_to_tell(borough.authority, clock.today()) == []
    with clock.held_at(clock.moment(date(2027, 1, 20))):
        later = {line.what: line.children for line in child_counts(borough.authority, clock.today())}
    assert later["Waiting, standard"] == "15"


def test_reading_a_draft_tells_nothing(meeting, borough, client):
    go_to(DRAFT)
    client.force_login(borough.panel_administrator)
    assert client.get(reverse("kpis:pack", args=[meeting.reference])).status_code == 200
    assert not FigureRelease.objects.exists()


def test_PAC8_the_chair_or_a_delegate_who_did_not_write_it_approves_a_correction():
    assert why_not_answer_correction(waits=True, may_chair=True, wrote_it=False) == []
    for changed in ({"waits": False}, {"may_chair": False}, {"wrote_it": True}):
        assert len(why_not_answer_correction(**{"waits": True, "may_chair": True, "wrote_it": False} | changed)) == 1


def test_a_correction_waits_for_its_own_approval_and_is_read_by_nobody_before(meeting, borough, sign_in):
    pack = issued(borough)
    with clock.held_at(clock.moment(ISSUE)):
        correct_pack(pack, why="A word was wrong.", by=borough.panel_administrator)
        with pytest.raises(RuleBroken):
            answer_correction(pack, approved=True, by=borough.panel_administrator)
        assert [thing.waits_for for thing in corrections(acting(borough.chair))] == [""]
        assert [thing.waits_for for thing in corrections(acting(borough.panel_administrator))] == [borough.chair.full_name]
    go_to(ISSUE + timedelta(days=1))
    pack.refresh_from_db()
    assert (pack.version.number, Message.objects.filter(kind="pack.corrected.2").count()) == (1, 0)
    assert Message.objects.filter(kind="pack.correction", person=borough.chair).count() == 1
    at = pack.get_absolute_url()
    assert sign_in(borough.provider_manager).get(f"{at}/versions/2").status_code == 404
    assert "A word was wrong." not in sign_in(borough.provider_manager).get(at).content.decode()

    chair = sign_in(borough.chair)
    assert "A word was wrong." in chair.get(f"{at}/correction").content.decode()
    assert "Say why you turn it down" in chair.post(f"{at}/correction", {"answer": "turn down"}).content.decode()
    assert chair.post(f"{at}/correction", {"answer": "approve"}).status_code == 302
    go_to(ISSUE + timedelta(days=2))
    pack.refresh_from_db()
    cover = " ".join(PdfReader(io.BytesIO(files.read(pack.version.file))).pages[0].extract_text().split())
    assert (pack.version.number, f"This version was approved by {borough.chair.full_name}" in cover) == (2, True)


def test_a_correction_that_is_turned_down_never_goes_out_and_another_can_be_made(meeting, borough):
    pack = issued(borough)
    with clock.held_at(clock.moment(ISSUE)):
        correct_pack(pack, why="A word was wrong.", by=borough.panel_administrator)
        answer_correction(pack, approved=False, because="It was right.", by=borough.chair)
        assert (pack.version.number, pack.correcting) == (1, None)
        correct_pack(pack, why="Another word.", by=borough.panel_administrator)
    assert pack.correcting.version.number == 3
    assert pack.correcting.version.frozen["correction"]["replaces"] == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_approves_a_pack_does_not_wait_for_the_printer_and_is_named_on_it(borough, monkeypatch):
    meeting = a_called_meeting(borough, a_steering_group(borough), on=MEETS)
    go_to(DRAFT, FREEZE)
    printed, render = [], pdf.render_pdf

    def while_printing(*args, **kwargs):
        if not printed:
            approver = threading.Thread(target=approve)
            approver.start()
            approver.join()
        printed.append(args)
        return render(*args, **kwargs)

    def approve():
        with clock.held_at(clock.moment(ISSUE)):
            approve_pack(Pack.objects.get(meeting=meeting), by=borough.chair)
        connection.close()

    monkeypatch.setattr(pdf, "render_pdf", while_printing)
    go_to(ISSUE)

    pack = Pack.objects.get()
    assert (pack.state, pack.approved_by, len(printed)) == ("issued", borough.chair, 2)
    cover = PdfReader(io.BytesIO(files.read(pack.version.file))).pages[0].extract_text()
    assert f"Approved by {borough.chair.full_name}" in " ".join(cover.split())
