"""What every test may ask for: people by role in one borough, and a clock held still."""

import gc
from datetime import date

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from core import clock
from tests import emptied, people

# How long one example takes tells of the machine's load, not of the code.
hypothesis.settings.register_profile("ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("ours")

TransactionTestCase._fixture_teardown = emptied.quickly
TODAY = date(2026, 11, 24)
# What is loaded by now stays to the end, so rubbish is looked for among the rest, and less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests; a browser's last answer may still hold it when it is to be removed, and is let go."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND pg_has_role(current_user, usesysid, 'USAGE')"
        )


@pytest.fixture(autouse=True)
def held_clock():
    """Every test runs on one Tuesday at 9am, unless it moves the clock itself."""
    with clock.held_at(TODAY):
        yield


@pytest.fixture
def borough(db):
    """One authority with its council, its provider, two teams and a person in every role."""
    return people.the_borough()


@pytest.fixture
def sign_in(client):
    """Sign somebody in, in their first role or the one named, and hand back the browser."""

    def sign_in_as(person, role=None):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        if role:
            session = client.session
            session["acting"] = next(h.pk for h in person.current_roles if h.role == role)
            session.save()
        return client

    return sign_in_as
