"""The duty page, the rota and the calls; the emergency start from its page."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from referrals.actions.on_call import log_call, name_on_call
from referrals.models import EmergencyStart, OnCallCall, OnCallTurn, Stay
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
