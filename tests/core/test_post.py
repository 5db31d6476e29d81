"""A message is queued once for its key, and handed over once, alone or with others."""

from datetime import timedelta

import pytest
from django.core import mail

from core import clock, outbox, post
from core.gathering import gathered, write_gathered
from core.models import Message, OutboxJob
from kpis.measures.to_do.things import things_for

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


def test_letters_gathered_are_queued_together_each_once_and_due_when_they_were_written(borough, django_assert_num_queries):
    post.send("test.letter", key="tuesday", to=borough.finance, **LETTER)
    earlier, who = clock.now() - timedelta(days=2), [borough.social_worker, borough.finance]
    with clock.held_at(earlier), gathered():
        with django_assert_num_queries(0):
            post.send("test.letter", key="monday", to=borough.social_worker, **LETTER)
            post.send("test.letter", key="monday", to=borough.social_worker, **LETTER)
            post.send("test.letter", key="tuesday", to=borough.finance, **LETTER)
            post.send_each("test.letter", who, key="all", about=borough.team, **LETTER)
        with clock.held_at(clock.now() + timedelta(hours=1)):
            write_gathered()
            post.send("test.letter", key="monday", to=borough.social_worker, **LETTER)

    assert addressed_to() == [borough.finance.email, borough.social_worker.email, *(person.email for person in who)]
    jobs = OutboxJob.objects.filter(kind="message.send").order_by("pk")
    assert list(jobs.values_list("due_at", "created_at"))[1:] == [(earlier, earlier)] * 3


def test_gathered_letters_about_a_record_are_found_when_they_are_to_be_stopped(borough):
    with gathered():
        post.send("test.letter", key="one", to=borough.finance, about=borough.team, **LETTER)
        (stopped,) = post.stop_about([borough.team])

    assert Message.objects.get(reference=stopped).state == "stopped"


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


def test_letters_of_a_past_are_delivered_together_each_at_its_moment(borough, monkeypatch):
    followed = []
    for kind in ("test.letter", "test.other"):
        monkeypatch.setitem(post._accepted, kind, followed.extend)
    post.send("test.letter", key="first", to=borough.finance, **LETTER)
    with clock.held_at(clock.now() + timedelta(days=3)):
        post.send("test.other", key="later", to=borough.social_worker, **LETTER)
    jobs = outbox.claim_all("message.send", holder="here")

    outbox.do_together(jobs, at=lambda job: job.due_at + timedelta(minutes=2))

    moments = [job.due_at + timedelta(minutes=2) for job in jobs]
    assert list(Message.objects.order_by("pk").values_list("state", "sent_at")) == [("sent", moment) for moment in moments]
    assert list(OutboxJob.objects.order_by("pk").values_list("state", "done_at")) == [("done", moment) for moment in moments]
    assert [(message.person, message.sent_at) for message in followed] == list(
        zip([borough.finance, borough.social_worker], moments, strict=True)
    )


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


def test_a_letter_whose_sending_was_cut_short_is_not_sent_again_and_its_reader_is_told(borough):
    post.send("test.letter", key="alone", to=borough.finance, **LETTER)
    outbox.claim(holder="a worker that dies", kinds=["message.send"])
    OutboxJob.objects.update(lease_until=clock.now() - timedelta(days=9999))

    assert outbox.sweep(kinds=["message.send"]) == 1

    message = Message.objects.get()
    assert (message.state, message.problem, mail.outbox) == ("unsure", post.CUT_SHORT, [])
    borough.finance.acting = borough.finance.current_roles[0]
    assert "An email to you may not have arrived" in [thing.label for thing in things_for(borough.finance)]


def test_a_letter_that_was_refused_is_tried_again(borough, monkeypatch):
    post.send("test.letter", key="alone", to=borough.finance, **LETTER)
    real = post.get_connection

    def away():
        raise ConnectionRefusedError("nobody answers")

    monkeypatch.setattr(post, "get_connection", away)
    outbox.sweep(kinds=["message.send"])
    OutboxJob.objects.update(lease_until=clock.now() - timedelta(days=9999))
    monkeypatch.setattr(post, "get_connection", real)

    assert outbox.sweep(kinds=["message.send"]) == 1
    assert len(mail.outbox) == 1
    assert Message.objects.get().state == "sent"
