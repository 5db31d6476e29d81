"""A page that the product answered, opened in a real browser which tells of every script it should not have run."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from urllib.parse import urlparse

from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.journeys.conftest import CHROMIUM

HOST = "https://throughline.test"
# Before any script of the page: what its policy stopped is told to the test.
LISTENER = """document.addEventListener("securitypolicyviolation",
    event => window.told(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""
# What a reader could set off, though nothing has run yet.
WAITING = """() => [...document.querySelectorAll("*")].flatMap(element => [...element.attributes]
    .filter(({name, value}) => name.startsWith("on") || /^\\s*(javascript|data:text|vbscript)/i.test(value)
        && ["href", "src", "action", "formaction", "xlink:href"].includes(name))
    .map(({name, value}) => `${element.tagName} ${name}=${value}`))"""


class HostilePages:
    """One person's browser: answers are put before it as they are, with their own headers."""

    def __init__(self, browser, *, without_policy=False):
        self.without_policy, self.ran, self.stopped, self.left = without_policy, [], [], []
        self.answer = None
        self.context = browser.new_context(base_url=HOST, viewport={"width": 1024, "height": 700})
        self.context.expose_function("zap", lambda *_: self.ran.append(self.answer.url))
        self.context.expose_function("told", lambda what: self.stopped.append(f"{self.answer.url} {what}"))
        self.context.add_init_script(LISTENER)
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.left.append(f"{self.answer.url} {error}"))

    def open(self, seen) -> None:
        """Show one answer, wait until its scripts and its broken pictures are through, and look at what waits."""
        self.answer = seen
        self.page.goto(seen.url, wait_until="load")
        self.left += [f"{seen.url} {what}" for what in self.page.evaluate(WAITING)]

    def found(self) -> list[str]:
        """Everything that is wrong."""
        return [f"{url} ran a script" for url in self.ran] + self.stopped + self.left

    def _answer(self, route):
        asked = route.request
        path = urlparse(asked.url).path
        if asked.is_navigation_request() and asked.resource_type == "document":
            kept = {k: v for k, v in self.answer.headers if not (self.without_policy and "Security-Policy" in k)}
            route.fulfill(status=self.answer.status, headers=kept, body=self.answer.body)
        elif path.startswith("/static/") and path.endswith(".js"):
            route.fulfill(content_type="text/javascript", body=(settings.BASE_DIR / path.lstrip("/")).read_bytes())
        else:
            # Pictures, styles and fonts do not come, so that every onerror has its chance.
            route.abort()

    def _note(self, message):
        if message.type == "error" and "ERR_FAILED" not in message.text:
            self.left.append(f"{self.answer.url} {message.text}")


def looked_at(visits, **how) -> tuple[list, HostilePages]:
    """The pages, and what a browser of its own found on them.

    It has a thread of its own: the rows stay with this one, which asks for the next page meanwhile.
    """
    put, opened = SimpleQueue(), []

    def look():
        program = next(path for name in CHROMIUM if (path := shutil.which(name)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
            pages = HostilePages(browser, **how)
            for seen in iter(put.get, None):
                pages.open(seen)
            browser.close()
        return pages

    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(look)
        for seen in visits:
            opened.append(seen)
            put.put(seen)
        put.put(None)
        return opened, found.result()
