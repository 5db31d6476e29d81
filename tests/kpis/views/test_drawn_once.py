"""What a process draws or writes once for the dashboard is never what another reader, day, contract or change should have."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.actions.price import set_price
from core import clock
from kpis.measures.capacity import provisions_for
from kpis.models import Indicator, KeptBoard
from kpis.tasks import keep_due_figures
from kpis.views.kpi_parts import place_boxes
from referrals.choices import ProvisionKind
from referrals.models import Access, Child, Place, ProvisionTerms
from referrals.models.board import Group
from tests.conftest import TODAY
from tests.contracts.builders import a_priced_contract
from tests.kpis.figures import an_indicator_with
from tests.kpis.reviews import a_contract_with_lots
from tests.people import a_borough
from tests.referrals.builders import a_waiting_referral
from tests.referrals.places import a_place_given, an_outreach

pytestmark = pytest.mark.django_db


def page(sign_in, person, said=""):
    """A page's words, for somebody who may read it."""
    return sign_in(person).get(f"/kpis{said}").content.decode()


def choices(words, name):
    """What a list of the page offers, and what is chosen in it."""
    (drawn,) = re.findall(rf'<select name="{name}".*?</select>', words, re.S)
    return re.findall(r'<option value="([^"]*)"', drawn), re.findall(r'<option value="([^"]*)" selected', drawn)


def waiting(words):
    """How many wait, as the page says it."""
    return re.search(r">([^<]*)</strong> <span class=\"stat__noun\">waiting", words)[1]


def test_a_contract_is_offered_as_soon_as_it_has_a_price_and_to_its_own_readers_alone(borough, sign_in):
    other = a_borough("other")
    contract = a_contract_with_lots(borough)
    everyone = (borough.commissioner, borough.provider_manager, borough.head_of_service)
    assert {tuple(choices(page(sign_in, person), "contract")[0]) for person in everyone} == {("",)}

    set_price(contract.lots.get(), provision=an_outreach(borough), label="Outreach", weekly_rate=Decimal(660), basis="child week", places=12,
              from_on=date(2026, 1, 1), by=None)  # fmt: skip

    for person in everyone:
        assert choices(page(sign_in, person), "contract") == (["", contract.slug], [""])
        assert choices(page(sign_in, person, f"?contract={contract.slug}"), "contract") == (["", contract.slug], [contract.slug])
    for person in (other.commissioner, other.provider_manager):
        assert choices(page(sign_in, person), "contract") == ([""], [""])
    contract.name = "Another <name>"
    contract.save()
    assert f'<option value="{contract.slug}">Another &lt;name&gt;</option>' in page(sign_in, borough.commissioner)


def test_periods_are_those_of_the_day_and_the_view_that_of_the_role(borough, sign_in):
    assert choices(page(sign_in, borough.commissioner), "view")[1] == ["commissioner"]
    assert choices(page(sign_in, borough.chair), "view")[1] == ["steering-group"]
    assert choices(page(sign_in, borough.chair, "?view=all"), "view")[1] == ["all"]
    offered, chosen = choices(page(sign_in, borough.commissioner), "period")
    assert (offered[0], chosen) == ("2026-27-q3", ["2026-27-q2"])
    with clock.held_at(date(2027, 1, 1)):
        offered, chosen = choices(page(sign_in, borough.commissioner), "period")
    assert (offered[0], chosen) == ("2026-27-q4", ["2026-27-q3"])


def test_indicators_are_drawn_again_when_what_is_kept_of_them_changed_though_the_clock_stands_still(borough, sign_in):
    an_indicator_with(borough, "steady", 14, number=1)
    keep_due_figures()
    assert ">Indicator steady</a>" in page(sign_in, borough.head_of_service)
    assert ">Indicator steady</a>" not in page(sign_in, a_borough("other").head_of_service)
    Indicator.objects.update(name="Indicator <renamed>")
    keep_due_figures()

    words = page(sign_in, borough.head_of_service)

    assert ", for this page" not in words
    assert ">Indicator &lt;renamed&gt;</a>" in words
    assert "Indicator steady" not in words


def test_who_watches_is_drawn_what_is_kept_for_those_who_watch(borough, sign_in):
    an_indicator_with(borough, "steady", 14, number=1)
    keep_due_figures()
    board = KeptBoard.objects.get(authority=borough.authority)
    board.watched[0]["rows"][0]["name"] = "As watched"
    board.save()
    assert [">As watched</a>" in page(sign_in, person) for person in (borough.head_of_service, borough.chair)] == [False, True]


def test_places_and_prices_are_those_of_this_moment(borough, sign_in):
    _, price = a_priced_contract(borough, slug="testborough-art")
    shown = "{} of {}</strong> <span class=\"stat__noun\">places in use"
    assert shown.format(0, 12) in page(sign_in, borough.head_of_service)
    a_place_given(borough, price.provision)
    words = page(sign_in, borough.head_of_service)
    assert shown.format(1, 12) in words
    assert "£660</strong>" in words
    ProvisionTerms.objects.update(weekly_rate=700)
    Place.objects.filter(number=12).update(closes_on=TODAY + timedelta(days=1))
    words = page(sign_in, borough.head_of_service)
    assert shown.format(1, 12) in words
    assert "£700</strong>" in words
    with clock.held_at(TODAY + timedelta(days=1)):
        assert shown.format(1, 11) in page(sign_in, borough.head_of_service)
    assert shown.format(0, 0) in page(sign_in, a_borough("other").head_of_service)


def test_a_child_kept_from_most_is_counted_for_those_it_was_given_to_and_no_longer_than_that(borough, sign_in):
    an_outreach(borough)
    kept, _ = (a_waiting_referral(borough) for _ in range(2))
    everyone = (borough.head_of_service, borough.service_manager, borough.panel_administrator)
    assert [waiting(page(sign_in, person)) for person in everyone] == ["2", "2", "2"]

    Child.objects.filter(pk=kept.child_id).update(is_restricted=True, restricted_because="Safety.")
    Access.objects.filter(child=kept.child_id).delete()
    assert [waiting(page(sign_in, person)) for person in everyone] == ["1", "1", "1"]

    right = Access.objects.create(child=kept.child, person=borough.service_manager, basis="named", until_at=clock.moment(TODAY, clock.TEN))
    assert [waiting(page(sign_in, person)) for person in everyone] == ["1", "2", "1"]
    with clock.held_at(clock.moment(TODAY, clock.TEN)):
        assert waiting(page(sign_in, borough.service_manager)) == "1"
    right.withheld_because = "A relative."
    right.save()
    assert waiting(page(sign_in, borough.service_manager)) == "1"
    Access.objects.create(child=kept.child, person=borough.head_of_service, basis="named", from_at=clock.moment(TODAY, clock.TEN))
    assert waiting(page(sign_in, borough.head_of_service)) == "1"
    with clock.held_at(clock.moment(TODAY, clock.TEN)):
        assert waiting(page(sign_in, borough.head_of_service)) == "2"


def a_service(kind, used, places):
    return Group(kind, kind, used, places, None, "", is_confirmed=False, other_reading="", rows=[None] * places)


def test_a_box_stands_for_each_place_and_services_stand_apart():
    used, free = '<span class="place-box"></span>', '<span class="place-box place-box--free"></span>'
    drawn = place_boxes([a_service(ProvisionKind.OUTREACH, 1, 3), a_service("hub", 1, 1), a_service("properties", 0, 2), a_service("hub", 0, 0)])
    assert drawn.strip() == (
        f'<span class="stat__boxes" aria-hidden="true">{used}{free}{free}<span class="place-box place-box--bed place-box--apart"></span>'
        f'<span class="place-box place-box--free place-box--apart"></span>{free}</span>'
    )


def test_a_page_of_kept_figures_asks_six_questions_of_whoever_sees_counts(borough, sign_in):
    a_priced_contract(borough, slug="testborough-art")
    an_indicator_with(borough, "steady", 14, number=1)
    keep_due_figures()
    browser = sign_in(borough.head_of_service)
    browser.get("/kpis")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/kpis")
    assert len(asked) <= 6


def test_who_waits_is_counted_in_an_index_that_holds_nobody_else(borough):
    an_outreach(borough)
    a_waiting_referral(borough)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert [row.waits for row in provisions_for(borough.head_of_service, hide=False)] == [1]
        cursor.execute(f"EXPLAIN {asked.captured_queries[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using who_waits on referrals_referral" in plan
