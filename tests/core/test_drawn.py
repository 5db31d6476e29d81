"""What stands on every page is kept by all that it was drawn of: nobody is given another role's links, or files of another address."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.safestring import mark_safe

from config.navigation import NAVIGATION
from core.kept import Kept
from core.roles import Role
from core.templatetags import drawn
from tests.referrals import builders

HOSTILE = "<script>alert('x')</script> & \"{{ label }}\" %s"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(drawn, "_once", Kept())
    monkeypatch.setattr(drawn, "_links", Kept())


def links(role, here=""):
    return [{"label": item.label, "url": item.url, "current": item.url == here} for item in NAVIGATION[role]]


def by_the_engine(navigation):
    return render_to_string("components/navigation_links.html", {"navigation": navigation}).removeprefix("\n")


@pytest.mark.parametrize("role", list(Role))
def test_a_roles_links_are_its_own_whoever_was_here_before_and_mark_this_page_alone(role):
    for other in Role:
        drawn.navigation_links(links(other))
        drawn.navigation_links(links(other, here="/referrals"))

    for here in ("", *(item.url for item in NAVIGATION[role])):
        shown = drawn.navigation_links(links(role, here))
        assert shown == by_the_engine(links(role, here))
        assert shown.count('aria-current="true"') == bool(here)


def test_links_are_escaped_also_when_they_are_kept():
    for _ in range(2):
        shown = drawn.navigation_links([{"label": HOSTILE, "url": f'/"{HOSTILE}', "current": True}])
        assert "<script>" not in shown
        assert 'href="/&quot;&lt;script&gt;' in shown


HEADS = """{% for column in columns %}<th scope="col"{% if column.numeric %} class="num"{% endif %}{% if column.sorted %} aria-sort="{{ column.sorted }}"{% endif %}>{% if column.sort_url %}<a class="govuk-link" href="{{ column.sort_url }}">{{ column.label }}{% if column.sorted %}<span aria-hidden="true"> {% if column.sorted == "ascending" %}▲{% else %}▼{% endif %}</span>{% endif %}</a>{% else %}{{ column.label }}{% endif %}</th>{% endfor %}"""


@pytest.mark.parametrize("columns", [
    None, [], [{"label": "Bare"}], [{"label": HOSTILE, "sort_url": f"?a=1&b={HOSTILE}", "sorted": HOSTILE, "numeric": True}],
    [{"label": "A", "sort_url": "?sort=a", "sorted": "ascending", "numeric": False}, {"label": "B", "sort_url": "?sort=-b", "sorted": "descending"},
     {"label": "C", "sort_url": "", "sorted": "ascending"}],
])  # fmt: skip
def test_headings_are_what_the_engine_would_make_of_them(columns):
    assert drawn.head_cells(columns) == Template(HEADS).render(Context({"columns": columns}))


QUEUES = """{% for queue in queues %}<li><a class="queues__link" href="{{ queue.url }}"{% if queue.current %} aria-current="page"{% endif %}>{{ queue.label }} <span class="queues__count">({{ queue.count }})</span></a></li>{% endfor %}"""
SIZES = """{% for size in sizes %}{% if size.current %}<strong>{{ size.size }}</strong>{% else %}<a class="govuk-link" href="{{ size.url }}">{{ size.size }}<span class="govuk-visually-hidden"> rows on a page</span></a>{% endif %}{% if not forloop.last %} {% endif %}{% endfor %}"""


def test_queues_and_sizes_are_what_the_engine_would_make_of_them():
    queues = [{"label": HOSTILE, "url": f"?a=1&queue={HOSTILE}", "count": HOSTILE, "current": at == 1} for at in range(3)]
    sizes = [{"size": size, "url": f"?a=1&per={HOSTILE}", "current": size == 50} for size in (25, 50, 100)]

    for some in ([], queues[:1], queues):
        assert drawn.queue_links(some) == Template(QUEUES).render(Context({"queues": some}))
    for some in ([], sizes[:2], sizes):
        assert drawn.size_links(some) == Template(SIZES).render(Context({"sizes": some}))


FOOT, WARNING = "components/footer.html", "components/session_warning.html"


def test_the_foot_and_the_warning_are_drawn_of_what_they_are_given_now():
    for _ in range(2):
        assert "Pass on a compliment" in drawn.drawn_once(FOOT, acting="Chair", service_version="1")
        assert "Pass on a compliment" not in drawn.drawn_once(FOOT, acting="", service_version="1")
        assert "Version 2<" in drawn.drawn_once(FOOT, acting="Chair", service_version="2")
        assert "<dialog" in drawn.drawn_once(WARNING, signed_in=True)
        assert "<dialog" not in drawn.drawn_once(WARNING, signed_in=False)
        assert "<script>" not in drawn.drawn_once(FOOT, acting="Chair", service_version=HOSTILE)
        assert HOSTILE in drawn.drawn_once(FOOT, acting="Chair", service_version=mark_safe(HOSTILE))


@pytest.mark.django_db
def test_a_page_leaves_nothing_of_a_person_or_a_child_behind(borough, sign_in):
    referral = builders.a_sent_referral(borough)
    client = sign_in(borough.social_worker)

    for address in ("/referrals?queue=all", f"/referrals/{referral.reference}", f"/children/{referral.child.reference}", "/account"):
        assert client.get(address).status_code == 200

    kept = "".join([*drawn._once._kept.values(), *drawn._links._kept.values()])
    assert "Version" in kept
    for word in (referral.reference, referral.child.full_name, referral.child.called, borough.social_worker.full_name, borough.social_worker.email, "csrf"):
        assert word not in kept


def test_the_head_is_drawn_once_and_anew_where_its_files_are_elsewhere():
    here = drawn.drawn_once("components/head_links.html")

    assert drawn.drawn_once("components/head_links.html") is here
    assert here == render_to_string("components/head_links.html")
    with override_settings(STATIC_URL="/elsewhere/"):
        assert 'src="/elsewhere/js/page.js"' in drawn.drawn_once("components/head_links.html")
    assert "/elsewhere/" not in drawn.drawn_once("components/head_links.html")
