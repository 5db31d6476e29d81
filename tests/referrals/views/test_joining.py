"""Whoever refers: reached after the sending, joined by a second, and never told of what they may not see."""

import pytest

from core.models import AuditEvent, Message
from core.rules import RuleBroken
from referrals.actions.contact import change_contact
from referrals.actions.copies import ask_to_join, join_referrer, turn_down_joiner
from referrals.actions.referral import withdraw_referral
from referrals.models import Access, JoinRequest, Referral, SignOff
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def contact_of(referral):
    said = referral.tasks.get(name="request").answers
    return said["referrer_name"], said["referrer_contact"]


def version_of(referral):
    return referral.tasks.get(name="request").version


def test_a4_contact_details_change_after_sending_and_the_history_shows_what_they_were(borough, sign_in):
    referral = builders.a_signed_off_referral(borough)
    client, at = sign_in(borough.social_worker), f"{referral.get_absolute_url()}/contact"
    was = contact_of(referral)
    assert client.get(at).status_code == 200

    page = client.post(at, {"name": "Jo Duty", "contact": "01632 960123", "version": version_of(referral)})

    assert page.url == referral.get_absolute_url()
    assert contact_of(referral) == ("Jo Duty", "01632 960123")
    assert "01632 960123" in client.get(referral.get_absolute_url()).content.decode()
    history = client.get(f"{referral.get_absolute_url()}/history").content.decode()
    for words in (f"Was: {was[1]}", "Now: 01632 960123", "Contact details changed after it was sent."):
        assert words in history
    assert SignOff.objects.filter(referral=referral, voided_at=None).count() == 2
    assert Referral.objects.get().status == "READY"
    assert "01632" not in AuditEvent.objects.get(verb="referral.contact_changed").sentence


def test_a4_a_page_opened_before_somebody_elses_change_overwrites_nothing(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    old = version_of(referral)
    change_contact(referral, name="Jo Duty", contact="01632 960123", version=old, by=borough.social_worker)

    page = sign_in(borough.social_worker).post(
        f"{referral.get_absolute_url()}/contact", {"name": "Late", "contact": "01632 960999", "version": old}
    )

    assert page.status_code == 200
    assert "since you opened the page" in page.content.decode()
    assert "01632 960999" in page.content.decode()
    assert contact_of(referral) == ("Jo Duty", "01632 960123")


def test_a4_blanks_are_said_beside_their_field_and_drafts_and_ended_ones_are_not_changed_here(borough, sign_in):
    draft = builders.a_filled_referral(borough)
    with pytest.raises(RuleBroken, match="has not been sent"):
        change_contact(draft, name="Jo", contact="1", version=version_of(draft), by=borough.social_worker)
    sent = builders.a_sent_referral(borough)
    page = sign_in(borough.social_worker).post(
        f"{sent.get_absolute_url()}/contact", {"name": "Jo", "contact": " ", "version": version_of(sent)}
    )
    assert page.status_code == 200
    assert "Enter how to reach them" in page.content.decode()
    withdraw_referral(sent, reason="Moved.", by=borough.social_worker)
    with pytest.raises(RuleBroken, match="has ended"):
        change_contact(sent, name="Jo", contact="1", version=version_of(sent), by=borough.social_worker)


def test_a4_nobody_but_its_writers_changes_it(borough, sign_in):
    referral = builders.a_sent_referral(borough)

    answers = {who: sign_in(getattr(borough, who)).get(f"{referral.get_absolute_url()}/contact").status_code
               for who in ("social_worker", "other_social_worker", "team_manager", "panel_administrator")}  # fmt: skip

    assert answers == {"social_worker": 200, "other_social_worker": 404, "team_manager": 403, "panel_administrator": 403}


def handed_over(borough, referral):
    """The child has another social worker now; the referral's author stays who they were."""
    child = referral.child
    child.social_worker = borough.other_social_worker
    child.save()
    return child


def test_a25_the_open_referral_is_offered_to_join_and_its_author_is_told(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    child = handed_over(borough, referral)
    client = sign_in(borough.other_social_worker)
    page = client.get(f"/referrals/new/{child.reference}").content.decode()
    assert f"Ask to join {referral.reference}" in page

    answer = client.post(f"{referral.get_absolute_url()}/ask-to-join")
    client.post(f"{referral.get_absolute_url()}/ask-to-join")

    assert answer.url == referral.get_absolute_url()
    assert JoinRequest.objects.count() == 1
    told = Message.objects.get(kind="referral.join_asked")
    assert told.person == borough.social_worker
    assert "Childname" not in told.subject + told.body
    assert "You have asked to be its second referrer" in client.get(f"/referrals/new/{child.reference}").content.decode()
    author = sign_in(borough.social_worker)
    assert "asks to be second referrer" in author.get(referral.get_absolute_url()).content.decode()
    naming = author.get(f"{referral.get_absolute_url()}/second-referrer").content.decode()
    assert f'value="{borough.other_social_worker.pk}" selected' in naming
    author.post(f"{referral.get_absolute_url()}/second-referrer", {"person": borough.other_social_worker.pk})
    assert JoinRequest.objects.get().is_accepted is True
    assert Referral.objects.get().joint_referrer == borough.other_social_worker


def test_a25_no_is_told_and_may_be_asked_again(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    handed_over(borough, referral)
    borough.other_social_worker.acting = borough.other_social_worker.current_roles[0]
    asked = ask_to_join(referral, by=borough.other_social_worker)

    page = sign_in(borough.social_worker).post(f"/second-referrers/{asked.reference}/no")

    assert page.url == f"{referral.get_absolute_url()}/second-referrer"
    assert Message.objects.get(kind="referral.join_answered").person == borough.other_social_worker
    with pytest.raises(RuleBroken, match="answered already"):
        turn_down_joiner(asked, by=borough.social_worker)
    ask_to_join(referral, by=borough.other_social_worker)


def test_a25_a_referral_that_may_not_be_seen_is_not_told_of_nor_joined(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    child = handed_over(borough, referral)
    Access.objects.create(
        child=child, referral=referral, person=borough.other_social_worker, basis="told", withheld_because="Family.",
        told_by="a test",
    )  # fmt: skip
    client = sign_in(borough.other_social_worker)

    page = client.get(f"/referrals/new/{child.reference}").content.decode()

    assert referral.reference not in page
    assert "open referral" not in page
    assert client.post(f"{referral.get_absolute_url()}/ask-to-join").status_code == 404
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    ("by", "ended", "joined", "words"),
    [
        ("social_worker", False, False, "one of its referrers"), ("team_manager", False, False, "Only a social worker"),
        ("other_social_worker", True, False, "has ended"), ("other_social_worker", False, True, "one of its referrers"),
    ],
)  # fmt: skip
def test_a25_who_may_not_ask_is_told_why(borough, by, ended, joined, words):
    referral = builders.a_sent_referral(borough)
    if joined:
        join_referrer(referral, person=borough.other_social_worker, by=borough.social_worker)
    if ended:
        withdraw_referral(referral, reason="Moved.", by=borough.social_worker)

    with pytest.raises(RuleBroken, match=words):
        ask_to_join(referral, by=getattr(borough, by))
