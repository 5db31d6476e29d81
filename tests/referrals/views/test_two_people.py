"""Two people of one referral: the child it is about, and whom the team works with; what came of it for both."""

import pytest

from core import clock
from core.rules import RuleBroken
from referrals.actions.ending import write_ending
from referrals.actions.referral import save_task, send_referral
from referrals.actions.stay import end_stay
from referrals.models import Ending, Referral, WorkedWith
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def say(referral, task, **answers):
    row = referral.tasks.get(name=task)
    save_task(row, answers={**row.answers, **answers}, version=row.version, by=referral.author)
    return Referral.objects.get(pk=referral.pk)


def working_with(borough, kind="foster carer", name="nan  Childname"):
    return say(builders.a_filled_referral(borough), "support", prime_user=kind, prime_user_name=name)


def test_a27_a_sent_referral_links_the_child_and_whom_the_team_works_with(borough):
    referral = send_referral(working_with(borough), by=borough.social_worker)

    link = WorkedWith.objects.get(referral=referral)
    assert link.person == referral.child.people.get()
    assert (link.kind, referral.child.full_name) == ("foster carer", "Zzcanary Childname")
    assert referral.paper_facts()["works_with"] == "Nan  Childname, a foster carer"


def test_a27_somebody_from_the_network_is_linked_by_name_alone_and_the_child_by_nothing(borough):
    school = send_referral(working_with(borough, "school", "Ms Teach"), by=borough.social_worker)
    child = send_referral(working_with(borough, "child", ""), by=borough.social_worker)

    assert WorkedWith.objects.get(referral=school).person is None
    assert not WorkedWith.objects.filter(referral=child).exists()
    assert child.prime_user == "The child"


@pytest.fixture
def stay(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    task = stay.referral.tasks.get(name="support")
    task.answers = {**task.answers, "prime_user": "foster carer", "prime_user_name": "Jo Bell"}
    task.save()
    return type(stay).objects.get(pk=stay.pk)


def test_a27_an_ending_asks_what_changed_and_how_it_was_for_both(borough, stay, sign_in):
    client, at = sign_in(borough.provider_manager), f"/stays/{stay.reference}/end"
    reason, feedback = (client.get(f"{at}/{task}").content.decode() for task in ("reason", "feedback"))

    assert "Was the goal of the referral reached?" in reason
    assert "Did it change things for Jo Bell, a foster carer?" in reason
    assert "How much did it help, as the child says?" in feedback
    assert "How much did it help, as Jo Bell, a foster carer says?" in feedback
    assert "{who}" not in reason + feedback


def test_a27_support_does_not_end_as_planned_before_both_outcomes_are_written(borough, stay, sign_in):
    places.an_ending_written(borough, stay)
    with clock.held_at(clock.moment(clock.today(), clock.TEN).replace(day=27)), pytest.raises(RuleBroken, match="Say what changed for Jo Bell"):
        end_stay(stay, on=clock.today(), by=borough.provider_manager)

    said = {**places.ENDING["reason"], "works_with_changed": "partly", "works_with_words": "Sleeps better."}
    write_ending(stay, task="reason", answers=said, by=borough.provider_manager)
    with clock.held_at(clock.moment(clock.today(), clock.TEN).replace(day=27)):
        end_stay(stay, on=clock.today(), by=borough.provider_manager)

    ending = Ending.objects.get()
    assert (ending.works_with, ending.works_with_changed, ending.goal_achieved) == ("Jo Bell, a foster carer", "partly", "yes")
    page = sign_in(borough.provider_manager).get(f"{stay.referral.get_absolute_url()}/after").content.decode()
    for words in ("What changed for Jo Bell, a foster carer", "partly", "Sleeps better.", "What the child says", "What Jo Bell, a foster carer says"):
        assert words in page


def test_a27_a_later_change_of_the_referral_renames_nobody_in_a_finished_ending(borough, stay):
    said = {**places.ENDING["reason"], "works_with_changed": "yes"}
    places.an_ending_written(borough, stay, but=("reason",))
    write_ending(stay, task="reason", answers=said, by=borough.provider_manager)
    with clock.held_at(clock.moment(clock.today(), clock.TEN).replace(day=27)):
        end_stay(stay, on=clock.today(), by=borough.provider_manager)
    task = stay.referral.tasks.get(name="support")
    task.answers = {**task.answers, "prime_user_name": "Somebody Else"}
    task.save()

    ending = Ending.objects.get()
    ending.name_whom_it_worked_with()
    assert ending.works_with == "Jo Bell, a foster carer"


def test_a27_where_nobody_else_is_named_the_carer_is_asked_as_before(borough, sign_in):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    page = sign_in(borough.provider_manager).get(f"/stays/{stay.reference}/end/reason").content.decode()

    assert "Did it change things for" not in page
    assert "How much did it help, as the carer says?" in sign_in(borough.provider_manager).get(f"/stays/{stay.reference}/end/feedback").content.decode()
