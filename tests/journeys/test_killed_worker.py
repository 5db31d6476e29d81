"""A worker that is killed half-way through a pack leaves exactly one pack, one file and one email each."""

import time
from datetime import date

import pytest

from core import files
from core.models import AuditEvent, Message, OutboxJob, StoredFile
from kpis.models import Pack
from tests.journeys.conftest import set_clock, wait_for
from tests.panels.builders import a_called_meeting, a_steering_group
from tests.people import a_borough

pytestmark = pytest.mark.django_db(transaction=True)
ISSUE = "2026-12-10"


@pytest.mark.parametrize("after", [0.0, 0.7])
def test_a_worker_killed_half_way_through_a_pack_leaves_exactly_one(settings, timetable, after):
    borough = a_borough()
    meeting = a_called_meeting(borough, a_steering_group(borough), on=date(2026, 12, 17))
    set_clock(settings, ISSUE)
    kills = 0

    for attempt in (1, 2):
        timetable.start()
        wait_for(lambda n=attempt: OutboxJob.objects.filter(kind="pack.issue", state="running", attempts=n))
        time.sleep(after)
        timetable.stop()
        kills += OutboxJob.objects.filter(kind="pack.issue", state="running").exists()
    timetable.start()
    wait_for(lambda: Pack.objects.filter(meeting=meeting, state="issued"))
    wait_for(lambda: Message.objects.filter(kind="pack.issued", state="sent").count() == 6)

    pack, job = Pack.objects.get(), OutboxJob.objects.get(kind="pack.issue")
    assert kills > 0
    assert job.attempts == kills + 1
    assert pack.document.versions.count() == 1
    assert job.result_hash == pack.version.file.sha256
    assert files.read(pack.version.file).startswith(b"%PDF")
    assert StoredFile.objects.count() == 1
    assert AuditEvent.objects.filter(verb="pack.issued").count() == 1
    assert Message.objects.filter(kind="pack.issued").count() == 6
