"""A referral whose child was supported before it was written: who finishes it, with what, and once."""

from datetime import date, time, timedelta

import pytest

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.measures.to_do.places import emergencies_to_finish, emergencies_to_sign
from referrals.actions.closing import record_death
from referrals.actions.emergency import start_in_emergency
from referrals.actions.on_call import name_on_call
from referrals.actions.referral import finish_referral, save_task
from referrals.actions.transfer import transfer_caseload
from referrals.models import Referral, ReferralSnapshot, Stay
from referrals.models.stay_deeds import deeds_for
from referrals.rules.emergency import Said
from referrals.rules.submission import why_not_edit, why_not_finish
from referrals.rules.transfer import Row
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(borough):
    """Started at night by the service manager on call."""
    name_on_call(
        authority=borough.authority, kind="service manager", person=borough.service_manager, telephone="01632 960000",
        from_at=clock.moment(TODAY, time(17)), until_at=clock.moment(TODAY + clock.ONE_DAY, time(9)), by=None,
    )  # fmt: skip
    hub = places.a_hub(borough)
    with clock.held_at(clock.moment(TODAY, time(22))):
        stay = start_in_emergency(
            hub.places.get(number=1), builders.a_child(borough), planned_end_on=TODAY + timedelta(weeks=4),
            said=Said("Nowhere safe tonight.", "section 20", "Mother", "Both were told."), by=borough.service_manager,
        )  # fmt: skip
    return stay.referral


def write(referral, by):
    """Everything that is asked."""
    for name, answers in builders.ANSWERS.items():
        task = referral.tasks.get(name=name)
        extra = {"service": "hub", "weeks": "4", "cohorts": ["assessment"]} if name == "request" else {}
        save_task(task, answers={**task.answers, **answers, **extra}, version=task.version, by=by)


def test_REF6_only_what_is_owed_is_finished_and_with_all_that_is_asked():
    assert why_not_finish({}, is_owed=False, today=TODAY) == [
        "This referral is not one that was begun before it was written, or it has been finished already."
    ]
    assert len(why_not_finish({}, is_owed=True, today=TODAY)) > 5
    assert why_not_edit("SUPPORTED", standing=0, is_owed=True) == []
    assert why_not_edit("SUPPORTED", standing=0) != []


@pytest.mark.parametrize("who", ["service_manager", "social_worker"])
def test_j1e_the_tasks_left_by_an_emergency_are_finished_by_its_writer_or_the_childs_worker(borough, begun, sign_in, who):
    person = getattr(borough, who)
    (thing,) = emergencies_to_finish(person)
    client = sign_in(person)
    assert client.get(thing.url).status_code == 200
    assert "cannot be edited" not in client.get(thing.url).content.decode()
    write(begun, person)

    answer = client.post(f"/referrals/{begun.reference}/check", {"idempotency_key": "once"}, follow=True)

    begun.refresh_from_db()
    assert "The referral is finished" in answer.content.decode()
    assert (begun.status, begun.sent_at is None, begun.first_sent_at) == ("SUPPORTED", False, None)
    assert ReferralSnapshot.objects.filter(referral=begun).count() == 1
    assert AuditEvent.objects.filter(verb="referral.finished").count() == 1
    assert emergencies_to_finish(person) == []


def test_REF6_half_a_referral_is_not_finished_and_nothing_changes(borough, begun, sign_in):
    page = sign_in(borough.service_manager).post(f"/referrals/{begun.reference}/check", {}).content.decode()

    begun.refresh_from_db()
    assert "There is a problem" in page
    assert (begun.sent_at, ReferralSnapshot.objects.count()) == (None, 0)


def test_REF6_it_is_finished_once_and_not_edited_afterwards(borough, begun):
    write(begun, borough.service_manager)
    finish_referral(begun, by=borough.service_manager)

    with pytest.raises(RuleBroken, match="finished already"):
        finish_referral(begun, by=borough.service_manager)
    with pytest.raises(RuleBroken, match="cannot be edited"):
        write(Referral.objects.get(pk=begun.pk), borough.service_manager)


def test_a_service_manager_sees_no_draft_but_the_one_they_began(borough, begun):
    builders.a_draft_referral(borough)

    assert list(Referral.objects.visible_to(borough.service_manager)) == [begun]


def test_e16_a_child_who_came_over_leaves_tasks_for_the_childs_worker(borough):
    outreach = places.an_outreach(borough)
    builders.a_child(borough, case_number="L1")
    (came,) = transfer_caseload(
        [Row("L1", date(2025, 6, 2))], outreach, from_service="MISTLE", on=TODAY, by=borough.strategic_manager
    )

    (thing,) = emergencies_to_finish(borough.social_worker)

    assert came.stay.referral.reference in thing.label
    assert "came over from MISTLE" in thing.why


def test_r_a_death_ends_every_reminder_of_an_emergency_and_every_deed_to_its_stay(borough, begun, sign_in):
    stay = begun.stays.get()
    record_death(stay.child, died_on=TODAY, by=borough.team_manager)
    stay = Stay.objects.get(pk=stay.pk)

    assert emergencies_to_finish(borough.service_manager) == emergencies_to_finish(borough.social_worker) == []
    assert emergencies_to_sign(borough.strategic_manager) == []
    assert deeds_for(stay, borough.provider_manager) == []
    page = sign_in(borough.team_manager).get(f"/children/{stay.child.reference}").content.decode()
    assert "died 24 November 2026" in page
    assert "age 14" not in page
