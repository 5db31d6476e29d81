"""Numbers settled by date: bounds, days, history, who may, and that each takes effect on its day and not before."""

from datetime import date, timedelta

import pytest

from core import clock
from core.actions.setting import settle_number, settle_reading
from core.dated import number, numbers, numbers_of
from core.models import AuditEvent, DatedSetting
from core.readings import reading, readings, why_not_settle
from core.rules import RuleBroken
from referrals.actions.waiting import log_contact
from referrals.models import Stay
from referrals.models.waiting_list import waiting_lines
from referrals.rules.readings import (
    CONTACT,
    FIRST_REVIEW,
    LET_GO,
    LOOK_AGAIN,
    OUTREACH_AFTER,
    REMIND,
)
from tests import people
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)
PAGE = f"/admin/settings/{CONTACT}"


def settle(borough, key, value, from_on=FIRST, note="Agreed with the provider."):
    return settle_number(reading(key), value, from_on=from_on, note=note, authority=borough.authority, by=borough.administrator)


def test_p1_every_number_has_a_usual_one_inside_its_bounds_and_a_source():
    assert {CONTACT, LOOK_AGAIN, OUTREACH_AFTER, FIRST_REVIEW, REMIND, LET_GO} <= {one.key for one in readings()}
    assert [one.key for one in readings() if not (one.lowest <= one.usual <= one.highest and one.source and one.used)] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [({}, None), ({"number": 0}, "number"), ({"number": 91}, "number"), ({"number": None}, "number"), ({"number": 14}, "number"),
     ({"from_on": TODAY}, None), ({"from_on": TODAY - timedelta(days=1)}, "from_on"), ({"from_on": None}, "from_on"), ({"note": " \n"}, "note")],
)  # fmt: skip
def test_p1_a_number_is_settled_inside_its_bounds_from_today_or_later_with_a_reason(changed, field):
    said = {"number": 10, "now": 14, "from_on": FIRST, "today": TODAY, "note": "Why.", **changed}

    found = why_not_settle(reading(CONTACT), said.pop("number"), **said)

    assert [reason.field for reason in found] == ([field] if field else [])


def test_p1_a_change_to_come_takes_effect_on_its_day_and_not_the_day_before(borough):
    settle(borough, CONTACT, 10)

    assert number(CONTACT, authority=borough.authority) == 14
    with clock.held_at(FIRST - timedelta(days=1)):
        assert number(CONTACT, authority=borough.authority) == 14
    with clock.held_at(FIRST):
        assert str(numbers(CONTACT, authority=borough.authority)[CONTACT]) == "10 days, since 1 December 2026"
    assert number(CONTACT, authority=borough.authority, on=FIRST + timedelta(days=400)) == 10


def test_p1_the_contact_and_the_band_follow_the_number_of_their_day(borough):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    settle(borough, CONTACT, 5)
    settle(borough, LOOK_AGAIN, 7)

    def row():
        (line,) = waiting_lines(borough.people["provider_manager"])
        return line.rows[0]

    borough.provider_manager.acting = borough.provider_manager.current_roles[0]
    assert (row().contact_due, row().look_again_on) == (TODAY + timedelta(days=14), TODAY + timedelta(days=28))
    assert log_contact(referral, with_whom="carer", note="Well.", by=borough.provider_manager).next_contact_on == TODAY + timedelta(days=14)
    with clock.held_at(FIRST):
        with pytest.raises(RuleBroken, match="by 6 December 2026"):
            log_contact(referral, with_whom="carer", note="Well.", next_contact_on=date(2026, 12, 7), by=borough.provider_manager)
        later = log_contact(referral, with_whom="carer", note="Well.", by=borough.provider_manager)
        assert (later.next_contact_on, row().look_again_on) == (date(2026, 12, 6), date(2026, 12, 8))


def test_p1_a_bed_holds_outreach_for_the_weeks_in_force_and_is_reviewed_after_them(borough):
    places.an_outreach(borough, places=4)
    hub = places.a_hub(borough)
    settle(borough, OUTREACH_AFTER, 6, from_on=TODAY)
    settle(borough, FIRST_REVIEW, 2, from_on=TODAY)

    stay = places.a_bed_offered(borough, hub)

    follower = Stay.objects.get(follows=stay)
    assert (follower.planned_end_on - follower.starts_on, stay.review_on) == (timedelta(weeks=6), stay.starts_on + timedelta(weeks=2))


def test_p1_one_authoritys_number_is_not_anothers(borough):
    elsewhere = people.a_borough("elsewhere")
    settle(borough, CONTACT, 10, from_on=TODAY)
    settle_reading(CONTACT, 21, from_on=date(2020, 1, 1), by=None)

    found = numbers_of({borough.authority.pk, elsewhere.authority.pk}, CONTACT)

    assert [found[a.pk][CONTACT].number for a in (borough.authority, elsewhere.authority)] == [10, 21]


def test_p1_every_change_is_in_the_trail_with_what_it_was(borough):
    settle(borough, CONTACT, 10)
    settle(borough, CONTACT, 12, note="Second thoughts.")

    row = DatedSetting.objects.get(name=CONTACT)
    said = list(AuditEvent.objects.filter(verb="setting.settled").order_by("pk").values_list("sentence", "person_name"))

    assert (row.value, row.note, row.confirmed_by) == (12, "Second thoughts.", borough.administrator)
    assert said == [
        ("Contact with those who wait, at least every: 10 days from 1 December 2026, and 14 days before.", "Administrator"),
        ("Contact with those who wait, at least every: 12 days from 1 December 2026, and 10 days before.", "Administrator"),
    ]


def test_p1_the_administrator_settles_it_on_its_page_and_sees_the_history(borough, sign_in):
    client = sign_in(borough.administrator)

    answer = client.post(PAGE, {"number": "10", "from_on": "1 12 2026", "note": "Agreed in November."})
    text = client.get(PAGE).content.decode()
    every = client.get("/admin/settings").content.decode()

    assert answer.url == PAGE
    for words in ("14 days, the usual", "10 days", "From 1 December 2026", "To come", "Agreed in November.", "Administrator"):
        assert words in text
    assert "10 days<br>" in every
    assert "From 1 December 2026" in every


@pytest.mark.parametrize(
    ("said", "field"),
    [({"number": "ten"}, "number"), ({"number": "-1"}, "number"), ({"number": "9" * 40}, "number"), ({"from_on": "31 2 2027"}, "from_on"),
     ({"from_on": ""}, "from_on"), ({"note": "\x00"}, "note"), ({"note": ""}, "note"), ({"number": "１０"}, None)],
)  # fmt: skip
def test_p1_bad_input_is_said_beside_the_field_and_settles_nothing(borough, sign_in, said, field):
    answer = sign_in(borough.administrator).post(PAGE, {"number": "10", "from_on": "1 12 2026", "note": "Why.", **said})

    if field is None:
        assert answer.status_code == 302
        return
    assert answer.context["form"].errors.get(field)
    assert not DatedSetting.objects.exists()


@pytest.mark.parametrize("who", ["head_of_service", "auditor"])
def test_p1_those_who_only_read_it_change_nothing(borough, sign_in, who):
    client = sign_in(getattr(borough, who))

    assert "Settle a new number" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"number": "10", "from_on": "1 12 2026", "note": "Why."}).status_code == 405
    assert sign_in(borough.social_worker).get(PAGE).status_code == 403
    assert sign_in(borough.administrator).get("/admin/settings/no-such-thing").status_code == 404
    assert not DatedSetting.objects.exists()


def test_p1_the_pages_that_use_a_number_say_which_is_in_force(borough, sign_in):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    settle(borough, CONTACT, 10, from_on=TODAY)
    client = sign_in(borough.provider_manager)

    assert "at least every 10 days, since 24 November 2026" in client.get("/waiting-list").content.decode()
    assert "10 days, since 24 November 2026" in client.get(f"/waiting-list/{referral.reference}/contact").content.decode()
    assert "within 10 days" in sign_in(borough.social_worker).get(f"/referrals/{referral.reference}").content.decode()
    assert "let go after 90" in sign_in(borough.team_manager).get("/drafts").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_numbers_asks_as_often_whatever_was_settled(borough, sign_in, rows, django_assert_max_num_queries):
    for day in range(rows):
        settle(borough, CONTACT, 20 + day, from_on=FIRST + timedelta(days=day))
    client = sign_in(borough.administrator)

    with django_assert_max_num_queries(10):
        client.get("/admin/settings")
    with django_assert_max_num_queries(11):
        client.get(PAGE)
