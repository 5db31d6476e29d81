"""The pages of plans, endings, sessions, moving on and closing: what they show, to whom, and what they keep."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from referrals.actions.plan import add_plan_action, write_plan
from referrals.actions.sessions import record_session
from referrals.forms.sessions import SessionForm
from referrals.models import Child, Disengagement, Ending, Handover, Session, SupportPlan, Telling
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
PLAN = {
    "goal": "move to family", "outcomes": "Calm evenings.", "child_agrees": "agrees", "carer_agrees": "part",
    "review_on": "5 1 2027", "envisaged_end_on": "",
}  # fmt: skip
WRONG = ["31 2 2026", "1 1 0001", "1 1 99999", "\x00", "🙂" * 50, "مرحبا", "x" * 5000, "9" * 400]


@pytest.fixture
def stay(borough):
    return places.a_place_given(borough, places.an_outreach(borough))


def test_f15_the_plan_begins_with_the_goal_of_the_referral(borough, stay, sign_in):
    client, at = sign_in(borough.practitioner), f"/children/{stay.child.reference}/plan"
    assert "No plan is written yet" in client.get(at).content.decode()
    page = client.get(f"{at}/write").content.decode()
    assert re.search(r'value="stay in family"[^>]*checked', page)

    assert client.post(f"{at}/write", PLAN).url == at

    page = client.get(at).content.decode()
    assert "No end is foreseen yet" in page
    assert "No action has been agreed yet" in page
    assert SupportPlan.objects.get().referral == stay.referral


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_day_is_said_beside_it_and_nothing_typed_is_lost(borough, stay, sign_in, text):
    answer = sign_in(borough.practitioner).post(f"/children/{stay.child.reference}/plan/write", {**PLAN, "review_on": text})

    assert answer.status_code == 200
    assert "Calm evenings." in answer.content.decode()
    assert not SupportPlan.objects.exists()


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("task", ["reason", "exit", "next", "feedback"])
def test_any_text_in_an_ending_is_saved_or_said(borough, stay, sign_in, task, text):
    fields = {"why_words": text, "exit_plan": text, "lives_next": text, "child_feedback": text, "why": text, "child_agrees": text}

    answer = sign_in(borough.provider_manager).post(f"/stays/{stay.reference}/end/{task}", fields)

    assert answer.status_code in {200, 302}


def test_f12_the_four_tasks_lead_to_the_end_of_the_stay(borough, stay, sign_in):
    client, at = sign_in(borough.social_worker), f"/stays/{stay.reference}/end"
    page = client.get(at).content.decode()
    assert page.count("Not yet started") == 4
    assert "Goal of the referral" in page
    assert "Stay in a family-based home" in page
    for task, answers in places.ENDING.items():
        url = client.post(f"{at}/{task}", answers).url
    assert url == at

    with clock.held_at(TODAY + timedelta(days=2)):
        refused = client.post(at, {"on": "26 11 2026", "planned": "no", "unplanned_because": ""})
        assert "Say what happened" in refused.content.decode()
        assert client.post(at, {"on": "26 11 2026", "planned": "yes"}).status_code == 302
        page = client.get(at).content.decode()

    assert "This stay has ended" in page
    assert Ending.objects.get().is_unplanned is False


def test_f12_what_is_missing_is_said_when_a_planned_end_is_pressed(borough, stay, sign_in):
    client, at = sign_in(borough.provider_manager), f"/stays/{stay.reference}/end"
    with clock.held_at(TODAY + timedelta(days=2)):
        page = client.post(at, {"on": "26 11 2026", "planned": "yes"}).content.decode()

    for words in ("Write the exit plan.", "Ask the carer how it was, or say why not.", "26 11 2026"):
        assert words in page


def test_f12_two_presses_end_once(borough, stay, sign_in):
    client, at = sign_in(borough.provider_manager), f"/stays/{stay.reference}/end"
    places.an_ending_written(borough, stay)
    with clock.held_at(TODAY + timedelta(days=2)):
        posted = {"on": "26 11 2026", "planned": "yes", "idempotency_key": "same"}
        first, second = client.post(at, posted), client.post(at, posted)

    assert (first.status_code, second.status_code) == (302, 302)
    assert stay.child.checks.count() == 3


def test_only_those_who_end_support_open_the_ending(borough, stay, sign_in):
    opened = {
        name: sign_in(person).get(f"/stays/{stay.reference}/end").status_code for name, person in borough.people.items()
    }

    assert {name for name, status in opened.items() if status == 200} == {"social_worker", "provider_manager"}


def test_e24_a_session_is_listed_with_who_came(borough, stay, sign_in):
    client, at = sign_in(borough.practitioner), f"/children/{stay.child.reference}/sessions"
    posted = {
        "kind": "consultation", "held_on": "23 11 2026", "given_at": "foster home", "led_by": "Dr Falk",
        "came": "Nan\nThe worker", "did_not_come": "School", "about": "Evenings.",
    }  # fmt: skip

    assert client.post(f"{at}/new", posted).url == at

    page = client.get(at).content.decode()
    for words in ("Dr Falk", "The worker", "School", "Consultation with the consultant psychologist", "The foster carer’s home"):
        assert words in page


@pytest.mark.parametrize("rows", [1, 3])
def test_sessions_and_plan_ask_the_same_number_of_questions(borough, stay, sign_in, rows):
    plan = write_plan(stay.child, referral=stay.referral, goal="move to family", outcomes="x", review_on=date(2027, 1, 5), by=borough.practitioner)
    for n in range(rows):
        record_session(
            stay.child, referral=stay.referral, kind="support", held_on=TODAY, given_at="hub", led_by="A", about="B",
            came=[f"Person {n}", "Other"], by=borough.practitioner,
        )  # fmt: skip
        add_plan_action(plan, what="a", known_by="b", lessens="c", owner_name="d", due_on=TODAY, by=borough.practitioner)
        Disengagement.objects.create(
            child=stay.child, referral=stay.referral, noticed_on=TODAY, noticed="a", tried="b", recorded_by=borough.practitioner
        )
    client = sign_in(borough.practitioner)
    for at, most in (("sessions", 14), ("plan", 20), ("moving-on", 24), ("my-path", 22)):
        client.get(f"/children/{stay.child.reference}/{at}")
        with CaptureQueriesContext(connection, ) as queries:
            assert client.get(f"/children/{stay.child.reference}/{at}").status_code == 200
        assert len(queries) <= most, [q["sql"][:120] for q in queries]


def test_j15_the_social_worker_records_that_the_child_was_told(borough, sign_in):
    referral = builders.a_waiting_referral(borough)
    telling = Telling.objects.get()
    client, at = sign_in(borough.social_worker), f"/referrals/{referral.reference}/tell"
    assert "The panel said yes" in client.get(at).content.decode()

    posted = {"words": "They said yes.", "teller": telling.teller_id, "due_on": "1 12 2026", "told_on": "24 11 2026", "child_said": "Good."}
    assert client.post(at, posted).status_code == 302

    telling.refresh_from_db()
    assert (telling.told_on, telling.child_said) == (TODAY, "Good.")


def test_f14_the_page_warns_from_seventeen_and_a_half(borough, sign_in):
    child = builders.a_child(borough, born_on=date(2009, 5, 24))
    client, at = sign_in(borough.social_worker), f"/children/{child.reference}/moving-on"
    assert "No handover to adult services" in client.get(at).content.decode()

    client.post(f"{at}/handover", {"identified_on": "24 11 2026", "needs": "Help at night."})
    client.post(f"{at}/handover", {"identified_on": "24 11 2026", "needs": "Help with money."})

    assert Handover.objects.get().needs == "Help with money."
    assert "No handover to adult services" not in client.get(at).content.decode()


def test_siblings_are_linked_by_reference_among_those_one_may_see(borough, sign_in):
    child, other = builders.a_child(borough), builders.a_child(borough)
    hidden = builders.a_child(borough, social_worker=borough.other_social_worker)
    client, at = sign_in(borough.social_worker), f"/children/{child.reference}/moving-on"

    page = client.post(f"{at}/brothers-and-sisters", {"other": hidden.reference, "relation": "sibling"})
    assert "No child with that reference can be linked" in page.content.decode()
    client.post(f"{at}/brothers-and-sisters", {"other": other.reference, "relation": "half"})

    assert other.reference in client.get(at).content.decode()
    assert child.reference in client.get(f"/children/{other.reference}/moving-on").content.decode()


def test_siblings_one_may_not_see_are_not_shown(borough, sign_in):
    child, other = builders.a_child(borough), builders.a_child(borough)
    sign_in(borough.social_worker).post(
        f"/children/{child.reference}/moving-on/brothers-and-sisters", {"other": other.reference, "relation": "sibling"}
    )
    Child.objects.filter(pk=other.pk).update(is_restricted=True, restricted_because="High profile.")

    page = sign_in(borough.social_worker).get(f"/children/{child.reference}/moving-on").content.decode()

    assert other.reference not in page


def test_j16_a_manager_closes_the_record_from_the_page(borough, stay, sign_in):
    at = f"/children/{stay.child.reference}"
    assert sign_in(borough.social_worker).get(f"{at}/death").status_code == 403
    client = sign_in(borough.team_manager)
    assert "Closed by manager" in client.get(f"{at}/death").content.decode()

    assert client.post(f"{at}/death", {"died_on": "24 11 2026"}).url == f"{at}/moving-on"

    page = client.get(f"{at}/moving-on").content.decode()
    assert "This record was closed by a manager" in page
    assert "Kept until 24 November 2041" in page
    board = sign_in(borough.provider_manager).get("/places").content.decode()
    assert "Closed by manager" in board
    assert "Closed by manager" not in sign_in(borough.commissioner).get("/places").content.decode()


def test_j16_the_place_is_released_from_its_page_by_those_who_may(borough, stay, sign_in):
    sign_in(borough.team_manager).post(f"/children/{stay.child.reference}/death", {"died_on": "24 11 2026"})
    at = f"/stays/{stay.reference}"
    assert sign_in(borough.practitioner).post(f"{at}/release").status_code == 403
    assert "Release the place" in sign_in(borough.provider_manager).get(at).content.decode()

    assert sign_in(borough.provider_manager).post(f"{at}/release").url == at

    stay.refresh_from_db()
    assert stay.state == "ended"


def test_a_young_persons_own_path_is_what_they_said_and_did(borough, stay, sign_in):
    with clock.held_at(TODAY + timedelta(days=2)):
        places.a_stay_ended(borough, stay)
    page = sign_in(borough.social_worker).get(f"/children/{stay.child.reference}/my-path").content.decode()

    for words in ("I want to stay with nan.", "It was good.", "People from the team began to help you."):
        assert words in page
    assert "Ring the duty team" not in page


def test_a_move_from_a_bed_to_outreach_is_no_end_on_ones_own_path(borough, sign_in):
    places.an_outreach(borough)
    bed = places.a_bed_begun(borough, places.a_hub(borough))
    with clock.held_at(TODAY + timedelta(days=2)):
        places.a_stay_ended(borough, bed)
        page = sign_in(borough.social_worker).get(f"/children/{bed.child.reference}/my-path").content.decode()

    assert "You moved on from The hub." in page
    assert "It came to an end" not in page


def test_f17_what_a_home_needs_is_written_and_kept(borough, sign_in):
    hub = places.a_hub(borough)
    place = hub.places.get(number=1)
    client, at = sign_in(borough.provider_manager), f"/places/{place.reference}/home"
    posted = {
        "children_say": "Loud.", "carers_say": "Rushed.", "families_say": "Ring us.", "professionals_say": "Calmer.",
        "needs": "Quiet.", "support": "Talks.", "review_on": "5 1 2027",
    }  # fmt: skip

    assert client.post(f"{at}/write", posted).url == at
    assert "Quiet." in client.get(at).content.decode()
    opened = {name for name, person in borough.people.items() if sign_in(person).get(at).status_code == 200}
    assert opened == {"provider_manager", "practitioner", "service_manager", "strategic_manager", "head_of_service"}


def test_f16_direct_work_is_refused_beside_its_field(borough, stay, sign_in):
    stay.place.provision.terms.update(no_direct_work=True)
    posted = {
        "kind": "direct", "held_on": "24 11 2026", "given_at": "hub", "led_by": "A", "came": "Nan", "about": "Kept words",
    }  # fmt: skip

    page = sign_in(borough.practitioner).post(f"/children/{stay.child.reference}/sessions/new", posted).content.decode()

    assert "no direct work with the child" in page
    assert "Kept words" in page
    assert not Session.objects.exists()


def test_e23_a_session_says_where_it_was_given_of_the_places_the_contract_names():
    """Small group homes, foster and family homes, residential schools, the council's bases (002:709-713)."""
    places = {value for value, _ in SessionForm.base_fields["given_at"].choices if value}
    assert places >= {"small group home", "foster home", "family home", "residential school", "council base"}
