"""The post: every message is a row first, and leaves by the outbox."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q

from core import clock, outbox
from core.gathering import gathers, write_gathered, write_over
from core.letters import address_in
from core.models import DailyTopic, Message, OutboxJob, User
from core.models.message import MessageState

_accepted = {}
_came_back = {}
_topics: dict[str, str] = {}
DIGEST_AT = time(7)
CUT_SHORT = "Sending it was cut short. It may have left, so it was not sent again."
ASK_AFTER, ASK_AGAIN = timedelta(minutes=1), timedelta(minutes=5)


def on_accepted(kind: str):
    """Register what follows when the mail server accepts messages of `kind`; it takes a list, each with the moment as `sent_at`."""

    def register(function):
        _accepted[kind] = function
        return function

    return register


def on_came_back(kind: str):
    """Register what follows when a message of `kind` comes back undelivered; it takes the message, and who says so as `by`."""

    def register(function):
        _came_back[kind] = function
        return function

    return register


def tell_came_back(message: Message, *, by: User | None) -> None:
    """A message that was accepted came back after all: say so to whoever asked."""
    if message.kind in _came_back:
        _came_back[message.kind](message, by=by)


def may_wait(topic: str, words: str) -> None:
    """Messages of `topic` (a kind, or all that begin with it) may come once a day, for whoever chooses so."""
    _topics[topic] = words


def topics() -> dict[str, str]:
    """What may come once a day, in words, by topic."""
    return dict(_topics)


def topic_of(kind: str) -> str:
    """The topic that a kind of message belongs to, or nothing where it always comes at once."""
    return next((topic for topic in (kind, kind.split(".")[0]) if topic in _topics), "")


def send(kind: str, *, key: str, to: User, **letter) -> None:
    """Queue one message to one person in the deed's own transaction.

    `key` names this message for ever: the same key is queued once. The letter is as `send_each`
    takes it.
    """
    _queue([_message(kind, key, to, **letter)])


def send_each(kind: str, people: Iterable[User], *, key: str, **letter) -> None:
    """Queue the same message to each of these people; each one's key is `key` and who they are.

    A letter is a `subject`, a `body`, a `link` (a path of ours), and where there is one the record
    it is `about` and its `calendar`. Subjects and bodies carry references, never a child's name.
    """
    _queue([_message(kind, f"{key}:{person.pk}", person, **letter) for person in people])


def _message(kind: str, key: str, to: User, *, subject: str, body: str, link: str, about=None,
             calendar: str = "", calendar_method: str = "") -> Message:  # fmt: skip
    """One message, not yet kept."""
    return Message(
        key=key, kind=kind, person=to, address=to.email, subject=subject, body=body, link=link,
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        calendar=calendar, calendar_method=calendar_method,
    )  # fmt: skip


def _queue(messages: list[Message]) -> None:
    """Keep those whose key is new, and have each of them sent; with others where very many are gathered."""
    if not gathers(_keep, messages):
        _keep(messages)


def _keep(messages: list[Message]) -> None:
    """Write those whose key is new, and that each is to be sent."""
    asked = Message.objects.filter(key__in=[message.key for message in messages])
    known = set(asked.values_list("key", flat=True))
    first = {message.key: message for message in reversed(messages) if message.key not in known}
    new = [message for message in messages if first.get(message.key) is message]
    _hold_for_the_day(new)
    Message.objects.bulk_create(new)
    OutboxJob.objects.bulk_create(
        OutboxJob(kind="message.send", subject=message.reference, created_at=message.created_at, due_at=message.created_at)
        for message in new if not message.in_digest
    )  # fmt: skip


def _hold_for_the_day(messages: list[Message]) -> None:
    """Those about topics that their reader wants once a day wait for that day's one email."""
    waits = [message for message in messages if topic_of(message.kind)]
    chosen = DailyTopic.objects.filter(person__in={message.person_id for message in waits}) if waits else []
    wanted = {(row.person_id, row.topic) for row in chosen}
    for message in waits:
        message.in_digest = (message.person_id, topic_of(message.kind)) in wanted
    readers = {(message.person.reference, next_digest(message.created_at)) for message in waits if message.in_digest}
    jobs = [OutboxJob(kind="digest.send", subject=reader, due_at=due_at) for reader, due_at in sorted(readers)]
    OutboxJob.objects.bulk_create(jobs, ignore_conflicts=True)


def next_digest(after: datetime | None = None) -> datetime:
    """Seven in the morning, here, after a moment or now: that day's where it is still to come, otherwise the next one's."""
    after = after or clock.now()
    day = after.astimezone(clock.LONDON).date()
    soonest = clock.moment(day, DIGEST_AT)
    return soonest if after < soonest else clock.moment(day + timedelta(days=1), DIGEST_AT)


@outbox.doer("digest.send")
def deliver_digest(job: OutboxJob) -> str:
    """Send one person the one email of the day: what each message is about, and one link to them all."""
    held = Message.objects.select_for_update(of=("self",)).filter(
        person__reference=job.subject, in_digest=True, state=MessageState.QUEUED
    )
    messages = list(held.select_related("person").order_by("pk"))
    if job.cut_short:
        _mark(messages, MessageState.UNSURE, CUT_SHORT)
        return ""
    if messages:
        get_connection().send_messages([_digest(messages, job)])
    _mark(messages, MessageState.SENT)
    return ""


def _digest(messages: list[Message], job: OutboxJob) -> EmailMultiAlternatives:
    """The email itself; the same Message-ID each time, so that a repeat can be told."""
    many = "1 message" if len(messages) == 1 else f"{len(messages)} messages"
    lines = "\n".join(f"- {message.subject}" for message in messages)
    return EmailMultiAlternatives(
        f"Throughline: {many} for you", f"{lines}\n\n{settings.SITE_URL}/account/messages\n",
        settings.DEFAULT_FROM_EMAIL, [messages[0].person.email],
        headers={"Message-ID": f"<digest-{job.pk}@throughline>"},
    )  # fmt: skip


def stop_about(records) -> list[str]:
    """Messages about these records that have not left yet never leave; gives their references."""
    queued = _about(records).filter(state=MessageState.QUEUED)
    references = list(queued.select_for_update(of=("self",)).values_list("reference", flat=True))
    Message.objects.filter(reference__in=references).update(state=MessageState.STOPPED, problem=outbox.STOPPED)
    outbox.stop(references)
    return references


def start_again_about(records, *, references: Iterable[str]) -> list[str]:
    """Of these stopped messages, those about these records leave after all; gives their references."""
    stopped = _about(records).filter(reference__in=list(references), state=MessageState.STOPPED)
    again = list(stopped.select_for_update(of=("self",)).values_list("reference", flat=True))
    Message.objects.filter(reference__in=again).update(state=MessageState.QUEUED, problem="")
    outbox.start_again(again)
    readers = Message.objects.filter(reference__in=again, in_digest=True).values_list("person__reference", flat=True)
    for reader in sorted(set(readers)):
        outbox.enqueue("digest.send", subject=reader, due_at=next_digest())
    return again


def _about(records):
    """The messages about these records so far."""
    write_gathered(_keep)
    about = Q()
    for record in records:
        about |= Q(about_type=record._meta.label_lower, about_id=str(record.pk))
    return Message.objects.filter(about) if about else Message.objects.none()


@outbox.doer("message.send")
def deliver(job: OutboxJob) -> str:
    """Hand one queued message to the mail server, once, and say so to whoever asked."""
    deliver_together([job])
    return ""


@outbox.doer_together("message.send")
def deliver_together(jobs: list[OutboxJob], moments: dict[str, datetime] | None = None) -> None:
    """Hand queued messages to the mail server, each once, now or as if at its moment (by reference), and say so to whoever asked.

    Where a try was cut short, nobody knows whether the letter had left: it is not sent twice, and says so.
    """
    unsure = _queued_for([job for job in jobs if job.cut_short])
    _mark(unsure, MessageState.UNSURE, CUT_SHORT)
    _hand_over(_queued_for(jobs), moments)


def _queued_for(jobs: list[OutboxJob]) -> list[Message]:
    """The letters of these jobs that are still to leave, held until the deed is done."""
    queued = Message.objects.select_for_update(of=("self",)).select_related("person").filter(
        reference__in=[job.subject for job in jobs], state=MessageState.QUEUED
    )
    return list(queued.order_by("pk"))


def _hand_over(messages: list[Message], moments: dict[str, datetime] | None) -> None:
    """Letters leave by Notify or by the mail server, and are marked as having left."""
    handed = [message for message in messages if _goes_by_notify(message)]
    for message in handed:
        _notify().hand_over(message, _text(message))
        outbox.enqueue("notify.ask", subject=message.reference, due_at=clock.now() + ASK_AFTER)
    _mark(handed, MessageState.HANDED)
    mailed = [message for message in messages if not _goes_by_notify(message)]
    if mailed:
        get_connection().send_messages([_email(message) for message in mailed])
    _accept(mailed, moments)


def _goes_by_notify(message: Message) -> bool:
    """True where there is a key, and the letter brings no invitation: those go by the mail server alone."""
    return bool(settings.NOTIFY_API_KEY) and not message.calendar


def _notify():
    """Notify's own module, read only by a worker that hands something over."""
    return import_module("core.notify")


def _mark(messages: list[Message], state: MessageState, problem: str = "", moments: dict[str, datetime] | None = None) -> None:
    """Where these letters have got to, from now on, or each from its moment."""
    now = clock.now()
    for message in messages:
        message.state, message.problem, message.sent_at = state, problem, moments[message.reference] if moments else now
    if moments:
        write_over(messages, "state", "sent_at", "problem")
    else:
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(state=state, sent_at=now, problem=problem)


def _accept(messages: list[Message], moments: dict[str, datetime] | None = None) -> None:
    """These have been accepted for their readers: say so to whoever asked, with the moment on each of them."""
    _mark(messages, MessageState.SENT, moments=moments)
    for follow in dict.fromkeys(_accepted[message.kind] for message in messages if message.kind in _accepted):
        follow([message for message in messages if _accepted.get(message.kind) == follow])


@outbox.doer("notify.ask")
def ask_notify(job: OutboxJob) -> str:
    """Ask Notify what became of a letter; while it does not know, ask again later, for three days."""
    message = Message.objects.select_for_update(of=("self",)).get(reference=job.subject)
    if message.state != MessageState.HANDED:
        return ""
    notify = _notify()
    said = notify.state_of(message)
    if said in notify.ARRIVED:
        _accept([message])
    elif said in notify.LOST or clock.now() - message.created_at > timedelta(days=3):
        _mark([message], MessageState.BOUNCED, f"Notify says: {said or 'nothing'}")
    else:
        outbox.enqueue("notify.ask", subject=message.reference, due_at=clock.now() + ASK_AGAIN)
    return said


def _text(message: Message) -> str:
    """What a letter says: its body and its one link."""
    return f"{message.body}\n\n{settings.SITE_URL}{address_in(message)}\n"


def _email(message: Message) -> EmailMultiAlternatives:
    """The email itself; the same Message-ID each time, so that a repeat can be told."""
    email = EmailMultiAlternatives(
        message.subject,
        _text(message),
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.reference}@throughline>"},
    )
    if message.calendar:
        email.attach_alternative(
            # Django adds the character set; said twice, some calendars refuse the part.
            message.calendar, f"text/calendar; method={message.calendar_method}"
        )
    return email
