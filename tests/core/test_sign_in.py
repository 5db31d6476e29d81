"""trust G36 to G38: how long a session lives, what ends it, and who may guess at a password how often."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.conf import settings as product
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.utils import timezone

from core import adapter
from core.models import HeldPost
from tests.core.test_session import age_session, give_second_role

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
RIGHT, WRONG = "a long and right pass phrase", "a long and wrong pass phrase"


@pytest.fixture
def account(borough, settings):
    """A person with a password, in a service that counts guesses."""
    settings.AXES_ENABLED = True
    person = borough.social_worker
    person.set_password(RIGHT)
    person.save()
    return person.email


def try_at(login, password, client=None, **headers):
    """Try to sign in; whether a page, a redirect or "wait" answers."""
    client = client or Client()
    return client.post("/sign-in", {"login": login, "password": password}, **headers).status_code


def begun(client, **ago):
    """Make a session look as if it had begun a while ago, and been used just now."""
    session = client.session
    session["began"] = (timezone.now() - timedelta(**ago)).isoformat()
    session["seen"] = timezone.now().isoformat()
    session.save()


@pytest.mark.parametrize(("hours", "answer"), [(11.9, 200), (12.1, 302)])
def test_g36_a_session_ends_after_12_hours_however_much_it_is_used(borough, sign_in, hours, answer):
    client = sign_in(borough.social_worker)
    client.get("/account")
    begun(client, hours=hours)

    assert client.get("/account").status_code == answer


def test_g36_with_nobody_looking_at_the_time_a_session_goes_on(borough, sign_in, settings):
    """The control."""
    client = sign_in(borough.social_worker)
    client.get("/account")
    begun(client, hours=12.1)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("ExpireSessions")]
    client.handler.load_middleware()

    assert client.get("/account").status_code == 200


def test_g36_use_does_not_put_off_the_end(borough, sign_in):
    """The control: the moment it began stands, though every page notes that it was used."""
    client = sign_in(borough.social_worker)
    client.get("/account")
    before = client.session["began"]
    age_session(client, minutes=20)
    client.get("/account")

    assert client.session["began"] == before


@pytest.mark.parametrize("left", [{"hours": 13}, {"days": 3}])
def test_q4_what_was_typed_is_kept_past_the_night_and_the_weekend(borough, sign_in, left):
    """The session is long over, and its cookie still tells whose words these are."""
    held = give_second_role(borough)
    client = sign_in(borough.chair)
    client.get("/account")
    begun(client, **left)
    age_session(client, **left)
    assert client.cookies[product.SESSION_COOKIE_NAME]["max-age"] > timedelta(**left).total_seconds()

    gone = client.post("/roles", {"role": held.pk})

    assert gone.url.startswith("/sign-in?next=")
    assert HeldPost.objects.get().fields == {"role": [str(held.pk)]}


def test_g36_signing_in_gives_a_new_key_and_the_one_before_opens_nothing(account):
    client = Client()
    client.get("/sign-in")
    planted = client.session
    planted["seen"] = timezone.now().isoformat()
    planted.save()
    client.cookies[product.SESSION_COOKIE_NAME] = before = planted.session_key

    assert try_at(account, RIGHT, client) == 302

    assert client.cookies[product.SESSION_COOKIE_NAME].value != before
    assert copy_of(before).get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def copy_of(key):
    """Another browser with a copy of a session's cookie."""
    thief = Client()
    thief.cookies[product.SESSION_COOKIE_NAME] = key
    return thief


def test_g36_signing_out_kills_every_copy(borough, sign_in):
    client = sign_in(borough.social_worker)
    thief = copy_of(client.cookies[product.SESSION_COOKIE_NAME].value)
    assert thief.get("/account").status_code == 200

    client.post("/sign-out")

    assert thief.get("/account").status_code == 302


def test_g36_a_new_password_and_a_closed_account_end_every_session(borough, sign_in):
    for change in ({"password": "!"}, {"is_active": False}):
        client = sign_in(borough.social_worker)
        type(borough.social_worker).objects.filter(pk=borough.social_worker.pk).update(**change)
        assert client.get("/account").status_code == 302, change
        borough.social_worker.is_active = True
        borough.social_worker.save()


def test_g36_production_cookies_belong_to_this_host_alone():
    names = "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_NAME CSRF_COOKIE_SECURE DEVICE_COOKIE_NAME"
    asked = f"import json; from config import settings as s; print(json.dumps([getattr(s, n) for n in {names.split()!r}]))"
    told = {**os.environ, "THROUGHLINE_MODE": "production", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "a.example"}
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=told, capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == ["__Host-session", True, True, "Lax", "__Host-csrf", True, "__Host-device"]


def test_g38_ten_guesses_are_looked_at_in_five_minutes_and_a_forged_sender_gives_no_more(account, monkeypatch):
    looked = []
    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.verify", lambda *facts: looked.append(1) or False)

    answers = [
        try_at(account, WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}", HTTP_X_REAL_IP=f"203.0.113.{n}", REMOTE_ADDR=f"198.51.100.{n}")
        for n in range(40)
    ]

    assert len(looked) == 10
    assert answers[8:11] == [200, 429, 429]
    assert set(answers[9:]) == {429}
    assert try_at(account.upper(), RIGHT) == 429


def test_g38_without_the_limit_every_guess_would_be_looked_at(account, settings):
    """The control."""
    settings.AXES_ENABLED = False

    assert {try_at(account, WRONG) for _ in range(15)} == {200}


def test_g38_another_account_is_not_locked(account, borough):
    for _ in range(12):
        try_at(borough.chair.email, WRONG)

    assert try_at(account, RIGHT) == 302


def test_g38_an_office_behind_one_address_signs_in_at_nine(account):
    assert {try_at(account, RIGHT) for _ in range(60)} == {302}


def test_g38_its_owner_signs_in_from_a_browser_that_is_known_while_a_stranger_guesses(account):
    own = Client()
    assert try_at(account, RIGHT, own) == 302
    own.post("/sign-out")
    for _ in range(15):
        stranger = try_at(account, WRONG)
    assert stranger == 429

    assert try_at(account, RIGHT, own) == 302
    assert try_at(account, RIGHT) == 429


def test_g38_a_known_browser_guesses_ten_times_too_and_only_at_its_own_account(account, borough):
    own = Client()
    try_at(account, RIGHT, own)
    own.post("/sign-out")

    assert [try_at(account, WRONG, own) for _ in range(12)][9:] == [429] * 3
    assert [try_at(borough.chair.email, WRONG, own) for _ in range(10)][-1] == 429
    assert try_at(borough.chair.email, WRONG) == 429


@pytest.mark.parametrize("cookie", ["", "x", "WyJ4IiwieSJd:1:2", "\x00"])
def test_g38_a_made_up_browser_is_no_browser(rf, cookie):
    request = rf.post("/sign-in", {"login": " A@B.example "})
    request.COOKIES[product.DEVICE_COOKIE_NAME] = cookie

    assert adapter.guessed_at(request) == "a@b.example"


def test_g38_after_five_minutes_its_owner_signs_in_though_the_guessing_went_on(account):
    for _ in range(12):
        try_at(account, WRONG)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=5, seconds=1))

    assert try_at(account, RIGHT) == 302


class Counted(PBKDF2PasswordHasher):
    """The product's own kind of hash, at a price that a test can pay."""

    iterations, made = 60_000, []

    def encode(self, *facts, **more):
        self.made.append(1)
        return super().encode(*facts, **more)


def test_g37_nobody_learns_from_the_answer_or_its_time_who_has_an_account(account, borough, settings):
    settings.PASSWORD_HASHERS = ["tests.core.test_sign_in.Counted"]
    settings.AXES_ENABLED = False
    borough.social_worker.set_password(RIGHT)
    borough.social_worker.save()
    took, said, made = {}, {}, {}
    for _ in range(9):
        for login in (account, "nobody@testborough.example"):
            Counted.made.clear()
            began = time.perf_counter()
            page = Client().post("/sign-in", {"login": login, "password": WRONG}).content.decode()
            took.setdefault(login, []).append(time.perf_counter() - began)
            made[login] = len(Counted.made)
            said[login] = re.sub(r'value="[^"]*"', "", page)
    known, unknown = (statistics.median(times) for times in took.values())

    assert len(set(said.values())) == 1
    assert len(set(made.values())) == 1
    assert 0.6 < known / unknown < 1.6, took
