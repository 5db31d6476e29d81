"""Disposal takes two people and leaves nothing of the child; a legal hold beats everything."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import Error, connection, transaction

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.actions.disposal import answer_disposal, propose_disposal
from kpis.models import Disposal
from kpis.models.whose import histories, paths, tables
from referrals.actions.hold import answer_hold, ask_for_hold, ask_to_lift, lift_hold
from referrals.models import Child, Hold
from referrals.models.kept_until import come_due
from tests.conftest import TODAY
from tests.kpis.records.builders import LONG_AGO, a_due_child, a_hold, acting, disposed_of, proposed
from tests.people import a_borough
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
HELD_BY = "a_legal_hold_keeps_this"


def refused(deed, **asked):
    with pytest.raises(RuleBroken) as refusal:
        deed(**asked)
    return [str(reason) for reason in refusal.value.reasons]


def test_k9_records_come_due_on_their_day_by_their_rule(borough):
    due = a_due_child(borough)
    a_due_child(borough, born_on=LONG_AGO + timedelta(days=1))
    a_due_child(borough, born_on=LONG_AGO, is_looked_after=False)
    died = a_due_child(borough, born_on=TODAY.replace(year=2000))
    Child.objects.filter(pk=died.pk).update(died_on=TODAY.replace(year=2011))

    found = come_due(borough.authority.pk)

    assert [(one.child.pk, one.kept.rule, one.kept.until) for one in found] == [(due.pk, "birth", TODAY), (died.pk, "death", TODAY)]


def test_k9_a_child_who_was_looked_after_once_is_kept_as_one(borough):
    """The flag of today says nothing of the past: its history does."""
    child = a_due_child(borough)
    Child.objects.filter(pk=child.pk).update(is_looked_after=False)

    assert [one.kept.rule for one in come_due(borough.authority.pk)] == ["birth"]


def test_g13_nobody_disposes_of_a_record_alone(borough):
    child = a_due_child(borough)
    governance, head = acting(borough.governance), acting(borough.head_of_service)
    disposal = proposed(borough, child)

    assert refused(propose_disposal, child=child, note="Again.", by=governance) == ["This record is proposed already: a second person has to answer."]
    assert refused(answer_disposal, disposal=disposal, agrees=True, by=governance) == [
        "A head of service answers this.", "You proposed this: a second person has to answer.",
    ]
    assert refused(propose_disposal, child=a_due_child(borough), note="Mine.", by=head) == ["Information governance proposes this."]
    assert Child.objects.filter(pk=child.pk).exists()
    # Nor by the database itself.
    with pytest.raises(Error, match="two_people_dispose_of_a_record"), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(
            state="done", child=None, evidence="", note="", answered_by=borough.governance, answered_at=clock.now()
        )
    answer_disposal(disposal, agrees=True, by=head)
    assert not Child.objects.filter(pk=child.pk).exists()
    assert refused(answer_disposal, disposal=disposal, agrees=True, by=head) == ["This proposal is answered already."]


def test_g40_nothing_goes_a_day_early_and_evidence_is_judged_again(borough):
    child = a_due_child(borough)
    early = a_due_child(borough, born_on=LONG_AGO + timedelta(days=1))
    assert refused(propose_disposal, child=early, note="x", by=acting(borough.governance)) == [
        "It is kept until 25 November 2026: 75 years from birth, 25 November 1951."
    ]
    disposal = proposed(borough, child)
    Child.objects.filter(pk=child.pk).update(born_on=LONG_AGO + timedelta(days=2))

    assert refused(answer_disposal, disposal=disposal, agrees=True, by=acting(borough.head_of_service)) == [
        "It is kept until 26 November 2026: 75 years from birth, 26 November 1951."
    ]
    assert Child.objects.filter(pk=child.pk).exists()


def test_k9_a_record_with_an_open_referral_stays(borough):
    child = a_due_child(borough)
    referrals.a_draft_referral(borough, child)

    assert refused(propose_disposal, child=child, note="x", by=acting(borough.governance)) == ["A referral or a stay of the child is open."]


def test_a_certificate_holds_nothing_of_the_child_and_the_trail_says_who(borough):
    child = a_due_child(borough)

    certificate = disposed_of(borough, child)

    told = str(Disposal.objects.filter(pk=certificate.pk).values().get())
    assert not any(word in told for word in (child.reference, "Zzcanary", "1951", "paper file"))
    done = AuditEvent.objects.get(verb="disposal.done")
    assert (done.child_id, done.person_name) == (None, "Head Of Service")
    assert child.reference not in done.sentence


def on_everything(borough, child):
    """What a hold may be on, each of which reaches the child."""
    return {"child": {"child": child}, "team": {"team": borough.team}, "council": {}}


@pytest.mark.parametrize("reaches", ["child", "team", "council"])
@pytest.mark.parametrize("agreed", [True, False], ids=["agreed", "only asked for"])
def test_g41_a_hold_beats_disposal_deletion_and_raw_sql(borough, reaches, agreed):
    child = a_due_child(borough)
    disposal = proposed(borough, child)
    hold = a_hold(borough, agreed=agreed, **on_everything(borough, child)[reaches])

    assert refused(answer_disposal, disposal=disposal, agrees=True, by=acting(borough.head_of_service)) == ["A legal hold keeps this record."]
    rows = {"referrals_child": "id", "referrals_childperson": "child_id"}
    for table, column in rows.items():
        with pytest.raises(Error, match="A legal hold keeps this record"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [child.pk])
    with pgtrigger.ignore(), pytest.raises(Error, match="A legal hold keeps this record"), transaction.atomic():
        child.people.all().delete()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM referrals_hold WHERE id = %s", [hold.pk])
    assert child.people.count() == 1


def test_g41_lifted_by_two_people_the_record_may_go(borough):
    """The control: without the hold the same deeds are done."""
    child = a_due_child(borough)
    hold = a_hold(borough, child=child)
    governance, head = acting(borough.governance), acting(borough.head_of_service)
    assert refused(lift_hold, hold=hold, agrees=True, by=head) == ["Nobody has asked for this hold to be lifted."]
    ask_to_lift(hold, because="It is over.", by=governance)
    assert refused(lift_hold, hold=hold, agrees=True, by=governance) == ["A head of service answers this.", "You asked for this: a second person has to answer."]
    assert refused(propose_disposal, child=child, note="x", by=governance) == ["A legal hold keeps this record."]

    lift_hold(hold, agrees=True, by=head)

    assert disposed_of(borough, child).state == "done"


def test_g13_nobody_places_or_lifts_a_hold_alone_in_the_database_either(borough):
    hold = a_hold(borough, agreed=False)
    assert refused(answer_hold, hold=hold, agrees=False, by=acting(borough.governance))[-1] == "You asked for this: a second person has to answer."
    for changed in (
        {"state": "lifted"}, {"state": "turned down"},
        {"state": "turned down", "answered_by": borough.governance, "answered_at": clock.now()},
        {"state": "lifted", "lift_asked_by": borough.governance, "lift_asked_at": clock.now(), "lifted_by": borough.governance, "lifted_at": clock.now()},
    ):
        with pytest.raises(Error), transaction.atomic():
            Hold.objects.filter(pk=hold.pk).update(**changed)


def test_a_hold_let_stand_goes_on_keeping(borough):
    hold = ask_to_lift(a_hold(borough), because="x", by=acting(borough.governance))

    lift_hold(hold, agrees=False, by=acting(borough.head_of_service))

    assert Hold.objects.keeping().get().state == "stands"


def test_another_councils_hold_and_officers_reach_nothing_of_ours(borough):
    elsewhere, child = a_borough("elsewhere"), a_due_child(borough)
    a_hold(elsewhere)
    assert refused(ask_for_hold, child=child, because="x", by=acting(elsewhere.governance)) == ["That is not this council’s."]

    assert disposed_of(borough, child).state == "done"


def test_g41_every_table_of_a_childs_record_is_kept_by_the_database():
    """A new table that names a child has the trigger, or this is red; so has its history."""
    kept_without = {Hold, Disposal}
    wanted = {model._meta.db_table for model in paths() if model not in kept_without}
    wanted |= {event._meta.db_table for model, event in histories().items() if model in paths()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [HELD_BY])
        there = {name for (name,) in cursor.fetchall()}

    assert sorted(wanted - there) == []
    assert len(tables()) > 150
