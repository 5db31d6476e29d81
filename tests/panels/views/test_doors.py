"""Who gets through each door of panels: the right person, nobody signed out, no other authority."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import get_resolver

from core.roles import Role
from core.rules import RuleBroken
from kpis.measures.to_do.things import things_for
from panels.actions.act import send_papers_for_act
from panels.actions.meeting import cancel_meeting, record_not_held
from panels.actions.paper import offer_supplement
from panels.models import Meeting
from panels.models.room import may_chair
from tests import people
from tests.conftest import TODAY
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals.builders import a_signed_off_referral

pytestmark = pytest.mark.django_db

LISTS = {
    "panels": ("/panels", "panel_administrator"),
    "terms_list": ("/terms-of-reference", "member"),
    "meetings": ("/meetings", "member"),
    "my_papers": ("/papers", "member"),
    "decisions": ("/decisions", "member"),
    "actions": ("/actions", "member"),
    "enter_several": ("/decisions/entered", "panel_administrator"),
    "check_several": ("/decisions/checked", "panel_administrator"),
    "high_cost": ("/decisions/high-cost", "member"),
    "register": ("/account/interests", "member"),
    "unmet_needs": ("/unmet-needs", "member"),
    "disputes": ("/steering/disputes", "member"),
    "raise_dispute": ("/steering/disputes/new", "chair"),
}
RECORDS = {
    "panel": ("/panels/{slug}", "panel_administrator"),
    "call": ("/panels/{slug}/call", "panel_administrator"),
    "year": ("/panels/{slug}/year/2027", "panel_administrator"),
    "extraordinary": ("/panels/{slug}/extraordinary", "panel_administrator"),
    "seats": ("/panels/{slug}/seats", "member"),
    "attendance": ("/panels/{slug}/attendance", "member"),
    "give_seat": ("/panels/{slug}/seats/b/give", "panel_administrator"),
    "standing_delegate": ("/panels/{slug}/seats/b/delegate", "panel_administrator"),
    "change_seat": ("/panels/{slug}/seats/b/{holder}", "panel_administrator"),
    "end_delegate": ("/panels/{slug}/seats/b/delegate/{stands}", "panel_administrator"),
    "terms": ("/terms-of-reference/{slug}", "member"),
    "propose_terms": ("/terms-of-reference/{slug}/propose", "member"),
    "alteration": ("/terms-of-reference/{slug}/proposals/{alteration}", "member"),
    "terms_version": ("/terms-of-reference/{slug}/1", "member"),
    "compare_terms": ("/terms-of-reference/{slug}/1/compare/1", "member"),
    "sign_terms": ("/terms-of-reference/{slug}/1/sign", "chair"),
    "meeting": ("/meetings/{meeting}", "member"),
    "agenda": ("/meetings/{meeting}/agenda", "panel_administrator"),
    "item_request": ("/meetings/{meeting}/agenda/{number}", "panel_administrator"),
    "late": ("/meetings/{meeting}/late", "panel_administrator"),
    "circulate": ("/meetings/{meeting}/circulate", "panel_administrator"),
    "papers": ("/meetings/{meeting}/papers", "member"),
    "paper": ("/meetings/{meeting}/papers/{number}", "member"),
    "attend": ("/meetings/{meeting}/attend", "member"),
    "delegate": ("/meetings/{meeting}/delegates/{holder}", "member"),
    "interests": ("/meetings/{meeting}/interests", "member"),
    "live": ("/meetings/{meeting}/live", "panel_administrator"),
    "live_item": ("/meetings/{meeting}/live/{number}", "chair"),
    "minutes": ("/meetings/{held}/minutes", "member"),
    "move": ("/meetings/{meeting}/move", "panel_administrator"),
    "cancel": ("/meetings/{meeting}/cancel", "chair"),
    "service": ("/meetings/{meeting}/service", "panel_administrator"),
    "record_service": ("/meetings/{meeting}/service/record", "panel_administrator"),
    "book": ("/referrals/{ready}/book", "panel_administrator"),
    "referral_panel": ("/referrals/{ready}/panel", "panel_administrator"),
    "health_decision": ("/referrals/{ready}/continuing-care", "panel_administrator"),
    "high_risk": ("/children/{child}/high-risk", "social_worker"),
    "put_to_high_risk": ("/high-risk/{vulnerable}", "panel_administrator"),
    "decision": ("/decisions/{decision}", "member"),
    "reasons": ("/panels/{slug}/reasons", "panel_administrator"),
    "between": ("/panels/{slug}/between-meetings", "chair"),
    "present": ("/meetings/{meeting}/present", "member"),
    "act": ("/meetings/{meeting}/act/{act}", "chair"),
    "agree_minutes": ("/meetings/{held}/minutes/agree", "chair"),
    "hold_back": ("/decisions/{decision}/hold-back", "panel_administrator"),
    "present_again": ("/decisions/{decision}/present-again", "panel_administrator"),
    "decided_elsewhere": ("/decisions/{decision}/decided", "panel_administrator"),
    "dispute": ("/steering/disputes/{dispute}", "member"),
}
# A GET of these does nothing: it leads back to the page that has their button.
DEEDS = {
    "note": ("/meetings/{meeting}/live/{number}/note", "panel_administrator"),
    "print_minutes_again": ("/meetings/{held}/minutes/print-again", "panel_administrator"),
    "copy_papers": ("/meetings/{meeting}/papers/copy", "member"),
    "let_slot_go": ("/referrals/{ready}/book/let-go", "panel_administrator"),
    "check_entry": ("/decisions/{decision}/checked", "panel_administrator"),
    "release_decision": ("/decisions/{decision}/release", "chair"),
    "enter_decision": ("/decisions/{decision}/entered", "panel_administrator"),
    "finish_action": ("/actions/{action}/done", "member"),
}
FILES = {
    "minutes_file": ("/meetings/{held}/minutes.pdf", "member"),
    "papers_file": ("/meetings/{meeting}/papers.pdf", "member"),
    "late_file": ("/meetings/{meeting}/late/{late}", "member"),
    "minutes_word": ("/meetings/{held}/minutes.docx", "panel_administrator"),
}
EVERY = {**LISTS, **RECORDS, **DEEDS, **FILES}


def address(record, borough, name):
    """The address of one page, with its references filled in; the chair's act is made when it is asked for."""
    asked = EVERY[name][0].replace("{holder}", borough.member.reference).replace("{stands}", borough.finance.reference)
    if "{act}" in asked:
        asked = asked.replace("{act}", str(act_number(record, borough)))
    if "{late}" in asked:
        asked = asked.replace("{late}", late_file(record, borough))
    return record.at(asked)


def act_number(record, borough):
    """The number of the item on which the chair may act, whose papers are out."""
    found = record.to_come.items.filter(kind="act").first()
    return (found or send_papers_for_act(record.ready, record.panel, by=borough.panel_administrator)).number


def late_file(record, borough):
    """The file of a late paper, offered when it is first asked for."""
    found = record.to_come.supplements.exclude(file=None).first()
    late = found or offer_supplement(
        record.next_item, words="", change_note="New.", upload=("late.txt", b"Late."), by=borough.panel_administrator
    )
    return late.file.reference


def test_every_address_is_tried():
    assert get_resolver().url_patterns  # the references' converter is registered with the first of them

    assert {pattern.name for pattern in import_module("panels.urls").urlpatterns} == set(EVERY)


def test_the_right_person_gets_each_page(borough, record, sign_in):
    for name in {**LISTS, **RECORDS}:
        answer = sign_in(getattr(borough, EVERY[name][1])).get(address(record, borough, name))
        assert answer.status_code == 200, name
        assert "<h1" in answer.content.decode(), name


def test_deeds_are_not_done_by_opening_an_address(borough, record, sign_in):
    for name in DEEDS:
        answer = sign_in(getattr(borough, EVERY[name][1])).get(address(record, borough, name))
        assert answer.status_code in {302, 405}, name
    record.decision.refresh_from_db()
    record.action.refresh_from_db()

    assert record.decision.on_case_system_at is None
    assert record.action.done_at is None


def test_nobody_signed_in_is_sent_to_sign_in(borough, record, client):
    for name in EVERY:
        for ask in (client.get, client.post):
            answer = ask(address(record, borough, name))
            assert answer.status_code == 302, name
            assert answer.url.startswith("/sign-in"), name


def test_another_authority_finds_nothing(borough, record, sign_in):
    elsewhere = people.a_borough("otherborough")

    for name in {**RECORDS, **DEEDS, **FILES}:
        client = sign_in(getattr(elsewhere, EVERY[name][1]))
        assert client.get(address(record, borough, name)).status_code == 404, name
        assert client.post(address(record, borough, name), {"deed": "start"}).status_code in {404, 405}, name
    for name, (page, who) in LISTS.items():
        text = sign_in(getattr(elsewhere, who)).get(page).content.decode()
        assert record.panel.name not in text, name
        assert record.next_item.title not in text, name


@pytest.mark.parametrize("who", ["social_worker", "practitioner", "finance", "administrator"])
def test_those_with_no_part_in_meetings_are_kept_out(borough, record, sign_in, who):
    client = sign_in(getattr(borough, who))

    # Whoever refers reads the referral panel's terms, and how their own referral goes through it.
    open_to_referrers = {"terms_list", "terms", "terms_version", "compare_terms", "referral_panel", "high_risk"}
    for name in set(EVERY) - open_to_referrers - {"decisions", "decision", "enter_decision", "actions"}:
        assert client.get(address(record, borough, name)).status_code in {403, 404}, name
    actions = client.get("/actions")
    assert actions.status_code == 200
    assert list(actions.context_data["object_list"]) == []
    assert record.action.what not in actions.content.decode()


def test_only_those_who_run_the_meeting_have_its_live_page(borough, record, sign_in):
    page = record.at("/meetings/{meeting}/live")

    for who in ("member", "auditor", "head_of_service", "provider_manager"):
        assert sign_in(getattr(borough, who)).get(page).status_code == 404, who


@pytest.mark.parametrize("number", ["0", "99", "99999", "999999999999999999999999"])
def test_an_item_that_is_not_there_is_not_found(borough, record, sign_in, number):
    client = sign_in(borough.panel_administrator)

    assert client.get(record.at(f"/meetings/{{meeting}}/papers/{number}")).status_code == 404
    assert client.get(record.at(f"/meetings/{{meeting}}/live/{number}")).status_code == 404
    for deed in ("", "/note"):
        answer = client.post(record.at(f"/meetings/{{meeting}}/live/{number}{deed}"), {"note": "x", "version": "0"})
        assert answer.status_code == 404


def test_c9_c24_whoever_takes_the_chair_has_its_pages_and_its_work_in_any_role(borough, sign_in):
    group = builders.a_tripartite_group(borough)
    meeting = builders.a_called_meeting(borough, group, on=TODAY + timedelta(days=20))
    turn = next(who for who in ("health", "head_of_service", "education") if may_chair(meeting, borough.people[who]))
    chair = borough.people[turn]
    act = send_papers_for_act(a_signed_off_referral(borough), group, by=borough.panel_administrator)
    Meeting.objects.filter(pk=meeting.pk).update(chair=chair)

    client = sign_in(chair)

    for page in (f"act/{act.number}", "cancel"):
        assert client.get(f"{meeting.get_absolute_url()}/{page}").status_code == 200
    assert "Cancel this meeting" in client.get(meeting.get_absolute_url()).content.decode()
    assert f"{meeting.get_absolute_url()}/act/{act.number}" in {thing.url for thing in things_for(acting(chair))}
    other = next(borough.people[who] for who in ("health", "education", "chair") if who != turn)
    assert sign_in(other).get(f"{meeting.get_absolute_url()}/cancel").status_code == 404


def test_can6_a_chair_of_something_else_cancels_nothing_here(borough, sign_in):
    panel = builders.a_referral_panel(borough)
    meeting = builders.a_called_meeting(borough, panel)
    other = builders.somebody(borough, "Another Chair", Role.CHAIR)
    builders.seat_person(panel, letter="c", person=other, from_on=builders.SINCE, by=borough.panel_administrator)

    assert sign_in(other).get(meeting.get_absolute_url()).status_code == 200
    assert sign_in(other).get(f"{meeting.get_absolute_url()}/cancel").status_code == 404
    with pytest.raises(RuleBroken, match="Only the chair"):
        cancel_meeting(meeting, reason="Mine.", by=acting(other))
    with pytest.raises(RuleBroken, match="Only the chair"):
        record_not_held(meeting, reason="Mine.", by=acting(other))
