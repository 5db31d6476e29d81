"""Exceptions asked for and decided, and sending judged by the contract's version that day."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from referrals.actions.eligibility import ask_for_exception, decide_exception
from referrals.actions.provision import add_provision, set_terms
from referrals.actions.referral import save_task, send_referral
from referrals.models import EligibilityException
from tests.people import SINCE
from tests.referrals import builders

pytestmark = pytest.mark.django_db
PILOT = {"under": 18, "miles": 20, "in_house": True, "version": "1", "source": "002:723-726"}


@pytest.fixture
def outreach(borough):
    """Outreach under the pilot's criteria."""
    made = add_provision(
        slug="outreach", authority=borough.authority, kind="outreach", name="Outreach", provider=borough.provider, by=None
    )
    tell(borough, made, PILOT, SINCE)
    return made


def tell(borough, provision, criteria, from_on):
    set_terms(
        provision, contract_slug="art", provider=borough.provider, from_on=from_on, places=12, weekly_rate=Decimal(660),
        rate_basis="child week", eligibility=criteria, by=None,
    )  # fmt: skip


def living(borough, miles="4", home="foster", **more):
    """A filled referral for a child who lives somewhere."""
    referral = builders.a_filled_referral(borough, **more)
    return change(referral, miles=miles, lives_now=home)


def change(referral, **said):
    task = referral.tasks.get(name="support")
    save_task(task, answers={**task.answers, **said}, version=task.version, by=referral.author)
    referral.refresh_from_db()
    return referral


def test_a13_a_child_beyond_the_distance_is_sent_once_a_strategic_manager_allows_it(borough, outreach):
    referral = living(borough, miles="23")
    with pytest.raises(RuleBroken, match="23 miles away"):
        send_referral(referral, by=borough.social_worker)

    asked = ask_for_exception(referral, criterion="distance", reason="The carers are ours.", by=borough.social_worker)
    with pytest.raises(RuleBroken):
        send_referral(referral, by=borough.social_worker)
    decide_exception(asked, allowed=True, reason="Three miles over.", by=borough.strategic_manager)

    sent = send_referral(referral, by=borough.social_worker)
    assert sent.status == "WITH_TM"
    (distance,) = [f for f in sent.snapshots.get().judged["findings"] if f["criterion"] == "distance"]
    assert (distance["fact"], distance["met"], distance["allowed"]) == ("23 miles", False, True)
    kept = EligibilityException.objects.get()
    assert (kept.asked_because, kept.decided_because, kept.decided_by) == (
        "The carers are ours.", "Three miles over.", borough.strategic_manager,
    )  # fmt: skip


def test_a13_an_exception_does_not_stretch_to_another_distance(borough, outreach):
    referral = living(borough, miles="23")
    asked = ask_for_exception(referral, criterion="distance", reason="Near.", by=borough.social_worker)
    decide_exception(asked, allowed=True, reason="Near enough.", by=borough.strategic_manager)

    change(referral, miles="61")

    with pytest.raises(RuleBroken, match="61 miles"):
        send_referral(referral, by=borough.social_worker)


def test_a14_an_exception_is_a_recorded_decision_with_an_audit_row_and_no_name(borough, outreach):
    referral = living(borough, home="residential")

    asked = ask_for_exception(referral, criterion="home", reason="Moving soon.", by=borough.social_worker)
    decide_exception(asked, allowed=False, reason="Not yet.", by=borough.strategic_manager)

    rows = AuditEvent.objects.filter(verb__startswith="exception.").order_by("pk")
    assert [row.verb for row in rows] == ["exception.asked", "exception.decided"]
    assert not any("Zzcanary" in row.sentence for row in rows)
    assert {m.person for m in Message.objects.filter(kind__startswith="exception.")} == {
        borough.strategic_manager, borough.social_worker,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="own carers"):
        send_referral(referral, by=borough.social_worker)


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "service_manager", "head_of_service", "provider_manager"])
def test_a14_nobody_else_decides_an_exception(borough, outreach, who):
    referral = living(borough, home="residential")
    asked = ask_for_exception(referral, criterion="home", reason="Moving soon.", by=borough.social_worker)

    with pytest.raises(RuleBroken, match="strategic manager"):
        decide_exception(asked, allowed=True, reason="Fine.", by=getattr(borough, who))


def test_a14_an_exception_is_decided_once_and_asked_once_at_a_time(borough, outreach):
    referral = living(borough, home="residential")
    asked = ask_for_exception(referral, criterion="home", reason="Moving soon.", by=borough.social_worker)
    with pytest.raises(RuleBroken, match="already"):
        ask_for_exception(referral, criterion="home", reason="Again.", by=borough.social_worker)
    decide_exception(asked, allowed=False, reason="No.", by=borough.strategic_manager)

    with pytest.raises(RuleBroken, match="decided already"):
        decide_exception(asked, allowed=True, reason="Yes.", by=borough.strategic_manager)
    assert ask_for_exception(referral, criterion="home", reason="New facts.", by=borough.social_worker).pk


def test_a12_a_draft_started_at_seventeen_is_judged_on_the_day_it_is_sent(borough, outreach):
    child = builders.a_child(borough, born_on=date(2008, 11, 26))
    referral = living(borough, child=child)
    with clock.held_at(date(2026, 11, 26)), pytest.raises(RuleBroken, match="was 18 on 26 November 2026"):
        send_referral(referral, by=borough.social_worker)

    assert send_referral(referral, by=borough.social_worker).status == "WITH_TM"


def test_a31_a_referral_is_judged_by_the_version_in_force_at_sending(borough, outreach):
    tell(borough, outreach, PILOT | {"miles": 10, "version": "2"}, date(2026, 11, 25))
    first, second = living(borough, miles="15"), living(borough, miles="15")

    sent = send_referral(first, by=borough.social_worker)
    with clock.held_at(date(2026, 11, 25)), pytest.raises(RuleBroken, match="the limit is 10"):
        send_referral(second, by=borough.social_worker)

    assert sent.snapshots.get().judged["version"] == "1"
