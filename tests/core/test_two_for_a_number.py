"""Numbers that take two people: proposed by one, in force once another has confirmed it, and not before."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection

from core import clock
from core.actions.setting import confirm_number, drop_number, settle_number
from core.dated import number, number_by_day
from core.models import AuditEvent, DatedSetting
from core.readings import reading, readings
from core.rules import RuleBroken
from kpis.measures.to_do.things import things_for
from tests import people
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
KEY, FIRST = "restriction-looked-at-every", date(2026, 12, 1)
PAGE = f"/admin/settings/{KEY}"


def settle(borough, value=60, from_on=FIRST, key=KEY):
    return settle_number(reading(key), value, from_on=from_on, note="Agreed.", authority=borough.authority, by=borough.administrator)


def in_force(borough, on=FIRST, key=KEY):
    return number(key, authority=borough.authority, on=on)


def test_p1_numbers_that_guard_children_take_two_people():
    assert {one.key for one in readings() if one.takes_two} >= {
        "restriction-looked-at-every", "emergency-opening", "return-interview-within", "missing-often", "missing-often-in",
        "sdq-from", "warned-before-18", "pathway-before-18",
    }  # fmt: skip


def test_p1_it_is_not_in_force_until_another_person_has_confirmed_it(borough):
    row = settle(borough)
    assert (in_force(borough), row.settled_by, row.confirmed_by) == (90, borough.administrator, None)
    with pytest.raises(RuleBroken, match="Somebody else has to confirm it"):
        confirm_number(row, by=borough.administrator)
    assert in_force(borough) == 90

    confirm_number(row, by=borough.head_of_service)

    assert (in_force(borough), in_force(borough, FIRST - timedelta(days=1))) == (60, 90)
    with pytest.raises(RuleBroken, match="does not wait"):
        confirm_number(row, by=borough.head_of_service)
    said = AuditEvent.objects.filter(verb__startswith="setting.").order_by("pk").values_list("verb", "person_name")
    assert list(said) == [("setting.settled", "Administrator"), ("setting.confirmed", "Head Of Service")]


def test_p1_confirmed_after_its_day_it_holds_from_today_and_changes_no_day_that_is_past(borough):
    row = settle(borough)

    with clock.held_at(FIRST + timedelta(days=9)):
        confirm_number(row, by=borough.head_of_service)

    assert (in_force(borough, FIRST + timedelta(days=8)), in_force(borough, FIRST + timedelta(days=9))) == (90, 60)


def test_p1_a_second_proposal_for_the_same_day_replaces_the_first_and_what_is_in_force_stays(borough):
    confirm_number(settle(borough), by=borough.head_of_service)
    again = settle(borough, 30)
    assert in_force(borough) == 60

    confirm_number(again, by=borough.head_of_service)

    assert (in_force(borough), DatedSetting.objects.count()) == (30, 1)


def test_p1_one_that_is_not_to_be_is_dropped_and_the_trail_keeps_it(borough):
    drop_number(settle(borough), by=borough.administrator)

    assert (in_force(borough), DatedSetting.objects.count()) == (90, 0)
    assert AuditEvent.objects.filter(verb="setting.dropped").get().sentence.endswith("60 days from 1 December 2026 is not confirmed.")


def test_p1_number_by_day_gives_each_day_its_own(borough):
    confirm_number(settle(borough), by=borough.head_of_service)
    settle(borough, 30, FIRST + timedelta(days=7))
    on = number_by_day(KEY, authority=borough.authority)

    assert [on(FIRST + timedelta(days=n)) for n in (-1, 0, 7, 400)] == [90, 60, 60, 60]


def test_p1_the_page_asks_the_second_person_and_to_do_tells_them(borough, sign_in):
    sign_in(borough.administrator).post(PAGE, {"number": "60", "from_on": "1 12 2026", "note": "Agreed in November."})
    row = DatedSetting.objects.get()
    assert [t.label for t in things_for(borough.head_of_service) if "Confirm" in t.label] == [
        "Confirm or refuse a number: restricted record looked at again, every 60 days"
    ]
    own = sign_in(borough.administrator).post(PAGE, {"answer": f"confirm {row.pk}"}, follow=True).content.decode()
    assert "Somebody else has to confirm it" in own
    assert "Not in force: to be confirmed" in own

    client = sign_in(borough.head_of_service)
    assert "To confirm" in client.get("/admin/settings").content.decode()
    answer = client.post(PAGE, {"answer": f"confirm {row.pk}"}, follow=True).content.decode()

    assert "Settled by Administrator" in answer
    assert "Confirmed by Head Of Service" in answer
    assert in_force(borough) == 60
    assert not [t for t in things_for(borough.head_of_service) if "Confirm" in t.label]


@pytest.mark.parametrize("said", ["confirm", "confirm x", "confirm 99999999999", "confirm ²", "confirm 0", "drop -1", "\x00"])
def test_p1_a_false_answer_finds_nothing(borough, sign_in, said):
    settle(borough)

    assert sign_in(borough.head_of_service).post(PAGE, {"answer": said}).status_code == 404
    assert DatedSetting.objects.get().is_proposed


def test_p1_who_only_reads_or_is_elsewhere_confirms_nothing(borough, sign_in):
    row, elsewhere = settle(borough), people.a_borough("elsewhere")

    assert sign_in(borough.auditor).post(PAGE, {"answer": f"confirm {row.pk}"}).status_code == 405
    assert sign_in(borough.social_worker).post(PAGE, {"answer": f"confirm {row.pk}"}).status_code == 403
    assert sign_in(elsewhere.head_of_service).post(PAGE, {"answer": f"confirm {row.pk}"}).status_code == 404
    assert in_force(borough) == 90


@pytest.mark.django_db(transaction=True)
def test_p1_two_who_confirm_at_once_confirm_it_once(borough):
    row, said = settle(borough, from_on=TODAY), []

    def confirm():
        with clock.held_at(TODAY):
            try:
                confirm_number(row, by=borough.head_of_service)
                said.append("confirmed")
            except RuleBroken:
                said.append("refused")
        connection.close()

    threads = [Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["confirmed", "refused", "refused", "refused"]
    assert AuditEvent.objects.filter(verb="setting.confirmed").count() == 1
