"""trust G32: whatever is done to the trail behind the product is found, and the first bad event is named."""

import json
import os
import random
from datetime import timedelta
from urllib.parse import urlparse, urlunparse

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core import audit, clock, seal_check, seals
from core.models import AuditEvent, Seal
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
TRIALS = 200 if os.environ.get("THROUGHLINE_FULL") else 44
SEED, EACH, MINUTES = 20261127, 6, 12


@pytest.fixture
def trail(borough, settings, tmp_path):
    """Twelve minutes of deeds, each minute sealed, and the marks copied out."""
    settings.FILES = tmp_path
    seals.seal_trail()
    for minute in range(1, MINUTES + 1):
        with clock.held_at(clock.moment(TODAY) + timedelta(minutes=minute)):
            for number in range(EACH):
                audit.record("thing.done", on=borough.team, by=borough.chair, sentence=f"Did thing {minute}.{number}.")
            seals.seal_trail()
    seals.copy_out()
    return seals.copies_in(seals.copies_file().read_text().splitlines())


def run(sql, *values):
    """As whoever owns the tables and has taken off what protects them."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER USER; ALTER TABLE core_seal DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def a_place(chance) -> int:
    """An event somewhere in the sealed trail."""
    return chance.choice(list(AuditEvent.objects.values_list("pk", flat=True)))


def edited(chance):
    """One field of one event."""
    key, name = a_place(chance), chance.choice(["sentence", "verb", "person_name", "subject_id", "role"])
    run(f"UPDATE core_auditevent SET {name} = 'x' WHERE id = %s", key)
    return key


def given_away(chance):
    """One event is of another child now."""
    key = a_place(chance)
    run("UPDATE core_auditevent SET child_id = 999999 WHERE id = %s", key)
    return key


def cut(chance):
    """One event is gone."""
    key = a_place(chance)
    run("DELETE FROM core_auditevent WHERE id = %s", key)
    return key


def cut_at_the_end(chance):
    """The last few events are gone, and with them the last seals."""
    first = Seal.objects.get(number=chance.randint(6, MINUTES)).first
    run("DELETE FROM core_auditevent WHERE id >= %s; DELETE FROM core_seal WHERE spans[1][1] >= %s", first, first)
    return first


def swapped(chance):
    """Two events have changed places."""
    one, two = sorted(chance.sample(list(AuditEvent.objects.filter(verb="thing.done").values_list("pk", flat=True)), 2))
    run(
        "UPDATE core_auditevent a SET sentence = b.sentence, at = b.at FROM core_auditevent b"
        " WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))", one, two, two, one,
    )  # fmt: skip
    return one


def dated_back(chance):
    """An event of today that says that it was last week."""
    run(
        "INSERT INTO core_auditevent (at, verb, sentence, subject_type, subject_id, subject_reference, person_name, role)"
        " VALUES (%s, 'thing.done', 'Made up.', 'core.team', '1', '', 'Chair', 'CH')",
        clock.moment(TODAY) - timedelta(days=chance.randint(1, 9)),
    )
    seals.seal_trail()
    return AuditEvent.objects.order_by("pk").last().pk


def put_in_between(chance):
    """An event under a number that a deed gave up long ago."""
    key = AuditEvent.objects.order_by("pk").first().pk - 1
    run(
        "INSERT INTO core_auditevent (id, at, verb, sentence, subject_type, subject_id, subject_reference, person_name, role)"
        " VALUES (%s, %s, 'thing.done', 'Made up.', 'core.team', '1', '', 'Chair', 'CH')", key, clock.moment(TODAY),
    )  # fmt: skip
    return key


def seal_changed(chance):
    """An event and the seal that held it, by somebody who knows how seals are made; not the seals after it."""
    seal = Seal.objects.get(number=chance.randint(1, MINUTES))
    run("UPDATE core_auditevent SET sentence = 'x' WHERE id = %s", seal.first)
    digest, leaves, _ = seals.batch_of(seal.spans)
    run("UPDATE core_seal SET digest = %s, leaves = %s WHERE id = %s", digest, leaves, seal.pk)
    return seal.first


def written_anew(chance):
    """The trail emptied, an event left out, the rest written and sealed again from the start."""
    rows = list(AuditEvent.objects.order_by("pk").values())
    del rows[chance.randrange(len(rows))]
    run("DELETE FROM core_auditevent; DELETE FROM core_seal")
    AuditEvent.objects.bulk_create(AuditEvent(**row) for row in rows)
    for _ in range(MINUTES + 1):
        seals.seal_trail()
    return AuditEvent.objects.order_by("pk").first().pk


def chain_rebuilt(chance):
    """An event changed, and every seal from there on made again as it should be."""
    seal = Seal.objects.get(number=chance.randint(1, MINUTES))
    run("UPDATE core_auditevent SET sentence = 'x' WHERE id = %s", seal.first)
    before = seal.number > 1 and Seal.objects.get(number=seal.number - 1).mark
    for later in Seal.objects.filter(number__gte=seal.number).order_by("number"):
        later.digest, later.leaves, _ = seals.batch_of(later.spans)
        before = later.mark = seals.mark_of(later, before or "")
        run("UPDATE core_seal SET digest = %s, leaves = %s, mark = %s WHERE id = %s", later.digest, later.leaves, before, later.pk)
    return seal.first


def older_copy(chance):
    """A dump of some minutes ago is brought back, and the service goes on."""
    first = cut_at_the_end(chance)
    with clock.held_at(clock.moment(TODAY) + timedelta(hours=1)):
        again = AuditEvent.objects.order_by("pk").last()
        again.pk = first
        again.save(force_insert=True)
        seals.seal_trail()
    return first


ATTACKS = [
    edited, given_away, cut, cut_at_the_end, swapped, dated_back, put_in_between, seal_changed, written_anew, chain_rebuilt, older_copy,
]  # fmt: skip
# Found only by the marks that lie outside the database.
BY_COPIES = (cut_at_the_end, written_anew, chain_rebuilt, older_copy)


def tampered(trail, attack, chance) -> tuple[int, list[str]]:
    """The first event that was touched, and what the check says; all undone."""
    with transaction.atomic():
        key = attack(chance)
        found = list(seal_check.problems(trail))
        transaction.set_rollback(True)
    return key, found


def test_g32_a_trail_that_nobody_touched_is_whole(trail):
    assert len(trail) == MINUTES + 1
    assert list(seal_check.problems(trail)) == []


def test_g32_every_tampering_is_found_and_the_first_bad_event_named(trail, tried):
    chance, missed = random.Random(SEED), []
    for number in range(TRIALS):
        attack = ATTACKS[number % len(ATTACKS)]
        key, found = tampered(trail, attack, chance)
        if not found or f"vent {key} " not in found[0]:
            missed.append((attack.__name__, key, found[:2]))
    tried("G32", "tamperings behind the product", count=TRIALS, expected="all named", found=f"{TRIALS - len(missed)} of {TRIALS} named")

    assert missed == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_g32_with_the_seals_not_compared_it_is_not_found(trail, monkeypatch, attack):
    """The control: nothing copied out, and neither digest, mark nor day looked at."""
    monkeypatch.setattr(seal_check, "mark_of", lambda seal, before: seal.mark)
    monkeypatch.setattr(seal_check, "batch_of", lambda spans: (Seal.objects.get(spans=spans).digest, b"", []))
    monkeypatch.setattr(seal_check, "_misdated", lambda *_: [])
    monkeypatch.setattr(seal_check, "_between", list)

    assert tampered({}, attack, random.Random(SEED))[1] == []


@pytest.mark.parametrize("attack", BY_COPIES, ids=lambda attack: attack.__name__)
def test_g32_without_the_marks_outside_the_database_it_is_not_found(trail, attack):
    """The control of copying out."""
    assert tampered({}, attack, random.Random(SEED))[1] == []


def test_g32_a_number_given_up_or_written_late_is_no_tampering(trail, borough):
    held = AuditEvent.objects.order_by("pk").last().pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('core_auditevent', 'id')), nextval(pg_get_serial_sequence('core_auditevent', 'id'))")
        late, given_up = cursor.fetchone()
    with clock.held_at(clock.moment(TODAY) + timedelta(minutes=20)):
        audit.record("thing.done", on=borough.team, by=borough.chair, sentence="Done.")
        assert seals.seal_trail().awaited == {str(late): MINUTES + 2, str(given_up): MINUTES + 2}
        event = AuditEvent.objects.get(pk=held)
        event.pk, event.at = late, clock.now()
        event.save(force_insert=True)

        assert seals.seal_trail().spans == [[late, late]]

    assert list(seal_check.problems(trail)) == []


def test_g32_two_sealers_make_one_seal_and_nothing_new_makes_none(trail):
    assert seals.seal_trail() is None
    assert Seal.objects.count() == MINUTES + 1
    assert seals.copy_out() == 0


def test_g32_the_command_says_that_it_is_whole_or_names_what_is_not(trail, capsys):
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith(f"The trail is whole: {AuditEvent.objects.count()} events under {MINUTES + 1} seals")
    key = edited(random.Random(1))
    with pytest.raises(CommandError, match=f"Event {key} is not as it was sealed"):
        call_command("verify_audit")


def test_g32_a_seal_from_a_printed_pack_is_compared_too(trail):
    newest = seals.newest_seal()
    call_command("verify_audit", seal=[f"{newest.number}:{newest.mark}"])

    with pytest.raises(CommandError, match=f"Seal {newest.number} is not the one that was copied out"):
        call_command("verify_audit", seal=[f"{newest.number}:{'0' * 64}"])


ASKED = [
    "UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table}", "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER ALL", "DROP TABLE {table}", "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "SET session_replication_role = 'replica'", "CREATE RULE quiet AS ON INSERT TO {table} DO INSTEAD NOTHING", "SET ROLE throughline_owner",
    "DROP FUNCTION pgtrigger_no_such()",
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["core_auditevent", "core_seal"])
def test_g32_the_service_itself_can_do_nothing_to_it(borough, table, tried):
    """As the role the service signs in with, with every right that it has on rows."""
    audit.record("thing.done", on=borough.team, by=borough.chair, sentence="Done.")
    seals.seal_trail()
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO throughline")
    address = urlparse(os.environ["DATABASE_SERVICE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    service, done = psycopg2.connect(urlunparse(address)), []
    service.autocommit = True
    with service.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
        for sql in ASKED:
            try:
                cursor.execute(sql.format(table=table))
                done.append(sql)
            except psycopg2.Error:
                continue
    service.close()
    tried("G32", f"ways of the service’s role into {table}", count=len(ASKED), expected="all refused", found=f"{len(ASKED) - len(done)} refused")

    assert done == []


def test_g32_seals_are_told_by_their_spans():
    assert seals.spans_of([3, 4, 5, 9, 11, 12]) == [[3, 5], [9, 9], [11, 12]]
    assert json.dumps(seals.copies_in(["14 3fa9 2026", "15:77aa", "words", ""])) == '{"14": "3fa9", "15": "77aa"}'
