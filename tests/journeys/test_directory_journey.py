"""J12: one press signs in somebody whose directory knows them; it leads to the page they wanted, and is as easy to use as the rest."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from core import clock
from core.step_up import CONFIRMED
from tests import people
from tests.directory_server import a_directory, app_of
from tests.journeys.test_passkeys import looked_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def borough(transactional_db):
    return people.a_borough()


@pytest.fixture
def directory(borough, settings):
    """The council's, where governance is signed in already."""
    with a_directory() as server:
        settings.SOCIALACCOUNT_PROVIDERS = {"directory": {"APPS": [app_of(server, "council", borough.council.slug, name="council")]}}
        server.person = {"sub": "a1", "email": borough.governance.email, "email_verified": True}
        yield server


def test_j12_one_press_signs_in_by_the_directory_and_one_more_confirms(walk, directory, borough):
    walker = walk()
    looked_at(walker.open("/sign-in?next=/account"))
    with walker.page.expect_event("response", lambda answer: answer.url.endswith("/account")):
        walker.click("Continue with your council account")
    walker.page.wait_for_url("**/account")
    assert walker.sees(borough.governance.full_name)
    assert walker.clicks == 1

    make_stale(walker)
    walker.open("/records/holds/new").choose("Every record of the council")
    walker.page.get_by_label("Why must it be kept?").fill("An inquiry that was announced.")
    walker.click("Ask for this hold")
    assert walker.sees("Confirm that it is you")
    looked_at(walker).click("Continue with your council account")
    walker.page.wait_for_url("**/records/holds/new")
    assert walker.page.get_by_label("Why must it be kept?").input_value() == "An inquiry that was announced."
    assert walker.problems == []


def make_stale(walker):
    """The last proof is an hour old."""
    cookie = next(one for one in walker.context.cookies() if "session" in one["name"])
    session = SessionStore(cookie["value"])
    session[CONFIRMED] = (clock.now() - clock.minutes(60)).isoformat()
    session.save()


def test_j12_whom_nobody_added_reads_whom_to_ask_and_the_other_ways_stay(walk, directory, borough):
    directory.person["email"] = "stranger@testborough.example"
    walker = walk()
    walker.open("/sign-in").click("Continue with your council account")
    walker.page.get_by_text("Your account is not set up").wait_for()
    assert walker.sees(borough.administrator.full_name)
    looked_at(walker).click("Sign in another way", role="link")
    assert walker.sees("Sign in with a passkey")
