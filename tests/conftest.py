"""What every test may ask for: people by role in one borough, and a clock held still."""

from datetime import date

import pytest

from core import clock
from tests import people

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def held_clock():
    """Every test runs on one Tuesday at 9am, unless it moves the clock itself."""
    with clock.held_at(TODAY):
        yield


@pytest.fixture
def borough(db):
    """One authority with its council, its provider, two teams and a person in every role."""
    return people.a_borough()


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
