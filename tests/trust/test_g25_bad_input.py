"""trust G24 and G25: bad input to every form, query and address never breaks a page, and is never lost."""

import logging
import os
import time
from html import unescape

import pytest
from django.db import connection, transaction

from core import clock
from core.views.bases import RecordList
from referrals.choices import TaskName
from tests import shares
from tests.access import matrix
from tests.access.visits import Visitors, address, named_addresses
from tests.panels import builders as panels
from tests.referrals import builders as referrals
from tests.trust import bad_input
from tests.trust.page_forms import forms_in

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
ROUNDS = len(bad_input.ALL) if FULL else 2
EACH = len(bad_input.ALL) if FULL else 1
SLOW = 2.0
# In how many shares the pages are cut, by role and address; a run attacks what stands on those of one.
SHARES = 6
QUERIES = ["page", "show", "from", "place", "q", "sort", "view", "status", "week", "month", "size", "next", "band", "panel"]
# Those who do things on pages; the others read what these read.
ACTING = ["SW", "TM", "SM", "PA", "CH", "PM", "PRM", "PRV", "COM", "FIN", "IG", "SYS"]
TASKS = list(TaskName.values)
# Signing out or choosing a role would end the visit.
LEFT = {"account_logout"}


class Attack:
    """Requests, each undone, and what was wrong with any answer."""

    def __init__(self, scene):
        self.scene, self.visitors, self.wrong, self.count = scene, Visitors(scene), [], 0
        self.asked = named_addresses()

    def doors(self, names=None):
        """This run's share of the addresses that open for somebody who acts, or all of some: the name, the address and the visitor."""
        for name, (about, words) in matrix.rows().items():
            for who in [who for who in ACTING if words[who] == "opens" and name not in LEFT]:
                if name in names if names else shares.is_in(f"{who} {name}", SHARES):
                    yield name, address(name, about, self.asked[name], self.scene.records["ours"]), who

    def posts(self, names=None):
        """Every form that posts, once: its page, where it goes, who sends it, and the form."""
        met = set()
        for name, url, who in self.doors(names):
            pages = [url.replace("needs", task) for task in TASKS] if name == "referrals:edit_task" else [url]
            for page in pages:
                answer, body = self.send(who, "get", page)
                if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                    yield from self._unmet(met, name, page, who, body)

    def _unmet(self, met, name, url, who, body):
        for form in forms_in(body):
            sign = (name, *form.kinds, form.sends.get("deed", [""])[0])
            if form.method == "post" and "sign-out" not in form.action and form.asked and sign not in met:
                met.add(sign)
                yield name, form.action or url, who, form

    def send(self, who, method, url, data=None):
        """One request, whatever it wrote undone; what it said."""
        self.count += 1
        began = time.perf_counter()
        with transaction.atomic():
            answer = getattr(self.visitors.browsers[who], method)(url, data or {})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        took = time.perf_counter() - began
        if answer.status_code >= 500:
            self.wrong.append(f"{who} {method} {url[:80]} {str(data)[:300]}: {answer.status_code}")
        if body.count(b"govuk-error-summary__title") > 1:
            self.wrong.append(f"{who} {method} {url[:80]} {str(data)[:80]}: two summaries of errors")
        if took > SLOW:
            self.wrong.append(f"{who} {method} {url[:80]} {str(data)[:80]}: {took:.1f} s")
        return answer, body


@pytest.fixture
def attack(scene):
    return Attack(scene)


@pytest.fixture(scope="module")
def posts(scene):
    """Every form of the product, read once."""
    logging.disable(logging.CRITICAL)
    return list(Attack(scene).posts())


def kept(body: bytes, typed: str) -> bool:
    """Whether a page shows again what was typed (line ends and the parser's own clean-up left out)."""
    shown = unescape(body.decode()).replace("\r\n", "\n")
    return typed.replace("\r\n", "\n").strip() in shown


def type_everything(attack, posts):
    """Rounds in which every field is bad at once, then each field bad among good ones."""
    at = shares.seed()
    for _name, url, who, form in posts:
        for turn in range(ROUNDS):
            bad = {n: bad_input.ALL[(at + turn * 17 + i) % len(bad_input.ALL)] for i, n in enumerate(form.asked)}
            attack.send(who, "post", url, encodable({**form.sends, **bad}))
        for name in form.asked:
            for value in bad_input.values(at, EACH):
                attack.send(who, "post", url, encodable({**form.sends, name: value}))
            at += 1


def test_g25_bad_input_never_breaks_a_form(attack, posts, tried):
    type_everything(attack, posts)

    assert attack.wrong == []
    assert attack.count > 230, attack.count
    tried("G25", f"posts to {len(posts)} forms, {shares.words(SHARES)}", count=attack.count, expected="0 errors", found="0 errors")


def test_g25_bad_input_never_breaks_a_meeting_or_an_offer(attack, scene):
    """The forms that are there only while a panel sits, a child waits or a bed is offered."""
    borough, own = scene.borough, scene.records["ours"]
    with transaction.atomic():
        referrals.a_waiting_referral(borough)
        with clock.held_at(own["meeting"].starts_at):
            panels.begin(borough, own["meeting"])
            live = {"panels:live", "panels:live_item", "referrals:allocate"}
            posts = list(attack.posts(live))
            type_everything(attack, posts)
        transaction.set_rollback(True)

    assert {name for name, *_ in posts} == live
    assert any("outcome" in form.kinds for *_, form in posts)
    assert attack.wrong == []


def test_g25_a_page_that_broke_would_be_found(attack, monkeypatch):
    monkeypatch.setattr(RecordList, "_page", lambda self: int(self.request.GET.get("page", "1")))

    attack.send("SW", "get", "/referrals", {"page": bad_input.NUMBERS[5]})
    attack.send("SW", "get", "/referrals", {"page": "½"})

    assert any("/referrals" in line for line in attack.wrong)


def encodable(data):
    """The same, with half characters sent as the bytes a broken program would send."""
    return {
        name: value.encode("utf-8", "surrogatepass").decode("latin-1") if value == "\ud800" else value
        for name, value in data.items()
    }


def test_g25_what_was_typed_is_shown_again_when_a_form_is_refused(attack, posts):
    lost, shown = [], 0
    for name, url, who, form in posts:
        words = {n: f"Long words <b>{i}</b> & more" for i, n in enumerate(form.asked) if form.kinds[n] == "textarea"}
        others = {n: "31 2 2026" for n in form.asked if n not in words and form.kinds[n] == "text"}
        if not words:
            continue
        answer, body = attack.send(who, "post", url, {**form.sends, **others, **words})
        if answer.status_code == 200:
            shown += 1
            lost += [f"{who} {name} {field}" for field, typed in words.items() if not kept(body, typed)]
    assert lost == []
    assert attack.wrong == []
    assert shown > 3, shown


def test_g25_bad_queries_and_addresses_never_break_a_page(attack, tried):
    at = shares.seed()
    names = {name for name in matrix.rows() if shares.is_in(name, SHARES)}
    for _name, url, who in {name: (name, url, who) for name, url, who in attack.doors(names)}.values():
        path = url.split("?")[0]
        for value in bad_input.values(at, len(bad_input.ALL) if FULL else 2):
            sent = value.encode("utf-8", "replace").decode()
            attack.send(who, "get", path, dict.fromkeys(QUERIES, sent))
        at += 1
        for part in ("%00", "%ff%fe", "-1", "%F0%9F%92%99", "..%2f..%2fetc", "a" * 300):
            if FULL or at % 2:
                attack.send(who, "get", f"{path.rstrip('/')}/{part}")
                attack.send(who, "get", f"{path.rpartition('/')[0]}/{part}")
    assert attack.wrong == []
    tried("G25", f"queries and addresses, {shares.words(SHARES)}", count=attack.count, expected="0 errors", found="0 errors")


def test_g25_bytes_that_are_no_text_are_refused_or_read(attack, posts):
    for _name, url, who, form in posts[:: 1 if FULL else 2]:
        browser = attack.visitors.browsers[who]
        body = b"&".join(n.encode() + b"=%ED%A0%80\xff\xfe" for n in form.asked)
        with transaction.atomic():
            answer = browser.generic("POST", url, body, content_type="application/x-www-form-urlencoded; charset=utf-8")
            transaction.set_rollback(True)
        assert answer.status_code < 500, (who, url)


def test_g24_fields_that_a_form_does_not_ask_change_nothing(attack, posts):
    extra = {"status": "SUPPORTED", "is_active": "", "password": "x", "is_staff": "on", "is_restricted": "", "team": "1", "author": "1", "pk": "1"}
    changed = []
    for _name, url, who, form in posts:
        more = {name: value for name, value in extra.items() if name not in form.asked}
        plain, extended = what_it_changes(attack, who, url, form.sends), what_it_changes(attack, who, url, {**form.sends, **more})
        if plain != extended:
            changed.append(f"{who} {url}: {set(extended) ^ set(plain)}")
    assert changed == []


GUARDED = {
    "core_user": "is_active, email, password", "referrals_referral": "status, team_id, author_id",
    "referrals_child": "is_restricted, team_id",
}  # fmt: skip


def what_it_changes(attack, who, url, data):
    """The guarded columns after a post that is then undone, as one answer per table."""
    with transaction.atomic():
        attack.visitors.browsers[who].post(url, data)
        found = tuple(digest(table, columns) for table, columns in GUARDED.items())
        transaction.set_rollback(True)
    return found


def digest(table, columns) -> str:
    """One table's guarded columns, every row in the order they were made, as one mark; a new row's number is anybody's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(coalesce(string_agg(row({columns})::text, ',' ORDER BY id), '')) FROM {table}")
        return f"{table} {cursor.fetchone()[0]}"
