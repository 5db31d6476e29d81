"""Routes from the Tripartite group and from moving on: health's decision apart, and the high risk panel."""

from datetime import date

import pytest

from config.demo import other_panels
from core.models import AuditEvent, DocumentVersion
from core.rules import RuleBroken
from kpis.measures.to_do.agendas import young_people_to_put
from panels.actions.agenda import circulate_agenda
from panels.actions.panel import add_panel, adopt_terms, seat_person
from panels.actions.routes import ask_high_risk_panel, put_to_high_risk, record_health_decision
from panels.actions.seats import leave_seat
from panels.models import HealthDecision, HighRiskRequest
from panels.models.own_papers import copy_facts
from panels.models.panel import panels_to_send_to
from referrals.actions.restriction import restrict_child
from referrals.actions.transition import plan_handover
from tests import people
from tests.conftest import TODAY
from tests.panels import builders
from tests.referrals.builders import a_child, a_signed_off_referral, a_waiting_referral

pytestmark = pytest.mark.django_db


def a_body(borough, kind, name):
    """A body of a kind, with terms borrowed so that it may meet."""
    panel = add_panel(
        authority=borough.authority, slug=kind.replace(" ", "-"), name=name, kind=kind, by=borough.panel_administrator
    )
    adopt_terms(
        panel, numbers=other_panels.REFERRAL_NUMBERS, clauses=other_panels.REFERRAL_CLAUSES, seats=other_panels.REFERRAL_SEATS,
        limbs=[], standing_items=other_panels.REFERRAL_ITEMS, in_force_from=date(2025, 1, 1), by=borough.panel_administrator,
    )  # fmt: skip
    return panel


@pytest.fixture
def young(borough):
    return a_child(borough, born_on=date(2009, 3, 4))


def test_c31_from_the_tripartite_group_the_panels_with_health_come_first(borough):
    group = builders.a_tripartite_group(borough)
    builders.a_referral_panel(borough)
    complex_care, additional = a_body(borough, "complex care", "Complex care panel"), a_body(borough, "additional", "Additional resource panel")

    assert list(panels_to_send_to(group))[:2] == [additional, complex_care]
    assert group not in panels_to_send_to(group)


def test_c31_those_panels_are_offered_when_a_referral_is_booked(borough, sign_in):
    meeting = builders.a_called_meeting(borough, a_body(borough, "complex care", "Complex care panel"))
    referral = a_signed_off_referral(borough)

    page = sign_in(borough.panel_administrator).get(f"{referral.get_absolute_url()}/book").content.decode()

    assert meeting.reference in page
    assert "Complex care panel" in page


def test_c31_healths_decision_is_written_down_apart(borough, sign_in):
    referral = a_waiting_referral(borough)
    client, page = sign_in(borough.panel_administrator), f"{referral.get_absolute_url()}/continuing-care"

    refused = client.post(page, {"decided_by": "The integrated care board", "decided_on": "24 11 2027", "outcome": "joint"}).content.decode()
    assert "between 0 and 100 percent" in refused
    assert "The integrated care board" in refused
    client.post(page, {"decided_by": "The integrated care board", "decided_on": "20 11 2026", "outcome": "joint", "share": "40"})

    shown = client.get(f"{referral.get_absolute_url()}/panel").content.decode()
    assert "The cost is shared: health 40%" in shown
    assert "The integrated care board" in shown
    assert not referral.items.exists()
    assert "health 40%" in sign_in(borough.social_worker).get(f"{referral.get_absolute_url()}/panel").content.decode()


def test_c31_a_provider_and_another_council_do_not_read_it(borough, sign_in):
    referral = a_waiting_referral(borough)
    record_health_decision(referral, decided_by="The board", decided_on=TODAY, outcome="eligible", by=borough.panel_administrator)

    assert "Health’s decision" not in sign_in(borough.provider_manager).get(f"{referral.get_absolute_url()}/panel").content.decode()
    assert not HealthDecision.objects.visible_to(people.a_borough("elsewhere").panel_administrator).exists()


def test_c32_the_moving_on_page_leads_to_the_high_risk_panel_and_says_where_it_stands(borough, young, sign_in):
    panel = a_body(borough, "high risk", "Multi-agency high risk panel")
    client = sign_in(borough.social_worker)
    assert "Multi-agency high risk panel" in client.get(f"/children/{young.reference}/moving-on").content.decode()

    client.post(f"/children/{young.reference}/high-risk", {"why": "No home and no family."})
    assert [thing.label for thing in young_people_to_put(borough.panel_administrator)] == [
        f"Find {young.reference} a meeting of the high risk panel"
    ]
    request, meeting = HighRiskRequest.objects.get(), builders.a_called_meeting(borough, panel)
    answer = sign_in(borough.panel_administrator).post(f"/high-risk/{request.reference}", {"meeting": meeting.reference})

    assert answer.url == f"{meeting.get_absolute_url()}/agenda"
    item = meeting.items.get(title=f"Young person {young.reference}")
    assert item.presenter == borough.social_worker
    assert young_people_to_put(borough.panel_administrator) == []
    page = sign_in(borough.social_worker).get(f"/children/{young.reference}/moving-on").content.decode()
    assert f"On the agenda of {meeting}" in page


def test_c32_only_that_panel_hears_it_and_once(borough, young):
    request = ask_high_risk_panel(young, why="Alone.", by=borough.social_worker)

    with pytest.raises(RuleBroken, match="no meeting of the high risk panel"):
        put_to_high_risk(request, builders.a_called_meeting(borough), by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="has not heard it yet"):
        ask_high_risk_panel(young, why="Again.", by=borough.social_worker)


def test_c32_a_restricted_record_and_a_younger_child_have_no_route(borough, young, sign_in):
    a_body(borough, "high risk", "Multi-agency high risk panel")
    younger = a_child(borough)
    page = sign_in(borough.social_worker).get(f"/children/{younger.reference}/moving-on").content.decode()
    assert "high risk panel" not in page

    ask_high_risk_panel(young, why="Alone.", by=borough.social_worker)
    restrict_child(young, ground="profile", because="High profile.", people=[borough.social_worker], by=borough.social_worker)
    assert young_people_to_put(borough.panel_administrator) == []
    assert sign_in(borough.other_social_worker).get(f"/children/{young.reference}/high-risk").status_code == 404


@pytest.fixture
def put(borough, young):
    """A young person on the agenda of the high risk panel, whose one member sits on nothing else; its papers are out."""
    panel = a_body(borough, "high risk", "Multi-agency high risk panel")
    seat_person(panel, letter="b", person=borough.member, from_on=date(2025, 1, 1), by=borough.panel_administrator)
    request = ask_high_risk_panel(young, why="No home.\nNo familyzz.", by=borough.social_worker)
    plan_handover(young, identified_on=date(2026, 9, 1), needs="A worker of her ownzz", by=borough.social_worker)
    meeting = builders.a_called_meeting(borough, panel)
    put_to_high_risk(request, meeting, by=borough.panel_administrator)
    circulate_agenda(meeting, by=borough.panel_administrator)
    return meeting.items.get(high_risk_request=request)


def test_c32_its_members_have_the_paper_with_why_and_what_is_known(borough, put, sign_in):
    page = f"{put.meeting.get_absolute_url()}/papers/{put.number}"

    said = sign_in(borough.member).get(page).content.decode()

    for words in ("No home.<br>No familyzz.", "A worker of her ownzz", borough.social_worker.full_name, "Why the panel is asked"):
        assert words in said
    assert put.high_risk_request.child.reference in said
    assert AuditEvent.objects.filter(verb="record.read", person_id=borough.member.pk, child_id=put.high_risk_request.child_id).count() == 1
    assert "nothing has been written" not in sign_in(borough.panel_administrator).get(f"{put.meeting.get_absolute_url()}/circulate").content.decode()


@pytest.mark.parametrize("who", ["commissioner", "provider_manager", "social_worker", "service_manager"])
def test_c32_nobody_else_has_it(borough, put, sign_in, who):
    answer = sign_in(getattr(borough, who)).get(f"{put.meeting.get_absolute_url()}/papers/{put.number}")

    assert answer.status_code in {403, 404}


def test_c32_one_who_left_the_panel_has_it_no_more(borough, put, sign_in):
    leave_seat(put.meeting.panel.seat_holders.get(person=borough.member), until_on=TODAY, by=borough.panel_administrator)

    assert sign_in(borough.member).get(f"{put.meeting.get_absolute_url()}/papers/{put.number}").status_code == 404


def test_c32_a_record_restricted_since_then_is_kept_from_the_panel_and_said_so(borough, put, sign_in):
    child = put.high_risk_request.child
    restrict_child(child, ground="profile", because="High profile.", people=[borough.social_worker], by=borough.social_worker)
    client = sign_in(borough.member)

    assert client.get(f"{put.meeting.get_absolute_url()}/papers/{put.number}").status_code == 404
    papers = client.get(f"{put.meeting.get_absolute_url()}/papers").content.decode()
    assert child.reference not in papers
    assert "No familyzz" not in papers


def test_c32_the_paper_is_in_a_members_own_copy(borough, put):
    put.meeting.refresh_from_db()
    facts = copy_facts(put.meeting, borough.member)

    (mine,) = [item for item in facts["items"] if item.get("key") == put.pk]
    assert mine["opened"]
    assert DocumentVersion.objects.get(pk=mine["paper"]).frozen["sections"][0]["title"] == "Why the panel is asked"
