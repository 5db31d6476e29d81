"""A hundred thousand episodes are checked and stored in under a minute and half a gigabyte, and say meanwhile how far they have got."""

import os
import random
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from core import outbox
from core.models import OutboxJob
from kpis.actions.imports import confirm_import
from kpis.models import ImportProgress, IndicatorValue, ReturnedRow
from tests.kpis.imports.builders import EPISODES, HEADER, begun, checked, sent
from tests.people import a_borough

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, CHILDREN = 100_000, 25_000
MOST_SECONDS, MOST_BYTES = 60, 500 * 1024 * 1024
WORK = """
import sys, time
import django
django.setup()
from core import outbox
import kpis.tasks
began = time.perf_counter()
done = outbox.sweep(kinds=[sys.argv[1]])
# Not getrusage: what it tells of a process begins with what its parent had.
most = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(done, time.perf_counter() - began, int(most) * 1024)
"""


def many() -> list:
    """A year's Episodes file of a hundred thousand rows, four to a child, and its Header."""
    drawn, first = random.Random(903), date(2018, 4, 1)
    episodes, children = [EPISODES], [HEADER]
    for child in range(CHILDREN):
        children.append(f"{child:08},1,{date(2005, 1, 1) + timedelta(drawn.randrange(4000)):%d/%m/%Y},WBRI,X{child:012},,\n")
        days = sorted(drawn.sample(range(365), 4))
        for at, day in enumerate(days):
            ends = f"{first + timedelta(days[at + 1]):%d/%m/%Y}" if at < 3 else ""
            episodes.append(f"{child:08},{first + timedelta(day):%d/%m/%Y},{'SPTB'[at]},C2,N1,U6,PR1,{ends},X1,CARPL,LE1 1AA,LE{child % 90} {at}AA,SC{child % 999:03}\n")
    return [sent("Header 2019.csv", "".join(children)), sent("Episodes 2019.csv", "".join(episodes))]


def worked(kind: str) -> tuple[int, float, int]:
    """What one worker of its own did of a kind of work: jobs, seconds, bytes at its largest."""
    url = settings.DATABASES["default"]
    done = subprocess.run([sys.executable, "-c", WORK, kind], env=worker_env(url), capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    jobs, seconds, most = done.stdout.split()[-3:]
    return int(jobs), float(seconds), int(most)


def worker_env(database: dict) -> dict[str, str]:
    """The environment of a process that uses the tests' database."""
    there = f"postgres://{quote(database['USER'])}:{quote(database['PASSWORD'])}@{'' if database['HOST'].startswith('/') else database['HOST']}"
    there += f":{database['PORT']}/{connection.settings_dict['NAME']}" if database["PORT"] else f"/{connection.settings_dict['NAME']}"
    if database["HOST"].startswith("/"):
        there += f"?host={database['HOST']}"
    return {**os.environ, "DATABASE_URL": there, "DJANGO_SETTINGS_MODULE": "tests.settings", "THROUGHLINE_FILES": str(settings.FILES)}


def test_a_hundred_thousand_episodes_in_a_minute_and_half_a_gigabyte(capsys):
    borough = a_borough()
    batch = begun(borough, many())
    OutboxJob.objects.filter(kind__startswith="import.").update(due_at="2020-01-01T00:00Z")

    looked = worked("import.check")
    batch.refresh_from_db()
    assert (batch.state, looked[0]) == ("checked", 1)
    confirm_import(batch, by=borough.administrator)
    OutboxJob.objects.filter(kind="import.store").update(due_at="2020-01-01T00:00Z")
    kept = worked("import.store")

    batch.refresh_from_db()
    assert (batch.state, kept[0]) == ("stored", 1)
    assert ReturnedRow.objects.filter(code="episodes").count() == ROWS
    assert IndicatorValue.objects.get(reading="carer, temporary left out").denominator == CHILDREN
    with capsys.disabled():
        sys.stdout.write(f"\n{ROWS:,} episodes: checked in {looked[1]:.1f} s, stored in {kept[1]:.1f} s, {max(looked[2], kept[2]) / 2**20:.0f} MB at most\n")
    assert looked[1] + kept[1] < MOST_SECONDS
    assert max(looked[2], kept[2]) < MOST_BYTES


def test_the_bar_tells_how_far_it_is_while_the_transaction_is_open(monkeypatch):
    borough = a_borough()
    rows = EPISODES + "".join(f"C{n},01/05/2018,S,C2,N1,U6,PR1,,,,,,\n" for n in range(500))
    batch = checked(borough, [sent("Episodes 2019.csv", rows)])
    monkeypatch.setattr("kpis.actions.import_progress.EVERY_SECONDS", 0)
    confirm_import(batch, by=borough.administrator)
    seen, over = [], threading.Event()

    def watch():
        while not over.is_set():
            progress = ImportProgress.objects.get(batch=batch)
            seen.append((progress.words, progress.done, progress.total, ReturnedRow.objects.count()))
            time.sleep(0.005)
        connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    outbox.sweep(kinds=["import.store"])
    over.set()
    watcher.join()

    storing = [row for row in seen if row[0] == "Storing file 1 of 1"]
    assert len({done for _, done, _, _ in storing}) > 3
    assert [done for _, done, _, _ in storing] == sorted(done for _, done, _, _ in storing)
    assert all(total == 501 and done <= 500 for _, done, total, _ in storing)
    assert {stored for *_, stored in storing} <= {0, 500}
