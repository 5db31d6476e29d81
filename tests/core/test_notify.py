"""With a key, letters go by GOV.UK Notify, and count as served when it says that they arrived.

Notify here is a server of the test's own that answers as Notify does, over a real socket.
"""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core import mail

from core import clock, outbox, post
from core.models import Message, OutboxJob

pytestmark = pytest.mark.django_db
SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
LETTER = {"subject": "RK4-7QX needs your sign-off", "body": "It waits for you.", "link": "/referrals/RK4-7QX/sign-off"}


class Office(BaseHTTPRequestHandler):
    """What Notify answers: it keeps letters by reference, and refuses a token that is not right."""

    def do_GET(self):
        wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
        self._answer(200, {"notifications": [letter for letter in self.server.letters if letter["reference"] == wanted]})

    def do_POST(self):
        letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.refuses:
            return self._answer(400, {"errors": [{"error": "BadRequestError", "message": "email_address is not valid"}]})
        self.server.letters.append({**letter, "status": "sending"})
        return self._answer(201, {"id": "1"})

    def _answer(self, status, said):
        try:
            claims = jwt.decode(self.headers["Authorization"].removeprefix("Bearer "), SECRET, algorithms=["HS256"])
            assert claims["iss"] == SERVICE
        except Exception:  # whatever is wrong with it
            status, said = 403, {"errors": [{"message": "Invalid token"}]}
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def office(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    server.letters, server.refuses = [], False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFY_API_KEY = f"ourkey-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEMPLATE, settings.NOTIFY_URL = "a-template", f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def work(after=0):
    """Do what is due so many minutes from now."""
    with clock.held_at(clock.now() + timedelta(minutes=after)):
        while job := outbox.claim(holder="here"):
            outbox.do(job)


def test_a_letter_goes_by_notify_and_is_served_when_it_arrived(borough, office, monkeypatch):
    served = []
    monkeypatch.setitem(post._accepted, "test.letter", served.extend)
    post.send("test.letter", key="one", to=borough.finance, **LETTER)

    work()
    (letter,) = office.letters
    assert letter["email_address"] == borough.finance.email
    assert letter["personalisation"]["subject"] == LETTER["subject"]
    assert letter["personalisation"]["body"].count("http") == 1
    assert (Message.objects.get().state, served, mail.outbox) == ("handed", [], [])

    work(after=2)
    assert (Message.objects.get().state, served) == ("handed", [])
    letter["status"] = "delivered"
    work(after=8)

    assert [message.key for message in served] == ["one"]
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize("said", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_a_letter_that_never_arrives_is_said_to_have_bounced_and_serves_nobody(borough, office, monkeypatch, said):
    served = []
    monkeypatch.setitem(post._accepted, "test.letter", served.extend)
    post.send("test.letter", key="one", to=borough.finance, **LETTER)
    work()
    office.letters[0]["status"] = said

    work(after=2)

    assert (Message.objects.get().state, Message.objects.get().problem) == ("bounced", f"Notify says: {said}")
    assert served == []
    assert not OutboxJob.objects.filter(kind="notify.ask", state="waiting").exists()


def test_a_letter_notify_says_nothing_of_for_three_days_has_bounced(borough, office):
    post.send("test.letter", key="one", to=borough.finance, **LETTER)
    work()

    work(after=3 * 24 * 60 + 10)

    assert Message.objects.get().state == "bounced"


def test_a_worker_killed_after_handing_over_does_not_hand_over_again(borough, office):
    post.send("test.letter", key="one", to=borough.finance, **LETTER)
    work()
    Message.objects.update(state="queued")  # as it stands where the transaction never ended
    OutboxJob.objects.filter(kind="message.send").update(state="waiting")

    work()

    assert len(office.letters) == 1


def test_a_refusal_is_tried_again_and_then_set_aside_with_its_reason(borough, office):
    office.refuses = True
    post.send("test.letter", key="one", to=borough.finance, **LETTER)

    job = outbox.claim(holder="here")
    assert outbox.do(job) is False

    job.refresh_from_db()
    assert "email_address is not valid" in job.last_error
    assert Message.objects.get().state == "queued"


def test_an_invitation_goes_by_the_mail_server_even_so(borough, office):
    post.send("test.letter", key="one", to=borough.finance, calendar="BEGIN:VCALENDAR", calendar_method="REQUEST", **LETTER)

    work()

    assert (office.letters, len(mail.outbox)) == ([], 1)


def test_without_a_key_nothing_is_asked_of_notify(borough, settings):
    settings.NOTIFY_URL = "http://127.0.0.1:9"
    post.send("test.letter", key="one", to=borough.finance, **LETTER)

    work()

    assert len(mail.outbox) == 1
