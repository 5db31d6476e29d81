"""Rows read within another question are those that a question of their own gives."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import OuterRef

from core.rows_within import rows_within
from referrals.models import Child, Placement, PlacementPrice, ReferralTask, Stay
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db


def asked(**rows):
    return Child.objects.values(**{f"its_{name}": one for name, one in rows.items()}).get()


def test_a_row_comes_back_as_its_own_record_with_days_moments_and_prices(borough):
    home = journeys.a_written_journey(builders.a_child(borough))["home"]
    prices = rows_within(PlacementPrice.objects.filter(placement=OuterRef("pk")), "from_on", "weekly_rate", "set_at")

    found = asked(homes=rows_within(Placement.objects.filter(child=OuterRef("pk")), "starts_on", "ends_on", "kind", "recorded_at", prices=prices))["its_homes"]

    known = Placement.objects.get(pk=home.pk)
    assert found == [known]
    assert (found[0].starts_on, found[0].ends_on, found[0].words, found[0].recorded_at) == (date(2026, 10, 5), None, known.words, known.recorded_at)
    price, known_price = found[0].prices.all()[0], known.prices.get()
    assert (price.weekly_rate, str(price.weekly_rate), price.set_at) == (Decimal(795), "795.00", known_price.set_at)


def test_a_row_brings_the_records_it_points_to_and_nothing_where_it_points_to_none(borough):
    child = builders.a_child(borough)
    outreach = places.an_outreach(borough, places=2)
    stay = places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, child=child))
    journeys.a_home(child)

    found = asked(
        stays=rows_within(Stay.objects.filter(child=OuterRef("pk")), "state", "place__provision__kind"),
        homes=rows_within(Placement.objects.filter(child=OuterRef("pk")), "stay__place__name"),
    )

    assert found["its_stays"][0].place.provision.kind == Stay.objects.get(child=child).place.provision.kind == "outreach", stay
    assert [home.stay for home in found["its_homes"]] == [None]


def test_what_was_typed_comes_back_as_it_is_kept(borough):
    referral = builders.a_filled_referral(borough)
    task = referral.tasks.get(name="views")
    ReferralTask.objects.filter(pk=task.pk).update(answers={"child_view": "“A’s” <b> \\ 1.10", "n": 1.10, "none": None})

    found = asked(tasks=rows_within(ReferralTask.objects.filter(referral__child=OuterRef("pk"), name="views"), "answers", "version"))["its_tasks"]

    assert found[0].answers == {"child_view": "“A’s” <b> \\ 1.10", "n": 1.10, "none": None}
    assert isinstance(found[0].answers["n"], float)
    assert found[0].version == task.version
