"""The dashboard counts what is there, says what it counted, and hides 1 to 5 children."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from kpis.actions.indicator import add_indicator, add_recommendation
from kpis.measures.capacity import waiting_now
from kpis.measures.service import BY_SLUG, Count, count_in_words
from referrals.actions.referral import withdraw_referral
from tests.conftest import TODAY
from tests.people import a_borough
from tests.referrals.builders import a_sent_referral, a_waiting_referral
from tests.referrals.places import a_place_given, an_outreach

pytestmark = pytest.mark.django_db
DECISION, PLACE = BY_SLUG["days-to-decision"], BY_SLUG["days-to-place"]
FROM, TO = TODAY.replace(day=1), TODAY.replace(month=12, day=1)


def words_of(sign_in, person, address="/kpis"):
    """A page's words, for somebody who may read it."""
    answer = sign_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_places_and_cost_are_shown_to_all_and_few_waiting_are_hidden(borough, sign_in):
    outreach = an_outreach(borough)
    a_place_given(borough, outreach)
    a_waiting_referral(borough)
    words = words_of(sign_in, borough.commissioner)
    assert "1 of 12" in words
    assert "£660" in words
    assert "1 to 5 children" in words
    assert waiting_now([outreach], hide=True) is None
    assert waiting_now([outreach], hide=False) == 1


def test_six_waiting_are_shown(borough):
    outreach = an_outreach(borough)
    for _ in range(6):
        a_waiting_referral(borough)
    assert waiting_now([outreach], hide=True) == 6


def test_nobody_waiting_is_shown_as_nought(borough):
    assert waiting_now([an_outreach(borough)], hide=True) == 0


def test_d12_days_run_from_first_sent_to_agreed_and_to_the_first_day_of_the_stay(borough):
    with clock.held_at(TODAY - timedelta(days=20)):
        referral = a_waiting_referral(borough)
    count = DECISION.of(borough.authority, FROM, TO)
    assert (count.value, count.numerator, count.denominator) == (0, 1, 1)
    referral.decided_at = clock.now()
    referral.save()
    assert DECISION.of(borough.authority, FROM, TO).value == 20
    a_place_given(borough, an_outreach(borough), referral=referral)
    assert PLACE.of(borough.authority, FROM, TO) == Count(20, 1, 1, 20)


def test_the_withdrawn_are_left_out_and_counted_beside(borough):
    a_waiting_referral(borough)
    withdraw_referral(a_sent_referral(borough), reason="Another way was found.", by=borough.social_worker)
    count = DECISION.of(borough.authority, FROM, TO)
    assert (count.numerator, count.denominator) == (1, 2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [(24, 25, "24 decided, c left out"), (4, 4, "c decided"), (0, 0, "0 decided"), (31, 31, "31 decided")],
)
def test_a_hidden_count_never_stands_beside_a_total(numerator, denominator, words):
    count = Count(None, numerator, denominator)
    assert count_in_words(count, DECISION, hide=True) == words


def test_occupancy_is_place_days_used_over_open(borough):
    outreach = an_outreach(borough, places=2)
    with clock.held_at(TODAY - timedelta(days=9)):
        a_place_given(borough, outreach)
    count = BY_SLUG["outreach-occupancy"].of(borough.authority, FROM, TO)
    assert (count.numerator, count.denominator) == (10, 2 * 24)


def test_another_authority_counts_nothing_of_ours(borough):
    a_waiting_referral(borough)
    other = a_borough("other")
    assert DECISION.of(other.authority, FROM, TO).numerator == 0


@pytest.mark.parametrize("address", ["/kpis?period=decade", "/kpis/no-such-measure"])
def test_an_address_that_names_nothing_is_not_found(borough, sign_in, address):
    assert sign_in(borough.commissioner).get(address).status_code == 404


def test_who_may_not_read_it(borough, sign_in, client):
    assert sign_in(borough.social_worker).get("/kpis").status_code == 403
    client.logout()
    assert client.get("/kpis").status_code == 302


def test_an_indicator_is_the_authoritys_own(borough, sign_in):
    row = add_recommendation(borough.authority, number=1, text="Do better", aim="", progress="A",
                             progress_on=TODAY, by=borough.commissioner)  # fmt: skip
    indicator = add_indicator(borough.authority, slug="one", name="A measure", recommendation=row,
                              from_on=TODAY, by=borough.commissioner)  # fmt: skip
    assert "A measure" in words_of(sign_in, borough.commissioner, indicator.get_absolute_url())
    assert sign_in(a_borough("other").commissioner).get(indicator.get_absolute_url()).status_code == 404


def test_as_many_queries_for_three_as_for_one(borough, sign_in):
    browser = sign_in(borough.commissioner)
    browser.get("/kpis")
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            row = add_recommendation(borough.authority, number=number, text="Do better", aim="", progress="A",
                                     progress_on=TODAY, by=borough.commissioner)  # fmt: skip
            add_indicator(borough.authority, slug=f"m{number}", name="A measure", recommendation=row,
                          from_on=TODAY, by=borough.commissioner)  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            browser.get("/kpis")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_the_calendar_shows_a_month_and_refuses_what_is_none(borough, sign_in):
    browser = sign_in(borough.panel_administrator)
    assert browser.get("/calendar").status_code == 200
    assert b"December 2026" in browser.get("/calendar/2026-12").content
    for address in ("/calendar/2026-13", "/calendar/1999-01", "/calendar/9999-12"):
        assert browser.get(address).status_code == 404
