"""Each list asks as many questions of the database for three rows as for one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from panels.actions.agenda import add_item, circulate_agenda, list_referral
from panels.actions.dispute import raise_dispute
from panels.models import AgendaItem, Decision
from tests.panels import builders
from tests.panels.views.conftest import decide
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def one_more(borough, number):
    """Another body with a meeting held and decided, and one to come whose papers are out."""
    panel = builders.a_referral_panel(borough) if number == 1 else _another(borough, number)
    held, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    circulate_agenda(held, by=borough.panel_administrator)
    decide(borough, held, item)
    to_come = builders.a_called_meeting(borough, panel, on=date(2027, 1, 14))
    list_referral(referrals.a_signed_off_referral(borough), to_come, by=borough.panel_administrator)
    circulate_agenda(to_come, by=borough.panel_administrator)
    return to_come


def _another(borough, number):
    """A referral panel beside the first."""
    slug = borough.authority.slug
    borough.authority.slug = f"{slug}-{number}"
    try:
        return builders.a_referral_panel(borough)
    finally:
        borough.authority.slug = slug


def questions(client, page):
    """How many queries the page asks, once it is warm."""
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_lists_ask_the_same_number_of_questions(borough, sign_in):
    pages = ["/panels", "/terms-of-reference", "/meetings", "/papers", "/decisions", "/actions"]
    one_more(borough, 1)
    client = sign_in(borough.member)
    before = {page: questions(client, page) for page in pages}

    one_more(borough, 2)
    one_more(borough, 3)
    client = sign_in(borough.member)

    assert {page: questions(client, page) for page in pages} == before


def test_disputes_and_unmet_needs_ask_the_same_however_many_there_are(borough, sign_in):
    pages = ["/steering/disputes", "/unmet-needs", "/decisions?entry=not"]

    def one(number):
        meeting = one_more(borough, number)
        Decision.objects.update(unmet_need="A home nearby")
        raise_dispute(
            meeting.panel, about="Who pays", words="Not settled.", on=clock.today(), due_on=clock.today(), by=borough.chair
        )

    one(1)
    client = sign_in(borough.member)
    before = {page: questions(client, page) for page in pages}
    one(2)
    one(3)
    client = sign_in(borough.member)

    assert {page: questions(client, page) for page in pages} == before


def test_pages_of_one_meeting_ask_the_same_however_long_the_agenda(borough, sign_in):
    meeting = one_more(borough, 1)
    at = meeting.get_absolute_url()
    pages = [at, f"{at}/papers", f"{at}/agenda", f"{at}/interests", f"{at}/circulate", f"{at}/service", meeting.panel.get_absolute_url()]
    client = sign_in(borough.panel_administrator)
    before = {page: questions(client, page) for page in pages}

    for number in range(2):
        add_item(meeting_reopened(meeting), kind="report", title=f"Report {number}", by=borough.panel_administrator)
        builders.a_called_meeting(borough, meeting.panel, on=date(2027, 2, 4 + number))

    assert {page: questions(client, page) for page in pages} == before


def meeting_reopened(meeting):
    """The meeting with its agenda open again."""
    meeting.status = "agenda"
    meeting.save()
    return meeting


def test_the_live_page_asks_the_same_however_long_the_agenda(borough, sign_in):
    meeting = one_more(borough, 1)
    client = sign_in(borough.panel_administrator)
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting)
        before = questions(client, f"{meeting.get_absolute_url()}/live")

        for number in (21, 22):
            AgendaItem.objects.create(meeting=meeting, number=number, kind="report", title=f"Report {number}")

        assert questions(client, f"{meeting.get_absolute_url()}/live") == before
