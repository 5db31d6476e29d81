"""The duty page, the rota and the calls; the emergency start from its page."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import AuditEvent
from referrals.actions.on_call import log_call, name_on_call
from referrals.models import Child, EmergencyStart, OnCallCall, OnCallTurn, Stay
from tests import people
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
NIGHT = clock.moment(TODAY, time(22))


def a_night(borough, person=None, kind="service manager"):
    return name_on_call(
        authority=borough.authority, kind=kind, person=person or borough.service_manager, telephone="01632 960000",
        from_at=clock.moment(TODAY, time(17)), until_at=clock.moment(TODAY + clock.ONE_DAY, time(9)), by=None,
    )  # fmt: skip


def test_e18_the_duty_page_names_free_beds_who_lives_there_and_who_to_ring(borough, sign_in):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    bed = places.a_bed_begun(borough, hub)
    a_night(borough)

    with clock.held_at(NIGHT):
        page = sign_in(borough.service_manager).get("/places/duty").content.decode()

    assert "Hub bed 2" in page
    assert "2 free beds" in page
    assert f"{bed.referral.reference}, aged 14" in page
    assert "01632 960000" in page
    assert "Start a stay here" in page


def test_e18_only_the_one_on_call_is_offered_the_start(borough, sign_in):
    places.a_hub(borough)
    a_night(borough)

    with clock.held_at(NIGHT):
        assert "Start a stay here" not in sign_in(borough.head_of_service).get("/places/duty").content.decode()
    assert "Start a stay here" not in sign_in(borough.service_manager).get("/places/duty").content.decode()


def test_an_unlawful_home_is_not_offered_for_tonight(borough, sign_in):
    hub = places.a_hub(borough)
    hub.homes.get().registrations.all().delete()

    page = sign_in(borough.service_manager).get("/places/duty").content.decode()

    assert "not lawful to use" in page
    assert "Hub bed 1" not in page


def test_another_authoritys_rota_is_not_shown(borough, sign_in):
    elsewhere = people.a_borough("elsewhere")
    a_night(elsewhere)

    assert OnCallTurn.objects.visible_to(borough.service_manager).count() == 0
    assert OnCallTurn.objects.visible_to(elsewhere.service_manager).count() == 1


def test_calls_are_read_by_whoever_may_see_the_stay(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    log_call(
        authority=borough.authority, called_at=clock.now(), caller="carer", about="Shouting at bedtime.", done="Talked.",
        minutes=5, stay=stay, by=borough.practitioner,
    )  # fmt: skip

    readers = {who for who in borough.people if OnCallCall.objects.visible_to(borough.people[who]).exists()}

    assert readers == {"team_manager", "service_manager", "strategic_manager", "head_of_service", "practitioner", "provider_manager"}
    assert "Shouting at bedtime." in sign_in(borough.team_manager).get("/places/on-call").content.decode()


def test_j1e_the_page_starts_the_stay_and_double_sending_starts_one(borough, sign_in):
    hub = places.a_hub(borough)
    child = builders.a_child(borough)
    a_night(borough)
    page = f"/places/{hub.places.get(number=2).reference}/emergency"
    said = {
        "child": child.reference, "planned_end_on": "22 12 2026", "legal_status": "section 20", "risk": "Nowhere to sleep.",
        "agreed_with": "Mother", "impact": "Told both.", "idempotency_key": "k" * 30,
    }  # fmt: skip
    with clock.held_at(NIGHT):
        client = sign_in(borough.service_manager)
        assert "Nobody else lives there tonight" in client.get(page).content.decode()
        refused = client.post(page, {**said, "risk": " ", "agreed_with": "Kept words"}).content.decode()
        first, second = client.post(page, said), client.post(page, said)

    assert "Kept words" in refused
    assert first.url == second.url == Stay.objects.get().get_absolute_url()
    assert EmergencyStart.objects.count() == 1
    assert sign_in(borough.head_of_service).post(f"{first.url}/second", {"comment": ""}).status_code == 302
    assert EmergencyStart.objects.get().seconded_by == borough.head_of_service


@pytest.mark.parametrize("text", ["", "x", "31 2 2026", "1 1 0001", "99999", "a" * 400, "\x00", "😀", "‮abc"])
def test_bad_input_on_the_duty_pages_is_a_sentence(borough, sign_in, text):
    hub = places.a_hub(borough)
    stay = places.a_place_given(borough, places.an_outreach(borough))
    a_night(borough)
    fields = dict.fromkeys(
        ["child", "planned_end_on", "legal_status", "risk", "agreed_with", "impact", "kind", "person", "telephone", "from_on",
         "from_time", "until_on", "until_time", "called_on", "called_at", "caller", "stay", "about", "done", "minutes", "reason",
         "what", "weekly_price", "title", "posts", "filled", "children", "on", "from_service", "name", "evidence", "home"], text,
    )  # fmt: skip
    with clock.held_at(NIGHT):
        client = sign_in(borough.service_manager)
        assert client.post(f"/places/{hub.places.first().reference}/emergency", fields).status_code == 200
        assert client.post("/places/on-call/turns/new", fields).status_code == 200
        client = sign_in(borough.provider_manager)
        for page in ("/places/on-call/calls/new", f"/places/{hub.places.first().reference}/out-of-use"):
            assert client.post(page, fields).status_code == 200
        for deed in ("dates", "end", "start", "move"):
            assert client.post(f"{stay.get_absolute_url()}/{deed}", fields).status_code == 200
        for deed in ("team", "kite-mark", "demand-review"):
            assert client.post(f"/places/services/{hub.slug}/{deed}", fields).status_code == 200
        client = sign_in(borough.strategic_manager)
        assert client.post(f"{stay.get_absolute_url()}/extra-support", fields).status_code == 200
        assert client.post(f"/places/services/{stay.place.provision.slug}/transfer", fields).status_code == 200


@pytest.mark.parametrize("page", ["/places/list", "/places/duty", "/places/on-call", "/places?show=all"])
def test_places_pages_ask_the_same_number_of_questions(borough, sign_in, page):
    outreach, hub = places.an_outreach(borough), places.a_hub(borough)
    client = sign_in(borough.provider_manager)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    def one_more(number):
        stay = places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, band="urgent"))
        places.a_bed_begun(borough, hub, number=number)
        a_night(borough, kind="team", person=borough.practitioner)
        log_call(
            authority=borough.authority, called_at=clock.now(), caller="carer", about="x", done="x", minutes=5, stay=stay,
            by=borough.practitioner,
        )  # fmt: skip

    one_more(1)
    ask()
    one = ask()
    one_more(2)
    one_more(3)

    assert ask() == one


@pytest.fixture
def tonight(borough):
    """The service manager has the night, and the hub has beds."""
    hub = places.a_hub(borough)
    builders.a_child(borough)
    a_night(borough)
    with clock.held_at(NIGHT):
        yield f"/places/{hub.places.get(number=2).reference}/emergency"


NOT_KNOWN = {
    "full_name": "Zznew Childname", "born_on": "3 4 2012", "planned_end_on": "22 12 2026", "risk": "Nowhere safe.",
    "legal_status": "section 20", "agreed_with": "An aunt.", "impact": "Nobody else lives there.",
}  # fmt: skip


def test_j1e_a_child_nobody_knew_is_added_and_starts_with_one_press(borough, tonight, sign_in):
    client = sign_in(borough.service_manager)
    assert "Or a child who is not known here" in client.get(tonight).content.decode()

    page = client.post(tonight, NOT_KNOWN, follow=True).content.decode()

    stay = Stay.objects.get()
    assert (stay.child.full_name, stay.child.born_on, stay.state) == ("Zznew Childname", date(2012, 4, 3), "begun")
    assert stay.child.team in {borough.team, borough.other_team}
    assert stay.emergency.due_on == TODAY + clock.ONE_DAY
    assert stay.referral.gaps()
    assert "Started in an emergency" in page
    assert AuditEvent.objects.filter(verb="child.added", child_id=stay.child.pk, person_id=borough.service_manager.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"full_name": ""}, "Select the child, or look again"), ({"born_on": ""}, "the closest day you know"),
     ({"born_on": "31 2 2012"}, "must be a real day"), ({"born_on": "3 4 2031"}, "in the future"),
     ({"legal_status": ""}, "legal status"), ({"planned_end_on": "1 1 2020"}, "after today")],
)  # fmt: skip
def test_j1e_what_is_wrong_is_said_and_no_child_is_left_behind(borough, tonight, sign_in, typed, sentence):
    page = sign_in(borough.service_manager).post(tonight, {**NOT_KNOWN, **typed}).content.decode()

    assert sentence in page
    assert "Nowhere safe." in page
    assert not Stay.objects.exists()
    assert not Child.objects.filter(full_name__startswith="Zznew").exists()


def test_j1e_a_child_is_chosen_or_added_and_not_both(borough, tonight, sign_in):
    page = sign_in(borough.service_manager).post(tonight, {**NOT_KNOWN, "child": Child.objects.get().reference}).content.decode()

    assert "not both" in page
    assert not Stay.objects.exists()


def test_j1e_the_same_name_and_day_is_added_only_knowingly(borough, tonight, sign_in):
    known = Child.objects.get()
    client = sign_in(borough.service_manager)
    twice = {**NOT_KNOWN, "full_name": known.full_name, "born_on": f"{known.born_on:%d %m %Y}"}

    page = client.post(tonight, twice).content.decode()
    assert "There may be a record of this child already" in page
    assert "This is another child with the same name" in page
    assert Child.objects.count() == 1

    client.post(tonight, {**twice, "knowingly": "on"})
    assert (Child.objects.count(), Stay.objects.count()) == (2, 1)


def test_j1e_two_presses_add_one_child(borough, tonight, sign_in):
    client = sign_in(borough.service_manager)
    for _ in range(2):
        client.post(tonight, {**NOT_KNOWN, "idempotency_key": "same"})

    assert Child.objects.filter(full_name="Zznew Childname").count() == 1


def test_k_the_search_for_a_child_at_night_stands_in_no_address_and_loses_nothing_typed(borough, tonight, sign_in):
    known = Child.objects.get()
    client = sign_in(borough.service_manager)

    answer = client.post(tonight, {"find": "yes", "q": known.full_name, "risk": "Threats at home.", "legal_status": "section 20"})
    page = answer.content.decode()

    assert (answer.status_code, answer.request["PATH_INFO"], answer.request["QUERY_STRING"]) == (200, tonight, "")
    assert known.reference in page
    assert "Threats at home." in page
    assert "There is a problem" not in page
    assert answer.context["form"]["legal_status"].value() == "section 20"
    assert not Stay.objects.exists()
