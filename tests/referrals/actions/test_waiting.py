"""Triage, priority, contacts, plans, orders, health links, lead workers and messages: what is kept and who is told."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from kpis.measures.to_do.things import things_for
from referrals.actions.health import record_health_link
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.message import read_messages, write_message
from referrals.actions.priority import band_referral
from referrals.actions.referral import save_task
from referrals.actions.sdq import add_sdq
from referrals.actions.triage import ask_for_more, give_more, make_ready, turn_away
from referrals.actions.waiting import (
    agree_waiting_plan,
    log_contact,
    order_waiting,
    plan_waiting,
)
from referrals.models import LeadWorker, OrderChange, Referral, ReferralMessage
from referrals.models.holdings import waiting_in_order
from referrals.models.need import latest_sdq
from referrals.models.waiting_list import waiting_lines
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def fresh(person):
    """The same person, with nothing remembered."""
    return type(person).objects.get(pk=person.pk)


@pytest.fixture
def line(borough):
    """Three children who wait for outreach, in order of date."""
    outreach = places.an_outreach(borough, places=2)
    found = []
    for days in (30, 20, 10):
        with clock.held_at(TODAY - timedelta(days=days)):
            found.append(builders.a_waiting_referral(borough))
    return outreach, found


def test_b9_the_band_keeps_its_working_author_date_reason_and_history(borough):
    referral = builders.a_triaged_referral(borough)
    make_ready(referral, by=borough.panel_administrator)
    band_referral(
        referral, band="urgent", at_risk_in_days=2, reason="Nan is in hospital.", agreed_by=borough.strategic_manager,
        by=borough.service_manager,
    )  # fmt: skip

    first, second = referral.bandings.order_by("pk")
    assert (first.band, first.basis, first.banded_by) == ("standard", "triage", borough.panel_administrator)
    assert "The SDQ is not known." in first.working
    assert (second.was, second.proposed, second.band, second.agreed_by) == ("standard", "high", "urgent", borough.strategic_manager)
    assert Referral.objects.get(pk=referral.pk).band == "urgent"


@pytest.mark.parametrize("who", [None, "service_manager", "head_of_service"])
def test_b9_only_a_strategic_managers_agreement_moves_a_child_up(borough, who):
    referral = builders.a_triaged_referral(borough)

    with pytest.raises(RuleBroken, match="strategic manager"):
        make_ready(referral, band="high", reason="Known.", agreed_by=who and getattr(borough, who), by=borough.panel_administrator)

    assert Referral.objects.get(pk=referral.pk).status == "SENT"


def test_triage_is_never_done_by_whoever_signed(borough):
    referral = builders.a_triaged_referral(borough)

    for deed, more in ((make_ready, {}), (ask_for_more, {"question": "Why?"}), (turn_away, {"reason": "No."})):
        with pytest.raises(RuleBroken, match="You signed"):
            deed(referral, by=borough.service_manager, **more)


def test_b8_a_question_marks_its_tasks_stops_the_clock_and_names_a_day(borough):
    with clock.held_at(date(2026, 11, 23)):
        referral = builders.a_triaged_referral(borough)
    ask_for_more(referral, question="Is there a plan?", tasks=["risk"], answer_by=date(2026, 11, 27), by=borough.panel_administrator)
    referral = Referral.objects.get(pk=referral.pk)
    assert (referral.status, referral.due_on) == ("MORE_INFO", date(2026, 11, 27))
    assert referral.tasks.get(name="risk").to_mend == "Is there a plan?"

    with clock.held_at(date(2026, 11, 30)):
        referral = give_more(referral, by=borough.social_worker)
        referral = Referral.objects.get(pk=referral.pk)
        assert (referral.working_age, referral.due_on) == (1, date(2026, 12, 1))


def test_what_is_not_for_this_service_goes_back_with_the_reason(borough):
    referral = turn_away(builders.a_triaged_referral(borough), reason="Another service helps.", by=borough.panel_administrator)

    assert referral.status == "RETURNED"
    assert referral.sign_offs.standing().count() == 0
    assert referral.moves.filter(now="RETURNED").get().reason == "Another service helps."


def test_nothing_reaches_the_waiting_list_from_triage(borough):
    referral = builders.a_triaged_referral(borough)

    with pytest.raises(ValueError, match="cannot become"):
        referral.move_to("WAITING", by=borough.panel_administrator)


def test_b10_a_contact_is_kept_looks_at_the_band_and_tells_the_referrer(borough, line):
    _, (first, *_) = line
    log_contact(first, with_whom="carer", note="Nan is managing.", by=borough.provider_manager)

    row = next(row for found in waiting_lines(fresh(borough.provider_manager)) for row in found.rows if row.referral == first)
    assert (row.position, row.days, row.last_contact.with_whom) == (1, 30, "carer")
    assert row.contact_due == TODAY + timedelta(days=14)
    assert not row.contact_is_overdue
    assert (row.banded_on, row.band_is_due) == (TODAY, False)
    assert first.bandings.latest("pk").basis == "contact"
    told = Message.objects.get(kind="referral.waiting")
    assert (told.person, "Zzcanary" in told.body) == (first.author, False)


def test_b10_contact_overdue_and_band_overdue_are_flagged_and_on_to_do(borough, line):
    _, (first, second, third) = line
    with clock.held_at(TODAY - timedelta(days=15)):
        log_contact(first, with_whom="carer", note="Managing.", by=borough.provider_manager)

    rows = {row.referral.pk: row for found in waiting_lines(fresh(borough.provider_manager)) for row in found.rows}
    assert [rows[r.pk].contact_is_overdue for r in (first, second, third)] == [True, True, False]
    labels = [thing.label for thing in things_for(fresh(borough.provider_manager))]
    assert f"Be in touch about {first.reference}" in labels
    with clock.held_at(TODAY + timedelta(days=14)):
        log_contact(first, with_whom="carer", note="Again.", by=borough.provider_manager)
    with clock.held_at(TODAY + timedelta(days=14 + 29)):
        rows = {r.referral.pk: r for found in waiting_lines(fresh(borough.provider_manager)) for r in found.rows}
        assert rows[first.pk].band_is_due


def test_b10_free_places_are_matched_to_the_first_in_order(borough, line):
    _, (first, second, third) = line

    rows = {row.referral.pk: row.free_place for found in waiting_lines(fresh(borough.service_manager)) for row in found.rows}

    assert rows == {first.pk: "Outreach 1", second.pk: "Outreach 2", third.pk: ""}


def test_b11_the_plan_is_agreed_by_the_referrer_and_a_change_asks_again(borough, line):
    _, (first, *_) = line
    said = {"meanwhile": "Keep the Tuesday club.", "ring_name": "Tom", "ring_number": "01632 960000"}
    plan = plan_waiting(first, by=borough.provider_manager, **said)
    assert [t.url for t in things_for(fresh(borough.social_worker)) if "Agree what" in t.label] == [f"/waiting-list/{first.reference}/plan/agree"]
    for who in ("provider_manager", "team_manager", "other_social_worker"):
        with pytest.raises(RuleBroken):
            agree_waiting_plan(plan, by=getattr(borough, who))

    agree_waiting_plan(plan, by=borough.social_worker)
    plan.refresh_from_db()
    assert plan.agreed_by == borough.social_worker
    plan_waiting(first, by=borough.provider_manager, **{**said, "meanwhile": "Something else."})

    plan.refresh_from_db()
    assert plan.agreed_at is None


def test_the_order_is_changed_with_reason_and_agreement_and_places_follow_it(borough, line):
    outreach, rows = line
    seen = [r.reference for r in rows]
    wanted = [seen[2], seen[0], seen[1]]
    with pytest.raises(RuleBroken):
        order_waiting(outreach, wanted=wanted, seen=seen, reason="", agreed_by=borough.service_manager, by=borough.provider_manager)

    order_waiting(outreach, wanted=wanted, seen=seen, reason="His home ends.", agreed_by=borough.strategic_manager, by=borough.provider_manager)

    assert [r.reference for r in waiting_in_order(outreach)] == wanted
    change = OrderChange.objects.get()
    assert (change.before, change.after, change.agreed_by) == (seen, wanted, borough.strategic_manager)


@pytest.mark.django_db(transaction=True)
def test_g06_of_two_orders_from_one_page_the_second_is_told_to_look_again(borough):
    outreach = places.an_outreach(borough)
    seen = [builders.a_waiting_referral(borough).reference for _ in range(3)]
    gate, outcomes = threading.Barrier(2), []

    def save(wanted):
        try:
            with clock.held_at(TODAY):
                gate.wait()
                order_waiting(outreach, wanted=wanted, seen=seen, reason="Agreed.", agreed_by=fresh(borough.strategic_manager),
                              by=fresh(borough.provider_manager))  # fmt: skip
            outcomes.append("saved")
        except RuleBroken as refusal:
            outcomes.append(refusal.reasons[0].field)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(w,)) for w in ([seen[1], seen[0], seen[2]], [seen[2], seen[0], seen[1]])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["order", "saved"]


def test_b12_mental_health_services_are_recorded_with_priority_and_shared_care(borough):
    referral = builders.a_sent_referral(borough)
    task = referral.tasks.get(name="needs")
    save_task(task, answers={**task.answers, "sdq_score": "22"}, version=task.version, by=borough.social_worker)
    referral.child.is_looked_after = True
    referral.child.save()
    with pytest.raises(RuleBroken, match="stable home"):
        record_health_link(referral, state="supporting", home_is_stable=False, by=borough.social_worker)

    record_health_link(referral, state="referred", home_is_stable=True, by=borough.social_worker)
    link = record_health_link(
        referral, state="open", home_is_stable=True, shared_care_note="They see her; we see nan.", by=borough.social_worker
    )

    assert (link.sdq, link.has_priority_access) == (22, True)
    assert referral.health_links.count() == 2


@pytest.mark.parametrize(
    ("typed", "typed_on", "newest"),
    [("22", "1 11 2026", 18), ("22", "3 11 2026", 22), ("22", "", 18), ("", "3 11 2026", 18), ("99", "3 11 2026", 18)],
)
def test_b12_the_newest_sdq_counts_whether_recorded_or_referred(borough, typed, typed_on, newest):
    referral = builders.a_sent_referral(borough)
    add_sdq(referral.child, on=date(2026, 11, 2), score=18, completed_by="carer", by=borough.social_worker)
    task = referral.tasks.get(name="needs")
    said = {**task.answers, "sdq_score": typed, "sdq_on": typed_on}
    save_task(task, answers=said, version=task.version, by=borough.social_worker)

    assert latest_sdq(Referral.objects.get()) == newest


def test_b13_one_lead_worker_at_a_time_with_history(borough, line):
    _, (first, *_) = line
    with pytest.raises(RuleBroken, match="works for the provider"):
        name_lead_worker(first, borough.social_worker, by=borough.provider_manager)
    name_lead_worker(first, borough.practitioner, by=borough.provider_manager)
    with pytest.raises(RuleBroken, match="Say why"):
        name_lead_worker(first, borough.provider_manager, by=borough.provider_manager)

    name_lead_worker(first, borough.provider_manager, reason="On leave.", by=borough.provider_manager)

    assert [(lead.person, lead.until_at is None) for lead in first.lead_workers.order_by("pk")] == [
        (borough.practitioner, False), (borough.provider_manager, True),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadWorker.objects.create(referral=first, person=borough.practitioner, named_by=borough.provider_manager)


def test_messages_reach_those_named_who_may_see_and_carry_no_words(borough, line):
    _, (first, *_) = line
    write_message(first, words="Zzsecret words", to_roles=["SW", "TM"], by=borough.panel_administrator)

    told = Message.objects.filter(kind="referral.message")
    assert {m.person for m in told} == {borough.social_worker, borough.team_manager}
    assert not any("Zzsecret" in m.body + m.subject for m in told)
    assert not AuditEvent.objects.filter(sentence__contains="Zzsecret").exists()
    assert first.messages.visible_to(fresh(borough.social_worker)).unread_by(borough.social_worker).count() == 1
    assert read_messages(first, by=fresh(borough.social_worker)) == 1
    assert read_messages(first, by=fresh(borough.social_worker)) == 0


def test_the_provider_reads_only_messages_to_them(borough, line):
    _, (first, *_) = line
    write_message(first, words="Among ourselves", to_roles=["SW", "SM"], by=borough.panel_administrator)
    write_message(first, words="To you", to_roles=["PRM"], by=borough.social_worker)

    seen = ReferralMessage.objects.visible_to(fresh(borough.provider_manager))

    assert [m.words for m in seen] == ["To you"]


def test_nobody_is_told_of_a_message_on_a_referral_they_may_not_see(borough):
    referral = builders.a_sent_referral(borough)

    write_message(referral, words="Hello", to_roles=["PRM", "PA"], by=borough.social_worker)

    assert {m.person for m in Message.objects.filter(kind="referral.message")} == {borough.panel_administrator}
