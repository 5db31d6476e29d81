"""A message is queued once for its key, and handed over once, alone or with others."""

from datetime import timedelta

import pytest
from django.core import mail

from core import clock, outbox, post
from core.models import Message, OutboxJob

LETTER = {"subject": "A meeting", "body": "It is on Tuesday.", "link": "/meetings"}


def addressed_to():
    return list(Message.objects.order_by("pk").values_list("address", flat=True))


def test_a_letter_to_each_is_queued_once_for_each_person(borough):
    post.send_each("test.letter", [borough.social_worker, borough.team_manager], key="tuesday", **LETTER)
    post.send_each("test.letter", [borough.team_manager, borough.finance], key="tuesday", **LETTER)

    assert addressed_to() == [borough.social_worker.email, borough.team_manager.email, borough.finance.email]
    assert OutboxJob.objects.filter(kind="message.send").count() == 3


def test_a_letter_to_nobody_queues_nothing(borough):
    post.send_each("test.letter", [], key="tuesday", **LETTER)

    assert addressed_to() == []


def test_letters_delivered_together_are_sent_in_order_at_that_moment_and_followed_up(borough, monkeypatch):
    followed = []
    monkeypatch.setitem(post._accepted, "test.letter", followed.extend)
    post.send_each("test.letter", [borough.social_worker, borough.team_manager], key="tuesday", **LETTER)
    post.send("test.other", key="alone", to=borough.finance, **LETTER)
    later = clock.now() + timedelta(minutes=1)

    with clock.held_at(later):
        outbox.do_together(outbox.claim_all("message.send", holder="here"))

    assert [sent.to for sent in mail.outbox] == [[p.email] for p in (borough.social_worker, borough.team_manager, borough.finance)]
    assert set(Message.objects.values_list("state", "sent_at")) == {("sent", later)}
    assert set(OutboxJob.objects.values_list("state", "done_at")) == {("done", later)}
    assert [message.person for message in followed] == [borough.social_worker, borough.team_manager]


def test_a_letter_delivered_twice_is_sent_once(borough):
    post.send("test.letter", key="alone", to=borough.finance, **LETTER)
    (job,) = outbox.claim_all("message.send", holder="here")

    post.deliver(job)
    post.deliver(job)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("holder", ["there", ""])
def test_jobs_leased_to_somebody_else_are_not_done_together(borough, holder):
    post.send("test.letter", key="alone", to=borough.finance, **LETTER)
    jobs = outbox.claim_all("message.send", holder="here")
    OutboxJob.objects.update(leased_to=holder)

    outbox.do_together(jobs)

    assert mail.outbox == []
    assert OutboxJob.objects.get().state == "running"
