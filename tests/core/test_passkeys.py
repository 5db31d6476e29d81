"""trust G37: a passkey is its owner's alone, and an answer that no device gives breaks no page."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from core.models import AuditEvent, Message
from core.views.passkeys import mark_of

pytestmark = pytest.mark.django_db
NONSENSE = [
    "", "null", "1", "[]", "{}", '"text"', "{", '{"id": 1}', '{"id": "AA", "rawId": "AA", "type": "public-key", "response": []}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "AA", "userHandle": null}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}),
    "\x00", '{"response": {"userHandle": "\\u0000"}}',
]  # fmt: skip


def a_passkey(person, name="Work laptop"):
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}})


@pytest.mark.parametrize("credential", NONSENSE)
def test_g37_nonsense_for_a_passkey_breaks_no_page_and_signs_nobody_in(borough, sign_in, credential):
    stranger = Client()
    stranger.get("/sign-in/passkey", headers={"Accept": "application/json"})
    assert stranger.post("/sign-in/passkey", {"credential": credential})["Location"] == "/sign-in"
    assert "_auth_user_id" not in stranger.session
    own = sign_in(borough.governance)
    own.get("/account/two-factor/passkeys/new")
    answer = own.post("/account/two-factor/passkeys/new", {"name": "Phone", "credential": credential})

    assert answer.status_code == 200
    assert 'value="Phone"' in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_g37_nobody_names_or_removes_anothers_passkey(borough, sign_in):
    theirs = a_passkey(borough.chair)
    browser = sign_in(borough.governance)
    for deed in ("name", "remove"):
        for answer in (browser.get(f"/account/two-factor/passkeys/{mark_of(theirs)}/{deed}"), browser.post(f"/account/two-factor/passkeys/{mark_of(theirs)}/{deed}", {"name": "Mine"})):
            assert answer.status_code == 404
    theirs.refresh_from_db()

    assert theirs.wrap().name == "Work laptop"
    assert "Work laptop" not in browser.get("/account/two-factor/passkeys").content.decode()


def test_g37_their_owner_does_is_told_and_it_is_in_the_trail(borough, sign_in):
    own = a_passkey(borough.governance)
    page = f"/account/two-factor/passkeys/{mark_of(own)}"
    browser = sign_in(borough.governance)
    browser.post(f"{page}/name", {"name": "Old laptop"})
    own.refresh_from_db()
    assert own.wrap().name == "Old laptop"
    browser.post(f"{page}/remove")

    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.get(verb="second_step.changed").sentence == "A passkey was removed."
    assert Message.objects.get(kind="account.changed").person == borough.governance
