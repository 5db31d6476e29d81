"""Opening an address writes nothing but that a record was read or its file taken, and when a session was last seen."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from core.models import AuditEvent
from panels.views.panel import PanelList
from tests import shares
from tests.access import matrix
from tests.access.visits import Visitors, address, named_addresses

pytestmark = pytest.mark.django_db
WRITE = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|MERGE INTO|WITH\b.*\b(INSERT|UPDATE|DELETE)\b)", re.IGNORECASE)
READ = ["record.read", "file.taken"]
SHARES = 4


class Writes:
    """A wrapper round the connection that keeps whatever would write, the reading log left out."""

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        if WRITE.match(sql) and not self._is_reading(sql, params):
            self.found.append(sql[:90])
        return execute(sql, params, many, context)

    def _is_reading(self, sql, params) -> bool:
        """Rows of the trail, each of which says that a record was read or its file taken; of several at once the verbs come as one list."""
        verbs = [value for value in params or () if value in READ or (isinstance(value, list) and set(value) <= set(READ))]
        return sql.startswith(f'INSERT INTO "{AuditEvent._meta.db_table}"') and bool(verbs)


@pytest.fixture
def visitors(scene, monkeypatch):
    """Browsers that have all been seen within the minute, which lasts as long as the test does."""
    now = timezone.now()
    monkeypatch.setattr("core.middleware.timezone", SimpleNamespace(now=lambda: now))
    found = Visitors(scene)
    for who in found.browsers:
        found.visit(who, "account", "/account")
    return found


def some_of_each(words, method) -> list[str]:
    """For GET, two for whom it opens and one of every other kind; for HEAD, which is the same view, one of each."""
    kinds = {}
    for who, word in words.items():
        kinds.setdefault(word, []).append(who)
    return [who for word, people in kinds.items() for who in people[: 2 if (word, method) == ("opens", "GET") else 1]]


def written(scene, visitors, method, names) -> list[str]:
    """Every write by opening any of these addresses this way."""
    asked, found, rows = named_addresses(), [], matrix.rows()
    for name in names:
        about, words = rows[name]
        url = address(name, about, asked[name], scene.records["ours"])
        for who in some_of_each(words, method):
            writes = Writes()
            with connection.execute_wrapper(writes):
                visitors.visit(who, name, url, method)
            found += [f"{who} {method} {name}: {sql}" for sql in writes.found]
    return found


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_address_writes_when_it_is_opened(scene, visitors, method, tried):
    names = [name for name in matrix.rows() if shares.is_in(f"{method} {name}", SHARES)]

    assert written(scene, visitors, method, names) == []
    tried("G24", f"addresses by {method}, {shares.words(SHARES)}", count=len(names), expected="0 writes", found="0 writes")


def test_a_page_that_wrote_would_be_found(scene, visitors, monkeypatch):
    plain = PanelList.get_context_data

    def writing(self, **kwargs):
        scene.borough.team.save()
        return plain(self, **kwargs)

    monkeypatch.setattr(PanelList, "get_context_data", writing)

    assert [line.split(": ")[0] for line in written(scene, visitors, "GET", ["panels:panels"])] == ["SM GET panels:panels", "STM GET panels:panels"]


def test_a_reading_is_kept_and_the_session_is_marked_once_a_minute(scene):
    visitors, writes = Visitors(scene), Writes()
    before = AuditEvent.objects.filter(verb="record.read").count()

    with connection.execute_wrapper(writes):
        for _ in range(2):
            visitors.visit("SW", "referrals:child", scene.records["ours"]["child"].get_absolute_url())

    assert [sql.split('"')[1] for sql in writes.found] == ["django_session"]
    assert AuditEvent.objects.filter(verb="record.read").count() == before + 2
