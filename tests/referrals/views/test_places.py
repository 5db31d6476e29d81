"""The board and what is done from it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from referrals.actions.allocation import allocate_place
from referrals.actions.provision import add_provision, set_terms
from referrals.actions.service import set_team_post
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

    assert answer.url == f"/places#place-{place.reference}"
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
    assert "Accept this bed" in sign_in(borough.social_worker).get(at).content.decode()
    assert sign_in(borough.social_worker).post(f"{at}/accept", {}).status_code == 302
    sign_in(borough.provider_manager).post(f"{at}/start", {"on": "24 11 2026"})

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
    for deed in ("dates", "end", "move"):
        page = client.post(f"/stays/{stay.reference}/{deed}", dict.fromkeys(["on", "planned_end_on", "reason", "place"], text))
        assert page.status_code == 200
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


def test_e21_one_week_free_is_not_cut_short(borough, sign_in):
    outreach = places.an_outreach(borough, places=1)
    here = places.a_place_given(borough, outreach, weeks=2)
    allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=here.planned_end_on + timedelta(weeks=2),
        planned_end_on=here.planned_end_on + timedelta(weeks=5), by=borough.provider_manager,
    )  # fmt: skip

    page = sign_in(borough.provider_manager).get("/places").content.decode()

    assert 'Free<span class="govuk-visually-hidden"> from 14 Dec on Outreach 1</span>' in page or "Free 14 Dec" in page


def test_e6_e7_waiting_children_stand_in_the_agreed_order_with_what_fits_and_what_does_not(borough, sign_in):
    places.an_outreach(borough)
    hub = places.a_hub(borough, covers_under_16=False)
    second = builders.a_waiting_referral(borough, service="hub")
    first = builders.a_waiting_referral(
        borough, service="hub", band="urgent", child=builders.a_child(borough, born_on=date(2010, 3, 4))
    )

    page = sign_in(borough.provider_manager).get(f"/places/allocate?place={hub.places.first().reference}").content.decode()

    assert page.index(first.reference) < page.index(second.reference)
    assert "first in the agreed order" in page
    assert "not registered for under-16s. Nobody may agree otherwise." in page
    assert "£62,400" in page


def test_e20_the_stay_page_shows_one_deed_at_a_time(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    client = sign_in(borough.provider_manager)

    summary = client.get(stay.get_absolute_url()).content.decode()
    dates = client.get(f"{stay.get_absolute_url()}/dates").content.decode()

    assert "<textarea" not in summary
    assert "Why the dates change" in dates
    assert "Why it ends" not in dates
    assert "Cost to date" in summary
    assert "£94.29" in summary


def test_e27_the_stay_page_shows_extra_support_as_its_own_line(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    answer = sign_in(borough.strategic_manager).post(
        f"{stay.get_absolute_url()}/extra-support", {"what": "Swimming", "weekly_price": "£70", "from_on": "24 11 2026"}
    )

    assert answer.status_code == 302
    assert "Swimming" in sign_in(borough.provider_manager).get(stay.get_absolute_url()).content.decode()


def test_e19_the_place_page_takes_it_out_of_use_and_back(borough, sign_in):
    hub = places.a_hub(borough)
    bed = hub.places.get(number=2)
    client = sign_in(borough.provider_manager)
    said = {"kind": "repair", "from_on": "24 11 2026", "until_on": "1 12 2026", "reason": "A leak."}

    assert client.post(f"{bed.get_absolute_url()}/out-of-use", said).status_code == 302
    page = client.get(bed.get_absolute_url()).content.decode()
    assert "A leak." in page
    assert "Used in the last 12 months" in page
    assert "out of use" in client.get("/places").content.decode()
    assert client.post(f"{bed.get_absolute_url()}/back-in-use", {"on": "25 11 2026"}).status_code == 302


def test_e13_e14_e22_the_service_page_shows_places_by_date_and_the_team(borough, sign_in):
    outreach = places.an_outreach(borough)
    set_team_post(outreach, title="Speech and language therapist", posts=1, filled=1, from_on=date(2025, 1, 1), by=None)
    places.a_place_given(borough, outreach)

    page = sign_in(borough.provider_manager).get(f"/places/services/{outreach.slug}").content.decode()

    for words in ("1 January 2025", "£660", "Speech and language therapist", "1 to 1"):
        assert words in page


def test_e15_small_group_homes_are_ten_and_then_twelve(borough, sign_in):
    homes = add_provision(
        slug="homes", authority=borough.authority, kind="group homes", name="Small group homes", provider=borough.council, by=None
    )
    for from_on, count in ((date(2025, 1, 1), 20), (date(2026, 1, 1), 24)):
        set_terms(
            homes, contract_slug="art", provider=borough.council, from_on=from_on, places=count, weekly_rate=0,
            rate_basis="block", by=None,
        )  # fmt: skip

    page = sign_in(borough.commissioner).get("/places/services/homes").content.decode()

    assert "Small group homes" in page
    assert page.index("24") < page.index(">20<")
    assert "Small group homes" not in sign_in(borough.commissioner).get("/places?show=all").content.decode()


def test_e16_the_transfer_page_says_what_came_of_each_row(borough, sign_in):
    outreach = places.an_outreach(borough)
    builders.a_child(borough, case_number="L1")
    said = {"from_service": "MISTLE", "on": "24 11 2026", "children": "L1, 2 6 2025\nL2, 2 6 2025"}

    page = sign_in(borough.strategic_manager).post(f"/places/services/{outreach.slug}/transfer", said).content.decode()

    assert "supported since 2 June 2025" in page
    assert "There is no child with that number." in page


def test_e16_what_did_not_come_over_is_asked_again_and_a_second_press_is_a_new_deed(borough, sign_in):
    outreach = places.an_outreach(borough, places=2)
    for number in ("L1", "L2"):
        builders.a_child(borough, case_number=number)
    client, address = sign_in(borough.strategic_manager), f"/places/services/{outreach.slug}/transfer"
    said = {"from_service": "MISTLE", "on": "24 11 2026", "children": "L1, 2 6 2025\nL2, 31 2 2025", "idempotency_key": "a" * 18}

    answer = client.post(address, said)
    page = answer.content.decode()
    again = client.post(address, said)
    form = answer.context["form"]
    key = answer.context["idempotency_key"]
    client.post(address, {**said, "children": "L2, 28 2 2025", "idempotency_key": key})

    assert "1 of 2 children came over" in page
    assert "“31 2 2025” is not a day" in page
    assert form.initial["children"] == "L2, 31 2 2025"
    assert key != said["idempotency_key"]
    assert again.status_code == 302
    assert set(Stay.objects.values_list("child__case_number", flat=True)) == {"L1", "L2"}
