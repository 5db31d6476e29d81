"""trust G37: guesses at the second step are counted for every process at once, a lock is told, and time lifts it."""

from datetime import timedelta
from threading import Thread
from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import clock
from core.actions import second_step
from core.actions.second_step import note_wrong_code, take_guess, use_code
from core.models import AuditEvent, CodeGuesses, Message, OutboxJob
from core.rules import RuleBroken
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
RIGHT = "a long and right pass phrase"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def account(borough, settings):
    """A person with a password and an app that gives codes; allauth's own count, kept in one process, is out of the way."""
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()
    person = borough.social_worker
    person.set_password(RIGHT)
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return person


def past_the_password(person) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"login": person.email, "password": RIGHT})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return client


def code_now() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time()) // 30))


def give(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def wrong(client, times):
    for _ in range(times):
        answer = give(client, "000000")
    return answer.content.decode()


def test_g37_ten_wrong_codes_close_the_step_and_the_right_one_is_then_refused_too(account):
    client = past_the_password(account)
    assert "until" not in wrong(client, 9)
    wrong(client, 1)

    answer = give(client, code_now())

    assert "Too many wrong codes. Nobody can sign in to this account until 09:15" in answer.content.decode()
    assert client.get("/account").status_code == 302


def test_g37_another_browser_and_another_process_have_no_guesses_more(account):
    wrong(past_the_password(account), 6)
    cache.clear()  # what one process remembers is not asked
    wrong(past_the_password(account), 4)

    assert "Too many wrong codes" in give(past_the_password(account), code_now()).content.decode()


def test_g37_control_without_the_count_in_the_database_guesses_go_on(account, monkeypatch):
    monkeypatch.setattr("core.second_step.take_guess", lambda person, by: None)
    monkeypatch.setattr("core.second_step.note_wrong_code", lambda person, by: None)
    client = past_the_password(account)
    wrong(client, 15)

    assert give(client, code_now()).status_code == 302


def test_g37_time_lifts_it_and_the_right_code_clears_the_count(account):
    wrong(past_the_password(account), 10)

    with clock.held_at(clock.now() + timedelta(minutes=14, seconds=59)):
        assert "Too many" in give(past_the_password(account), code_now()).content.decode()
    with clock.held_at(clock.now() + timedelta(minutes=15)):
        assert give(past_the_password(account), code_now()).status_code == 302
    assert not CodeGuesses.objects.exists()


def test_g37_nine_wrong_codes_five_minutes_ago_count_no_more(account):
    client = past_the_password(account)
    wrong(client, 9)

    with clock.held_at(clock.now() + timedelta(minutes=5, seconds=1)):
        assert "until" not in wrong(client, 9)
        assert give(client, code_now()).status_code == 302


def test_g37_its_owner_and_the_system_administrator_are_told_once_by_the_outbox_and_of_no_child(borough, account):
    client = past_the_password(account)
    wrong(client, 14)

    rows = Message.objects.filter(kind="account.closed").order_by("pk")
    assert [row.person for row in rows] == [account, borough.administrator]
    assert OutboxJob.objects.filter(kind="message.send", subject__in=[row.reference for row in rows]).count() == 2
    assert [(row.about_type, row.link) for row in rows] == [("", "/account")] * 2
    assert "No code is taken until 09:15" in rows[0].body
    assert account.full_name in rows[1].body
    assert AuditEvent.objects.filter(verb="second_step.closed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_g37_asked_forty_at_once_no_more_than_ten_are_looked_at(borough, monkeypatch):
    """Each try is counted before its code is judged, so that what runs beside it cannot have the same one."""
    person, taken = borough.social_worker, []

    def guess():
        with clock.held_at(TODAY):
            try:
                take_guess(person, by=person)
                taken.append(True)
                note_wrong_code(person, by=person)
            except RuleBroken:
                pass
        connection.close()

    threads = [Thread(target=guess) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 10
    assert CodeGuesses.objects.get().locked_until == clock.now() + second_step.CLOSED_FOR
    assert Message.objects.filter(kind="account.closed", person=person).count() == 1


def test_g37_a_code_opens_once_also_for_another_process_and_for_the_other_form(account):
    code = code_now()
    assert give(past_the_password(account), code).status_code == 302
    cache.clear()  # what one process remembers is not asked

    answer = give(past_the_password(account), f" {code[:3]} {code[3:]} ")

    assert "That code was used already. Wait for the next one." in answer.content.decode()
    assert CodeGuesses.objects.get().number == 1


def test_g37_control_without_the_mark_in_the_database_another_process_would_take_it_again(account, monkeypatch):
    monkeypatch.setattr("core.second_step.use_code", lambda person, code, by: None)
    code = code_now()
    for _ in range(2):
        cache.clear()
        answer = give(past_the_password(account), code)

    assert answer.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_g37_asked_twenty_at_once_one_code_opens_once(borough):
    """Each process has forgotten what the others remember."""
    person, opened = borough.social_worker, []
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})

    def ask():
        try:
            use_code(person, "123456", by=person)
            opened.append(True)
        except RuleBroken:
            pass
        connection.close()

    threads = [Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 1


@pytest.mark.django_db(transaction=True)
def test_g36_a_second_factor_that_changes_ends_every_other_session_and_so_does_its_owner(account):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert here.post("/account/two-factor/recovery-codes/new").status_code == 302
    assert (here.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 302)

    account.refresh_from_db()
    elsewhere.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert here.post("/account/sign-out-elsewhere", follow=True).status_code == 200
    assert (here.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 302)
