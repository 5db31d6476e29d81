"""Lists and searches whose questions are kept: whatever changes for a reader is as if they had been written anew."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.models import RoleHeld
from core.references import PATTERN
from core.views import walked
from referrals.actions.access import withhold_access
from referrals.choices import Basis
from referrals.models import Access, Child, Cover, finding
from referrals.views import lists
from tests.people import a_borough
from tests.referrals import builders

pytestmark = pytest.mark.django_db
READERS = ("social_worker", "team_manager", "service_manager", "strategic_manager", "head_of_service", "panel_administrator", "chair", "provider_manager")


@pytest.fixture(autouse=True)
def as_served(settings):
    settings.QUESTIONS_ARE_COMPARED = False


@pytest.fixture
def world(borough):
    """Referrals here and elsewhere, sent and not, and one restricted."""
    other = a_borough("elsewhere")
    borough.here, borough.away = builders.a_sent_referral(borough), builders.a_sent_referral(other)
    borough.draft, borough.kept = builders.a_draft_referral(borough), builders.a_sent_referral(borough)
    Child.objects.filter(pk=borough.kept.child_id).update(is_restricted=True, restricted_because="Kept.")
    borough.other = other
    return borough


def read(client, world) -> list:
    """The references and counts of the lists and of a search, as somebody reads them."""
    pages = [client.get(page) for page in ("/referrals?queue=all", "/referrals?queue=mine", "/children?queue=all", "/referrals?queue=team&sort=reference")]
    pages += [client.get(f"/referrals?queue=all&{way}={one.reference}") for way in ("after", "before") for one in (world.here, world.away)]
    pages += [client.post("/search/glance", {"words": words}) for words in ("zz", "zzcanary", "child z", "1")]
    return [(page.status_code, re.findall(PATTERN, page.content.decode()), re.findall(r"[\d,]+ (?:referral|child)\w*", page.content.decode())) for page in pages]


def forget_questions() -> None:
    walked.WRITTEN.clear()
    finding.WRITTEN.clear()


def steps(world, person):
    """What may happen to a reader between one page and the next, one after another."""
    yield "begins", lambda: None
    yield "told of one elsewhere", lambda: Access.objects.create(child=world.away.child, referral=world.away, person=person, basis=Basis.PAPER)
    yield "named for a restricted record", lambda: Access.objects.create(child=world.kept.child, person=person, basis=Basis.NAMED)
    yield "that ends", lambda: Access.objects.filter(person=person, basis=Basis.NAMED).update(until_at=clock.now() - timedelta(seconds=1))
    yield "kept from one", lambda: withhold_access(world.here, person=person, because="They are family.", depth="record", by=world.head_of_service)
    yield "no longer", lambda: Access.objects.filter(person=person).exclude(withheld_because="").delete()
    yield "covers for a colleague", lambda: Cover.objects.create(
        authority=world.authority, away=world.other_team_manager, acts=person, step="TM", from_on=clock.today(), last_on=clock.today(),
    )  # fmt: skip
    yield "in no team", lambda: RoleHeld.objects.get(person=person).teams.clear()
    yield "in a team elsewhere", lambda: RoleHeld.objects.get(person=person).teams.add(world.other.team)
    yield "works elsewhere", lambda: RoleHeld.objects.filter(person=person).update(authority=world.other.authority)
    yield "in another role", lambda: RoleHeld.objects.filter(person=person).update(role="HOS")


@pytest.mark.parametrize("name", READERS)
def test_whatever_changes_for_a_reader_is_as_if_nothing_were_kept(world, sign_in, name):
    person, seen = getattr(world, name), []
    client = sign_in(person)
    for what, happens in steps(world, person):
        happens()
        kept = read(client, world)
        forget_questions()
        assert read(client, world) == kept, what
        seen.append(str(kept))
    assert len(set(seen)) >= 3


def test_the_control_where_rights_and_teams_are_left_out_of_the_key(world, sign_in, monkeypatch):
    """With who it is alone, what changed is answered with the questions of before."""
    person = world.team_manager
    for module in (lists, finding):
        monkeypatch.setattr(module, "stands_as", lambda user: (user.pk,))
    client, stale = sign_in(person), 0
    for _, happens in steps(world, person):
        happens()
        kept = read(client, world)
        forget_questions()
        stale += read(client, world) != kept
    assert stale >= 3


def test_one_reader_is_never_answered_with_what_another_may_see(world):
    """Everybody twice, by turns, with what was kept for those before."""
    clients = [Client() for _ in READERS]
    for client, name in zip(clients, READERS, strict=True):
        client.force_login(getattr(world, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    first = [read(client, world) for client in clients]
    again = [read(client, world) for client in clients]
    afresh = []
    for client in clients:
        forget_questions()
        afresh.append(read(client, world))

    assert first == again == afresh
    assert len({str(found) for found in first}) >= 5
