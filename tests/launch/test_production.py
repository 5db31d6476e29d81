"""Production as it starts: Django's deployment check is clean, and unsafe settings are refused in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from core.actions.person import add_person
from core.apps import assert_read_committed
from tests.journeys.conftest import address_of
from tests.people import a_borough

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "THROUGHLINE_MODE": "production", "SECRET_KEY": "a long key of nobody else, made for this test alone, 0123456789", "ALLOWED_HOSTS": "throughline.example",
    "SITE_URL": "https://throughline.example", "DJANGO_SETTINGS_MODULE": "config.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": None,
}  # fmt: skip


def run(*command, **environment):
    """What a fresh process says, in production's environment; a value of None leaves that one out."""
    left = {name: value for name, value in {**os.environ, **SAFE, **environment}.items() if value is not None}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=left, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_deployment_check_is_clean():
    answer = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY in the environment"),
        ({"SECRET_KEY": "for-demonstration-and-tests-only-not-a-secret-" + "0123456789" * 3}, "a key of your own"),
        ({"THROUGHLINE_DEBUG": "1"}, "turn it off"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS in the environment"),
        ({"THROUGHLINE_MODE": "nonsense"}, "Set THROUGHLINE_MODE to demonstration, test or production."),
    ],
)
def test_unsafe_settings_are_refused_in_a_sentence(environment, sentence):
    answer = run("manage.py", "check", **environment)

    assert answer.returncode != 0
    assert sentence in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_a_database_with_demonstration_people_is_refused():
    borough = a_borough()
    address = address_of(connection.settings_dict)
    before = run("-c", "import config.wsgi; from django.db import connection; print(connection.connection)", DATABASE_URL=address)
    add_person(full_name="Invented Person", email="invented@demo.example", organisation=borough.council,
               is_demonstration=True, by=None)  # fmt: skip

    answer = run("-c", "import config.wsgi", DATABASE_URL=address)

    assert before.returncode == 0, before.stderr
    assert before.stdout.split() == ["None"], "the processes that serve are copies, and would share this connection"
    assert answer.returncode != 0
    assert "This database has demonstration people in it." in answer.stderr


@pytest.mark.django_db
def test_another_isolation_level_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_transaction_isolation = 'repeatable read'")
        with pytest.raises(RuntimeError, match="must run READ COMMITTED, and it runs REPEATABLE READ"):
            assert_read_committed(connection)


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client):
    for path in ("/sign-in", "/nowhere", "/", "/health/live"):
        with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
            headers = client.get(path, secure=True).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert part in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
