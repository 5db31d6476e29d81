"""The board and what is done from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from referrals.models import Referral, Stay
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def test_the_board_shows_who_free_and_held(borough, sign_in):
    outreach, hub = places.an_outreach(borough), places.a_hub(borough)
    stay = places.a_place_given(borough, outreach)
    places.a_bed_begun(borough, hub)

    page = sign_in(borough.provider_manager).get("/places").content.decode()

    assert "2 of 15" in page
    assert f"{stay.referral.reference} week 1" in page
    assert "Held for" in page
    assert "Free now" in page
    assert "£5,860" in page


def test_a_commissioner_sees_places_and_no_child(borough, sign_in):
    outreach = places.an_outreach(borough)
    stay = places.a_place_given(borough, outreach)
    builders.a_waiting_referral(borough)

    page = sign_in(borough.commissioner).get("/places").content.decode()

    assert "1 of 12" in page
    assert "In use" in page
    assert stay.referral.reference not in page
    assert "waiting" not in page.lower().replace("waiting-list", "")


def test_allocate_from_the_board_in_one_page(borough, sign_in):
    outreach = places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    client = sign_in(borough.provider_manager)
    place = outreach.places.get(number=11)
    page = client.get(f"/places/allocate?place={place.reference}").content.decode()
    assert referral.reference in page
    assert "£660 a week" in page

    answer = client.post(
        f"/places/allocate?place={place.reference}",
        {"referral": referral.reference, "starts_on": "24 11 2026", "planned_end_on": "16 2 2027"},
    )

    assert answer.url == "/places"
    assert Stay.objects.get().place == place


def test_a_refusal_keeps_what_was_typed(borough, sign_in):
    outreach = places.an_outreach(borough)
    builders.a_waiting_referral(borough, band="urgent")
    second = builders.a_waiting_referral(borough)
    place = outreach.places.first()

    page = sign_in(borough.provider_manager).post(
        f"/places/allocate?place={place.reference}",
        {"referral": second.reference, "starts_on": "24 11 2026", "planned_end_on": "16 2 2027",
         "out_of_order_because": "Kept words"},
    )  # fmt: skip

    assert page.status_code == 200
    assert "strategic manager" in page.content.decode()
    assert "Kept words" in page.content.decode()
    assert not Stay.objects.exists()


def test_the_social_worker_accepts_a_bed_and_it_starts(borough, sign_in):
    places.an_outreach(borough)
    stay = places.a_bed_offered(borough, places.a_hub(borough))
    at = f"/stays/{stay.reference}"

    assert sign_in(borough.other_social_worker).get(at).status_code == 404
    assert sign_in(borough.social_worker).post(at, {"deed": "accept"}).status_code == 302
    sign_in(borough.provider_manager).post(at, {"deed": "start", "on": "24 11 2026"})

    assert Referral.objects.get().status == "SUPPORTED"


@pytest.mark.parametrize("text", ["", "x", "31 2 2026", "a" * 5000, "-1", "99999999"])
def test_bad_input_is_never_an_error_of_ours(borough, sign_in, text):
    outreach, hub = places.an_outreach(borough), places.a_hub(borough)
    builders.a_waiting_referral(borough)
    builders.a_waiting_referral(borough, service="hub")
    stay = places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, band="urgent"))
    client = sign_in(borough.provider_manager)

    assert client.get("/places", {"from": text}).status_code in {200, 404}
    for place in (outreach.places.first(), hub.places.first()):
        fields = dict.fromkeys(
            ["referral", "starts_on", "planned_end_on", "impact_assessment", "agreed_by", "offered_until"], text
        )
        assert client.post(f"/places/allocate?place={place.reference}", fields).status_code == 200
    assert client.post(f"/stays/{stay.reference}", {"deed": text, "on": text}).status_code == 200
    assert client.get("/places/allocate", {"place": text}).status_code == 404


@pytest.mark.parametrize("page", ["/places", "/waiting-list"])
def test_lists_ask_the_same_number_of_questions(borough, sign_in, page):
    outreach = places.an_outreach(borough)
    client = sign_in(borough.provider_manager)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    for _ in range(2):
        places.a_place_given(borough, outreach)
    builders.a_waiting_referral(borough)
    ask()
    one = ask()
    for _ in range(2):
        places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, band="urgent"))
        builders.a_waiting_referral(borough)

    assert ask() == one


def test_an_overrun_shows_and_the_place_stays_taken(borough, sign_in):
    outreach = places.an_outreach(borough, places=1)
    places.a_place_given(borough, outreach, weeks=1)

    with clock.held_at(clock.today() + timedelta(weeks=3)):
        page = sign_in(borough.provider_manager).get("/places").content.decode()

    assert "over its planned time" in page
    assert "1 of 1" in page
