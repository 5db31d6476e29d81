"""What an item asks a resources panel for: each kind's questions, the sums, the chair, and where it goes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.demo import other_panels
from core import clock
from core.actions.setting import settle_reading
from core.rules import RuleBroken
from panels.actions.act import act_between_meetings, send_papers_for_act
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.decision import agree_all, record_decision, settle_decision
from panels.actions.live import finish_meeting
from panels.actions.panel import add_panel, adopt_terms, seat_person
from panels.actions.remit import accept_above_rate, record_request, send_to_tripartite
from panels.models import Decision, FundingRequest
from panels.models.commitment import agreeing_of, child_before, high_cost_limit
from panels.models.request_words import FIELDS, section_17_rows
from referrals.actions.transition import link_children
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

    assert child_before(same) == asked.commitment == 600
    assert ask(borough, same, "section 17", one_off_cost=Decimal(1)).commitment == 1
    with pytest.raises(RuleBroken, match="a manager can agree it"):
        ask(borough, other, "section 17", one_off_cost=Decimal(1))


def decide(borough, item, present=("chair", "member"), **facts):
    """Recorded and agreed in a meeting that is held."""
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    with clock.held_at(item.meeting.starts_at):
        builders.begin(borough, item.meeting, present=present)
        record_decision(item, outcome="agree", reasons="Fits.", by=borough.panel_administrator, **facts)
        agree_all(item.meeting, by=borough.chair)
        finish_meeting(item.meeting, by=borough.panel_administrator)


def next_item(borough, item, child=None):
    """The same child's, or another's, item at the panel's next meeting."""
    meeting = builders.a_called_meeting(borough, item.meeting.panel, on=item.meeting.on + timedelta(weeks=2))
    referral = referrals.a_signed_off_referral(borough, child=child or item.referral.child)
    return list_referral(referral, meeting, by=borough.panel_administrator)


def test_c19_a_request_and_a_decision_count_the_same_rows_once(borough, item):
    """What was decided counts by its amount; its own request does not count a second time."""
    ask(borough, item, "section 17", one_off_cost=Decimal(600), committed_elsewhere=Decimal(50))
    decide(borough, item, kind="section 17", amount=Decimal("450.00"), budget="Section 17")
    again = next_item(borough, item)

    with pytest.raises(RuleBroken, match="The whole commitment is £500, and"):
        ask(borough, again, "section 17", one_off_cost=Decimal("50.00"))
    asked = ask(borough, again, "section 17", one_off_cost=Decimal("50.01"))

    again.refresh_from_db()
    agreeing = agreeing_of(again, {"kind": "section 17", "amount": asked.commitment}).commitment
    assert child_before(again) == Decimal("450.00")
    assert agreeing.whole == Decimal("500.01")
    assert agreeing.is_over


@pytest.mark.parametrize(("months", "counts"), [(None, True), (1, True), (0, False)])
def test_c19_how_far_back_what_has_ended_counts_is_a_number_of_the_terms(borough, item, months, counts):
    ask(borough, item, "section 17", one_off_cost=Decimal(600))
    day = item.meeting.on
    decide(borough, item, kind="section 17", amount=Decimal(600), budget="S17", starts_on=day, ends_on=day + timedelta(days=3))
    again = next_item(borough, item)
    again.meeting.terms.thresholds["section 17 months"] = months

    with clock.held_at(clock.moment(day + timedelta(days=10), clock.TEN)):
        assert child_before(again) == (600 if counts else 0)


def test_c19_the_familys_total_stands_beside_the_childs_and_counts_where_the_terms_say(borough, item):
    ask(borough, item, "section 17", one_off_cost=Decimal(600))
    sister = referrals.a_signed_off_referral(borough).child
    link_children(item.referral.child, other=sister, relation="sibling", by=borough.social_worker)
    decide(borough, item, kind="section 17", amount=Decimal(600), budget="S17")
    hers = next_item(borough, item, child=sister)

    with pytest.raises(RuleBroken, match="The whole commitment is £40,"):
        ask(borough, hers, "section 17", one_off_cost=Decimal(40))
    asked = ask(borough, hers, "section 17", one_off_cost=Decimal(501))
    assert ("Committed by panels to brothers, sisters and others linked", "£600") in section_17_rows(asked)
    assert ("In all", "£501") in section_17_rows(asked)

    hers.meeting.terms.thresholds["section 17 by family"] = True
    hers.meeting.terms.save()
    asked = ask(borough, hers, "section 17", one_off_cost=Decimal(40))
    assert ("In all", "£640") in section_17_rows(asked)


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


# --- the chair between meetings is held to the same -----------------------------------------------


@pytest.fixture
def act(borough):
    """A paper before the members of a resources panel, on which its chair may act."""
    panel = a_resources_panel(borough)
    builders.a_called_meeting(borough, panel)
    return send_papers_for_act(referrals.a_signed_off_referral(borough), panel, by=borough.panel_administrator)


def acts(borough, item, **facts):
    """The chair agrees to it."""
    return act_between_meetings(item, outcome="agree", reasons="It cannot wait.", by=borough.chair, **facts)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "section 17"}, "Say what it costs"),
        ({"kind": "assessment"}, "Say what it costs"),
        ({"kind": "out of area"}, "Say what was tried first"),
        ({"kind": "no recourse"}, "Review it by"),
        ({"amount": Decimal(600)}, "Name the budget"),
        ({"starts_on": date(2026, 12, 9), "ends_on": date(2026, 12, 9)}, "The end is after the start"),
    ],
)
def test_c27_the_chairs_act_is_held_to_the_remit_as_a_panels_decision_is(borough, act, facts, said):
    with pytest.raises(RuleBroken, match=said):
        acts(borough, act, **facts)

    assert not Decision.objects.exists()
    assert Referral.objects.get(pk=act.referral_id).status == "BOOKED"


def test_c27_within_the_remit_the_chair_acts_and_beyond_it_somebody_else_decides(borough, act):
    decision = acts(borough, act, kind="out of area", tried_first="Family support, and a family group conference.")

    assert (decision.state, decision.awaiting) == ("awaiting", "Nominated officer")


def test_c27_what_the_chair_does_not_agree_waits_for_nobody_and_need_not_say_its_cost(borough, act):
    decision = act_between_meetings(act, outcome="not agreed", reasons="Not now.", kind="section 17", by=borough.chair)

    assert (decision.state, decision.awaiting) == ("released", "")


def test_c27_the_chairs_own_page_says_what_the_remit_lacks_and_keeps_what_was_typed(borough, act, sign_in):
    client = sign_in(borough.chair)
    at = f"/meetings/{act.meeting.reference}/act/{act.number}"

    refused = client.post(at, {"outcome": "agree", "reasons": "It cannot wait.", "kind": "section 17", "short_term": "Kept words."})

    page = refused.content.decode()
    assert "Say what it costs, and until when." in page
    assert "Kept words." in page
    assert not Decision.objects.exists()
    client.post(at, {"outcome": "agree", "reasons": "It cannot wait.", "kind": "section 17", "amount": "650", "budget": "Section 17"})
    assert Decision.objects.get().amount == 650


@pytest.mark.parametrize("outcome", ["not agreed", "defer"])
def test_d4_what_is_not_agreed_commits_no_money_though_the_form_came_filled(borough, item, outcome):
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    money = {"amount": Decimal(7920), "budget": "ART", "weekly_cost": Decimal(660), "starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 29)}
    with clock.held_at(item.meeting.starts_at):
        builders.begin(borough, item.meeting, present=("chair", "member"))
        agreed = record_decision(item, outcome="agree", reasons="Fits.", by=borough.panel_administrator, **money)
        assert agreed.amount == 7920

        decision = record_decision(item, outcome=outcome, reasons="Not now.", by=borough.panel_administrator, **money)

    decision.refresh_from_db()
    assert (decision.amount, decision.weekly_cost, decision.budget, decision.starts_on, decision.ends_on) == (None, None, "", None, None)


def test_c7_the_minutes_of_a_refusal_promise_no_review_though_the_form_came_filled(borough, item):
    circulate_agenda(item.meeting, by=borough.panel_administrator)
    with clock.held_at(item.meeting.starts_at):
        builders.begin(borough, item.meeting, present=("chair", "member"))
        said = {"reasons": "Not now.", "review_on": date(2027, 2, 25), "by": borough.panel_administrator}
        refused = record_decision(item, outcome="not agreed", **said)
        assert (refused.review_on, refused.sentence) == (None, "The panel did not agree.")

        deferred = record_decision(item, outcome="defer", **said)

    assert deferred.review_on == date(2027, 2, 25)
    assert deferred.sentence.endswith("It will be reviewed on 25 February 2027.")


def test_d4_what_somebody_else_decided_against_commits_no_money(borough, act):
    decision = acts(borough, act, kind="out of area", tried_first="All of it.", amount=Decimal(9000), budget="Placements")

    settled = settle_decision(decision, outcome="not agreed", decided_by="A nominated officer", by=acting(borough.panel_administrator))

    assert (settled.state, settled.amount, settled.budget) == ("agreed", None, "")


def test_c27_a_chair_whose_panel_has_no_meeting_to_come_is_told_what_is_missing(borough, sign_in):
    panel = a_resources_panel(borough)
    page = f"{panel.get_absolute_url()}/between-meetings"

    assert "Call the next meeting first" in sign_in(borough.chair).get(page).content.decode()
    assert sign_in(borough.member).get(page).status_code == 404
