"""Pages of seats: who holds which when, given and left, with days that nobody does; roles; the year; cancelling; service."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from config.demo import other_panels
from core import clock
from panels.actions.panel import adopt_terms, seat_person
from panels.models import Meeting, Service
from tests.panels import builders
from tests.panels.views.test_queries import questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


@pytest.fixture
def planner(borough, sign_in):
    return sign_in(borough.panel_administrator)


def read(answer):
    """The words of a page, on one line."""
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()).replace("\xa0", " "))
    return " ".join(text.split())


def test_p3_i1_a_seat_is_given_and_left_on_its_page_and_no_gap_is_hidden(borough, group, planner):
    seats = f"{group.get_absolute_url()}/seats"
    chair, new = borough.chair, borough.member

    planner.post(f"{seats}/a/{chair.reference}", {"until_on": "1 12 2026", "may_decide_because": "Letter of 1 January 2025"})
    shown = read(planner.get(seats))
    assert "Nobody 1 December 2026 onwards" in shown
    given = {"person": new.pk, "from_on": "1 2 2027", "may_decide_because": "Letter of 5 January 2027"}
    assert planner.post(f"{seats}/a/give", given).status_code == 302

    shown = read(planner.get(seats))
    assert "Nobody 1 December 2026 until 1 February 2027" in shown
    assert "Member May decide: Letter of 5 January 2027 1 February 2027 onwards" in shown
    wrong = read(planner.post(f"{seats}/a/give", {**given, "from_on": "1 6 2027"}))
    assert "Member holds this seat from 1 February 2027" in wrong


def test_i9_a_seat_with_no_authority_on_record_says_so(borough, group, planner):
    group.seat_holders.filter(letter="d").update(may_decide_because="")

    assert "Fostering Manager No authority to decide on record" in read(planner.get(group.get_absolute_url()))
    assert "No authority on record" in read(planner.get(f"{group.get_absolute_url()}/seats"))


def test_i8_i1_i7_roles_stand_on_the_bodys_page_with_their_source(borough, group, planner):
    shown = read(planner.get(group.get_absolute_url()))

    assert "Senior business support assistant to the Assistant Director" in shown
    assert "Source 000:171-173" in shown
    assert "Are invited when it helps" in shown


def test_c9_c10_c11_c12_c13_c14_c15_the_resources_panels_roles_are_data_with_their_lines(borough, group, planner):
    adopt_terms(
        group, numbers=other_panels.RESOURCES_NUMBERS, clauses=other_panels.RESOURCES_CLAUSES, limbs=[],
        seats=other_panels.RESOURCES_SEATS, standing_items=other_panels.RESOURCES_ITEMS, roles=other_panels.RESOURCES_ROLES,
        in_force_from=clock.today(), source="003:99, dated July 2021", by=borough.panel_administrator,
    )  # fmt: skip

    shown = read(planner.get(group.get_absolute_url()))
    terms = read(planner.get(f"/terms-of-reference/{group.slug}"))

    for line in ("003:37-44", "003:46-53", "003:55-57", "003:59-64", "003:66-67", "003:69-71", "003:73-79"):
        assert f"Source {line}" in shown, line
    assert "Keeps a booking system that works" in shown
    assert "Section 17 help: the panel decides above £500" in terms
    assert "From document 003:99, dated July 2021." in terms


def test_c25_c24_the_tripartite_page_says_whose_turn_and_who_belongs(borough, planner):
    panel = builders.a_tripartite_group(borough)
    for day in (10, 17):
        builders.a_called_meeting(borough, panel, on=date(2026, 12, day))

    shown = read(planner.get(panel.get_absolute_url()))

    assert "Health takes the chair" in shown
    assert "Children’s social care takes the chair" in shown
    assert "Papers are presented without front-line workers having to come" in shown
    assert "Source 003:95" in shown


def test_i32_the_attendance_page_leaves_out_meetings_before_appointment(borough, planner):
    panel = builders.a_referral_panel(borough)
    with clock.held_at(date(2026, 11, 2)):
        meeting = builders.a_called_meeting(borough, panel, on=date(2026, 11, 19))
        seat_person(panel, letter="c", person=borough.fostering if "fostering" in borough.people else builders.somebody(borough, "Late Joiner"),
                    from_on=date(2026, 11, 20), by=borough.panel_administrator)  # fmt: skip
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting, present=("chair",))
    Meeting.objects.update(status="draft minutes")

    shown = read(planner.get(f"{panel.get_absolute_url()}/attendance"))

    assert "a. Chair 1 January 2025 onwards 1 1 0 0 0 100% 100%" in shown
    assert "b. Member 1 January 2025 onwards 1 0 0 0 1 0% 0%" in shown
    assert "c. Late Joiner 20 November 2026 onwards 0 0 0 0 0 None held None held" in shown
    assert "a. Chair" in read(planner.get(f"{panel.get_absolute_url()}/attendance?year=2026"))
    assert "None held" in read(planner.get(f"{panel.get_absolute_url()}/attendance?year=2025"))


def test_i12_an_extra_meeting_is_called_on_its_own_page_once_the_group_agreed(borough, group, planner):
    page = f"{group.get_absolute_url()}/extraordinary"
    sent = {
        "on": "15 12 2026", "at": "10:00", "lasts_minutes": "60", "venue": "Room zz", "reason": "How we work together",
        "agreed_on": "25 11 2026", "agreed_how": "Item 8",
    }  # fmt: skip

    wrong = read(planner.post(page, sent))
    assert "The group must have agreed before the meeting is called" in wrong
    assert planner.post(page, {**sent, "agreed_on": "20 11 2026"}).status_code == 302

    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.venue) == ("developmental", "Room zz")
    assert "The group agreed to it on 20 November 2026: Item 8" in read(planner.get(meeting.get_absolute_url()))
    assert "Extra meetings for development are counted apart: 1." in read(planner.get(f"{group.get_absolute_url()}/year/2026"))
    assert "1 extra, counted apart" in read(planner.get(group.get_absolute_url()))


def test_i13_i18_the_cancel_page_says_the_hours_and_takes_a_view_or_a_silence(borough, group, sign_in):
    meeting = builders.a_called_meeting(borough, group)
    client, page = sign_in(borough.chair), f"{meeting.get_absolute_url()}/cancel"
    with clock.held_at(meeting.starts_at - timedelta(hours=26)):
        shown = read(client.get(page))
        assert "26 hours before it starts: meets the 24-hour rule." in shown
        assert "Without it 0 meetings count in 2026" in shown
        people = [held.person for held in group.seat_holders.order_by("letter")]
        views = {f"view_{person.pk}": "Fine." for person in people[1:]}
        sent = {"deed": "business", "reason": "Too little.", **views}
        assert f"Record the view of {people[0]}" in read(client.post(page, sent))
        assert "must be a real day" in read(client.post(page, {**sent, f"silent_{people[0].pk}": "31 2 2026"}))
        assert client.post(page, {**sent, f"silent_{people[0].pk}": "20 12 2026"}).status_code == 302

    meeting.refresh_from_db()
    assert meeting.status == "cancelled"
    assert meeting.views.get(person=people[0]).did_not_answer_by == date(2026, 12, 20)


def test_i18_service_by_hand_and_what_came_back_are_recorded_on_a_page(borough, group, planner):
    meeting = builders.a_called_meeting(borough, group)
    page, who = f"{meeting.get_absolute_url()}/service/record", borough.fostering.reference
    sent = {"person": who, "kind": "notice", "served_on": "23 11 2026", "served_at": "14:30", "how": "By hand"}

    assert "must not be to come" in read(planner.post(page, {**sent, "served_on": "23 12 2026"}))
    assert "Nothing of that kind was served" in read(planner.post(page, {**sent, "kind": "bounced notice"}))
    planner.post(page, sent)
    planner.post(page, {**sent, "kind": "bounced notice", "served_at": "15:00"})

    bounce = Service.objects.get(kind="bounce")
    assert (bounce.ends.kind, bounce.ends.how) == ("notice", "By hand")
    assert "Came back undelivered: notice of meeting" in read(planner.get(f"{meeting.get_absolute_url()}/service"))


def test_seats_and_attendance_ask_the_same_number_of_questions_for_one_holder_or_three(borough, planner):
    panel = builders.a_referral_panel(borough)
    pages = [f"{panel.get_absolute_url()}{rest}" for rest in ("", "/seats", "/attendance")]
    before = {page: questions(planner, page) for page in pages}

    for n in range(2):
        person = builders.somebody(borough, f"Holder {n}")
        seat_person(
            panel, letter="c", person=person, from_on=date(2026, 1 + 2 * n, 1), until_on=date(2026, 2 + 2 * n, 1),
            by=borough.panel_administrator,
        )  # fmt: skip
        builders.a_called_meeting(borough, panel, on=date(2026, 12, 10 + n))

    assert {page: questions(planner, page) for page in pages} == before


@pytest.mark.parametrize(
    ("seat", "does"),
    [
        ("Head of Service, children in care, fostering and adoption", "the right service for each child at the right time"),
        ("Service Manager, children in care", "day-to-day work with children in care"),
        ("Service Manager, fostering", "day-to-day work in fostering"),
        ("Service Manager, commissioning and planning, or a nominated officer", "Follows the indicators and the financial benefit"),
        ("ART Children’s Services Manager", "Reports how well ART is being put into practice"),
    ],
    ids=["i2", "i3", "i4", "i5", "i6"],
)
def test_i2_i3_i4_i5_i6_each_seat_says_what_it_is_there_for(group, planner, seat, does):
    words = read(planner.get(group.get_absolute_url()))

    assert seat in words.replace("'", "’")
    assert does in words
