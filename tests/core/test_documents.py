"""What was issued never changes, and a page says so by reckoning its hashes again."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from core import clock, files
from core.models import AuditEvent, DocumentVersion
from kpis.actions.pack import issue_pack, plan_pack
from kpis.models import Pack
from tests.panels.builders import a_called_meeting, a_steering_group

MEETS, ISSUE = date(2026, 12, 17), date(2026, 12, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(borough):
    """A pack that has been circulated."""
    meeting = a_called_meeting(borough, a_steering_group(borough), on=MEETS)
    with clock.held_at(ISSUE):
        plan_pack(meeting, by=None)
        issue_pack(meeting.reference)
    return Pack.objects.get()


def page_of(sign_in, person, pack):
    """The answer of the page that checks it, as this person."""
    return sign_in(person).get(f"/documents/{pack.document.reference}")


def test_i30_an_issued_version_is_never_changed_or_removed(issued):
    version = issued.version

    for deed in (lambda: DocumentVersion.objects.filter(pk=version.pk).update(why="Another reason"), version.delete):
        with pytest.raises(DatabaseError, match="what_was_issued_never_changes"), transaction.atomic():
            deed()

    assert issued.version.why == version.why


def test_the_page_says_that_nothing_has_changed_and_hands_the_version_out(issued, borough, sign_in):
    answer = page_of(sign_in, borough.chair, issued)
    file = sign_in(borough.chair).get(f"/documents/{issued.document.reference}/1.pdf")

    assert "Yes: nothing has changed" in answer.content.decode()
    assert issued.version.file.sha256 in answer.content.decode()
    assert file.content == files.read(issued.version.file)
    assert file["Cache-Control"] == "no-store"


@pytest.mark.parametrize("byte", [0, 1000, -1])
def test_g18_a_flipped_bit_is_shown_as_wrong_and_nobody_gets_the_file(issued, borough, sign_in, byte):
    path = files.path_of(issued.version.file.sha256)
    content = bytearray(path.read_bytes())
    content[byte] ^= 1
    path.write_bytes(bytes(content))

    answer = page_of(sign_in, borough.chair, issued).content.decode()

    assert "No: something has changed" in answer
    assert "<strong>Wrong</strong>" in answer
    assert sign_in(borough.chair).get(f"/steering/packs/{issued.reference}/pack.pdf").status_code == 503
    said = sign_in(borough.chair).get(f"/documents/{issued.document.reference}/1.pdf")
    assert (said.status_code, said["Cache-Control"], "a true copy is in the backup" in said.content.decode()) == (503, "no-store", True)
    assert not AuditEvent.objects.filter(verb="file.taken").exists()


def test_a_file_that_is_gone_is_said_to_be_gone(issued, borough, sign_in):
    files.path_of(issued.version.file.sha256).unlink()

    said = sign_in(borough.chair).get(f"/steering/packs/{issued.reference}/pack.pdf")
    assert (said.status_code, "This document is damaged" in said.content.decode()) == (503, True)
    assert "<strong>Gone</strong>" in page_of(sign_in, borough.chair, issued).content.decode()


def test_who_does_not_read_the_pack_cannot_check_it(issued, borough, sign_in):
    for person in (borough.social_worker, borough.practitioner, borough.administrator):
        assert page_of(sign_in, person, issued).status_code == 404


def test_g33_each_download_of_a_pack_is_in_the_trail(issued, borough, sign_in):
    sign_in(borough.chair).get(f"/steering/packs/{issued.reference}/pack.pdf")

    event = AuditEvent.objects.get(verb="file.taken")
    assert (event.person_id, event.subject_type) == (borough.chair.pk, "kpis.pack")
