"""A change of terms is proposed, and a year's meetings are made, in few clicks and two pages."""

from datetime import date

import pytest

from core import clock
from panels.models import Alteration, Meeting
from tests import people
from tests.panels import builders

pytestmark = pytest.mark.django_db(transaction=True)


def test_j10_a_change_of_terms_takes_at_most_five_clicks_and_two_pages(walk):
    borough = people.a_borough()
    group = builders.a_steering_group(borough)
    year = clock.today().year + 1
    meeting = builders.a_called_meeting(borough, group, on=date(year, 6, 10))
    walker = walk().be(borough.fostering)
    walker.open(f"/terms-of-reference/{group.slug}")
    walker.clicks = walker.pages = 0

    walker.click("Propose a change").pages += 1
    walker.page.get_by_text("Notice of cancellation", exact=False).first.click()
    walker.clicks += 1
    walker.fill("Notice of cancellation, in hours", "48")
    walker.fill("Why should the terms change?", "A day is too short.")
    walker.check_access()
    walker.click("Send to the chair").pages += 1

    assert walker.sees("A day is too short.")
    assert (Alteration.objects.get().meeting, walker.pages) == (meeting, 2)
    assert walker.clicks <= 5
    assert walker.problems == []


def test_j3a_a_years_meetings_take_at_most_eight_clicks_and_two_pages(walk):
    borough = people.a_borough()
    group = builders.a_steering_group(borough)
    year = clock.today().year + 1
    walker = walk().be(borough.panel_administrator)
    walker.open(f"{group.get_absolute_url()}/year/{year}")
    walker.clicks = walker.pages = 0

    walker.click("Propose dates").pages += 1
    walker.fill("Place or link", "Room 1")
    walker.click("Agree the ticked dates").pages += 1

    assert Meeting.objects.filter(panel=group, starts_at__year=year).count() == 12
    assert walker.clicks <= 8
    assert walker.pages == 2
    assert walker.problems == []
