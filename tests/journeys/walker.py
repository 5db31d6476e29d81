"""One person at a browser: signs in, reads, fills, clicks, and is counted."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from core import clock
from core.step_up import CONFIRMED

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Walker:
    """Walks through the service as one person after another."""

    def __init__(self, context, url):
        self.context, self.url = context, url
        self.page = context.new_page()
        self.clicks = 0
        self.pages = 0
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("response", self._note)

    def _note(self, response):
        if response.status >= 500:
            self.problems.append(f"{response.status} {response.url}")

    def be(self, person, role=None):
        """Become somebody, in their first role or the one named."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[CONFIRMED] = clock.now().isoformat()
        if role:
            session["acting"] = next(h.pk for h in person.current_roles if h.role == role)
        session.save()
        self.context.clear_cookies()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.url}]
        )
        return self

    def open(self, path):
        """Go to an address; it must answer."""
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.pages += 1
        return self

    def status(self, path) -> int:
        """What an address answers."""
        return self.page.goto(path).status

    def click(self, name, role="button", nth=0):
        """Press a button, follow a link, or choose an option, by what it says."""
        target = self.page.get_by_role(role, name=name)
        target.nth(nth).click()
        self.page.wait_for_load_state()
        self.clicks += 1
        return self

    def choose(self, label, nth=0):
        """Choose a radio button or tick a box by its label."""
        self.page.get_by_label(label, exact=True).nth(nth).check()
        self.clicks += 1
        return self

    def fill(self, label, words, nth=0):
        """Type into a field by its label."""
        self.page.get_by_label(label).nth(nth).fill(words)
        return self

    def sees(self, words) -> bool:
        """Whether the page says this."""
        return words in self.page.inner_text("body")

    def text(self) -> str:
        """All the page says."""
        return self.page.inner_text("body")

    def check_access(self):
        """No accessibility rule is broken here, and nothing scrolls sideways."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}, "preload": False})
        broken = [
            f"{v['id']}: {n['html'][:140]}" for v in found.response["violations"] for n in v["nodes"]
        ]
        assert broken == [], f"{self.page.url}: {broken}"
        return self

    def check_reflow(self):
        """At this width nothing makes the page scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        return self
