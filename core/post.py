"""The post: every message is a row first, and leaves by the outbox."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core import clock, outbox
from core.models import Message, OutboxJob
from core.models.message import MessageState

_accepted = {}


def on_accepted(kind: str):
    """Register what follows when the mail server accepts a message of `kind`."""

    def register(function):
        _accepted[kind] = function
        return function

    return register


def send(kind: str, *, key: str, to, subject: str, body: str, link: str, about=None,
         calendar: str = "", calendar_method: str = "") -> Message:  # fmt: skip
    """Queue one message to one person in the deed's own transaction.

    `key` names this message for ever: the same key is queued once. `link` is a path of ours;
    `about` the record it concerns. Subjects and bodies carry references, never a child's name.
    """
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "person": to,
            "address": to.email,
            "subject": subject,
            "body": body,
            "link": link,
            "about_type": about._meta.label_lower if about is not None else "",
            "about_id": str(about.pk) if about is not None else "",
            "calendar": calendar,
            "calendar_method": calendar_method,
        },
    )
    if is_new:
        outbox.enqueue("message.send", subject=message.reference)
    return message


@outbox.doer("message.send")
def deliver(job: OutboxJob) -> str:
    """Hand one queued message to the mail server, once, and say so to whoever asked."""
    messages = Message.objects.select_for_update(of=("self",)).select_related("person")
    message = messages.get(reference=job.subject)
    if message.state != MessageState.QUEUED:
        return ""
    _email(message).send()
    message.state, message.sent_at = MessageState.SENT, clock.now()
    message.save(update_fields=["state", "sent_at"])
    if message.kind in _accepted:
        _accepted[message.kind](message)
    return ""


def _email(message: Message) -> EmailMultiAlternatives:
    """The email itself; the same Message-ID each time, so that a repeat can be told."""
    text = f"{message.body}\n\n{settings.SITE_URL}{message.link}\n"
    email = EmailMultiAlternatives(
        message.subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.reference}@throughline>"},
    )
    if message.calendar:
        email.attach_alternative(
            message.calendar, f"text/calendar; method={message.calendar_method}; charset=utf-8"
        )
    return email
