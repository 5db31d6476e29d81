"""What lists say of when: late in words, and never the day of a decision that is not released; and several led at once."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from core import clock
from kpis.measures.to_do.things import things_for
from referrals.actions.batch import name_several_leads
from referrals.actions.outcome import book_referral, record_panel_outcome
from referrals.models import LeadWorker, Referral
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
BOOKED, DECIDED = date(2026, 11, 2), date(2026, 11, 16)


@pytest.fixture
def decided(borough):
    """Booked three weeks ago, decided last Monday, not released."""
    with clock.held_at(BOOKED):
        referral = book_referral(builders.a_signed_off_referral(borough), meeting="a test", by=borough.panel_administrator)
    with clock.held_at(DECIDED):
        return record_panel_outcome(referral, outcome="agree", weeks=12, by=borough.chair)


def row_of(client, referral, query="queue=all"):
    answer = client.get(f"/referrals?{query}")
    return next(row for row in answer.context["object_list"] if row.pk == referral.pk)


@pytest.mark.parametrize(("who", "days"), [("social_worker", 22), ("team_manager", 22), ("panel_administrator", 8), ("head_of_service", 8)])
def test_d9_days_in_step_do_not_say_the_day_of_a_decision_that_is_not_released(borough, sign_in, decided, who, days):
    client = sign_in(getattr(borough, who))

    assert row_of(client, decided).days == days
    book = openpyxl.load_workbook(io.BytesIO(client.post("/referrals?queue=all", {"deed": "export"}).content)).active
    found = next(row for row in book.iter_rows(values_only=True) if row[0] == decided.reference)
    assert found[-1] == days


def test_two_of_one_status_are_read_as_each_stands_and_as_each_reader_may(borough, sign_in, decided):
    released = builders.a_sent_referral(borough)
    Referral.objects.filter(pk=released.pk).update(status="AGREED", released_at=clock.now())

    def read(who):
        rows = {row.pk: row.shown for row in sign_in(who).get("/referrals?queue=all").context["object_list"]}
        return rows[released.pk], rows[decided.pk]

    assert read(borough.social_worker) == ("AGREED", "BOOKED")
    assert read(borough.panel_administrator) == ("AGREED", "AGREED")
    assert read(borough.social_worker) == ("AGREED", "BOOKED")


@pytest.mark.parametrize("sort", ["", "&sort=days", "&sort=-days"])
def test_d9_nor_does_the_order_of_the_list(borough, sign_in, decided, sort):
    with clock.held_at(date(2026, 11, 9)):
        between = builders.a_sent_referral(borough)

    def order(who):
        rows = sign_in(who).get(f"/referrals?queue=all{sort}").context["object_list"]
        return [row.pk for row in rows if row.pk in {between.pk, decided.pk}]

    expected = [decided.pk, between.pk] if sort == "&sort=-days" else [between.pk, decided.pk]
    assert order(borough.social_worker) == expected
    assert order(borough.panel_administrator) == expected[::-1]


def test_d9_to_do_says_booked_until_a_decision_is_released_and_does_not_let_it_vanish(borough, decided):
    person = borough.social_worker
    for status in ("AGREED", "RECOMMENDED", "DECLINED"):
        Referral.objects.filter(pk=decided.pk).update(status=status)
        person.__dict__.pop("acting", None)
        found = [thing for thing in things_for(person) if decided.reference in thing.label]
        assert [(thing.label, thing.why) for thing in found] == [(f"{decided.reference} booked for panel", "It is booked for a panel.")], status


@pytest.mark.parametrize(("days", "words"), [(0, ""), (2, ""), (3, "1 working day overdue"), (8, "4 working days overdue")])
def test_b14_a_step_that_is_late_says_so_in_words_on_the_list_and_on_the_record(borough, sign_in, days, words):
    referral = builders.a_sent_referral(borough)

    with clock.held_at(TODAY + timedelta(days=days)):
        client = sign_in(borough.team_manager)
        row = row_of(client, referral)
        record = client.get(f"/referrals/{referral.reference}").content.decode()

    assert row.next_shown == "Team manager, by 26 November 2026" + (f": {words}" if words else "")
    assert row.is_late is bool(words)
    assert ("by 26 November 2026" + (f": {words}" if words else "<")) in record


def test_b13_l4_one_person_is_named_for_several_each_with_its_own_outcome(borough, sign_in):
    places.an_outreach(borough)
    waits, led = builders.a_waiting_referral(borough), builders.a_waiting_referral(borough)
    name_several_leads([led.reference], person=borough.practitioner, by=borough.provider_manager)
    client = sign_in(borough.provider_manager)
    asked = client.post("/referrals/lead-workers", {"pick": [waits.reference, led.reference]}).content.decode()
    assert "There is a problem" not in asked
    assert waits.reference in asked

    said = {"pick": [waits.reference, led.reference, "XXX-XXX"], "person": borough.practitioner.pk, "reason": "A new caseload."}
    text = client.post("/referrals/lead-workers", said).content.decode()

    assert text.count("Not done") == 2
    assert "They lead already" in text
    assert "Not found among what you can see." in text
    assert LeadWorker.objects.filter(until_at=None, person=borough.practitioner).count() == 2


def test_l4_a_second_press_of_naming_changes_nothing_and_others_are_kept_out(borough, sign_in):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    for _ in range(2):
        name_several_leads([referral.reference] * 2, person=borough.practitioner, by=borough.provider_manager)

    assert LeadWorker.objects.count() == 1
    assert sign_in(borough.practitioner).post("/referrals/lead-workers", {"pick": [referral.reference]}).status_code == 403
    nobody = sign_in(borough.provider_manager).post("/referrals/lead-workers", {"person": "99999999999999999999"}).content.decode()
    assert "There is a problem" in nobody
