"""What could not be had, and disputes, as a commissioner may know of them: figures, no child, no words about one."""

from datetime import date

import pytest

from core import clock
from core.dates import financial_quarter
from kpis.measures.needs import needs_by_quarter
from panels.actions.dispute import raise_dispute
from panels.models import Decision, Dispute
from tests import people
from tests.conftest import TODAY
from tests.panels import builders
from tests.panels.views.conftest import decide_many
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("day", "says"), [
    (date(2026, 4, 1), "Quarter 1 of 2026/27"), (date(2026, 3, 31), "Quarter 4 of 2025/26"), (date(2026, 12, 31), "Quarter 3 of 2026/27"),
])  # fmt: skip
def test_a_quarter_of_the_financial_year(day, says):
    assert financial_quarter(day) == says


@pytest.fixture
def needed(borough):
    """Six decisions of one quarter: each named something that could not be had."""
    for number, decision in enumerate(decide_many(borough, 6)):
        Decision.objects.filter(pk=decision.pk).update(unmet_need=f"Needwordszz {number}")


def test_c14_counts_of_one_to_five_are_hidden_from_a_commissioner_and_no_words_are_shown(borough, needed, sign_in):
    with clock.held_at(clock.moment(date(2026, 12, 30), clock.TEN)):
        six = [quarter.count for quarter in needs_by_quarter(borough.authority.pk, hide=True)]
        first = Decision.objects.order_by("pk").first()
        Decision.objects.filter(pk=first.pk).update(unmet_need="")
        five = needs_by_quarter(borough.authority.pk, hide=True)
        client = sign_in(borough.commissioner)
        page = client.get("/unmet-needs/report").content.decode()
        open_to_them = [client.get(at).status_code for at in ("/unmet-needs", "/decisions", f"/decisions/{first.reference}")]
        counted = needs_by_quarter(borough.authority.pk, hide=False)

    assert six == ["6"] + ["None"] * 7
    assert (five[0].label, five[0].count, counted[0].count) == ("Quarter 3 of 2026/27", "c", "5")
    assert "Needwordszz" not in page
    assert '<td role="cell" class="num" data-label="Children’s items">c</td>' in page
    assert ">5</td>" not in page
    assert open_to_them == [403, 403, 403]


def test_c14_another_authoritys_needs_are_not_counted(borough, needed):
    elsewhere = people.a_borough("otherborough")

    with clock.held_at(clock.moment(date(2026, 12, 30), clock.TEN)):
        assert {quarter.count for quarter in needs_by_quarter(elsewhere.authority.pk, hide=False)} == {"None"}


def test_a_commissioner_reads_the_steering_groups_disputes_and_none_about_a_child(borough, sign_in):
    group = builders.a_steering_group(borough)
    panel = builders.a_referral_panel(borough)
    facts = {"words": "Not settled.", "on": TODAY, "due_on": TODAY, "by": borough.panel_administrator}
    ours = raise_dispute(group, about="Who pays for travel", **facts)
    of_panel = raise_dispute(panel, about="Panelzz", **facts)
    meeting = builders.a_called_meeting(borough, group)
    item = meeting.items.in_order().first()
    about_child = raise_dispute(group, about="Childzz", **facts)
    item.referral = referrals.a_signed_off_referral(borough)
    item.save()
    Dispute.objects.filter(pk=about_child.pk).update(item=item)
    client = sign_in(borough.commissioner)

    text = client.get("/steering/disputes").content.decode()

    assert "Who pays for travel" in text
    assert "zz" not in text.replace("Pizza", "")
    assert "Record a dispute" not in text
    assert client.get(ours.get_absolute_url()).status_code == 200
    for other in (of_panel, about_child):
        assert client.get(other.get_absolute_url()).status_code == 404
    answer = client.post(ours.get_absolute_url(), {"stage": "settled", "on": "27 11 2026", "words": "Mine."})
    assert answer.status_code == 200
    assert Dispute.objects.get(pk=ours.pk).stage != "settled"
    assert client.get("/steering/disputes/new").status_code == 403
    elsewhere = people.a_borough("otherborough")
    assert "Who pays" not in sign_in(elsewhere.commissioner).get("/steering/disputes").content.decode()
