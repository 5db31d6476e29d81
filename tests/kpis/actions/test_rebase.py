"""Limits begin afresh by a deed: with a reason, once a day, in the trail."""

from datetime import date

import pytest

from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.actions.rebase import rebase_chart
from kpis.models import Rebase

pytestmark = pytest.mark.django_db
WHY = "The team was joined with another."


def rebase(borough, **facts):
    asked = {"slug": "outreach-occupancy", "name": "Outreach places in use", "from_on": date(2026, 4, 1), "reason": WHY} | facts
    return rebase_chart(borough.authority, **asked, by=borough.commissioner)


def test_REB1_a_rebasing_is_dated_reasoned_and_in_the_trail(borough):
    row = rebase(borough)

    assert (row.from_on, row.reason, row.set_by) == (date(2026, 4, 1), WHY, borough.commissioner)
    event = AuditEvent.objects.get(verb="chart.rebased")
    assert event.sentence == f"Limits of “Outreach places in use” begin afresh from 1 April 2026: {WHY}"


@pytest.mark.parametrize("facts", [{"reason": "Better."}, {"from_on": date(2026, 4, 2)}, {"from_on": date(2026, 12, 1)}])
def test_REB1_a_refusal_writes_nothing(borough, facts):
    with pytest.raises(RuleBroken):
        rebase(borough, **facts)

    assert not Rebase.objects.exists()
    assert not AuditEvent.objects.filter(verb="chart.rebased").exists()


def test_REB1_once_a_day_for_one_chart_and_free_for_another(borough):
    rebase(borough)
    rebase(borough, slug="hub-occupancy")

    with pytest.raises(RuleBroken, match="already begin afresh"):
        rebase(borough)
