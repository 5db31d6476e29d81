"""What a person chose to hear once a day waits for seven in the morning; everything else comes at once."""

from datetime import date, time, timedelta

import pytest
from django.core import mail

from core import clock, outbox, post
from core.actions.told import choose_daily_topics
from core.gathering import gathered
from core.models import AuditEvent, DailyTopic, Message, OutboxJob
from core.rules import RuleBroken

pytestmark = pytest.mark.django_db
LETTER = {"subject": "RK4-7QX is signed off", "body": "It has gone to triage.", "link": "/referrals/RK4-7QX"}
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def at(day, hour, minute=0):
    return clock.held_at(clock.moment(day, time(hour, minute)))


def write(to, *kinds, key="one"):
    for number, kind in enumerate(kinds):
        post.send(kind, key=f"{key}:{number}", to=to, **LETTER)


def do_all_that_is_due():
    while job := outbox.claim(holder="here"):
        assert outbox.do(job)


def test_m4_a_topic_chosen_for_once_a_day_comes_in_one_email_at_seven(borough):
    worker = borough.social_worker
    choose_daily_topics(["referral"], by=worker)
    with at(MONDAY, 9):
        write(worker, "referral.decided", "referral.message", "stay.emergency")
        do_all_that_is_due()
        assert [sent.subject for sent in mail.outbox] == [LETTER["subject"]]  # the emergency alone

    with at(TUESDAY, 6, 59):
        do_all_that_is_due()
        assert len(mail.outbox) == 1
    with at(TUESDAY, 7, 0):
        do_all_that_is_due()

    digest = mail.outbox[1]
    assert (digest.subject, digest.to) == ("Throughline: 2 messages for you", [worker.email])
    assert digest.body.count("RK4-7QX is signed off") == 2
    assert digest.body.count("http") == 1
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_day_with_nothing_in_it_sends_nothing_and_a_digest_done_twice_is_sent_once(borough):
    worker = borough.social_worker
    choose_daily_topics(["referral"], by=worker)
    with at(MONDAY, 9):
        write(worker, "referral.decided")
        write(worker, "referral.decided", key="two")
    assert OutboxJob.objects.filter(kind="digest.send").count() == 1

    with at(TUESDAY, 8):
        do_all_that_is_due()
        job = OutboxJob.objects.get(kind="digest.send")
        post.deliver_digest(job)

    assert len(mail.outbox) == 1


def test_a_gathered_letter_waits_for_the_morning_after_it_was_written(borough):
    choose_daily_topics(["referral"], by=borough.social_worker)
    with gathered():
        with at(MONDAY, 9):
            write(borough.social_worker, "referral.decided")
        with at(TUESDAY, 9):
            write(borough.social_worker, "referral.signed", key="two")

    days = OutboxJob.objects.filter(kind="digest.send").order_by("due_at").values_list("due_at", flat=True)
    assert list(days) == [clock.moment(day, time(7)) for day in (TUESDAY, TUESDAY + timedelta(days=1))]


def test_before_seven_the_same_morning_is_the_next_digest(borough):
    with at(MONDAY, 6, 30):
        assert post.next_digest() == clock.moment(MONDAY, time(7))
    with at(MONDAY, 7):
        assert post.next_digest() == clock.moment(TUESDAY, time(7))
    with at(date(2026, 3, 28), 12):  # the clocks go forward in the night
        assert post.next_digest().isoformat() == "2026-03-29T07:00:00+01:00"


def test_each_person_chooses_for_themselves_and_may_choose_again(borough):
    choose_daily_topics(["referral", "draft"], by=borough.social_worker)
    choose_daily_topics(["draft"], by=borough.team_manager)
    choose_daily_topics(["referral"], by=borough.social_worker)

    write(borough.team_manager, "referral.decided")

    kept = DailyTopic.objects.order_by("person__full_name", "topic").values_list("person", "topic")
    assert set(kept) == {(borough.social_worker.pk, "referral"), (borough.team_manager.pk, "draft")}
    assert Message.objects.get().in_digest is False
    assert AuditEvent.objects.filter(verb="messages.chosen").count() == 3


@pytest.mark.parametrize("kind", ["meeting.notice", "meeting.cancellation", "meeting.agenda", "stay.emergency"])
def test_notices_papers_and_emergencies_never_wait(kind):
    assert post.topic_of(kind) == ""


def test_a_topic_nobody_knows_is_refused_and_nothing_changes(borough):
    choose_daily_topics(["draft"], by=borough.social_worker)

    with pytest.raises(RuleBroken, match="no topic called “meeting”"):
        choose_daily_topics(["referral", "meeting"], by=borough.social_worker)

    assert DailyTopic.objects.get().topic == "draft"


def test_the_page_keeps_the_choice(sign_in, borough):
    client = sign_in(borough.social_worker)

    answer = client.post("/account/notifications", {"topics": ["referral"]})

    assert answer.headers["Location"] == "/account"
    assert client.get("/account/notifications").context["form"]["topics"].value() == ["referral"]
    assert client.post("/account/notifications", {"topics": ["meeting"]}).status_code == 200
    assert DailyTopic.objects.get().topic == "referral"
