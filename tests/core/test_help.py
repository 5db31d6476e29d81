"""Help: one page for each role, true to what that role can do, in one place on every page."""

import re

import pytest
from django.urls import resolve

from core.guides import BY_ROLE, GUIDES
from core.roles import Role
from tests.access import matrix

pytestmark = pytest.mark.django_db
WORDS_IN_A_SENTENCE = 27


def person_in(borough, role):
    """Somebody of the borough in this role."""
    return next(p for p in borough.people.values() if any(held.role == role for held in p.current_roles))


def test_every_role_has_a_guide_of_its_own():
    assert set(BY_ROLE) == set(Role)
    assert len({guide.slug for guide in GUIDES}) == len(Role)


@pytest.mark.parametrize("role", Role)
def test_a_guide_names_five_things_and_each_opens_for_its_role(borough, sign_in, role):
    guide, client = BY_ROLE[role], sign_in(person_in(borough, role))
    page = client.get(guide.url).content.decode()

    assert len(guide.things) == 5
    assert len({where for _, where, _ in guide.things}) == 5
    for what, where, how in guide.things:
        assert f'href="{where}"' in page
        assert what in page
        assert how in page
        name = resolve(where).view_name
        assert matrix.rows()[name][1][role] in {"opens", "moves"}, (role, name)
        if "<" not in where and name != "referrals:order_waiting":
            assert client.get(where, follow=True).status_code == 200, where
    for about, whom in guide.ask:
        assert about in page
        assert whom[1:] in page


def test_a_guide_of_another_role_has_no_links_that_would_not_open(borough, sign_in, client):
    for page in (sign_in(borough.finance).get("/help/chair"), type(client)().get("/help/chair")):
        assert 'href="/papers"' not in page.content.decode()
        assert "Read your papers" in page.content.decode()


def test_the_readers_own_guide_is_first(borough, sign_in, client):
    assert "Your own guide: Chair" in sign_in(borough.chair).get("/help").content.decode()
    assert "Your own guide" not in type(client)().get("/help").content.decode()


@pytest.mark.parametrize("slug", ["director", "CH", "chair2", "-", "Chair"])
def test_a_role_that_is_none_is_not_found(client, slug):
    assert client.get(f"/help/{slug}").status_code == 404


def test_contact_and_hours_are_the_councils_own(client, settings):
    settings.SUPPORT = {"name": "A desk & more", "contact": "01632 960123", "hours": "9am to 5pm"}

    for url in ("/help", "/help/chair"):
        page = client.get(url).content.decode()
        assert "A desk &amp; more" in page
        assert "01632 960123" in page
        assert "9am to 5pm" in page


def test_a14_help_is_the_first_link_at_the_foot_of_every_page(borough, sign_in, client):
    client = sign_in(borough.head_of_service)
    pages = [client.get(url).content.decode() for url in ("/", "/referrals", "/account", "/kpis", "/help", "/nothing-here")]
    pages += [type(client)().get(url).content.decode() for url in ("/sign-in", "/cookies")]

    for page in pages:
        foot = page.partition('<footer class="foot">')[2]
        assert re.search(r"<a [^>]*href=\"([^\"]*)\"", foot)[1] == "/help"


def test_help_asks_the_same_few_questions_for_everybody(borough, sign_in, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        type(client)().get("/help/chair")
    client = sign_in(borough.chair)
    client.get("/help")
    for url in ("/help", "/help/chair", "/help/art-manager"):
        with django_assert_max_num_queries(4):
            client.get(url)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_guide_is_plain(guide):
    said = [guide.does, *guide.know, *(how for *_, how in guide.things)]

    for sentence in [one for words in said for one in re.split(r"(?<=[.:])\s", words)]:
        assert len(sentence.split()) <= WORDS_IN_A_SENTENCE, sentence
        assert not re.search(r"\b(please|invalid|mandatory|click)\b|!", sentence.lower())
    assert len(" ".join(said).split()) < 260
