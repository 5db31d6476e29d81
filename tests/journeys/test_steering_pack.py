"""J9, counted: the chair reads the frozen pack, looks at its checks and approves it; the timetable circulates it."""

from datetime import date, timedelta

import pytest

from core import clock
from core.models import Message
from kpis.actions.pack import freeze_pack, issue_pack, plan_pack
from kpis.models import Pack
from tests import people
from tests.journeys.test_sign_and_triage import Count, looks, within
from tests.panels.builders import a_called_meeting, a_steering_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1366), (False, 320)], ids=["scripts", "phone without scripts"])
def test_j9_the_pack_is_read_approved_and_circulated(walk, javascript, width):
    borough = people.a_borough()
    meeting = a_called_meeting(borough, a_steering_group(borough), on=date(2026, 12, 17))
    plan_pack(meeting, by=None)
    freeze_pack(meeting.reference)
    walker = walk(javascript=javascript, width=width).be(borough.chair).open("/")
    count, page = Count(walker), walker.page

    count.click(page.get_by_role("link", name="Approve the steering group pack").first)
    looks(walker, javascript)
    count.click(page.get_by_role("button", name="Approve pack"))
    looks(walker, javascript)
    assert walker.sees("No count of 1 to 5 children was found.")
    count.click(page.get_by_role("button", name="Approve pack"))

    assert Pack.objects.get().approved_by == borough.chair
    assert within(count.budget, (6, 3, 0)), count.budget
    with clock.held_at(clock.moment(date(2026, 12, 10)) + timedelta(hours=1)):
        issue_pack(meeting.reference)
    assert Message.objects.filter(kind="pack.issued").count() == 6
    assert walker.problems == []
