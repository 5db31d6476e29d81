"""trust G22: a restricted child leaks by no list, order, page, export or mail; tests/referrals/views has the rest."""

from io import BytesIO

import pytest
from django.core import mail
from django.db import transaction
from openpyxl import load_workbook

from core import outbox
from core.models import Message
from referrals.models import Child, Referral
from tests.access.scene import ROLES
from tests.access.visits import Visitors

pytestmark = pytest.mark.django_db
READERS = ["SW", "TM", "SM", "STM", "HOS", "PA", "CH", "PM", "PRV", "PRM", "COM", "FIN", "AUD", "SYS"]
SORTS = ["reference", "child", "wants", "days", "first_sent_at", "name", "age", "worker", "team"]
LISTS = ["/referrals", "/children", "/waiting-list", "/sign-off", "/triage", "/exceptions", "/drafts"]
SORTED = {"/referrals", "/children"}
PAGES = [
    "/", "/calendar", "/calendar/2026-12", "/search", "/decisions", "/actions", "/meetings", "/papers", "/places", "/places/list",
    "/places/duty", "/children/early-endings", "/consultations", "/residents", "/kpis", "/waiting-list/report", "/journey/week/2026-11-23",
    "/kpis/days-to-decision", "/kpis/days-to-place", "/account/messages",
]  # fmt: skip


def channels(who):
    """Every list; for whoever sees the whole service also sorted and narrowed, and each page that tells of many.

    The sweep of tests/access opens those pages for everybody else.
    """
    sorts = SORTS if who == "HOS" else SORTS[:1]
    for path in LISTS:
        yield path
        if path in SORTED:
            yield from (f"{path}?queue=all&sort={way}{sort}" for sort in sorts for way in ("", "-"))
            yield from (f"{path}?queue=all&status={status}" for status in ("READY", "BOOKED", "WAITING", "SUPPORTED"))
    yield from PAGES if who == "HOS" else ()


def words_of(answer) -> bytes:
    """All that an answer says: a workbook's cells, or the page and its headers."""
    if "spreadsheet" in answer.headers.get("Content-Type", ""):
        book = load_workbook(BytesIO(answer.content))
        return str([[cell.value for cell in row] for sheet in book for row in sheet]).encode()
    return answer.content + repr(answer.headers).encode()


@pytest.mark.parametrize("who", READERS)
def test_g22_no_list_order_page_or_export_tells_of_a_restricted_child(scene, who):
    browser, told, asked = Visitors(scene).browsers[who], [], 0
    for url in channels(who):
        answer = browser.get(url)
        asked += answer.status_code == 200
        told += [(url, found) for found in [scene.canaries.read_in(words_of(answer), "R", url)] if found]
    for path in ("/referrals?queue=all", "/children", "/waiting-list"):
        for said in ({"deed": "export"}, {"deed": "export", "who": "names", "because": "An inspection."}):
            with transaction.atomic():
                answer = browser.post(path, said)
                told += [(path, found) for found in [scene.canaries.read_in(words_of(answer), "R", path)] if found]
                transaction.set_rollback(True)
    assert told == []
    assert asked >= (20 if who == "HOS" else 0), asked


def test_g22_the_channels_would_tell_if_nothing_kept_them(scene, monkeypatch):
    """The control: with the rows of children and referrals unguarded, the same look finds them."""
    for model in (Child, Referral):
        monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda self, user: self.all())
    browser = Visitors(scene).browsers["HOS"]

    assert any(scene.canaries.read_in(words_of(browser.get(url)), "R", url) for url in ("/referrals?queue=all", "/children"))


def test_g22_no_mail_carries_a_childs_words(scene):
    """Those written about the restricted child too: a reference is all that leaves."""
    outbox.sweep(kinds=["message.send"])
    sent = [f"{m.subject}\n{m.body}\n{m.link}" for m in Message.objects.all()] + [f"{m.subject}\n{m.body}" for m in mail.outbox]

    assert len(sent) > 20
    assert not any(b"Zqx" in words.encode() or "Zzcanary" in words for words in sent)


def test_every_reader_is_a_role():
    assert set(READERS) | {"IG"} == set(ROLES)
