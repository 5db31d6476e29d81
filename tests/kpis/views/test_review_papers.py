"""The papers and minutes of a contract's reviews: to the commissioner who sits on them, and to no other."""

from datetime import date

import pytest

from core import clock, outbox
from core.actions.person import add_person, give_role
from core.roles import Role
from kpis.measures.to_do.things import things_for
from panels.actions.agenda import add_item, circulate_agenda
from panels.actions.attendance import name_delegate
from panels.actions.live import finish_meeting, save_note, start_meeting
from panels.actions.minutes import check_minutes
from panels.actions.seats import leave_seat
from panels.models import AgendaItem, Meeting, SeatHolder
from tests.conftest import TODAY
from tests.kpis.reviews import a_plan, a_review
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals.builders import a_signed_off_referral

pytestmark = pytest.mark.django_db

PAGES = ("papers", "papers/1", "papers/5", "minutes", "attend", "interests", "present")


def another_commissioner(borough, name="Second Commissioner"):
    """A commissioner of the same council who sits on nothing."""
    person = add_person(full_name=name, email=f"{name.split()[0].lower()}@first.example", organisation=borough.council, by=None)
    give_role(person, Role.COMMISSIONER, organisation=borough.council, authority=borough.authority, from_on=date(2025, 1, 1), by=None)
    return person


@pytest.fixture
def review(borough):
    """A review whose papers are out, with something said in its minutes."""
    review = a_review(borough, a_plan(borough, begun_on=date(2026, 10, 1)), date(2026, 12, 10))
    circulate_agenda(review.meeting, by=borough.panel_administrator)
    with clock.held_at(review.meeting.starts_at):
        start_meeting(review.meeting, by=borough.panel_administrator)
        item = review.meeting.items.get(number=5)
        save_note(item, note="Said of the figureszz.", version=item.note_version, by=borough.panel_administrator)
        finish_meeting(review.meeting, by=borough.panel_administrator)
        check_minutes(review.meeting.minutes, by=acting(borough.chair))
        outbox.sweep()
    review.meeting.refresh_from_db()
    return review


def answers(client, meeting, pages=PAGES) -> dict[str, int]:
    """What each page of a meeting answers."""
    return {page: client.get(f"{meeting.get_absolute_url()}/{page}").status_code for page in pages}


def test_g11_the_commissioner_who_sits_reads_the_reviews_papers_and_minutes(borough, review, sign_in):
    client = sign_in(borough.commissioner)

    assert set(answers(client, review.meeting).values()) == {200}
    overview = client.get(review.meeting.get_absolute_url()).content.decode()
    for tab in ("Papers", "Interests", "Minutes"):
        assert f">{tab}<" in overview
    minutes = client.get(f"{review.meeting.get_absolute_url()}/minutes").content.decode()
    assert "Said of the figureszz." in minutes
    for way in ("minutes.docx", "minutes.pdf"):
        assert client.get(f"{review.meeting.get_absolute_url()}/{way}").status_code == 200
    assert "Performance figures of the period just ended" in client.get(f"{review.meeting.get_absolute_url()}/papers").content.decode()


def test_g11_another_commissioner_has_its_day_and_none_of_its_words(borough, review, sign_in):
    client = sign_in(another_commissioner(borough))

    assert set(answers(client, review.meeting, [*PAGES, "minutes.pdf", "minutes.docx", "papers.pdf"]).values()) == {404}
    overview = client.get(review.meeting.get_absolute_url())
    assert overview.status_code == 200
    said = overview.content.decode()
    assert "not for the role you act in" in said
    for words in ("Papers<", "Minutes<", "Interests<", "Performance figures"):
        assert words not in said
    assert "figureszz" not in client.get("/papers").content.decode()
    assert not AgendaItem.objects.visible_to(acting(another_commissioner(borough, "Third Commissioner"))).exists()


def test_g11_one_who_left_the_seat_reads_it_no_more(borough, review, sign_in):
    held = review.meeting.panel.seat_holders.get(person=borough.commissioner)
    leave_seat(held, until_on=TODAY, by=borough.panel_administrator)

    assert set(answers(sign_in(borough.commissioner), review.meeting).values()) == {404}


def test_g11_a_commissioner_named_to_stand_for_the_seat_reads_that_review_alone(borough, review, sign_in):
    later = a_review(borough, review.plan, date(2027, 1, 12)).meeting
    second = another_commissioner(borough)
    name_delegate(later, letter="b", holder=borough.commissioner, delegate=second, by=acting(borough.commissioner))
    client = sign_in(second)

    assert answers(client, later, ["papers", "minutes"]) == {"papers": 200, "minutes": 200}
    assert answers(client, review.meeting, ["papers", "minutes"]) == {"papers": 404, "minutes": 404}


def test_g11_a_commissioner_may_be_chosen_as_delegate_on_a_review_only(borough, review, sign_in):
    later = a_review(borough, review.plan, date(2027, 1, 12)).meeting
    second = another_commissioner(borough)
    at = f"{later.get_absolute_url()}/delegates/{borough.commissioner.reference}"
    client = sign_in(borough.commissioner)
    assert second.full_name in client.get(at).content.decode()

    steering = builders.a_called_meeting(borough, builders.a_steering_group(borough), on=date(2027, 1, 20))
    page = sign_in(borough.chair).get(f"{steering.get_absolute_url()}/delegates/{borough.chair.reference}").content.decode()
    assert second.full_name not in page


@pytest.mark.parametrize("build", [builders.a_steering_group, builders.a_referral_panel])
def test_g23_what_other_bodies_read_stays_closed_to_a_commissioner_even_in_a_seat(borough, review, sign_in, build):
    panel = build(borough)
    SeatHolder.objects.create(panel=panel, letter="b", person=borough.commissioner, from_on=builders.SINCE)
    meeting = builders.a_called_meeting(borough, panel, on=date(2027, 1, 20))
    circulate_agenda(meeting, by=borough.panel_administrator)
    client = sign_in(borough.commissioner)

    assert set(answers(client, meeting).values()) == {404}
    assert not AgendaItem.objects.visible_to(acting(borough.commissioner)).filter(meeting=meeting).exists()
    assert not [thing for thing in things_for(acting(borough.commissioner)) if meeting.reference in thing.url]
    for page in ("/decisions/high-cost", "/unmet-needs", "/decisions"):
        assert client.get(page).status_code == 403


def test_g23_an_item_about_a_child_stays_closed_on_a_review_too(borough, review, sign_in):
    later = a_review(borough, review.plan, date(2027, 1, 12)).meeting
    from_panel = builders.a_meeting_with(borough, a_signed_off_referral(borough))[1]
    AgendaItem.objects.filter(pk=from_panel.pk).update(meeting=later, number=40)
    circulate_agenda(Meeting.objects.get(pk=later.pk), by=borough.panel_administrator)
    client = sign_in(borough.commissioner)

    assert client.get(f"{later.get_absolute_url()}/papers/40").status_code == 404
    assert from_panel.referral.reference not in client.get(f"{later.get_absolute_url()}/papers").content.decode()


def test_g11_to_do_asks_the_commissioner_whether_they_come_and_to_read(borough, review):
    later = a_review(borough, review.plan, date(2027, 1, 4)).meeting
    add_item(later, kind="other", title="One thing more", by=borough.panel_administrator)
    circulate_agenda(later, by=borough.panel_administrator)

    waits = {thing.url for thing in things_for(acting(borough.commissioner))}

    assert {f"{later.get_absolute_url()}/attend", f"{later.get_absolute_url()}/papers"} <= waits
