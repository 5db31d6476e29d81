"""Disposal takes two people and leaves nothing of the child; a legal hold beats everything."""

from datetime import timedelta

import pgtrigger
import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from core import clock, outbox
from core.files import store
from core.models import AuditEvent, StoredFile
from core.rules import RuleBroken
from kpis.actions.disposal import answer_disposal, propose_disposal
from kpis.models import Disposal
from kpis.models.whose import histories, paths, tables
from referrals.actions.hold import answer_hold, ask_for_hold, ask_to_lift, lift_hold
from referrals.models import Child, ChildDocument, Hold, Referral
from referrals.models.kept_until import come_due
from tests.access.scene import a_scene
from tests.conftest import TODAY
from tests.kpis.records.builders import LONG_AGO, a_due_child, a_hold, acting, disposed_of, proposed
from tests.people import a_borough
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
HELD_BY = "a_legal_hold_keeps_this"


def everything_kept() -> str:
    """Every row of every table as words, row history and all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found += [f"{name}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(found)


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


@pytest.fixture
def scene(db):
    """A borough with a record of every kind."""
    return a_scene()


def make_due(child):
    """As if 75 years had gone by, and everything had ended."""
    with pgtrigger.ignore():
        Child.objects.filter(pk=child.pk).update(born_on=LONG_AGO, is_looked_after=True)
        Referral.objects.filter(child=child).update(status="ENDED", ended_at=clock.now())
        child.stays.update(state="released")
    outbox.sweep()


def test_g40_after_a_disposal_no_word_of_the_child_is_left(scene):
    """Every text of every row of the child holds a canary; afterwards none is in any table or file, and the others' all are."""
    ours, child = scene.records["ours"], scene.records["other team"]["child"]
    make_due(child)
    before = everything_kept()
    files_before = {path for path in settings.FILES.rglob("*") if path.is_file()}
    marks = {word for word in before.replace(",", " ").replace('"', " ").split() if word.startswith("ZqxT")}
    assert len(marks) > 60

    certificate = disposed_of(scene.borough, child)

    after = everything_kept()
    assert sorted(mark for mark in marks if mark in after) == []
    assert sum(word.startswith("ZqxO") for word in after.split()) == sum(word.startswith("ZqxO") for word in before.split())
    assert child.reference not in after.replace(f"subject_reference {child.reference}", "") or _only_in_trail(after, child.reference)
    assert Child.objects.filter(pk=ours["child"].pk).exists()
    assert certificate.counts["referrals.Child"] == 1
    assert certificate.counts["referrals.ChildEvent"] >= 1
    assert len(certificate.sha256) == 64
    assert certificate.files >= 1
    assert files_before
    connection.check_constraints()


def test_g40_no_file_of_the_child_is_left_and_every_other_is(db, settings, tmp_path, django_capture_on_commit_callbacks):
    """The bytes themselves, searched: the child's own are on the disk before, and in no file afterwards."""
    settings.FILES = tmp_path
    scene = a_scene()
    child = scene.records["other team"]["child"]
    kept = StoredFile.objects.filter(pk__in=ChildDocument.objects.filter(child=child).values("file")).first()
    own = store(b"%PDF-1.7 ZqxTheir own words", name="own.pdf")
    StoredFile.objects.filter(pk=kept.pk).update(sha256=own.sha256, size=own.size)
    StoredFile.objects.filter(pk=own.pk).delete()
    make_due(child)
    before = on_disk(tmp_path)
    assert b"ZqxTheir" in b"".join(before.values())

    with django_capture_on_commit_callbacks(execute=True):
        disposed_of(scene.borough, child)

    after = on_disk(tmp_path)
    assert b"ZqxTheir" not in b"".join(after.values())
    left = set(StoredFile.objects.values_list("sha256", flat=True))
    assert {name for name in before if name in left} <= set(after)
    assert not Child.objects.filter(pk=child.pk).exists()


def on_disk(folder) -> dict[str, bytes]:
    """Every stored file's bytes by its name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _only_in_trail(after: str, reference: str) -> bool:
    """The trail says that somebody did something to RK4-7QX, and nothing that says who that was."""
    return {line.split(":")[0] for line in after.splitlines() if reference in line} <= {"core_auditevent", "core_idempotencykey", "core_outboxjob"}


def test_g40_a_decided_childs_part_of_the_minutes_goes_and_the_rest_stays(scene):
    child = scene.records["ours"]["child"]
    meeting = scene.records["ours"]["held"]
    for one in (child, scene.records["restricted"]["child"]):
        make_due(one)
    assert "Its reasons." in str(meeting.minutes.words)

    disposed_of(scene.borough, child)

    meeting.minutes.refresh_from_db()
    assert "Its reasons." not in str(meeting.minutes.words)
    assert "Removed: the record was disposed of" in str(meeting.minutes.words)
    after = everything_kept()
    assert [line.split(":")[0] for line in after.splitlines() if "Zzcanary Childname" in line and f" {child.pk}," in line] == []
    connection.check_constraints()


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


def test_g41_a_hold_on_a_service_reaches_those_who_stayed_there(scene):
    child = scene.records["ours"]["child"]
    other = scene.records["other team"]["child"]
    a_hold(scene.borough, provision=scene.records["ours"]["outreach"])

    assert refused(propose_disposal, child=child, note="x", by=acting(scene.borough.governance))[0] == "A legal hold keeps this record."
    assert "A legal hold keeps this record." not in refused(propose_disposal, child=other, note="x", by=acting(scene.borough.governance))


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
