"""The two depths of an interest, address by address: the decision alone, or the whole record."""

import pytest

from core import outbox
from panels.actions.agenda import circulate_agenda
from panels.actions.interest import declare_interest, withdraw_interest
from panels.actions.own_papers import ask_for_copy
from panels.models import AgendaItem, Recusal
from referrals.models import Access, Referral
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db

PAPER, REFERRAL = "/meetings/{meeting}/papers/{number}", "/referrals/{referral}"
# The deliberation, the draft decision and what others noted: gone at either depth.
DELIBERATION = ["/meetings/{meeting}/live/{number}", "/meetings/{meeting}/agenda/{number}", "/meetings/{held}/minutes.pdf", "/meetings/{held}/minutes.docx"]


def leave(borough, record, who, depth):
    """The person is out of what was decided and of what is to come."""
    person = acting(getattr(borough, who))
    for meeting, item in ((record.held, record.item), (record.to_come, record.next_item)):
        declare_interest(meeting, item=item, person=person, nature="Naturezz", depth=depth, by=person)


def status(client, record, page):
    """The answer to one address of the item that is to come."""
    return client.get(record.at(page.replace("{referral}", record.next_item.referral.reference))).status_code


def test_g08_with_item_the_record_and_paper_held_by_own_right_stay(borough, record, sign_in):
    leave(borough, record, "head_of_service", "item")
    client = sign_in(borough.head_of_service)

    assert status(client, record, PAPER) == 200
    assert status(client, record, REFERRAL) == 200
    papers = client.get(record.at("/meetings/{meeting}/papers")).content.decode()
    assert record.next_item.title in papers
    assert "You leave the room for this item." in papers
    assert record.next_item.title in client.get("/papers").content.decode()
    for page in DELIBERATION:
        assert status(client, record, page) in {403, 404}, page
    minutes = client.get(record.at("/meetings/{held}/minutes")).content.decode()
    assert "An item you were out of" in minutes
    assert "Reasonszz" not in minutes
    # Its released decision is told by the extract, as to anybody who holds the referral.
    assert client.get(record.at("/decisions/{decision}")).status_code == 200


def test_g08_with_item_a_draft_decision_is_hidden_until_it_is_released(borough, record, sign_in):
    leave(borough, record, "head_of_service", "item")
    record.decision.__class__.objects.filter(pk=record.decision.pk).update(released_at=None, state="agreed")
    client = sign_in(borough.head_of_service)

    assert client.get(record.at("/decisions/{decision}")).status_code == 404
    assert record.decision.reference not in client.get("/decisions").content.decode()


def test_g08_with_record_everything_is_gone_everywhere(borough, record, sign_in):
    leave(borough, record, "head_of_service", "record")
    client = sign_in(borough.head_of_service)

    for page in (PAPER, REFERRAL, *DELIBERATION, "/decisions/{decision}"):
        assert status(client, record, page) in {403, 404}, page
    papers = client.get(record.at("/meetings/{meeting}/papers")).content.decode()
    assert record.next_item.title not in papers
    assert record.next_item.title not in client.get("/papers").content.decode()


def test_g08_what_only_the_meeting_let_them_read_goes_at_either_depth_and_comes_back(borough, record, sign_in):
    client = sign_in(borough.member)
    assert status(client, record, PAPER) == 200

    leave(borough, record, "member", "item")

    assert status(client, record, PAPER) == 404
    assert status(client, record, REFERRAL) == 404
    assert record.next_item.title not in client.get(record.at("/meetings/{meeting}/papers")).content.decode()
    withdraw_interest(Recusal.objects.get(item=record.next_item), by=acting(borough.chair))
    assert status(client, record, PAPER) == 200
    assert Access.objects.current().filter(person=borough.member, referral=record.next_item.referral, withheld_because="").count() == 1


def test_g08_a_copy_of_the_papers_keeps_an_item_one_only_leaves(borough, record, sign_in):
    leave(borough, record, "head_of_service", "item")

    version = ask_for_copy(record.to_come, by=acting(borough.head_of_service))

    item = next(item for item in version.frozen["items"] if item["number"] == record.next_item.number)
    assert (item["opened"], item["leaves"]) == (True, True)
    outbox.sweep(kinds=["papers.print"])
    assert sign_in(borough.head_of_service).get(record.at("/meetings/{meeting}/papers.pdf")).status_code == 200


def test_g08_an_item_about_no_child_is_left_whole_at_either_depth(borough):
    """A provider leaves a reserved item: there is no record of theirs in it to keep."""
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    item = meeting.items.get(title="Contract and indicators") if meeting.items.filter(title="Contract and indicators") else meeting.items.in_order().last()
    person = acting(borough.provider_manager)
    declare_interest(meeting, item=item, person=person, nature="x", depth="item", by=person)

    assert not AgendaItem.objects.papers_for(person).filter(pk=item.pk).exists()
    assert not AgendaItem.objects.visible_to(person).filter(pk=item.pk).exists()


def test_g08_theirs_is_what_own_and_team_right_gives_and_not_what_a_meeting_gave(borough):
    referral = referrals.a_signed_off_referral(borough)
    meeting, _ = builders.a_meeting_with(borough, referral)
    circulate_agenda(meeting, by=borough.panel_administrator)

    for who, is_theirs in (("social_worker", True), ("team_manager", True), ("head_of_service", True), ("member", False), ("chair", False)):
        person = acting(getattr(borough, who))
        assert Referral.objects.visible_to(person).filter(pk=referral.pk).exists(), who
        assert Referral.objects.theirs(person).filter(pk=referral.pk).exists() is is_theirs, who
