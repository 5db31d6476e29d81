"""trust G37: directories sign in their own people and nobody else, by a token that is right in everything.

The directories here are servers of the tests' own, with keys, codes and PKCE, over a real socket.
"""

import time
from datetime import timedelta
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as product
from django.test import Client

from config import sign_in as sign_in_settings
from core import clock
from core.models import AuditEvent, User
from referrals.models import Hold
from tests.directory_server import a_directory, app_of
from tests.kpis.records.builders import a_due_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def directories(borough, settings):
    """The council's directory and the provider's."""
    with a_directory() as council, a_directory() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = {"directory": {"APPS": [
            app_of(council, "council", borough.council.slug, name="Testborough Council", vouches_for=["vouched.example"]),
            app_of(provider, "provider", borough.provider.slug, name="Brightwater"),
        ]}}  # fmt: skip
        council.person = {"sub": "a1", "email": borough.governance.email.upper(), "email_verified": True}
        provider.person = {"sub": "b1", "email": borough.practitioner.email, "email_verified": True}
        yield {"council": council, "provider": provider}


def way_back(client, kind="council", **sent):
    """Go to the directory as a browser does; the address by which it sends the person back."""
    page = client.post(f"/sign-in/with/{kind}", sent)
    assert page.status_code == 200, page.content.decode()[-900:]
    leads_to = page.headers["Refresh"].partition("url=")[2]
    answer = requests.get(leads_to, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_by(client, kind="council", **sent):
    """There and back."""
    return client.get(way_back(client, kind, **sent))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def words(answer) -> str:
    return answer.content.decode()


def test_g37_the_right_person_is_signed_in_linked_once_and_has_a_new_session(borough, directories):
    client = Client()
    back = way_back(client, next="/account")
    before = client.cookies[product.SESSION_COOKIE_NAME].value

    answer = client.get(back)

    assert (answer.status_code, answer["Location"]) == (302, "/account")
    assert client.session["_auth_user_id"] == str(borough.governance.pk)
    assert client.cookies[product.SESSION_COOKIE_NAME].value != before
    thief = Client()
    thief.cookies[product.SESSION_COOKIE_NAME] = before
    assert thief.get("/account").status_code == 302
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.provider, linked.uid, linked.extra_data) == (borough.governance, "council", "a1", {})
    come_by(Client())
    assert SocialAccount.objects.count() == 1
    assert AuditEvent.objects.filter(verb="person.by_directory", person_id=borough.governance.pk).count() == 2


def test_g37_it_is_asked_with_state_nonce_and_pkce_and_for_no_more_than_the_address(directories):
    client = Client()
    way_back(client)
    way_back(client, auth_params="prompt=none", scope="everything", process="connect")
    first, second = directories["council"].asked

    assert set(first["scope"].split()) == {"openid", "email"} == set(second["scope"].split())
    assert first["code_challenge_method"] == "S256"
    assert (first["response_type"], "prompt" in second) == ("code", False)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]


def test_g37_each_directory_signs_in_its_own_people(borough, directories):
    client = Client()
    come_by(client, "provider")

    assert client.session["_auth_user_id"] == str(borough.practitioner.pk)


@pytest.mark.parametrize(("kind", "who"), [("council", "practitioner"), ("provider", "governance"), ("council", "nobody at all")])
def test_g37_nobody_elses_people_and_nobody_unknown_and_no_account_is_made(borough, directories, kind, who):
    known = getattr(borough, who) if " " not in who else None
    directories[kind].person["email"] = known.email if known else "stranger@testborough.example"
    client, before = Client(), User.objects.count()

    answer = come_by(client, kind)

    assert answer.status_code == 403
    assert "Your account is not set up" in words(answer)
    assert "No account here has the address that it gave." in words(answer)
    assert (borough.administrator.full_name in words(answer)) == (kind == "council")
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.parametrize("said", [False, "false", 0, None, "yes"])
def test_g37_an_address_that_is_not_verified_signs_nobody_in(directories, said):
    directories["council"].person["email_verified"] = said
    client = Client()

    assert "does not say that your email address is verified" in words(come_by(client))
    assert not is_in(client)


def test_g37_without_the_claim_it_vouches_for_the_domains_it_was_set_up_with(borough, directories):
    borough.governance.email = "governance@vouched.example"
    borough.governance.save()
    directories["council"].person |= {"email": "governance@vouched.example", "email_verified": None}
    client = Client()
    come_by(client)

    assert is_in(client)


def past(seconds):
    return int(time.time()) - seconds


SPOILT = {
    "issuer": lambda one: one.spoil.update(iss="https://elsewhere.example"),
    "audience": lambda one: one.spoil.update(aud="another client"),
    "two audiences, made for another": lambda one: one.spoil.update(aud=["throughline", "x"], azp="x"),
    "nonce": lambda one: one.spoil.update(nonce="another"),
    "no nonce": lambda one: one.spoil.update(nonce=None),
    "over": lambda one: one.spoil.update(exp=past(31), iat=past(400)),
    "no end": lambda one: one.spoil.update(exp=None),
    "no subject": lambda one: one.spoil.update(sub=None),
    "not yet": lambda one: one.spoil.update(nbf=past(-90)),
    "signature": lambda one: setattr(one, "sign_with", one.another),
    "unknown key": lambda one: setattr(one, "headers_said", {"kid": "two"}),
    "no algorithm": lambda one: (setattr(one, "algorithm", "none"), setattr(one, "sign_with", None)),
    "a shared secret": lambda one: (setattr(one, "algorithm", "HS256"), setattr(one, "sign_with", "the secret of this client, made long enough")),
}


@pytest.mark.parametrize("what", SPOILT)
def test_g37_a_token_that_is_wrong_in_one_thing_signs_nobody_in(directories, what):
    SPOILT[what](directories["council"])
    client = Client()

    answer = come_by(client)

    assert answer.status_code == 400
    assert "could not be used" in words(answer)
    assert not is_in(client)


def test_g37_control_a_token_that_is_not_read_with_care_would_sign_in(directories, monkeypatch):
    def careless(token, keys, **facts):
        return jwt.decode(token, options={"verify_signature": False})

    monkeypatch.setattr("core.oidc.read_token", careless)
    SPOILT["signature"](directories["council"])
    client = Client()
    come_by(client)

    assert is_in(client)


def test_g37_a_code_used_before_and_an_answer_that_nobody_asked_for_sign_nobody_in(directories):
    client, other = Client(), Client()
    back = way_back(client)
    assert "could not be used" in words(other.get(back))
    client.get(back)
    client.post("/sign-out")
    assert "could not be used" in words(client.get(back))
    fresh = way_back(client)
    code = back.partition("code=")[2].partition("&")[0]
    assert "could not be used" in words(client.get(f"/sign-in/with/council/answer?code={code}&state={fresh.partition('state=')[2]}"))

    assert not is_in(client)
    assert not is_in(other)


def test_g37_an_answer_of_one_directory_is_not_taken_for_the_others(directories):
    client = Client()
    back = way_back(client)

    assert "could not be used" in words(client.get(back.replace("/council/", "/provider/")))
    assert not is_in(client)


def test_g37_a_closed_account_stays_closed_and_is_not_linked(borough, directories):
    borough.governance.is_active = False
    borough.governance.save()
    client = Client()

    assert come_by(client)["Location"] == "/account/inactive"
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_g37_the_address_may_change_and_the_mark_may_not(borough, directories):
    come_by(Client())
    directories["council"].person["email"] = "another@testborough.example"
    renamed = Client()
    come_by(renamed)
    assert renamed.session["_auth_user_id"] == str(borough.governance.pk)
    directories["council"].person |= {"sub": "a2", "email": borough.governance.email}
    client = Client()

    assert "linked with somebody else" in words(come_by(client))
    assert not is_in(client)


def test_g37_who_leaves_the_organisation_is_let_in_no_more(borough, directories):
    come_by(Client())
    borough.governance.organisation = borough.provider
    borough.governance.save()
    client = Client()

    assert come_by(client).status_code == 403
    assert not is_in(client)


def test_g37_a_second_factor_of_this_service_is_asked_after_the_directory(borough, directories):
    Authenticator.objects.create(user=borough.governance, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    client = Client()

    assert come_by(client)["Location"].startswith("/sign-in/second-step")
    assert not is_in(client)


def test_g37_whom_a_directory_vouches_for_needs_no_second_factor_here(borough, directories, settings, sign_in):
    by_directory, by_password = Client(), sign_in(borough.chair)
    come_by(by_directory)
    settings.TEST = False

    assert by_directory.get("/account").status_code == 200
    assert by_password.get("/account")["Location"] == "/account/two-factor/app"


def test_g37_a_directory_that_is_away_is_said_and_local_sign_in_stays(borough, directories, settings):
    directories["council"].issuer_said = "https://elsewhere.example"
    assert Client().post("/sign-in/with/council").status_code == 503
    settings.SOCIALACCOUNT_PROVIDERS["directory"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().post("/sign-in/with/council")
    assert (answer.status_code, "The directory of your Testborough Council account does not answer" in words(answer)) == (503, True)
    borough.chair.set_password("a long and right pass phrase")
    borough.chair.save()

    assert Client().post("/sign-in", {"login": borough.chair.email, "password": "a long and right pass phrase"}).status_code == 302


def test_g37_one_that_goes_away_in_between_is_said_too(directories):
    client = Client()
    back = way_back(client)
    directories["council"].says = dict

    answer = client.get(back)

    assert (answer.status_code, is_in(client)) == (400, False)


def test_g37_it_is_asked_again_before_what_cannot_be_undone_and_must_have_asked(borough, directories):
    council, typed = directories["council"], {"reaches": "child", "child": a_due_child(borough).reference, "because": "An inquiry."}
    council.spoil = {"auth_time": past(3600)}
    client = Client()
    come_by(client)
    question = client.post("/records/holds/new", typed)["Location"]
    assert "Continue with your Testborough Council account" in words(client.get(question))

    assert "could not be used" in words(come_by(client, next="/records/holds/new"))
    assert {name: council.asked[-1].get(name) for name in ("prompt", "max_age")} == {"prompt": "login", "max_age": "0"}
    council.spoil = {}
    assert come_by(client, next="/records/holds/new")["Location"] == "/records/holds/new"
    assert "An inquiry." in words(client.get("/records/holds/new"))
    client.post("/records/holds/new", typed)

    assert Hold.objects.count() == 1


def test_g37_signed_in_just_now_by_the_directory_is_not_asked_again(borough, directories):
    client = Client()
    come_by(client)
    client.post("/records/holds/new", {"reaches": "child", "child": a_due_child(borough).reference, "because": "An inquiry."})
    assert Hold.objects.count() == 1
    with clock.held_at(clock.now() + timedelta(minutes=16)):
        assert client.post("/records/holds/new", {})["Location"].startswith("/sign-in/check-again")


def test_without_a_directory_there_is_no_button_and_no_address():
    assert "Continue with your" not in words(Client().get("/sign-in"))
    assert Client().post("/sign-in/with/council").status_code == 404
    assert Client().get("/sign-in/with/council/answer?code=x&state=y").status_code == 404


def test_with_one_there_is_a_button_that_only_a_form_presses(directories):
    page = words(Client().get("/sign-in"))

    assert "Continue with your Testborough Council account" in page
    assert "Continue with your Brightwater account" in page
    assert Client().get("/sign-in/with/council")["Location"] == "/sign-in"


def test_a_directory_is_set_up_by_the_environment_and_only_over_https(monkeypatch):
    said = {"URL": "https://login.example/tenant/v2.0/", "NAME": "council", "CLIENT_ID": "id", "CLIENT_SECRET": "secret", "ORGANISATION": "ours", "VOUCHES_FOR": " A.example, b.example"}
    for name, value in said.items():
        monkeypatch.setenv(f"COUNCIL_DIRECTORY_{name}", value)
    found = sign_in_settings._directory("council")
    assert (found["provider_id"], found["settings"]["server_url"]) == ("council", "https://login.example/tenant/v2.0")
    assert found["settings"]["vouches_for"] == ["a.example", "b.example"]
    assert sign_in_settings._directory("provider") is None
    monkeypatch.setenv("COUNCIL_DIRECTORY_URL", "http://login.example")
    with pytest.raises(Exception, match="not an https"):
        sign_in_settings._directory("council")
