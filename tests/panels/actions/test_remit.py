"""What an item asks a resources panel for: each kind's questions, the sums, the chair, and where it goes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config.demo import other_panels
from core import clock
from core.actions.setting import settle_reading
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.decision import agree_all, record_decision
from panels.actions.live import finish_meeting
from panels.actions.panel import add_panel, adopt_terms, seat_person
from panels.actions.remit import accept_above_rate, record_request, send_to_tripartite
from panels.models import FundingRequest
from panels.models.remit import committed_to, high_cost_limit
from panels.models.request_words import FIELDS
from referrals.models import Referral
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def a_resources_panel(borough, kind="resources"):
    """The resources panel with its own terms: a chair and a member."""
    panel = add_panel(
        authority=borough.authority, slug=f"{borough.authority.slug}-{kind}", name=kind.title(), kind=kind,
        by=borough.panel_administrator,
    )  # fmt: skip
    adopt_terms(
        panel, numbers=other_panels.RESOURCES_NUMBERS, clauses=[], seats=other_panels.RESOURCES_SEATS, limbs=[],
        standing_items=other_panels.RESOURCES_ITEMS, in_force_from=builders.SINCE, by=borough.panel_administrator,
    )  # fmt: skip
    for letter, who in {"a": "chair", "d": "member"}.items():
        seat_person(panel, letter=letter, person=borough.people[who], from_on=builders.SINCE, by=borough.panel_administrator)
    return panel


@pytest.fixture
def item(borough):
    """One referral on a resources panel's agenda."""
    return builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), a_resources_panel(borough))[1]


def ask(borough, item, kind, **facts):
    """Record what an item asks for."""
    return record_request(item, kind=kind, facts=facts, by=borough.panel_administrator)


def test_c18_the_kind_of_item_decides_which_sums_are_kept(borough, item):
    asked = ask(borough, item, "assessment", one_off_cost=Decimal(1500), weekly_cost=Decimal(9), family_total=Decimal(9), assessment="")

    assert asked.weekly_cost is None
    assert asked.family_total is None
    assert "committed_elsewhere" in FIELDS["section 17"]
    for kind in ("allowance", "transport", "family time"):
        assert "weekly_cost" in FIELDS[kind]
        assert "assessment" not in FIELDS[kind]


def test_c17_a_placement_the_council_does_not_provide_says_what_it_costs_and_what_was_tried(borough, item):
    start = item.meeting.on
    with pytest.raises(RuleBroken, match="universal services"):
        ask(borough, item, "placement", weekly_cost=Decimal(3500), starts_on=start, until_on=start + timedelta(weeks=10))

    asked = ask(
        borough, item, "placement", weekly_cost=Decimal(3500), starts_on=start, until_on=start + timedelta(weeks=10),
        universal="tried", family_support="tried", family_group="unsuitable",
    )  # fmt: skip

    assert asked.commitment == Decimal(35000)


def test_c19_the_whole_forward_commitment_and_what_was_committed_before_meet_the_terms_sum(borough, item):
    start = item.meeting.on
    week = {"weekly_cost": Decimal(50), "starts_on": start, "until_on": start + timedelta(weeks=10)}
    with pytest.raises(RuleBroken, match="The whole commitment is £500"):
        ask(borough, item, "section 17", **week)

    asked = ask(borough, item, "section 17", **week, committed_elsewhere=Decimal("0.01"))

    assert asked.commitment == 500
    item.meeting.terms.thresholds["section 17"] = 600
    item.meeting.terms.save()
    with pytest.raises(RuleBroken, match="more than £600"):
        ask(borough, item, "section 17", **week, committed_elsewhere=Decimal("0.01"))


def test_c19_what_a_panel_agreed_for_the_child_before_counts_by_itself(borough, item):
    asked = ask(borough, item, "section 17", one_off_cost=Decimal(600))
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    with clock.held_at(item.meeting.starts_at):
        builders.begin(borough, item.meeting, present=("chair", "member"))
        record_decision(item, outcome="agree", reasons="Fits.", by=borough.panel_administrator)
        agree_all(item.meeting, by=borough.chair)
        finish_meeting(item.meeting, by=borough.panel_administrator)
    meeting = builders.a_called_meeting(borough, item.meeting.panel, on=item.meeting.on + timedelta(weeks=2))
    same = list_referral(referrals.a_signed_off_referral(borough, child=item.referral.child), meeting, by=borough.panel_administrator)
    other = list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)

    assert committed_to(same.referral) == asked.commitment == 600
    assert ask(borough, same, "section 17", one_off_cost=Decimal(1)).commitment == 1
    with pytest.raises(RuleBroken, match="a manager can agree it"):
        ask(borough, other, "section 17", one_off_cost=Decimal(1))


def test_c22_above_the_national_rate_needs_a_reason_and_the_chair_and_is_no_block(borough, item):
    rates = [{"what": "Parenting assessment", "rate": "1200", "source": "Legal Aid Agency"}]
    settle_reading("national assessment rates", rates, from_on=builders.SINCE, authority=borough.authority, by=None)
    with pytest.raises(RuleBroken, match="costs £1,000, and the panel funds those over £1,000"):
        ask(borough, item, "assessment", one_off_cost=Decimal(1000))
    with pytest.raises(RuleBroken, match="national rate on file is £1,200"):
        ask(borough, item, "assessment", one_off_cost=Decimal(1300), assessment="Parenting assessment")

    asked = ask(borough, item, "assessment", one_off_cost=Decimal(1300), assessment="Parenting assessment", above_rate_because="The only one.")

    for who in (borough.panel_administrator, borough.member):
        with pytest.raises(RuleBroken, match="Only the chair"):
            accept_above_rate(asked, by=acting(who))
    assert accept_above_rate(asked, by=acting(borough.chair)).rate_is_agreed
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    item.refresh_from_db()
    assert ["National rate on file", "£1,200 (Legal Aid Agency)"] in item.paper.frozen["request"]
    assert ["Accepted by the chair", "Yes"] in item.paper.frozen["request"]


def test_c21_alternatives_stand_in_the_paper(borough, item):
    with pytest.raises(RuleBroken, match="a family group conference"):
        ask(borough, item, "accommodation", universal="tried", family_support="tried", family_group="not yet")

    ask(borough, item, "accommodation", universal="tried", family_support="tried", family_group="not yet", explored_words="Booked for Monday.")
    circulate_agenda(item.meeting, by=borough.panel_administrator)

    item.refresh_from_db()
    assert ["A family group conference", "Not yet"] in item.paper.frozen["request"]
    assert ["What was explored", "Booked for Monday."] in item.paper.frozen["request"]


def test_c23_joint_funding_goes_to_the_tripartite_groups_next_meeting(borough, item):
    with pytest.raises(RuleBroken, match="Tripartite group"):
        ask(borough, item, "joint")
    group = a_resources_panel(borough, "tripartite")
    meeting = builders.a_called_meeting(borough, group)

    found = send_to_tripartite(item, by=borough.panel_administrator)

    assert found.meeting == meeting
    assert Referral.objects.get(pk=item.referral_id).status == "BOOKED"
    assert not item.meeting.items.standing().filter(pk=item.pk).exists()


def test_c23_where_none_is_called_the_referral_is_ready(borough, item):
    assert send_to_tripartite(item, by=borough.panel_administrator) is None
    assert Referral.objects.get(pk=item.referral_id).status == "READY"


def test_an_issued_paper_is_not_asked_differently(borough, item):
    ask(borough, item, "transport", one_off_cost=Decimal(90))
    circulate_agenda(item.meeting, by=borough.panel_administrator)

    with pytest.raises(RuleBroken, match="have gone out"):
        ask(borough, item, "transport", one_off_cost=Decimal(91))
    assert FundingRequest.objects.get(item=item).one_off_cost == 90


def test_c28_the_high_cost_list_is_fed_by_decisions_over_a_dated_threshold(borough, item, sign_in):
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    with clock.held_at(item.meeting.starts_at):
        builders.begin(borough, item.meeting, present=("chair", "member"))
        record_decision(item, outcome="agree", reasons="Fits.", weekly_cost=Decimal(3000), by=borough.panel_administrator)
        agree_all(item.meeting, by=borough.chair)
    page = "/decisions/high-cost"
    said = lambda: sign_in(borough.head_of_service).get(page).content.decode()  # noqa: E731
    assert high_cost_limit(borough.authority) is None
    assert "No weekly threshold has been set" in said()

    settle_reading("high cost placement a week", "3000", from_on=builders.SINCE, authority=borough.authority, by=None)
    assert item.referral.reference not in said()
    settle_reading("high cost placement a week", "2999.99", from_on=clock.today(), authority=borough.authority, by=None)

    assert item.referral.reference in said()
    assert item.referral.reference in sign_in(borough.member).get(page).content.decode()
    assert sign_in(borough.social_worker).get(page).status_code == 403
