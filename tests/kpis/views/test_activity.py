"""What changed: newest first, bounded, narrowed; and nothing of a decision before its release, of a restricted child, of another's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from panels.actions.agenda import list_referral
from panels.actions.interest import declare_interest
from panels.models import Meeting
from referrals.actions.message import write_message
from referrals.actions.outcome import book_referral, record_panel_outcome, release_outcome
from referrals.actions.restriction import restrict_child
from referrals.actions.waiting import log_contact
from referrals.models import StatusChange
from tests import people
from tests.conftest import TODAY
from tests.panels import builders as panels
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def page(client, query=""):
    answer = client.get(f"/activity{query}")
    assert answer.status_code == 200, query
    return answer


def sentences(client, query=""):
    return [event.sentence for event in page(client, query).context["events"]]


def test_the_newest_is_first_and_says_who_did_it(borough, sign_in):
    with clock.held_at(TODAY - timedelta(days=3)):
        first = builders.a_sent_referral(borough)
    second = builders.a_sent_referral(borough)

    events = page(sign_in(borough.team_manager)).context["events"]

    assert [event.sentence for event in events] == [f"{r.reference}: with team manager" for r in (second, first)]
    assert {event.by for event in events} == {"Social Worker"}


@pytest.mark.parametrize("status", ["AGREED", "DECLINED", "RECOMMENDED"])
def test_d9_a_decision_that_is_not_released_changed_nothing_that_the_referrer_reads(borough, sign_in, status):
    referral = book_referral(builders.a_signed_off_referral(borough), meeting="a test", by=borough.panel_administrator)
    before = {who: page(sign_in(getattr(borough, who))).content.decode().count(referral.reference) for who in ("social_worker", "team_manager", "member")}

    with clock.held_at(TODAY + timedelta(days=1)):
        StatusChange.objects.create(referral=referral, was="BOOKED", now=status, at=clock.now(), by=borough.chair)
        for who, count in before.items():
            assert page(sign_in(getattr(borough, who))).content.decode().count(referral.reference) == count, who
        assert f"{referral.reference}: " in " ".join(sentences(sign_in(borough.panel_administrator)))


def test_a_released_decision_moves_the_referral_for_everybody_who_sees_it(borough, sign_in):
    places.an_outreach(borough)
    referral = book_referral(builders.a_signed_off_referral(borough), meeting="a test", by=borough.panel_administrator)
    release_outcome(record_panel_outcome(referral, outcome="agree", weeks=12, by=borough.chair), by=borough.chair)

    for who in ("social_worker", "provider_manager"):
        assert f"{referral.reference}: waiting for a place" in sentences(sign_in(getattr(borough, who))), who
    assert f"{referral.reference}: agreed" not in sentences(sign_in(borough.social_worker))


def test_d7_whoever_is_out_of_an_item_reads_nothing_of_its_decision(borough, sign_in):
    panel = panels.a_referral_panel(borough)
    with clock.held_at(TODAY):
        meeting = panels.a_called_meeting(borough, panel, on=TODAY + timedelta(days=30))
        referral = builders.a_signed_off_referral(borough)
        item = list_referral(referral, meeting, by=borough.panel_administrator)
    referral.refresh_from_db()
    StatusChange.objects.create(referral=referral, was="BOOKED", now="AGREED", at=clock.now(), by=borough.chair)
    said = f"{referral.reference}: agreed"
    assert said in sentences(sign_in(borough.chair)) or said in sentences(sign_in(borough.head_of_service))

    for who in ("chair", "head_of_service"):
        declare_interest(meeting, person=getattr(borough, who), item=item, by=getattr(borough, who))
        assert said not in sentences(sign_in(getattr(borough, who))), who


def test_g22_a_restricted_child_is_in_nobodys_changes_but_those_named(borough, sign_in):
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    log_contact(referral, with_whom="carer", note="Zznote", by=borough.provider_manager)
    write_message(referral, words="Zzwords", to_roles=["SW", "TM", "PRM"], by=borough.panel_administrator)
    restrict_child(referral.child, ground="profile", because="High profile now.", people=[borough.social_worker], by=borough.social_worker)

    named = page(sign_in(borough.social_worker)).content.decode()
    assert referral.reference in named
    assert not any(words in named for words in ("Zznote", "Zzwords", "Zzcanary", "High profile"))
    for who in set(borough.people) - {"social_worker"}:
        assert referral.reference not in page(sign_in(getattr(borough, who))).content.decode(), who


def test_another_authority_and_another_team_read_none_of_it(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    elsewhere = people.a_borough("elsewhere")

    for person in (*elsewhere.people.values(), borough.other_team_manager, borough.other_social_worker, borough.commissioner, borough.administrator):
        assert referral.reference not in page(sign_in(person)).content.decode(), person


def test_a_meeting_called_and_cancelled_is_for_those_who_see_meetings(borough, sign_in):
    meeting = panels.a_called_meeting(borough, panels.a_referral_panel(borough), on=TODAY + timedelta(days=30))
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=clock.now(), cancelled_by=borough.chair)

    assert {s.removeprefix(f"{meeting} ") for s in sentences(sign_in(borough.member))} == {"was called", "was cancelled"}
    assert sentences(sign_in(borough.social_worker)) == []


def test_it_is_narrowed_by_kind_by_time_and_by_referral(borough, sign_in):
    places.an_outreach(borough)
    with clock.held_at(TODAY - timedelta(days=10)):
        referral = builders.a_waiting_referral(borough)
    log_contact(referral, with_whom="carer", note="Well.", by=borough.provider_manager)
    client = sign_in(borough.service_manager)

    assert sentences(client, "?kind=contacts") == [f"Somebody was in touch about {referral.reference}"]
    assert sentences(client, "?days=7") == [f"Somebody was in touch about {referral.reference}"]
    assert len(sentences(client, f"?reference={referral.reference.replace('-', '').lower()}")) > 3
    assert sentences(client, "?reference=222-222") == []
    assert "Nothing matches these filters" in page(client, "?kind=messages").content.decode()


def test_nothing_older_than_thirty_days_and_the_empty_page_says_so(borough, sign_in):
    with clock.held_at(TODAY - timedelta(days=31)):
        builders.a_sent_referral(borough)

    assert "Nothing has changed in 30 days" in page(sign_in(borough.team_manager)).content.decode()


@pytest.mark.parametrize("query", ["?kind=x", "?days=99", "?days=-1", "?reference=%00", "?reference=" + "x" * 400, "?kind=%F0%9F%98%80", "?days=７"])
def test_g25_no_address_of_it_is_an_error_of_ours(borough, sign_in, query):
    assert sign_in(borough.team_manager).get(f"/activity{query}").status_code in {200, 400}


def test_it_asks_as_often_for_three_changes_as_for_one_and_shows_at_most_a_hundred(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.panel_administrator)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/activity")
        return len(queries), answer

    ask()
    one, _ = ask()
    for _ in range(110):
        StatusChange.objects.create(referral=referral, was="WITH_TM", now="WITH_SM", at=clock.now(), by=borough.team_manager)
    many, answer = ask()

    assert many == one
    assert len(answer.context["events"]) == 100
    assert "the newest 100" in answer.content.decode()
