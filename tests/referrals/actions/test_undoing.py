"""A death entered by mistake: undone by two managers, and what was still due is due again."""

from datetime import date, timedelta

import pytest

from core import clock, outbox, post
from core.models import AuditEvent, Message, OutboxJob
from core.rules import RuleBroken
from panels.actions.agenda import list_referral
from referrals.actions.closing import record_adoption, record_death, release_place
from referrals.actions.undoing import ask_to_undo_death, keep_closed, undo_death
from referrals.models import Child, ChildClosing, Referral, Stay, Telling, UndoneClosing
from referrals.models.board import board, shown_provisions
from tests.panels import builders as panels
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def died(borough, child):
    return record_death(child, died_on=TODAY, by=borough.team_manager)


def asked(borough, child):
    return ask_to_undo_death(child, because="It was entered on the wrong record.", by=borough.team_manager)


def undone(borough, child):
    died(borough, child)
    asked(borough, child)
    return undo_death(child, by=borough.service_manager)


def test_a_death_undone_leaves_the_child_in_their_place_and_supported(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach)
    was = Stay.objects.filter(pk=stay.pk).values().get()

    row = undone(borough, stay.child)

    assert Stay.objects.filter(pk=stay.pk).values().get() == was
    assert Child.objects.get(pk=stay.child.pk).died_on is None
    assert not ChildClosing.objects.exists()
    referral = Referral.objects.get(pk=stay.referral_id)
    assert (referral.status, referral.ended_at) == ("SUPPORTED", None)
    assert (row.asked_by, row.agreed_by) == (borough.team_manager, borough.service_manager)
    drawn = board(shown_provisions(type(outreach).objects.filter(pk=outreach.pk)), user=borough.provider_manager)
    words = [bar.words for group in drawn.groups for line in group.rows for bar in line.bars]
    assert "Closed by manager" not in words


def test_a_death_undone_sends_what_was_still_to_be_sent_and_nothing_twice(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    outbox.sweep()
    sent = set(Message.objects.filter(state="sent").values_list("pk", flat=True))
    post.send("about.child", key="still due", to=borough.chair, subject="S", body="B.", link="/", about=stay.child)
    OutboxJob.objects.create(kind="stay.lapse", subject=stay.reference, due_at=clock.now() + timedelta(days=3))

    died(borough, stay.child)
    outbox.sweep()
    assert Message.objects.get(key="still due").state == "stopped"
    asked(borough, stay.child)
    undo_death(stay.child, by=borough.service_manager)

    assert OutboxJob.objects.get(kind="stay.lapse").state == "waiting"
    outbox.sweep(kinds=["message.send"])
    assert Message.objects.get(key="still due").state == "sent"
    assert sent <= set(Message.objects.filter(state="sent").values_list("pk", flat=True))
    assert OutboxJob.objects.filter(kind="message.send", state="done").count() == Message.objects.filter(state="sent").count()


def test_offers_and_slots_are_not_taken_again_and_tellings_are_due_again(borough):
    places.an_outreach(borough)
    offer = places.a_bed_offered(borough, places.a_hub(borough))
    child = offer.child
    panel = panels.a_referral_panel(borough)
    booked = builders.a_signed_off_referral(borough, child=child)
    list_referral(booked, panels.a_called_meeting(borough, panel, on=date(2027, 1, 14)), by=borough.panel_administrator)
    draft = builders.a_draft_referral(borough, child)
    to_tell = set(Telling.objects.filter(stopped_because="").values_list("pk", flat=True))

    undone(borough, child)

    statuses = {r.pk: r.status for r in Referral.objects.filter(child=child)}
    assert (statuses[offer.referral_id], statuses[booked.pk], statuses[draft.pk]) == ("WAITING", "READY", "DRAFT")
    assert set(Stay.objects.filter(child=child).values_list("state", flat=True)) == {"released"}
    assert set(Telling.objects.filter(stopped_because="").values_list("pk", flat=True)) == to_tell


def test_a_place_released_meanwhile_is_not_given_back(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach)
    died(borough, stay.child)
    asked(borough, stay.child)
    release_place(stay, by=borough.provider_manager)

    with clock.held_at(TODAY + timedelta(days=1)):
        other = places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough))
        undo_death(stay.child, by=borough.service_manager)

    stay.refresh_from_db()
    assert (stay.state, other.state) == ("ended", "begun")
    assert Referral.objects.get(pk=stay.referral_id).status == "WAITING"


def test_two_people_undo_it_and_a_worker_never(borough):
    child = builders.a_child(borough)
    with pytest.raises(RuleBroken, match="not closed"):
        asked(borough, child)
    died(borough, child)
    with pytest.raises(RuleBroken, match="Nobody has asked"):
        undo_death(child, by=borough.service_manager)
    for who in (borough.social_worker, borough.provider_manager, borough.governance):
        with pytest.raises(RuleBroken, match="A manager asks"):
            ask_to_undo_death(child, because="x", by=who)
    asked(borough, child)
    with pytest.raises(RuleBroken, match="asked already"):
        asked(borough, child)
    with pytest.raises(RuleBroken, match="You asked for this"):
        undo_death(child, by=borough.team_manager)
    with pytest.raises(RuleBroken, match="A manager agrees"):
        undo_death(child, by=borough.social_worker)

    undo_death(child, by=borough.service_manager)

    with pytest.raises(RuleBroken, match="not closed"):
        undo_death(child, by=borough.head_of_service)
    assert UndoneClosing.objects.count() == 1


def test_what_another_manager_does_not_agree_to_stays_closed_and_may_be_asked_again(borough):
    child = builders.a_child(borough)
    died(borough, child)
    asked(borough, child)

    keep_closed(child, by=borough.service_manager)

    assert Child.objects.get(pk=child.pk).died_on == TODAY
    asked(borough, child)


def test_an_adoption_is_not_undone(borough):
    child = builders.a_child(borough)
    record_adoption(child, ordered_on=TODAY, named=[borough.governance], by=borough.team_manager)

    with pytest.raises(RuleBroken, match="Only a death"):
        asked(borough, child)


def test_other_managers_are_told_without_a_name_and_the_trail_keeps_all_four_deeds(borough):
    child = builders.a_child(borough)
    undone(borough, child)

    told = Message.objects.filter(kind="death.undo_asked")
    assert {m.person for m in told} >= {borough.service_manager, borough.head_of_service}
    assert borough.team_manager not in {m.person for m in told}
    assert all(child.full_name not in m.subject + m.body and child.called not in m.subject + m.body for m in told)
    verbs = AuditEvent.objects.filter(child_id=child.pk).values_list("verb", flat=True)
    assert {"record.closed", "death.undo_asked", "death.undone"} <= set(verbs)


def test_nothing_is_undone_if_the_audit_fails(borough, monkeypatch):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    died(borough, stay.child)
    asked(borough, stay.child)
    monkeypatch.setattr("core.audit.record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        undo_death(stay.child, by=borough.service_manager)

    assert ChildClosing.objects.exists()
    assert Referral.objects.get(pk=stay.referral_id).status == "ENDED"


def test_the_pages_ask_one_manager_and_then_another(borough, sign_in):
    child = builders.a_child(borough)
    at = f"/children/{child.reference}"
    client = sign_in(borough.team_manager)
    assert client.get(f"{at}/death/undo").status_code == 404
    died(borough, child)
    assert f"{at}/death/undo" in client.get(f"{at}/moving-on").content.decode()
    client.post(f"{at}/death/undo", {"because": "  "})
    assert ChildClosing.objects.get().undo_asked_at is None
    client.post(f"{at}/death/undo", {"because": "The wrong record."})
    assert "another manager has to agree" in client.get(f"{at}/death/undo").content.decode()
    assert "another manager has to agree" in client.post(f"{at}/death/undo", {"answer": "yes"}).content.decode()
    assert sign_in(borough.social_worker).get(f"{at}/death/undo").status_code == 403

    other = sign_in(borough.service_manager)
    assert "The wrong record." in other.get(f"{at}/death/undo").content.decode()
    page = other.post(f"{at}/death/undo", {"answer": "yes"}, follow=True).content.decode()

    assert "A closing was undone" in page
    assert Child.objects.get(pk=child.pk).died_on is None
