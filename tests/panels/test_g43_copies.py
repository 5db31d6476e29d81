"""G43: each reader's copy holds their own pages and nobody else's, says whose it is, and has the same page numbers as every other."""

import os
import random
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from core import clock, files
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.interest import declare_interest
from panels.actions.own_papers import _printed, ask_for_copy, print_copy
from panels.models.agenda_item import AgendaItem
from tests.panels.actions.test_booking import acting
from tests.panels.builders import a_called_meeting, a_referral_panel
from tests.referrals.builders import a_signed_off_referral

FULL = bool(os.environ.get("THROUGHLINE_FULL"))
READERS = ("chair", "member")
SEED = 20261127
pytestmark = pytest.mark.django_db


def a_meeting_out(borough, panel, nth):
    """A meeting with two referrals on its agenda, and its items."""
    meeting = a_called_meeting(borough, panel, on=clock.today() + timedelta(days=28 + 7 * nth))
    return meeting, [list_referral(a_signed_off_referral(borough), meeting, by=borough.panel_administrator) for _ in range(2)]


def copy_of(borough, meeting, who):
    """What one reader's copy says before it is a PDF, and its version."""
    version = ask_for_copy(meeting, by=acting(getattr(borough, who)))
    return render_to_string("panels/print/papers.html", {**_printed(version), "title": "Papers"}), version


def foreign(html, kept):
    """What stands in a copy of the items that are kept from its reader."""
    return [item.referral.reference for item in kept if item.referral.reference in html or item.title in html]


def test_g43_no_copy_holds_a_page_that_is_kept_from_its_reader(borough):
    """6 copies, interests at random (500 with THROUGHLINE_FULL=1)."""
    chance, panel, copies = random.Random(SEED), a_referral_panel(borough), 0
    for nth in range(250 if FULL else 3):
        meeting, items = a_meeting_out(borough, panel, nth)
        circulate_agenda(meeting, by=borough.panel_administrator)
        meeting.refresh_from_db()
        kept = {who: [chance.choice(items)] for who in READERS}
        for who, mine in kept.items():
            for item in mine:
                declare_interest(meeting, item=item, person=getattr(borough, who), nature="A neighbour", by=acting(getattr(borough, who)))
        for who, mine in kept.items():
            html, version = copy_of(borough, meeting, who)
            assert foreign(html, mine) == []
            assert all(item.referral.reference in html for item in items if item not in mine)
            assert f"{getattr(borough, who).full_name}’s copy, {version.document.reference} version 1, SHA-256 {version.frozen_sha256[:16]}" in html
            copies += 1
    assert copies == (500 if FULL else 6)


def test_the_control_with_nothing_kept_back_has_a_foreign_page(borough, monkeypatch):
    meeting, items = a_meeting_out(borough, a_referral_panel(borough), 0)
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    declare_interest(meeting, item=items[0], person=borough.member, nature="A neighbour", by=acting(borough.member))
    monkeypatch.setattr(type(AgendaItem.objects.all()), "papers_for", lambda rows, user: rows)

    html, _ = copy_of(borough, meeting, "member")

    assert foreign(html, items[:1]) != []


def test_g43_pages_have_the_same_numbers_in_every_copy_and_each_names_its_reader(borough):
    meeting, items = a_meeting_out(borough, a_referral_panel(borough), 0)
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    declare_interest(meeting, item=items[0], person=borough.member, nature="A neighbour", by=acting(borough.member))
    marks = {}
    for who in READERS:
        version = ask_for_copy(meeting, by=acting(getattr(borough, who)))
        print_copy(version)
        sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(files.read(version.file))).pages]
        name = f"{getattr(borough, who).full_name}’s copy, {version.document.reference}"
        assert all(name in sheet for sheet in sheets)
        marks[who] = {mark for sheet in sheets for mark in re.findall(r"Item \d+, page \d+", sheet)}

    second = items[1].number
    assert marks["member"] == {mark for mark in marks["chair"] if not mark.startswith(f"Item {items[0].number},")}
    assert any(mark.startswith(f"Item {second},") for mark in marks["member"])
