"""G11, G12 and G16: whatever dies, one issued pack for each meeting, none missed, and no email sent twice.

Real processes: a database, a queue, two workers and two timetables, killed with -9 at named places of the code and at
random moments; a queue that delivers again too soon, and twice; a clock that jumps, through both changes of the hour.
"""

import os
import sys
import time

import pytest
from django.db import connection

from tests.journeys.conftest import address_of
from tests.once.service import Once, Servers

# Not for the tests themselves, which have databases of their own: its tables are what those are made from.
pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
# Frozen on the Friday before the clocks go forward, circulated on the Monday after; and in the week after they go back.
SPRING, AUTUMN = "2026-04-08", "2026-11-03"
PLACES = (
    "worker after core.outbox.enqueue 1", "worker after core.outbox.claim 2", "worker before kpis.actions.pack._locked 2",
    "worker before core.documents.freeze 1", "worker after core.documents.freeze 2", "worker before core.pdf.render_pdf 1",
    "worker after core.pdf.render_pdf 2", "worker before core.files.store 1", "worker after core.files.store 1",
    "worker after core.files.store 2", "worker after core.post.send_each 3", "worker after core.audit.record 2",
    "worker after core.outbox.do 3", "worker before core.post.get_connection 3", "worker after core.post._email 5",
    "worker after core.post._hand_over 7", "database after core.files.store 1", "database before core.documents.freeze 2",
    "database after core.post._hand_over 4", "queue before core.pdf.render_pdf 1",
)  # fmt: skip
# For one pack: each of these places is passed.
ONE_PACK = (
    "worker after core.documents.freeze 1", "worker after core.pdf.render_pdf 1", "worker after core.files.store 1", "worker after core.post.send_each 2",
    "worker after core.post._hand_over 3", "database after core.files.store 1", "database after core.post._hand_over 2",
)  # fmt: skip
DRAWN = (("2026-03-23T06:59:58", "drafted"), ("2026-03-27T06:59:58", "frozen"))
HOURS = ("2026-03-29T00:59:57", "2026-03-29T01:30:00", "2026-03-28T12:00:00")
AUTUMN_HOURS = ("2026-10-25T01:30:00", "2026-10-25T00:30:00")
NOT_DONE = "SELECT count(*) FROM core_outboxjob WHERE state <> 'done'"
ISSUED = "SELECT count(*) FROM kpis_pack WHERE state = 'issued'"


@pytest.fixture(scope="module")
def servers(tmp_path_factory, django_db_setup, django_db_blocker):
    """A database and a queue for these tests alone, with every table of the tests' own database."""
    made = Servers(tmp_path_factory.mktemp("once"), address_of(connection.settings_dict))
    yield made
    made.close()


@pytest.fixture
def service(tmp_path, servers):
    """Makes the service, and ends it."""
    made = []

    def make(**how):
        made.append(Once(servers, tmp_path / str(len(made)), **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def done_by(service, packs, **how):
    """Wait until so many packs are issued and nothing is left to do."""
    assert service.until(ISSUED, packs, **how), service.tell()
    assert service.until(NOT_DONE, 0, seconds=300), service.tell()


def is_once(service, packs):
    """One pack a meeting, one version, one whole file that is what its row says; no email twice; nothing half done."""
    told, mail = service.tell(), service.deliveries()
    sys.stdout.write(f"{packs} packs; kills {dict(service.kills)}; faults {len(service.happened())}; emails {mail.total()}; unsure {len(told['unsure'])}\n")
    assert told["states"] == {"issued": packs}
    assert (told["meetings"], told["files"], told["true"], told["versions"]) == (packs, packs, packs, {"1": packs})
    assert (told["issued twice"], told["frozen twice"], told["drafted twice"]) == (0, 0, 0)
    assert set(told["jobs"]) == {"done"}
    assert set(mail.values()) <= {1}, [one for one, times in mail.items() if times > 1]
    sent = {name.strip("<>").split("@")[0] for name in mail}
    assert sent | set(told["unsure"]) == set(told["references"])
    return told


def test_g11_g12_g16_whatever_dies_each_meeting_has_one_pack_and_nobody_two_emails(service):
    """2 packs, 7 named faults, and printing that outlasts lease and queue (120 packs, 20 named faults and 60 kills at random with THROUGHLINE_FULL=1)."""
    groups = 60 if FULL else 1
    once = service(faults=PLACES if FULL else ONE_PACK, slow=0 if FULL else 3)
    once.make(groups, SPRING, AUTUMN)
    slow = 300 + 15 * groups
    kills = ("beat 0", "queue", "worker 0", "database", "beat 1", "worker 1") * 5 if FULL else ("beat 0", "queue", "worker 1")

    for moment, state in DRAWN if FULL else DRAWN[1:]:
        once.start(moment)
        assert once.until(f"SELECT count(*) FROM kpis_pack WHERE state = '{state}'", groups, seconds=slow), once.tell()
        once.stop()
    for moment in HOURS if FULL else HOURS[1:2]:
        once.start(moment)
        time.sleep(8 if FULL else 5)
        once.stop()
    assert once.ask(ISSUED) == 0
    once.start("2026-03-30T06:59:58")
    done_by(once, groups, seconds=slow, victims=kills)
    once.stop()
    # Nobody ran on the days themselves: what is overdue is found at the next start, done then, and marked late.
    for moment in (*AUTUMN_HOURS, "2026-10-28T09:00:00") if FULL else ("2026-10-28T09:00:00",):
        once.stop()
        once.start(moment)
        time.sleep(8 if FULL else 0)
    done_by(once, 2 * groups, seconds=slow, victims=kills if FULL else ())

    told = is_once(once, 2 * groups)
    assert told["late"] == [AUTUMN] * groups
    assert len(once.happened()) >= (18 if FULL else 5)


def test_the_control_that_marks_work_done_before_it_is_done_loses_packs(service):
    """A worker killed once: what it held is gone for good, where the row is not what says that it is done."""
    once = service(faults=["worker before kpis.actions.pack._printed 1"], control="forgetful")
    once.make(1, SPRING)

    once.start("2026-03-30T09:00:00")
    assert once.until("SELECT count(*) FROM core_outboxjob WHERE kind = 'pack.issue' AND state = 'done'", 1, seconds=300)
    assert not once.until(ISSUED, 1, seconds=8)

    with pytest.raises(AssertionError):
        is_once(once, 1)


def test_the_control_that_sends_a_letter_again_when_its_worker_died_sends_it_twice(service):
    """A worker killed once, just after it handed a letter over."""
    once = service(faults=["worker after core.post._hand_over 1"], control="eager")
    once.make(1, SPRING)

    once.start("2026-03-23T06:59:58")
    assert once.until("SELECT count(*) FROM kpis_pack WHERE state = 'drafted'", 1, seconds=300)
    assert once.until("SELECT count(*) FROM core_message WHERE state <> 'sent'", 0, seconds=300)

    assert once.happened()
    assert max(once.deliveries().values()) == 2


if FULL:

    def test_g12_work_that_takes_longer_than_the_queue_waits_is_done_once(service):
        """8 packs of 12 s each, where the queue delivers again after 1 s and a lease ends after 2."""
        once = service(slow=12)
        once.make(8, SPRING)

        once.start("2026-03-30T09:00:00")
        for _ in range(50):
            once.deliver_twice()
        done_by(once, 8, seconds=300)

        is_once(once, 8)
        assert once.ask("SELECT max(attempts) FROM core_outboxjob WHERE kind = 'pack.issue'") == 1
