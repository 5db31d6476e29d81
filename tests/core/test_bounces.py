"""Mails that came back: read by machine, believed only about a letter of ours, and never opened."""

import imaplib
from datetime import timedelta
from email.message import EmailMessage

import pytest

from core import bounce_box, clock, outbox, post
from core.bounces import LARGEST, CameBack, read_bounce
from core.models import AuditEvent, Message
from core.tasks import look_for_bounces
from panels.models import Service
from panels.models.served import why_breached
from tests.panels import builders

REPORT = """From: MAILER-DAEMON@mail.example
Content-Type: multipart/report; report-type={kind}; boundary="B"
MIME-Version: 1.0

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
--B
Content-Type: {original}

From: throughline@council.example
Message-ID: <{reference}@throughline>
Subject: Words

--B--
"""
FACTS = {"kind": "delivery-status", "address": "a@b.example", "action": "failed", "status": "5.1.1", "original": "message/rfc822", "reference": "RK4-7QX"}


def report(**facts) -> bytes:
    """A mail server's report, with some of its facts otherwise."""
    return REPORT.format(**{**FACTS, **facts}).encode()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_our_letter_its_address_and_status(original):
    assert read_bounce(report(original=original)) == CameBack("RK4-7QX", frozenset({"a@b.example"}), "5.1.1")


@pytest.mark.parametrize("raw", [
    b"", b"\x00\xff" * 500, b"Content-Type: multipart/report", report(kind="disposition-notification"), report(action="delayed", status="4.4.1"),
    report(action="delivered", status="2.0.0"), report(status="4.2.2"), report(reference="RK4-7QX@evil.example> <"), report(reference="1 OR 1=1"),
    report(original="application/zip"), report().replace(b"--B", b"--C", 2), b"Subject: Your meeting\n\n" + report(), b"x" * (LARGEST + 1),
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n" + b"--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 3000,
])  # fmt: skip
def test_whatever_else_is_sent_there_tells_nothing(raw):
    assert read_bounce(raw) is None


@pytest.fixture
def box(tmp_path, settings):
    """An empty maildir that the service reads."""
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    settings.BOUNCE_MAILBOX = f"maildir:{tmp_path}"
    return tmp_path


@pytest.fixture
def served(borough):
    """A meeting whose notice the mail server has accepted for everybody, and the member's letter."""
    meeting = builders.a_called_meeting(borough)
    outbox.sweep(kinds=["message.send"])
    return meeting, Message.objects.get(kind="meeting.notice", person=borough.member)


@pytest.mark.django_db
def test_a_notice_that_comes_back_ends_its_service_once(borough, box, served):
    meeting, letter = served
    mail = report(reference=letter.reference, address=letter.address.upper())
    (box / "new" / "1").write_bytes(mail)
    (box / "new" / "2").write_bytes(mail)
    (box / "new" / "3").write_bytes(b"Buy something.")

    look_for_bounces()
    look_for_bounces()

    proof = Service.objects.get(kind="bounce")
    assert (proof.person, proof.ends.message, proof.how) == (borough.member, letter, "Came back: 5.1.1")
    letter.refresh_from_db()
    assert letter.state == "bounced"
    assert list((box / "new").iterdir()) == []
    assert sorted(path.name for path in (box / "cur").iterdir()) == ["1:2,S", "2:2,S", "3:2,S"]
    assert AuditEvent.objects.filter(verb="message.came_back").count() == 1
    assert why_breached(meeting) is not None


@pytest.mark.django_db
def test_a_forged_report_about_another_address_or_an_old_or_unsent_letter_does_nothing(borough, box, served):
    _, letter = served
    (box / "new" / "1").write_bytes(report(reference=letter.reference, address="somebody@else.example"))
    (box / "new" / "2").write_bytes(report(reference="XXX-XXX", address=letter.address))
    look_for_bounces()
    Message.objects.filter(pk=letter.pk).update(sent_at=clock.now() - timedelta(days=31))
    (box / "new" / "3").write_bytes(report(reference=letter.reference, address=letter.address))
    look_for_bounces()
    Message.objects.filter(pk=letter.pk).update(sent_at=clock.now(), state="queued")
    (box / "new" / "4").write_bytes(report(reference=letter.reference, address=letter.address))
    look_for_bounces()

    assert not Service.objects.filter(kind="bounce").exists()
    assert not Message.objects.filter(state="bounced").exists()


@pytest.mark.django_db
def test_a_letter_nobody_waits_for_is_marked_and_no_more(borough, box):
    post.send("referral.to_sign", key="k", to=borough.member, subject="S", body="B", link="/")
    outbox.sweep(kinds=["message.send"])
    letter = Message.objects.get(kind="referral.to_sign")
    (box / "new" / "1").write_bytes(report(reference=letter.reference, address=letter.address))

    look_for_bounces()

    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("bounced", "Came back: 5.1.1")


def test_without_a_box_nothing_is_read_and_a_link_in_it_is_not_followed(settings, tmp_path):
    settings.BOUNCE_MAILBOX = ""
    look_for_bounces()
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    (tmp_path / "secret").write_text("words")
    (tmp_path / "new" / "1").symlink_to(tmp_path / "secret")
    settings.BOUNCE_MAILBOX = f"maildir:{tmp_path}"

    assert list(bounce_box.mails()) == []


class Server:
    """What an IMAP server answers: one mail nobody has seen, until it is marked."""

    seen: list[bytes] = []

    def __init__(self, host, port, **facts):
        self.asked = (host, port, facts["timeout"])

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def login(self, name, password):
        assert (name, password) == ("us er", "p@ss")

    def select(self, folder):
        assert folder == "Returned"

    def uid(self, command, *what):
        """SEARCH, FETCH and STORE."""
        if command == "SEARCH":
            return "OK", [b"" if self.seen else b"7"]
        if command == "FETCH":
            return "OK", [(b"7 (BODY[]<0> {3}", report()), b")"]
        self.seen.append(what[0])
        return "OK", []


def test_a_folder_is_read_by_imap_and_each_mail_once(settings, monkeypatch):
    Server.seen = []
    monkeypatch.setattr(imaplib, "IMAP4_SSL", Server)
    settings.BOUNCE_MAILBOX = "imaps://us%20er:p%40ss@imap.example/Returned"

    for raw, mark in bounce_box.mails():
        assert read_bounce(raw).reference == "RK4-7QX"
        mark()

    assert Server.seen == [b"7"]
    assert list(bounce_box.mails()) == []


def test_our_own_letters_are_no_reports():
    mail = EmailMessage()
    mail["Message-ID"] = "<RK4-7QX@throughline>"
    mail.set_content("Words.")

    assert read_bounce(mail.as_bytes()) is None
