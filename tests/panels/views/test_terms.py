"""Pages of terms: read by version, compared with words for each change, proposed in one page, and signed."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from panels.actions.altering import follow_decision, propose_alteration
from panels.actions.panel import add_panel
from panels.models import Alteration, Decision
from panels.models.terms_versions import words_compared
from tests import people
from tests.panels import builders
from tests.panels.views.test_queries import questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


def page_of(group, *rest):
    return "/".join([f"/terms-of-reference/{group.slug}", *map(str, rest)])


def read(answer):
    """The words of a page, on one line."""
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()).replace("\xa0", " "))
    return " ".join(text.split())


def typed_in(answer):
    """What the propose form on a page would send as it stands."""
    form = answer.context["form"]
    found = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False:
            found[field.html_name] = "on" if value is True else value
    return found


def an_adopted_version(borough, group, on=date(2026, 12, 15), changes=None):
    """A second version, adopted by the group's decision and awaiting both signatures."""
    with clock.held_at(date(2026, 11, 2)):
        meeting = builders.a_called_meeting(borough, group, on=on)
    change = {"number": "7.4", "text": "Every Representative is told at least 48 hours before.", "numbers": {"cancellation_hours": 48}}
    with clock.held_at(date(2026, 11, 3)):
        alteration = propose_alteration(group, changes=changes or [change], reason="Two days.", meeting=meeting, by=borough.head_of_service)
    decision = Decision.objects.create(item=alteration.item, outcome="agree", state="agreed", reasons="x", recorded_by=borough.panel_administrator)
    follow_decision(decision, by=borough.chair)
    return group.terms.get(version=2)


def test_j3_a_version_shows_its_clauses_the_numbers_they_set_and_since_when(borough, group, sign_in):
    page = read(sign_in(borough.head_of_service).get(page_of(group)))

    for said in (
        "Version 1. In force from 1 January 2025", "Source 000:150-152", "Notice of a meeting 14 Working Days",
        "Neither the day of notice nor the day of the meeting counts Yes", "Fewest meetings a year 6 meetings",
        "Quorum: Service Manager 1 person", "Seats a, b, c, d, e, f, g", "Standing agenda 8 items",
        "Proposals to alter these terms, before a meeting 14 clear days",
    ):  # fmt: skip
        assert said in page, said


def test_c30_a_body_whose_terms_are_not_supplied_has_an_empty_rule_book(borough, sign_in):
    panel = add_panel(
        authority=borough.authority, slug="permanence", name="Permanence panel", kind="permanence", aliases="PP", by=None
    )
    client = sign_in(borough.panel_administrator)

    assert "These terms are not supplied" in read(client.get(page_of(panel)))
    shown = read(client.get(panel.get_absolute_url()))
    assert "Its terms are not supplied" in shown
    assert "Also known as PP" in shown
    assert client.get(page_of(panel, "propose")).status_code == 404


def test_j4_j5_other_terms_stand_beside_with_their_law_and_thresholds(borough, group, sign_in):
    assert "2 Law" in read(sign_in(borough.head_of_service).get(page_of(group)))


def test_j2_what_changed_is_said_in_words_and_drawn(borough, group, sign_in):
    an_adopted_version(borough, group)

    answer = sign_in(borough.head_of_service).get(page_of(group, 2, "compare", 1))

    text = read(answer)
    assert "From version 1 to version 2" in text
    assert "Was 24 hours Now 48 hours" in text
    assert "[taken out:" in text
    assert "[put in:" in text
    assert "7.1" not in text  # what is the same in both is left out
    assert answer.content.count(b"<del>") == answer.content.count(b"[taken out:") + 1  # the number's own
    assert read(sign_in(borough.head_of_service).get(page_of(group, 1, "compare", 2))) == text


def test_words_are_compared_by_word_and_nothing_is_lost():
    runs = words_compared("The chair gives 14 days notice.", "The chair always gives 20 days notice.")

    assert "".join(words for kind, words in runs if kind != "out") == "The chair always gives 20 days notice."
    assert [run for run in runs if run[0] != "same"] == [("in", " always"), ("out", " 14"), ("in", " 20")]
    assert words_compared("", "New.") == [("in", "New.")]


def test_j1_propose_in_one_page_with_the_first_meeting_chosen(borough, group, sign_in):
    for on in (date(2026, 12, 8), date(2026, 12, 15)):
        with clock.held_at(date(2026, 11, 2)):
            builders.a_called_meeting(borough, group, on=on)
    client = sign_in(borough.fostering)
    page = client.get(page_of(group, "propose"))
    text = read(page)
    assert "The first meeting that can consider this is on Tuesday 15 December 2026" in text
    assert "Tuesday 8 December 2026: too late (the last day is 23 November 2026)" in text
    order = group.terms.get().clauses.get(number="7.2").order
    sent = {**typed_in(page), "reason": "Diaries are full.", f"number_{order}_0": "20"}

    answer = client.post(page_of(group, "propose"), sent)

    alteration = Alteration.objects.get()
    assert answer.url == alteration.get_absolute_url()
    assert [(c.number, c.numbers) for c in alteration.changes.all()] == [("7.2", {"notice_working_days": 20})]
    assert alteration.meeting.on == date(2026, 12, 15)
    shown = read(client.get(answer.url))
    assert "Diaries are full." in shown
    assert "Was 14 Working Days Now 20 Working Days" in shown
    assert alteration.reference in read(client.get(page_of(group)))
    assert "Read a proposal to change the terms of Steering group" in read(sign_in(borough.chair).get("/"))


def test_j1_what_is_refused_stands_beside_its_field_with_every_word_kept(borough, group, sign_in):
    with clock.held_at(date(2026, 11, 2)):
        soon = builders.a_called_meeting(borough, group, on=date(2026, 12, 8))
    client = sign_in(borough.fostering)
    clause = group.terms.get().clauses.get(number="6.1")
    sent = {
        **typed_in(client.get(page_of(group, "propose"))), "reason": "Kept reason", "meeting": soon.reference,
        f"text_{clause.order}": "Kept words", f"number_{clause.order}_0": "many", "new_heading": "Kept heading",
    }  # fmt: skip

    page = read(client.post(page_of(group, "propose"), sent))
    assert "Fewest meetings a year, in meetings must be a number" in page
    assert "Enter the number of the new clause" in page

    page = read(client.post(page_of(group, "propose"), {**sent, f"number_{clause.order}_0": "6", "new_heading": ""}))
    for said in ("proposals for it closed on 23 November 2026", "Kept reason", "Kept words"):
        assert said in page, said
    assert not Alteration.objects.exists()


@pytest.mark.parametrize("text", ["", "\x00", "²", "-1", "9" * 30, "<script>alert(1)</script>", "a" * 5000])
def test_nothing_typed_in_a_proposal_is_an_error_of_ours(borough, group, sign_in, text):
    client = sign_in(borough.fostering)
    fields = [field.html_name for field in client.get(page_of(group, "propose")).context["form"]]

    answer = client.post(page_of(group, "propose"), dict.fromkeys(fields, text))

    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_j2_each_party_signs_at_its_own_sign_in_and_the_page_says_who_is_awaited(borough, group, sign_in):
    terms = an_adopted_version(borough, group)
    page = page_of(group, 2, "sign")
    for who in (borough.chair, borough.provider_manager):
        assert "Sign the terms of Steering group, version 2" in read(sign_in(who).get("/"))
    assert "Sign the terms" not in read(sign_in(borough.head_of_service).get("/"))
    assert "Version 2 is adopted and awaits a party’s signature" in read(sign_in(borough.head_of_service).get(page_of(group)))

    assert sign_in(borough.chair).post(page, {"position": "Assistant Director"}).status_code == 302
    assert "Sign the terms" not in read(sign_in(borough.chair).get("/"))
    shown = read(sign_in(borough.chair).get(page_of(group, 2)))
    assert "Assistant Director 24 November 2026" in shown
    assert "Not yet signed" in shown
    assert "Enter your position" in read(sign_in(borough.provider_manager).post(page, {"position": ""}))
    sign_in(borough.provider_manager).post(page, {"position": "Manager"})

    terms.refresh_from_db()
    assert (terms.state, terms.in_force_from) == ("in force", clock.today())
    assert "Version 2. In force from 24 November 2026" in read(sign_in(borough.head_of_service).get(page_of(group)))
    elsewhere = people.a_borough("elsewhere")
    assert sign_in(elsewhere.chair).get(page).status_code == 404


def test_terms_ask_the_same_number_of_questions_for_one_version_or_three(borough, group, sign_in):
    client = sign_in(borough.head_of_service)
    pages = [page_of(group), page_of(group, 1), page_of(group, "propose"), "/terms-of-reference"]
    an_adopted_version(borough, group)
    before = {page: questions(client, page) for page in pages}

    for number, on in ((3, date(2027, 1, 20)), (4, date(2027, 1, 27))):
        group.terms.filter(state="adopted").update(state="in force", in_force_from=clock.today())
        with CaptureQueriesContext(connection):
            another = {"number": "7.4", "text": f"Told {number} days before.", "numbers": {}}
            _adopt_another(borough, group, on, another)

    assert {page: questions(client, page) for page in pages} == before


def _adopt_another(borough, group, on, change):
    """One more version, adopted."""
    meeting = builders.a_called_meeting(borough, group, on=on)
    alteration = propose_alteration(group, changes=[change], reason="x", meeting=meeting, by=borough.head_of_service)
    decision = Decision.objects.create(item=alteration.item, outcome="agree", state="agreed", reasons="x", recorded_by=borough.chair)
    follow_decision(decision, by=borough.chair)


@pytest.mark.parametrize("version", ["0", "7", "99999", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(borough, group, sign_in, version):
    client = sign_in(borough.chair)

    for page in (page_of(group, version), page_of(group, version, "sign"), page_of(group, 1, "compare", version)):
        assert client.get(page).status_code == 404, page


def test_a_version_only_proposed_is_nobodys_to_read(borough, group, sign_in):
    group.terms.create(version=2, state="proposed")

    assert sign_in(borough.chair).get(page_of(group, 2)).status_code == 404
    assert "Version 2" not in read(sign_in(borough.chair).get(page_of(group)))
