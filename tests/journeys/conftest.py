"""A real browser over a real server with a real worker and timetable, on a clock that can be moved."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright._impl._errors import TargetClosedError

from tests.journeys.browser import watched
from tests.journeys.walker import Walker

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The machine's own chromium; without one the tests fail, and say what to do."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("No browser was found. As root, run: apt-get install chromium")
    return {"executable_path": found, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


def set_clock(settings, day):
    """It is nine in the morning of this day from now on; the server's threads share the settings."""
    settings.CLOCK_TODAY = f"{day}T09:00"
    settings.CLOCK_SET_ON = timezone.localtime().replace(tzinfo=None).isoformat()


@pytest.fixture(autouse=True)
def held_clock(settings):
    """A journey begins on the day all tests begin on, and time goes on."""
    set_clock(settings, "2026-11-24")


def wait_for(what, seconds=60):
    """Look often until it is so: the worker does it in its own time."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "It was not done in time."
        time.sleep(0.05)
    return found


class Timetable:
    """The worker and the beat as they run in earnest, which can be killed and started again."""

    def __init__(self, settings, tmp_path):
        self.settings, self.folder, self.running = settings, tmp_path, []

    def start(self):
        """Start both on the test's own database, on the day the test has reached."""
        database = connection.settings_dict
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "THROUGHLINE_MODE": "test",
            "THROUGHLINE_TODAY": self.settings.CLOCK_TODAY,
            "THROUGHLINE_CLOCK_SET_ON": self.settings.CLOCK_SET_ON,
            "THROUGHLINE_FILES": str(self.settings.FILES),
            "OUTBOX_LEASE_SECONDS": "2",
            "DATABASE_URL": address_of(database),
        }
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        schedule = str(self.folder / "beat")
        for part in (["worker", "-c", "1", "-l", "warning"], ["beat", "-s", schedule, "-l", "warning"]):
            with (self.folder / f"{part[0]}.log").open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        [*celery, *part], cwd=ROOT, env=environment, stdout=log, stderr=log,
                        start_new_session=True,
                    )
                )

    def go_to(self, day):
        """Stop, as a power cut would; it is another day; start."""
        self.stop()
        set_clock(self.settings, day)
        self.start()

    def stop(self, with_signal=signal.SIGKILL):
        """End both at once, as a power cut would."""
        for process in self.running:
            os.killpg(process.pid, with_signal)
            process.wait(timeout=30)
        self.running = []


def address_of(database) -> str:
    """The test database's address, for another process."""
    secret = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return (
        f"postgres://{database['USER']}{secret}@/{database['NAME']}"
        f"?host={database['HOST']}&port={database['PORT']}"
    )


@pytest.fixture
def timetable(settings, tmp_path, transactional_db):
    """A worker and a beat that the test starts when it wants them."""
    parts = Timetable(settings, tmp_path)
    yield parts
    parts.stop()


@pytest.fixture
def browser(launch_browser):
    """One browser for each test, instead of one for all, so that one that hangs can be put down."""
    with watched(launch_browser) as browser:
        yield browser


@pytest.fixture
def walk(browser, live_server, settings):
    """Start a walk: a person at a browser, with or without JavaScript, wide or narrow."""
    walkers = []

    def start(*, javascript=True, width=1366, height=768):
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
        )
        walkers.append(context)
        return Walker(context, live_server.url)

    yield start
    for context in walkers:
        with contextlib.suppress(TargetClosedError):
            context.close()
