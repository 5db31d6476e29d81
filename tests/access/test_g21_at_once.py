"""trust G21: whoever loses a role or an account opens nothing more, in a session that is open, from the next request on."""

import os

import pytest
from django.db import transaction

from core import clock
from core.models import RoleHeld, User
from tests.access import matrix
from tests.access.scene import ROLES
from tests.access.visits import Visitors, address, named_addresses

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
# Pages of words, and each person's own.
OWN = {"-", "view", "holder"}


def role_ended(person):
    RoleHeld.objects.filter(person=person).update(until_on=clock.today())


def disabled(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def late(scene, end, *, every) -> tuple[int, list[str]]:
    """Pages that opened for somebody, asked for again after `end`; and which of them opened still."""
    asked, found, count = named_addresses(), [], 0
    for who, person in ROLES.items():
        doors = [
            (name, address(name, about, asked[name], scene.records["ours"]))
            for name, (about, words) in matrix.rows().items()
            if about not in OWN and words[who] == "opens"
        ]
        with transaction.atomic():
            browser = Visitors(scene).browsers[who]
            assert browser.get("/account").status_code == 200
            end(getattr(scene.borough, person))
            for name, url in doors[::every]:
                count += 1
                if browser.get(url).status_code == 200:
                    found.append(f"{who} {name}")
            transaction.set_rollback(True)
    return count, found


@pytest.mark.parametrize("end", [role_ended, disabled])
def test_g21_the_next_request_of_an_open_session_is_denied(scene, end, tried):
    count, found = late(scene, end, every=1 if FULL else 7)
    tried("G21", f"late accesses, {end.__name__.replace('_', ' ')}", count=count, expected="0 opened", found=f"{len(found)} opened")

    assert found == []
    assert count > 60, count


def test_g21_a_right_that_did_not_end_would_be_found(scene):
    """The control: the same asked again with nothing ended."""
    count, found = late(scene, lambda person: None, every=19)

    assert len(found) == count > 15
