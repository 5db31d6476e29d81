"""trust G06: of edits that begin from one version one wins, and the others are told and keep their own words."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from core.actions.person import give_role
from core.models import User
from core.roles import Role
from core.rules import RuleBroken
from panels.actions import live
from referrals.actions import sign_off, waiting
from referrals.actions.referral import save_task
from referrals.models import OrderChange, ReferralTask, SignOff
from referrals.models.holdings import waiting_in_order
from referrals.rules.sign_off import CONFIRMATIONS
from referrals.views import tasks
from tests import people
from tests.at_once.support import an_item_at_hand, at_once, judged_together, posting, refusals
from tests.people import SINCE
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)
RECORDS, EDITORS = 3, 8


def edits(borough, referral):
    """Eight people's words for one task, all from its first version, and what each was answered."""
    said = [f"The words of editor {n} & <more>" for n in range(EDITORS)]
    url = f"/referrals/{referral.reference}/tasks/needs"
    return said, at_once(*[posting(borough.social_worker, url, {"story": words, "version": "0"}) for words in said])


def test_g06_one_edit_wins_and_the_others_keep_their_words():
    borough = people.a_borough()
    for _ in range(RECORDS):
        referral = builders.a_draft_referral(borough)

        said, answers = edits(borough, referral)

        task = referral.tasks.get(name="needs")
        (won,) = [words for words, answer in zip(said, answers, strict=True) if answer.status_code != 409]
        assert (task.answers["story"], task.version) == (won, 1)
        for words, answer in zip(said, answers, strict=True):
            assert answer.status_code == 409 or words == won
            assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in answer.content.decode() or words == won


def test_g06_without_the_version_words_are_overwritten(monkeypatch):
    """The control: whoever saves says that the version is the one that is there."""

    def unversioned(task, *, version, **said):
        with transaction.atomic():
            here = ReferralTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
            return save_task(task, version=here.version, **said)

    monkeypatch.setattr(tasks, "save_task", unversioned)
    borough = people.a_borough()
    referral = builders.a_draft_referral(borough)

    _, answers = edits(borough, referral)

    assert [answer.status_code for answer in answers if answer.status_code == 409] == []
    assert referral.tasks.get(name="needs").version == EDITORS


@pytest.mark.parametrize("guarded", [True, False])
def test_g06_one_note_wins_at_a_meeting(monkeypatch, guarded):
    """Chair and administrator write about one item at once; the control says that no version is old."""
    borough = people.a_borough()
    item = an_item_at_hand(borough)
    if not guarded:
        monkeypatch.setattr(live, "StaleNote", lambda item: AssertionError)
        save = live.save_note
        monkeypatch.setattr(
            "panels.views.live.save_note",
            lambda item, *, version, **said: save(item, version=type(item).objects.get(pk=item.pk).note_version, **said),
        )
    url = f"{item.meeting.get_absolute_url()}/live/{item.number}/note"

    answers = [
        answer
        for who in (borough.chair, borough.panel_administrator)
        for answer in at_once(*[posting(who, url, {"note": f"{who} {n}", "version": "0"}) for n in range(2)])
    ]

    lost = [answer for answer in answers if answer.status_code == 409]
    item.refresh_from_db()
    assert len(lost) == (3 if guarded else len(lost)), answers
    assert item.note_version == 1 if guarded else item.note_version > 1


def signers(borough):
    """Two managers of one team, each of whom may sign."""
    give_role(borough.other_team_manager, Role.TEAM_MANAGER, organisation=borough.council, authority=borough.authority,
              teams=[borough.team], from_on=SINCE, by=None)  # fmt: skip
    return borough.team_manager, borough.other_team_manager


def both_sign(borough, referral):
    """Both managers sign one step at the same moment, from what both have read."""
    read = referral.version()
    who = [User.objects.get(pk=one.pk) for one in signers(borough)]
    return at_once(*[
        lambda one=one: sign_off.sign_off_referral(referral, confirmations=CONFIRMATIONS, read=read, by=one) for one in who
    ])  # fmt: skip


def test_g06_two_people_signing_one_step_make_one_signature():
    borough = people.a_borough()
    referral = builders.a_sent_referral(borough)

    came_to = both_sign(borough, referral)

    assert len(refusals(came_to)) == 1
    assert sum(isinstance(one, SignOff) for one in came_to) == 1
    assert SignOff.objects.standing().filter(referral=referral, step="TM").count() == 1
    referral.refresh_from_db()
    assert referral.status == "WITH_SM"


def test_g06_without_the_lock_both_signatures_are_judged_good(monkeypatch):
    """The control: both pass the rule, and only the constraint underneath refuses the second."""
    judged_together(monkeypatch, sign_off, "why_not_sign_off", who=2)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **how: self)
    borough = people.a_borough()
    referral = builders.a_sent_referral(borough)

    came_to = both_sign(borough, referral)

    assert not any(isinstance(one, RuleBroken) for one in came_to)
    assert sum(isinstance(one, IntegrityError) for one in came_to) == 1


def both_order(borough):
    """Two managers put three waiting children in two orders, from one page."""
    outreach = places.an_outreach(borough)
    seen = [builders.a_waiting_referral(borough).reference for _ in range(3)]
    wanted = [[seen[1], seen[0], seen[2]], [seen[2], seen[0], seen[1]]]
    who = borough.provider_manager, borough.strategic_manager
    for person in who:
        assert person.current_roles
    came_to = at_once(*[
        lambda line=line: waiting.order_waiting(outreach, wanted=line, seen=seen, reason="Agreed.", agreed_by=who[1], by=who[0])
        for line in wanted
    ])  # fmt: skip
    return outreach, wanted, came_to


def test_g06_of_two_orders_at_once_one_stands():
    outreach, wanted, came_to = both_order(people.a_borough())

    assert len(refusals(came_to)) == 1
    change = OrderChange.objects.get()
    assert change.after in wanted
    assert [row.reference for row in waiting_in_order(outreach)] == change.after


def test_g06_without_looking_again_the_second_order_overwrites_the_first(monkeypatch):
    """The control: nobody compares what was seen with what is there."""
    monkeypatch.setattr(waiting, "why_not_order_unseen", lambda *_: [])

    _, _, came_to = both_order(people.a_borough())

    assert refusals(came_to) == []
    assert OrderChange.objects.count() == 2
