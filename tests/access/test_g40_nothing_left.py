"""trust G40 to G42: with a record of every kind, nothing of a child is left after a disposal, and a pack holds all of theirs."""

import copy
import shutil

import pgtrigger
import pytest
from django.conf import settings
from django.db import connection

from core import clock, outbox
from core.files import store
from core.models import StoredFile
from core.rules import RuleBroken
from kpis.actions.disposal import propose_disposal
from kpis.actions.subject_access import gather_record
from referrals.models import Child, ChildDocument, Referral
from tests.access.canaries import SIGN
from tests.kpis.records.builders import LONG_AGO, a_hold, acting, disposed_of
from tests.kpis.records.test_subject_access import a_request

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def whole(scene):
    """The scene of this folder, to be changed by one test."""
    return copy.deepcopy(scene)


def make_due(child):
    """As if 75 years had gone by, and everything had ended."""
    with pgtrigger.ignore():
        Child.objects.filter(pk=child.pk).update(born_on=LONG_AGO, is_looked_after=True)
        Referral.objects.filter(child=child).update(status="ENDED", ended_at=clock.now())
        child.stays.update(state="released")
    outbox.sweep()


def test_g40_after_a_disposal_no_word_of_the_child_is_left(whole):
    """Every text of every row of the child holds a canary; afterwards none is in any table or file, and the others' all are."""
    ours, child = whole.records["ours"], whole.records["other team"]["child"]
    make_due(child)
    before = everything_kept()
    files_before = {path for path in settings.FILES.rglob("*") if path.is_file()}
    marks = {word for word in before.replace(",", " ").replace('"', " ").split() if word.startswith("ZqxT")}
    assert len(marks) > 60

    certificate = disposed_of(whole.borough, child)

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


def test_g40_no_file_of_the_child_is_left_and_every_other_is(whole, settings, tmp_path, django_capture_on_commit_callbacks):
    """The bytes themselves, searched: the child's own are on the disk before, and in no file afterwards."""
    stored = {path.name: path for path in settings.FILES.rglob("*") if path.is_file()}
    files_of_the_scene = {name: stored[name] for name in StoredFile.objects.values_list("sha256", flat=True) if name in stored}
    for path in files_of_the_scene.values():
        shutil.copytree(path.parent, tmp_path / path.parent.relative_to(settings.FILES), dirs_exist_ok=True)
    settings.FILES = tmp_path
    child = whole.records["other team"]["child"]
    kept = StoredFile.objects.filter(pk__in=ChildDocument.objects.filter(child=child).values("file")).first()
    own = store(b"%PDF-1.7 ZqxTheir own words", name="own.pdf")
    StoredFile.objects.filter(pk=kept.pk).update(sha256=own.sha256, size=own.size)
    StoredFile.objects.filter(pk=own.pk).delete()
    make_due(child)
    before = on_disk(tmp_path)
    assert b"ZqxTheir" in b"".join(before.values())

    with django_capture_on_commit_callbacks(execute=True):
        disposed_of(whole.borough, child)

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


def test_g40_a_decided_childs_part_of_the_minutes_goes_and_the_rest_stays(whole):
    child = whole.records["ours"]["child"]
    meeting = whole.records["ours"]["held"]
    for one in (child, whole.records["restricted"]["child"]):
        make_due(one)
    assert "Its reasons." in str(meeting.minutes.words)

    disposed_of(whole.borough, child)

    meeting.minutes.refresh_from_db()
    assert "Its reasons." not in str(meeting.minutes.words)
    assert "Removed: the record was disposed of" in str(meeting.minutes.words)
    after = everything_kept()
    assert [line.split(":")[0] for line in after.splitlines() if "Zzcanary Childname" in line and f" {child.pk}," in line] == []
    connection.check_constraints()


def refused(deed, **asked):
    with pytest.raises(RuleBroken) as refusal:
        deed(**asked)
    return [str(reason) for reason in refusal.value.reasons]


def test_g41_a_hold_on_a_service_reaches_those_who_stayed_there(whole):
    child = whole.records["ours"]["child"]
    other = whole.records["other team"]["child"]
    a_hold(whole.borough, provision=whole.records["ours"]["outreach"])

    assert refused(propose_disposal, child=child, note="x", by=acting(whole.borough.governance))[0] == "A legal hold keeps this record."
    assert "A legal hold keeps this record." not in refused(propose_disposal, child=other, note="x", by=acting(whole.borough.governance))


def test_g42_all_of_the_childs_words_are_in_and_nobody_elses(whole):
    """Canaries stand in every text of every record: the pack has the child's, and none of another child's."""
    child = whole.records["other team"]["child"]
    request = gather_record(a_request(whole.borough, child), by=acting(whole.borough.governance))

    entries = list(request.entries.all())
    gathered = "\n".join(f"{entry.words} {entry.given}" for entry in entries).encode()
    signs = {match[0].decode() for match in SIGN.finditer(gathered)}
    assert {sign[3] for sign in signs} == {"T"}
    assert len(signs) > 40
    given = "\n".join(entry.given for entry in entries)
    people = list(child.people.values_list("full_name", flat=True))
    assert people
    assert [name for name in people if name in given] == []
