"""The tasks of an ending: saved by themselves as typed, and two people at one task lose nothing."""

from datetime import timedelta

import pytest

from core import clock
from core.models import AuditEvent, HeldPost
from core.rules import RuleBroken
from referrals.actions.ending import StaleEnding, write_ending
from referrals.models import Ending
from tests.referrals import places

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(borough):
    return places.a_place_given(borough, places.an_outreach(borough))


def at(stay, rest=""):
    return f"/stays/{stay.reference}/end/exit{rest}"


def test_what_is_typed_is_saved_by_itself_valid_or_not(borough, stay, sign_in):
    client = sign_in(borough.provider_manager)
    page = client.get(at(stay)).content.decode()
    assert f'data-autosave-url="{at(stay, "/save")}"' in page
    assert 'name="version" value="0"' in page

    long = "A plan. " * 900
    first = client.post(at(stay, "/save"), {"version": "0", "exit_plan": long, "child_agrees": "no such answer"})
    second = client.post(at(stay, "/save"), {"version": "1", "exit_plan": "Shorter.", "relapse_plan": "Ring\x00 us."})

    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert first.json()["saved_at"] == "9am"
    ending = Ending.objects.get()
    assert (ending.exit_plan, ending.relapse_plan, ending.child_agrees) == ("Shorter.", "Ring us.", "")
    assert "Saved at 9am" in client.get(at(stay)).content.decode()


def test_one_audit_row_a_sitting_and_a_new_one_after_half_an_hour(borough, stay, sign_in):
    client = sign_in(borough.provider_manager)
    for version in range(3):
        client.post(at(stay, "/save"), {"version": version, "exit_plan": f"Plan {version}"})
    assert AuditEvent.objects.filter(verb="ending.written").count() == 1

    with clock.held_at(clock.now() + timedelta(minutes=31)):
        write_ending(stay, task="exit", answers={"exit_plan": "Later."}, version=3, by=borough.provider_manager)

    assert AuditEvent.objects.filter(verb="ending.written").count() == 2


def test_two_people_at_one_task_see_both_texts_and_nothing_is_overwritten(borough, stay, sign_in):
    write_ending(stay, task="exit", answers={"exit_plan": "Theirs."}, version=0, by=borough.social_worker)
    client = sign_in(borough.provider_manager)
    mine = {"version": "0", "exit_plan": "Mine.", "relapse_plan": "Ring."}

    assert client.post(at(stay, "/save"), mine).status_code == 409
    page = client.post(at(stay), mine)

    text = page.content.decode()
    assert page.status_code == 409
    for words in ("Theirs.", "Mine.", borough.social_worker.full_name, f'action="{at(stay)}"', 'name="version" value="1"'):
        assert words in text
    assert Ending.objects.get().exit_plan == "Theirs."

    client.post(at(stay), {**mine, "version": "1", "keep_exit_plan": "theirs", "keep_relapse_plan": "mine"})
    ending = Ending.objects.get()
    assert (ending.exit_plan, ending.relapse_plan) == ("Theirs.", "Ring.")


def test_two_people_at_two_tasks_are_in_no_conflict(borough, stay):
    write_ending(stay, task="exit", answers={"exit_plan": "Exit."}, version=0, by=borough.social_worker)
    write_ending(stay, task="next", answers={"lives_next": "Nan’s."}, version=0, by=borough.provider_manager)

    with pytest.raises(StaleEnding):
        write_ending(stay, task="exit", answers={"exit_plan": "Older."}, version=0, by=borough.provider_manager)
    assert write_ending(stay, task="exit", answers={"exit_plan": "Exit."}, version=0, by=borough.social_worker).version_of("exit") == 1


def test_what_is_too_long_is_kept_and_said(borough, stay, sign_in):
    client = sign_in(borough.social_worker)
    long = "word " * 1000

    page = client.post(at(stay), {"version": "0", "exit_plan": long})

    assert page.status_code == 200
    assert "4,000 characters or fewer" in page.content.decode()
    assert 'name="version" value="1"' in page.content.decode()
    assert Ending.objects.get().exit_plan == long


def test_save_and_come_back_later_leads_to_the_list(borough, stay, sign_in):
    answer = sign_in(borough.social_worker).post(at(stay), {"version": "0", "exit_plan": "Half", "later": "yes"})

    assert answer.url == f"/stays/{stay.reference}/end"
    assert Ending.objects.get().exit_plan == "Half"


@pytest.mark.parametrize("version", ["", "-1", "9" * 20, "x", "²"])
def test_a_version_nobody_gave_changes_nothing_that_is_written(borough, stay, sign_in, version):
    write_ending(stay, task="exit", answers={"exit_plan": "Written."}, version=0, by=borough.social_worker)

    answer = sign_in(borough.provider_manager).post(at(stay, "/save"), {"version": version, "exit_plan": "Other."})

    assert answer.status_code == 409
    assert Ending.objects.get().exit_plan == "Written."


@pytest.mark.parametrize("who", ["team_manager", "practitioner", "other_social_worker", "commissioner", "chair"])
def test_nobody_else_saves(borough, stay, sign_in, who):
    answer = sign_in(getattr(borough, who)).post(at(stay, "/save"), {"version": "0", "exit_plan": "Mine."})

    assert answer.status_code in {403, 404}
    assert not Ending.objects.exists()


def test_a_finished_ending_is_not_written(borough, stay, sign_in):
    with clock.held_at(clock.today() + timedelta(days=10)):
        places.a_stay_ended(borough, stay)
        with pytest.raises(RuleBroken, match="finished"):
            write_ending(stay, task="exit", answers={"exit_plan": "Other."}, version=1, by=borough.provider_manager)
        answer = sign_in(borough.provider_manager).post(at(stay, "/save"), {"version": "1", "exit_plan": "Other."})
    assert answer.status_code == 422


def test_words_held_from_an_ended_session_are_shown_with_their_version(borough, stay, sign_in):
    HeldPost.objects.create(
        person=borough.social_worker, path=at(stay, "/save"), fields={"exit_plan": ["Held words"], "version": ["0"]}, at=clock.now()
    )

    page = sign_in(borough.social_worker).get(at(stay)).content.decode()

    assert "Held words" in page
    assert 'name="version" value="0"' in page
