"""Pages of the interface's clients: who makes, agrees and revokes, and a token that is shown once."""

import re
from datetime import date

import pytest
from django.test import Client

from core.models import AuditEvent, HeldPost, IdempotencyKey
from core.roles import Role
from core.rules import RuleBroken
from kpis.actions.api_client import agree_client, revoke_client
from kpis.measures.to_do.things import things_for
from kpis.models import ApiClient
from tests import people
from tests.kpis.test_api import a_client

pytestmark = pytest.mark.django_db
PAGE = "/admin/api-clients"
GOOD = {"name": "Power BI", "purpose": "The council’s report.", "scopes": ["figures", "capacity"], "expires_on": "1 6 2027", "idempotency_key": "a-key-of-a-form"}


def token_on(answer):
    return re.search(r'value="(tl_[\w-]{43})"', answer.content.decode())


def test_a_token_is_shown_once_and_only_its_hash_is_kept(borough, sign_in):
    browser = sign_in(borough.administrator)

    first = browser.post(f"{PAGE}/new", GOOD)
    again = browser.post(f"{PAGE}/new", GOOD, follow=True)

    token, client = token_on(first)[1], ApiClient.objects.get()
    assert (client.name, client.scopes, client.expires_on, client.made_by) == ("Power BI", ["figures", "capacity"], date(2027, 6, 1), borough.administrator)
    assert token[-4:] == client.token_end
    assert first["Cache-Control"] == "no-store"
    assert again.redirect_chain == [(client.get_absolute_url(), 302)]
    kept = f"{list(ApiClient.objects.values())}{list(IdempotencyKey.objects.values())}{list(HeldPost.objects.values())}{list(AuditEvent.objects.values())}{dict(browser.session)}"
    for where in (kept, again.content.decode(), browser.get(PAGE).content.decode(), browser.get(client.get_absolute_url()).content.decode()):
        assert token.removeprefix("tl_") not in where


@pytest.mark.parametrize("field", ["name", "purpose", "scopes", "expires_on"])
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(borough, sign_in, field):
    answer = sign_in(borough.administrator).post(f"{PAGE}/new", {**GOOD, field: ""})

    assert (answer.status_code, ApiClient.objects.count(), token_on(answer)) == (200, 0, None)
    assert field in answer.context["form"].errors
    if field != "name":
        assert "Power BI" in answer.content.decode()


def test_a_second_person_finds_it_on_to_do_agrees_and_the_token_works(borough, sign_in):
    client, token = a_client(borough, is_agreed=False)
    url = client.get_absolute_url()
    assert url in [thing.url for thing in things_for(borough.head_of_service.acting_as(Role.HEAD_OF_SERVICE))]
    assert url not in [thing.url for thing in things_for(borough.administrator.acting_as(Role.ADMINISTRATOR))]
    assert "Agree to this client" not in sign_in(borough.administrator).get(url).content.decode()

    browser = sign_in(borough.head_of_service)
    assert "Agree to this client" in browser.get(url).content.decode()
    browser.post(f"{url}/agree")

    assert Client().get("/api/v1/capacity", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200
    assert url not in [thing.url for thing in things_for(borough.head_of_service.acting_as(Role.HEAD_OF_SERVICE))]


def test_g13_whoever_made_it_does_not_agree_by_any_way(borough, sign_in):
    client, _ = a_client(borough, is_agreed=False)

    with pytest.raises(RuleBroken, match="somebody else agrees"):
        agree_client(client, by=borough.administrator)
    sign_in(borough.administrator).post(f"{client.get_absolute_url()}/agree")

    assert ApiClient.objects.get().agreed_at is None


def test_it_is_revoked_by_one_person_with_a_reason_and_stays_revoked(borough, sign_in):
    client, token = a_client(borough)
    url = f"{client.get_absolute_url()}/revoke"
    browser = sign_in(borough.head_of_service)
    assert browser.post(url, {"because": " "}).status_code == 200
    assert ApiClient.objects.get().revoked_at is None

    browser.post(url, {"because": "The laptop was lost."})

    assert Client().get("/api/v1/capacity", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401
    assert "The laptop was lost." in browser.get(client.get_absolute_url()).content.decode()
    with pytest.raises(RuleBroken, match="revoked before"):
        revoke_client(client, because="Again.", by=borough.administrator)
    verbs = AuditEvent.objects.filter(subject_reference=client.reference).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["api_client.made", "api_client.agreed", "api_client.revoked", "api.refused"]


@pytest.mark.parametrize(("who", "reads", "makes", "revokes"), [
    ("administrator", 200, 200, 200), ("head_of_service", 200, 403, 200), ("auditor", 200, 403, 403), ("commissioner", 403, 403, 404),
    ("governance", 403, 403, 404), ("provider_manager", 403, 403, 404),
])  # fmt: skip
def test_who_reads_makes_and_revokes(borough, sign_in, who, reads, makes, revokes):
    client, _ = a_client(borough)
    browser = sign_in(getattr(borough, who))

    found = [browser.get(url).status_code for url in (PAGE, client.get_absolute_url(), f"{PAGE}/new", f"{client.get_absolute_url()}/revoke")]

    assert found == [reads, reads, makes, revokes]


def test_another_authoritys_client_is_not_there(borough, sign_in):
    elsewhere = people.a_borough("elsewhere")
    client, _ = a_client(elsewhere)
    browser = sign_in(borough.administrator)

    assert client.reference not in browser.get(PAGE).content.decode()
    assert [browser.get(f"{client.get_absolute_url()}{deed}").status_code for deed in ("", "/agree", "/revoke")] == [404] * 3
