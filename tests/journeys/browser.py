"""A browser of its own for each test; one that stops answering is put down, so that its test ends."""

import contextlib
import threading
import time
from collections.abc import Iterator

import psutil
from django.core.signals import request_started
from playwright._impl._errors import TargetClosedError
from playwright.sync_api import Browser

SILENCE = 300  # seconds without a single request, in which a browser can only be stuck


class Watch(threading.Thread):
    """Kills the browser after a long silence: what waits for it then fails with TargetClosedError, and is asked again."""

    def __init__(self, silence: float = SILENCE):
        super().__init__(daemon=True)
        self.silence, self.heard, self.over = silence, time.monotonic(), threading.Event()

    def hear(self, **_):
        """The browser asked the server for something."""
        self.heard = time.monotonic()

    def run(self):
        while not self.over.wait(0.5):
            if time.monotonic() - self.heard > self.silence:
                kill_browsers()
                return

    def __enter__(self):
        request_started.connect(self.hear)
        self.start()
        return self

    def __exit__(self, *_):
        request_started.disconnect(self.hear)
        self.over.set()
        self.join()


def browsers() -> list[psutil.Process]:
    """Every process of a browser that these tests have started."""
    return [child for child in psutil.Process().children(recursive=True) if "chrom" in child.name()]


def kill_browsers():
    """As a power cut would."""
    for process in browsers():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


@contextlib.contextmanager
def watched(launch_browser) -> Iterator[Browser]:
    """One browser, watched from its start to its end."""
    with Watch():
        browser = launch_browser()
        yield browser
        with contextlib.suppress(TargetClosedError):
            browser.close()
