"""G43 for packs: a reader's copy leaves out what they are out of, says so in its place, and keeps every page number."""

import io
from datetime import timedelta

import page
import pytest
from pypdf import PdfReader

from core import clock, files, outbox
from core.binding import places_in
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.actions.pack_copy import ask_for_pack_copy
from kpis.actions.pack_later import add_supplement
from kpis.models import Pack
from kpis.papers.copies import copy_of, for_reader
from kpis.rules.packs import why_not_copy_pack
from panels.actions.interest import declare_interest
from tests.kpis.actions.test_pack_parts import DRAFT, ISSUE, MEETS, go_to, issued
from tests.panels.actions.test_booking import acting
from tests.panels.builders import a_called_meeting, a_steering_group

CANARY = "Nobody out of the item reads about the leaking roof."
pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(borough):
    """A circulated pack with a risk; the head of service is out of the item on risks."""
    group = a_steering_group(borough)
    meeting = a_called_meeting(borough, group, on=MEETS)
    group.risks.create(heading="culture", text=CANARY, owner="ART manager", rating="R", trend="same", raised_on=DRAFT, reviewed_on=DRAFT)
    found = issued(borough)
    risks = next(item for item in meeting.items.all() if "risks" in item.title.lower())
    with clock.held_at(clock.moment(ISSUE)):
        declare_interest(meeting, item=risks, person=borough.head_of_service, nature="Her brother's firm", by=acting(borough.head_of_service))
    return found


def copied(pack, person):
    """A reader's own copy, printed."""
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        ask_for_pack_copy(pack, by=person)
        outbox.sweep(kinds=["pack.copy"])
    return copy_of(pack, person).version


def words_of(content):
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())


def test_PAC7_a_copy_is_made_of_a_circulated_pack():
    assert why_not_copy_pack("issued", is_printed=True) == []
    assert len(why_not_copy_pack("issued", is_printed=False)) == 1
    for state in ("due", "drafted", "frozen", "approved", "stopped"):
        assert len(why_not_copy_pack(state, is_printed=True)) == 1


def test_g43_a_copy_leaves_out_what_its_reader_is_out_of_and_keeps_every_page_number(pack, borough):
    whole, mine, chairs = (files.read(v.file) for v in (pack.version, copied(pack, borough.head_of_service), copied(pack, borough.chair)))
    assert CANARY in words_of(whole)
    assert CANARY in words_of(chairs)
    assert CANARY not in words_of(mine)
    assert b"leaking roof" not in mine
    assert "Left out of this copy." in words_of(mine)
    assert places_in(mine) == places_in(chairs) == places_in(whole)
    assert page.validate_pdf_bytes(mine, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_g43_every_page_of_a_copy_names_its_reader_the_document_and_its_hash(pack, borough):
    version = copied(pack, borough.head_of_service)
    for sheet in PdfReader(io.BytesIO(files.read(version.file))).pages:
        said = " ".join(sheet.extract_text().split())
        assert f"{borough.head_of_service.full_name}’s copy, {pack.document.reference} version 1, SHA-256 {version.frozen_sha256[:16]}" in said


def test_whoever_is_out_of_an_item_reads_nothing_of_it_on_any_page_or_in_any_file(pack, borough, sign_in):
    client, at = sign_in(borough.head_of_service), pack.get_absolute_url()
    for path in (at, f"{at}/versions/1"):
        said = client.get(path).content.decode()
        assert CANARY not in said
        assert "Left out of this copy" in said
    for path in (f"{at}/pack.pdf", f"{at}/versions/1/pack.pdf", f"/documents/{pack.document.reference}/1.pdf", f"{at}/my-copy.pdf"):
        assert client.get(path).status_code == 404
    assert client.get(f"/documents/{pack.document.reference}").status_code == 200
    for file in ("pack.docx", "pack.xlsx"):
        assert client.get(f"{at}/{file}").status_code == 200
    assert CANARY not in str(for_reader(pack.version.frozen, pack.meeting, borough.head_of_service))
    assert CANARY in sign_in(borough.chair).get(at).content.decode()
    assert sign_in(borough.chair).get(f"{at}/pack.pdf").status_code == 200


def test_a_copy_is_downloaded_by_its_reader_alone_logged_and_never_cached(pack, borough, sign_in):
    copied(pack, borough.head_of_service)
    answer = sign_in(borough.head_of_service).get(f"{pack.get_absolute_url()}/my-copy.pdf")
    assert (answer.status_code, answer["Cache-Control"], answer["Content-Type"]) == (200, "no-store", "application/pdf")
    assert AuditEvent.objects.filter(verb="file.taken", person_id=borough.head_of_service.pk).count() == 1
    assert sign_in(borough.chair).get(f"{pack.get_absolute_url()}/my-copy.pdf").status_code == 404


def test_a_copy_is_given_out_no_more_once_its_reader_is_out_of_something_in_it(pack, borough, sign_in):
    copied(pack, borough.chair)
    benefits = next(item for item in pack.meeting.items.all() if "benefits" in item.title.lower())
    declare_interest(pack.meeting, item=benefits, person=borough.chair, nature="Shares", by=acting(borough.chair))
    assert sign_in(borough.chair).get(f"{pack.get_absolute_url()}/my-copy.pdf").status_code == 404
    assert copy_of(pack, borough.chair).gone


def test_asked_again_with_nothing_changed_the_copy_that_was_made_serves(pack, borough):
    first = copied(pack, borough.head_of_service)
    assert copied(pack, borough.head_of_service) == first
    assert pack.document.versions.filter(reader=borough.head_of_service).count() == 1
    assert pack.version.audience == "everyone"


def test_a_supplement_about_a_part_is_kept_from_whoever_is_out_of_it(pack, borough, sign_in):
    with clock.held_at(clock.moment(ISSUE + timedelta(days=1))):
        add_supplement(pack, title="The roof", words="It was mended.", part="risks", by=borough.panel_administrator)
    go_to(ISSUE + timedelta(days=2))
    at = pack.get_absolute_url()
    assert "It was mended." not in sign_in(borough.head_of_service).get(at).content.decode()
    assert sign_in(borough.head_of_service).get(f"{at}/supplements/1.pdf").status_code == 404
    assert sign_in(borough.chair).get(f"{at}/supplements/1.pdf").status_code == 200


def test_nobody_has_a_copy_of_a_pack_that_is_not_out(borough):
    a_called_meeting(borough, a_steering_group(borough), on=MEETS)
    go_to(DRAFT)
    with pytest.raises(RuleBroken):
        ask_for_pack_copy(Pack.objects.get(), by=borough.chair)
