"""Sessions: who one acts as, how long they last, and what outlives them."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from core.actions.person import give_role
from core.models import AuditEvent, HeldPost
from core.roles import Role

pytestmark = pytest.mark.django_db


def age_session(client, **ago):
    """Make the session look as if it was last used a while ago."""
    session = client.session
    session["seen"] = (timezone.now() - timedelta(**ago)).isoformat()
    session.save()


def give_second_role(borough):
    return give_role(
        borough.chair, Role.HEAD_OF_SERVICE, organisation=borough.council,
        from_on=borough.chair.current_roles[0].from_on, by=None,
    )  # fmt: skip


def test_a_session_lives_while_it_is_used(borough, sign_in):
    client = sign_in(borough.social_worker)
    age_session(client, minutes=29)

    assert client.get("/account").status_code == 200


def test_a_session_ends_after_30_idle_minutes(borough, sign_in):
    client = sign_in(borough.social_worker)
    age_session(client, minutes=31)

    answer = client.get("/account?a=1")

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in?next=%2Faccount%3Fa%3D1")
    assert client.get("/account").status_code == 302


def test_what_was_posted_into_an_ended_session_is_shown_after_signing_in(borough, sign_in):
    held = give_second_role(borough)
    client = sign_in(borough.chair)
    age_session(client, minutes=31)

    client.post("/roles", {"role": held.pk, "password": "never kept"})

    kept = HeldPost.objects.get()
    assert kept.fields == {"role": [str(held.pk)]}
    page = sign_in(borough.chair).get("/roles").content.decode()
    assert "You were signed out" not in page or held.get_role_display() in page
    assert f'value="{held.pk}"' in page
    assert "checked" in page


def test_somebody_else_never_sees_what_was_kept(borough, sign_in):
    held = give_second_role(borough)
    client = sign_in(borough.chair)
    age_session(client, minutes=31)
    client.post("/roles", {"role": held.pk})

    page = sign_in(borough.member).get("/roles").content.decode()

    assert held.get_role_display() not in page


def test_choosing_a_role_is_remembered_and_recorded(borough, sign_in):
    held = give_second_role(borough)
    client = sign_in(borough.chair)

    client.post("/roles", {"role": held.pk})

    assert "Head of service" in client.get("/account").content.decode()
    assert AuditEvent.objects.filter(verb="role.chosen").count() == 1


def test_nobody_acts_in_a_role_they_do_not_hold(borough, sign_in):
    other = borough.head_of_service.current_roles[0]
    client = sign_in(borough.chair)

    page = client.post("/roles", {"role": other.pk})

    assert page.status_code == 200
    assert AuditEvent.objects.filter(verb="role.chosen").count() == 0


def test_a_role_that_has_ended_opens_nothing(borough, sign_in):
    borough.social_worker.roles_held.update(until_on=timezone.now().date() - timedelta(days=400))
    client = sign_in(borough.social_worker)

    assert "no access yet" in client.get("/roles").content.decode()


def test_there_is_no_demonstration_sign_in_outside_a_demonstration(borough, client):
    answer = client.post("/sign-in/demonstration", {"person": borough.chair.reference})

    assert answer.status_code == 404


@override_settings(DEMONSTRATION=True)
def test_only_invented_people_sign_in_by_a_button(borough, client):
    answer = client.post("/sign-in/demonstration", {"person": borough.chair.reference})

    assert answer.status_code == 404


@override_settings(DEMONSTRATION=True)
@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"])
def test_signing_in_never_leads_elsewhere(borough, client, wanted):
    borough.chair.is_demonstration = True
    borough.chair.save()

    answer = client.post(
        "/sign-in/demonstration", {"person": borough.chair.reference, "next": wanted}
    )

    assert answer.url == "/"


@pytest.mark.parametrize("words", ["help", "accessibility-statement", "privacy", "cookies", "security", "impact-assessment", "sign-in"])
def test_pages_of_words_are_open_to_anyone(client, words, db):
    assert client.get(f"/{words}").status_code == 200


def test_no_page_is_kept_by_a_browser(borough, sign_in):
    answer = sign_in(borough.chair).get("/account")

    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
