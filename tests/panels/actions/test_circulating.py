"""Circulating once: proof to each, late with a breach, standing items filled, and what comes after."""

from datetime import timedelta

import pytest

from core import clock, outbox
from core.models import Message
from core.rules import RuleBroken
from panels.actions.agenda import add_item, circulate_agenda, list_referral
from panels.actions.attendance import answer_invitation, name_delegate
from panels.actions.interest import declare_interest
from panels.actions.panel import raise_risk
from panels.actions.paper import (
    accept_supplement,
    mark_paper,
    offer_supplement,
    refuse_supplement,
    write_paper,
)
from panels.actions.presenters import set_presenters
from panels.actions.seats import leave_seat
from panels.models import Meeting, PaperRead, Recusal, Service
from panels.models.checks import Checks
from panels.models.contents import contents_of
from referrals.actions.restriction import restrict_child
from referrals.models import Access, Referral
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(borough):
    """A referral panel with one referral on its next agenda."""
    return builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))


def circulated(borough, meeting):
    """Its papers out."""
    return circulate_agenda(meeting, by=borough.panel_administrator)


def test_i17_the_agenda_is_served_on_every_representative_with_proof(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))

    circulated(borough, meeting)
    outbox.sweep(kinds=["message.send"])

    proofs = Service.objects.filter(meeting=meeting, kind="agenda")
    assert sorted(proofs.values_list("letter", flat=True)) == ["a", "b", "c", "d", "e", "f"]


def test_m1_the_agenda_has_proof_for_each_representative(borough, booked):
    meeting, _ = booked
    circulated(borough, meeting)

    outbox.sweep(kinds=["message.send"])

    assert {row.person for row in Service.objects.filter(kind="agenda")} == {borough.chair, borough.member, borough.provider_manager}


def test_circulating_a_second_time_is_refused_and_sends_nothing(borough, booked):
    meeting, _ = booked
    circulated(borough, meeting)

    with pytest.raises(RuleBroken, match="went out on 24 November 2026"):
        circulated(borough, meeting)

    assert Message.objects.filter(kind="meeting.agenda").count() == 3


@pytest.mark.parametrize(("days_after_due", "because", "goes"), [(0, "", True), (1, "", False), (1, "Snow closed the office.", True)])
def test_papers_late_by_a_day_need_a_reason_which_is_a_breach_and_no_emergency(borough, booked, days_after_due, because, goes):
    meeting, _ = booked
    due = Checks(meeting, []).due

    with clock.held_at(due + timedelta(days=days_after_due)):
        if not goes:
            with pytest.raises(RuleBroken, match="Say why these go out late"):
                circulated(borough, meeting)
            return
        done = circulate_agenda(meeting, short_because=because, by=borough.panel_administrator)

    assert done.kind == "ordinary"
    assert (because in done.breach and "Papers went out on" in done.breach) is bool(because)


def test_c6_papers_reach_each_member_but_those_who_are_out(borough, booked):
    meeting, item = booked
    declare_interest(meeting, item=item, person=borough.member, nature="x", by=borough.member)

    circulated(borough, meeting)

    readers = set(Access.objects.filter(basis="paper", withheld_because="").values_list("person", flat=True))
    assert readers == {borough.chair.pk, borough.provider_manager.pk}


def test_d7_whoever_presents_is_out_of_the_decision_and_keeps_their_own_record(borough):
    panel = builders.a_referral_panel(borough)
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    set_presenters(item, presenter=borough.social_worker, presenting_manager=borough.member, by=borough.panel_administrator)

    circulated(borough, meeting)

    recusal = Recusal.objects.get(item=item)
    assert (recusal.person, recusal.depth) == (borough.member, "item")
    assert not meeting.items.visible_to(acting(borough.member)).filter(pk=item.pk).exists()
    assert not Access.objects.withheld(borough.member).exists()


def test_d7_having_signed_a_referral_off_is_no_interest(borough, booked):
    meeting, _ = booked
    builders.seat_person(meeting.panel, letter="c", person=borough.team_manager, from_on=builders.SINCE, by=borough.panel_administrator)

    circulated(borough, meeting)

    assert not Recusal.objects.exists()


@pytest.mark.parametrize("chooses", [True, False])
def test_d7_a_provider_is_out_where_the_panel_chooses_between_providers(borough, booked, chooses):
    meeting, item = booked
    item.chooses_provider = chooses
    item.save()

    circulated(borough, meeting)

    assert [row.person for row in Recusal.objects.filter(item=item)] == ([borough.provider_manager] if chooses else [])
    assert Access.objects.filter(person=borough.provider_manager, basis="paper", withheld_because="").exists() is not chooses


def test_an_administrator_with_an_interest_hands_minuting_over(borough, booked):
    meeting, item = booked
    other = builders.somebody(borough, "Other Administrator", "PA")

    declare_interest(meeting, item=item, person=borough.panel_administrator, nature="x", minuted_by=other, by=acting(borough.panel_administrator))

    item.refresh_from_db()
    assert item.minuted_by == other


def test_an_administrator_with_an_interest_names_somebody_where_the_chair_is_out_too(borough, booked):
    meeting, item = booked
    declare_interest(meeting, item=item, person=borough.chair, nature="x", by=borough.chair)

    with pytest.raises(RuleBroken, match="Say who minutes this item"):
        declare_interest(meeting, item=item, person=borough.panel_administrator, nature="x", by=acting(borough.panel_administrator))


def test_i22_the_terms_and_the_standing_agenda_are_on_each_agenda(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    item = meeting.items.get(title="Terms of reference and standing agenda")

    parts = {part["title"]: part for part in contents_of(meeting, item)}

    assert parts["Terms in force"]["words"] == "Version 1 governs this meeting."
    assert ["Risks and interdependencies", "20 minutes"] in parts["Standing agenda"]["rows"]


def test_i23_risks_stand_under_their_seven_headings(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    raise_risk(
        panel, heading="training", text="New carers wait for training.", owner="Fostering", rating="A", trend="worse",
        raised_on=builders.SINCE, reviewed_on=builders.SINCE, by=borough.panel_administrator,
    )  # fmt: skip
    item = meeting.items.get(title="Risks and interdependencies")

    parts = contents_of(meeting, item)

    assert len(parts) == 7
    said = {part["title"]: part for part in parts}
    assert said["Training and staff development"]["rows"] == [["New carers wait for training.", "Fostering. Amber, getting worse."]]
    assert said["Culture"]["words"] == "Nothing is open."


def test_i24_referrals_are_summed_up_as_engaged_considered_and_priorities(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    referrals.a_signed_off_referral(borough)
    referrals.a_waiting_referral(borough)
    item = meeting.items.get(title="Referrals and capacity")

    parts = {part["title"]: dict(part["rows"]) for part in contents_of(meeting, item)}

    assert parts["Children ART works with"] == {"Supported": "None", "Step-down": "None"}
    assert parts["Children being considered"]["Ready for panel"] == "1"
    assert parts["Priorities of those who wait for a place"] == {"Urgent": "None", "High": "None", "Standard": "1"}


def test_i30_what_was_issued_does_not_change_when_the_facts_do(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    item = meeting.items.get(title="Risks and interdependencies")
    circulated(borough, meeting)

    raise_risk(
        panel, heading="culture", text="Raised after.", owner="x", rating="R", trend="same", raised_on=builders.SINCE,
        reviewed_on=builders.SINCE, by=borough.panel_administrator,
    )  # fmt: skip

    item.refresh_from_db()
    assert "Raised after." not in str(item.paper.frozen)
    assert "Raised after." in str(contents_of(meeting, item))


def test_a_late_paper_waits_for_the_chair_and_has_pages_of_its_own(borough, booked):
    meeting, item = booked
    with pytest.raises(RuleBroken, match="have not gone out"):
        offer_supplement(item, words="More.", change_note="New.", by=borough.panel_administrator)
    circulated(borough, meeting)
    issued = item.__class__.objects.get(pk=item.pk).paper_id
    long, short = (
        offer_supplement(item, words=words, change_note="New.", by=borough.panel_administrator) for words in ("x" * 6001, "More.")
    )
    refused = offer_supplement(item, words="No.", change_note="New.", by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="Only the chair"):
        accept_supplement(long, by=acting(borough.panel_administrator))
    with pytest.raises(RuleBroken, match="Say why"):
        refuse_supplement(refused, because=" ", by=acting(borough.chair))

    assert accept_supplement(long, by=acting(borough.chair)).page_label == "S1 to S3"
    assert refuse_supplement(refused, because="Too late to read.", by=acting(borough.chair)).page_label == ""
    assert accept_supplement(short, by=acting(borough.chair)).page_label == "S4"

    with pytest.raises(RuleBroken, match="answered this already"):
        accept_supplement(short, by=acting(borough.chair))
    item.refresh_from_db()
    assert item.paper_id == issued
    assert Message.objects.filter(kind="meeting.supplement").count() == 6
    assert Message.objects.get(kind="meeting.supplement_refused").person == borough.panel_administrator


def test_whoever_is_out_hears_nothing_of_a_late_paper_and_a_chair_who_is_out_does_not_take_it(borough, booked):
    meeting, item = booked
    circulated(borough, meeting)
    late = offer_supplement(item, words="More.", change_note="New.", by=borough.panel_administrator)
    for who in (borough.member, borough.chair):
        declare_interest(meeting, item=item, person=who, nature="x", by=who)

    with pytest.raises(RuleBroken, match="You are out of this item"):
        accept_supplement(late, by=acting(borough.chair))


def test_marks_and_notes_are_the_readers_own(borough, booked):
    meeting, item = booked
    circulated(borough, meeting)

    mark_paper(item, note="Ask about school.", has_read=True, by=borough.member)
    mark_paper(item, note="Ask about school, twice.", has_read=False, by=borough.member)

    mark = PaperRead.objects.get()
    assert (mark.person, mark.note) == (borough.member, "Ask about school, twice.")
    assert mark.read_at is not None


def test_the_quorum_forecast_counts_answers_and_delegates(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    for who in ("chair", "provider_manager", "service_manager"):
        answer_invitation(meeting, answer="attending", by=getattr(borough, who))

    assert "Head of Service" in Checks(meeting, []).rows()[5].why
    name_delegate(meeting, letter="b", holder=borough.head_of_service, delegate=borough.strategic_manager, by=borough.head_of_service)
    row = Checks(meeting, []).rows()[5]

    assert row.passes
    assert row.why == "3 attending, 1 by a delegate, 3 not answered: quorate."


def test_a_title_that_names_a_child_is_pointed_out(borough, booked):
    meeting, _ = booked
    add_item(meeting, kind="report", title="About Zzcanary and school", by=borough.panel_administrator)
    items = meeting.items.standing().in_order().select_related("referral__child", "referral__authority")

    row = next(row for row in Checks(meeting, items).rows() if row.what == "Personal data")

    assert not row.passes
    assert "Zzcanary" not in row.why


def test_a_restricted_referral_is_circulated_to_nobody_by_the_meeting(borough, booked):
    """A child kept to named people stays so, whatever the agenda says."""
    meeting, item = booked
    named = borough.team_manager
    restrict_child(item.referral.child, ground="profile", because="Well known.", people=[named], by=named)

    circulated(borough, meeting)

    assert not Referral.objects.visible_to(acting(borough.member)).exists()
    assert Meeting.objects.get(pk=meeting.pk).status == "circulated"


def test_two_administrators_list_the_last_slot_once(borough):
    panel = builders.a_referral_panel(borough)
    panel.slots = 1
    panel.save()
    meeting = builders.a_called_meeting(borough, panel)
    list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)

    with pytest.raises(RuleBroken, match="All 1 slots"):
        list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)


def test_a_report_is_written_before_it_goes_out_and_not_changed_after(borough, booked):
    meeting, item = booked
    report = add_item(meeting, kind="report", title="Evenings", by=borough.panel_administrator)
    assert "Item 4: nothing has been written." in next(r.why for r in Checks(meeting, meeting.items.standing()).rows() if r.what == "Papers")
    with pytest.raises(RuleBroken, match="is the referral itself"):
        write_paper(item, words="x", by=borough.panel_administrator)

    write_paper(report, words="Two evenings a week.", by=borough.panel_administrator)
    circulated(borough, meeting)

    report.refresh_from_db()
    assert report.paper.frozen["sections"] == [{"title": "Evenings", "words": "Two evenings a week.", "rows": []}]
    with pytest.raises(RuleBroken, match="keep their numbers"):
        write_paper(report, words="Three.", by=borough.panel_administrator)


def test_the_chair_hears_of_a_late_paper_unless_they_are_out(borough, booked):
    meeting, item = booked
    circulated(borough, meeting)
    offer_supplement(item, words="More.", change_note="New.", by=borough.panel_administrator)
    declare_interest(meeting, item=item, person=borough.chair, nature="x", by=borough.chair)
    offer_supplement(item, words="Again.", change_note="New.", by=borough.panel_administrator)

    assert [message.person for message in Message.objects.filter(kind="meeting.supplement_offered")] == [borough.chair]


def test_a_member_removed_between_circulation_and_meeting_loses_the_papers_at_once(borough, booked, sign_in):
    meeting, item = booked
    circulated(borough, meeting)
    at = f"{meeting.get_absolute_url()}/papers/{item.number}"
    assert sign_in(borough.member).get(at).status_code == 200

    leave_seat(meeting.panel.seat_holders.get(person=borough.member), until_on=clock.today(), by=borough.panel_administrator)

    client = sign_in(borough.member)
    assert client.get(at).status_code == 404
    assert client.get(f"{meeting.get_absolute_url()}/papers").status_code == 404
    assert client.get(item.referral.get_absolute_url()).status_code == 404
    assert item.title not in client.get("/papers").content.decode()
    assert not Referral.objects.visible_to(acting(borough.member)).exists()
    assert sign_in(borough.chair).get(at).status_code == 200
