"""The interface for machines, asked with a token that may read everything of ours: no word of anybody else, of a child, or of a person."""

from datetime import timedelta

import pytest

from core import clock
from core.roles import Role
from kpis.actions.api_client import agree_client, make_client
from kpis.models import IndicatorValue
from kpis.models.indicator import IndicatorQuerySet
from kpis.rules.api_clients import SCOPES
from tests.access import matrix
from tests.access.visits import Browser, address, named_addresses
from tests.people import Borough

pytestmark = pytest.mark.django_db
# As a commissioner: another authority, other children, our own too, and what was decided; every service of the council is its own.
ANYBODYS = "ERTQOM"


@pytest.fixture
def token(scene):
    """A client of ours that may read all there is; and every value there is, validated."""
    borough: Borough = scene.borough
    client, token = make_client(
        borough.authority, name="All", purpose="All.", scopes=list(SCOPES), expires_on=clock.today() + timedelta(days=9), by=borough.administrator
    )
    agree_client(client, by=borough.head_of_service.acting_as(Role.HEAD_OF_SERVICE))
    IndicatorValue.objects.update(state="validated", validated_at=clock.now(), validated_by=borough.commissioner)
    return token


def told(scene, token):
    """Every answer of the interface, and the canaries in it."""
    asked, found = named_addresses(), {}
    names = [name for name, (_, words) in matrix.rows().items() if words["nobody"] == "401"]
    own, theirs = (scene.records[whose]["indicator"].slug for whose in ("ours", "elsewhere"))
    urls = [address(name, "-", asked[name], scene.records["ours"]) for name in names]
    urls += [f"/api/v1/indicators/{slug}" for slug in (own, theirs)] + [f"/api/v1/figures?indicator={slug}" for slug in (own, theirs)]
    for url in urls:
        answer = Browser().get(url, HTTP_AUTHORIZATION=f"Bearer {token}")
        everything = answer.content + repr(sorted(answer.items())).encode()
        found[url] = (answer.status_code, scene.canaries.read_in(everything, ANYBODYS, url), answer.content.decode())
    return found


def test_g20_g23_no_answer_tells_of_a_child_a_person_or_anybody_elses_indicator(scene, token):
    answers = told(scene, token)

    assert len(answers) >= 9
    assert {url: canaries for url, (_, canaries, _) in answers.items() if canaries} == {}
    assert [url for url, (status, _, _) in answers.items() if status not in {200, 404}] == []
    own = scene.records["ours"]
    assert own["indicator"].slug in answers["/api/v1/figures"][2]
    assert scene.records["elsewhere"]["indicator"].slug not in "".join(body for _, _, body in answers.values())
    for person in scene.borough.people.values():
        assert person.full_name not in answers["/api/v1/indicators"][2] + answers["/api/v1/figures"][2]


def test_anothers_indicator_is_answered_as_one_that_does_not_exist(scene, token):
    def body(slug):
        return Browser().get(f"/api/v1/indicators/{slug}", HTTP_AUTHORIZATION=f"Bearer {token}").content

    assert body(scene.records["elsewhere"]["indicator"].slug) == body("no-such-thing")


def test_with_visible_to_switched_off_the_sweep_goes_red(scene, token, monkeypatch):
    monkeypatch.setattr(IndicatorQuerySet, "visible_to", lambda self, user: self.all())

    assert any(canaries for _, canaries, _ in told(scene, token).values())
