"""The register of interests: kept, ended, confirmed once a year, and suggested at meetings."""

from datetime import date, timedelta

import pytest

from core import clock
from core.rules import RuleBroken
from panels.actions.register import add_to_register, confirm_register, end_in_register
from panels.models import RegisterEntry
from panels.models.register import confirm_by, confirmed_on
from tests.conftest import TODAY
from tests.panels.actions.test_booking import acting

pytestmark = pytest.mark.django_db


def an_entry(borough, who="member", **facts):
    """One standing interest."""
    said = {"kind": "contractor", "nature": "My sister works there.", "since_on": date(2026, 1, 1), **facts}
    return add_to_register(by=acting(getattr(borough, who)), **said)


def test_d6_each_kind_of_interest_is_kept_in_a_standing_register(borough):
    for kind in ("personal", "potential", "contractor"):
        an_entry(borough, kind=kind)

    assert RegisterEntry.objects.visible_to(borough.member).current().count() == 3
    assert not RegisterEntry.objects.visible_to(borough.chair).exists()
    with pytest.raises(RuleBroken, match="Say what the interest is"):
        an_entry(borough, nature="  ")


def test_d6_an_interest_that_ended_stays_as_past(borough):
    entry = an_entry(borough)
    with pytest.raises(RuleBroken, match="before it began"):
        end_in_register(entry, on=date(2025, 12, 31), by=borough.member)
    with pytest.raises(RuleBroken, match="Only the person"):
        end_in_register(entry, on=TODAY, by=borough.chair)

    end_in_register(entry, on=TODAY, by=borough.member)

    assert not RegisterEntry.objects.current().exists()
    assert RegisterEntry.objects.count() == 1


def test_d6_it_is_confirmed_once_a_year_empty_or_not(borough):
    assert confirmed_on(borough.member) is None
    assert confirm_by(borough.member) == TODAY

    assert confirm_register(by=acting(borough.member)).entries == 0

    assert confirm_by(borough.member) == date(2027, 11, 24)
    with clock.held_at(date(2027, 11, 24)):
        assert confirm_by(borough.member) <= clock.today()
    with clock.held_at(TODAY + timedelta(days=3)):
        confirm_register(by=borough.member)
    assert confirm_by(borough.member) == date(2027, 11, 27)
