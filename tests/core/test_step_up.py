"""trust G37: deeds that cannot be undone, or open much, ask again who is there after 15 minutes, and keep what was typed."""

from datetime import timedelta
from time import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import get_resolver

from core import clock
from core.models import AuditEvent, HeldPost
from core.step_up import A_DEED, OPENING
from referrals.models import Hold
from tests.kpis.records.builders import a_due_child
from tests.kpis.test_api import a_client

pytestmark = pytest.mark.django_db
RIGHT, SECRET = "a long and right pass phrase", "JBSWY3DPEHPK3PXP"
NEW_HOLD, ASKED = "/records/holds/new", f"/sign-in/check-again?next={quote('/records/holds/new', safe='')}"
# What asks, and when: a new page that cannot be undone is put here, and one that stops asking is found.
ASKS = {
    **dict.fromkeys([
        "export", "take_export", "add_person", "propose_role", "end_role", "close_account", "open_account", "send_password_link", "asked_role", "kpis:disposal", "kpis:hold", "kpis:ask_hold", "kpis:check_disclosure",
        "kpis:make_api_client", "kpis:agree_api_client", "referrals:lift_restriction",
    ], A_DEED),
    **dict.fromkeys([
        "kpis:disclosure_file", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
    ], OPENING),
}  # fmt: skip


def asking(patterns=None, space="") -> dict[str, str]:
    """Every address whose view asks again, and when it does."""
    found = {}
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(entry, "url_patterns"):
            found |= asking(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
            continue
        wrapped, page = entry.callback, getattr(entry.callback, "view_class", None)
        asks = getattr(wrapped, "asks_again", None) or getattr(page, "asks_again", None)
        found |= {f"{space}{entry.name}": asks} if asks else {}
    return found


@pytest.fixture
def child(borough):
    return a_due_child(borough)


@pytest.fixture
def typed(child):
    return {"reaches": "child", "child": child.reference, "because": "An inquiry that has just been announced."}


def later(minutes, seconds=0):
    return clock.held_at(clock.now() + timedelta(minutes=minutes, seconds=seconds))


def with_password(person):
    person.set_password(RIGHT)
    person.save()
    return person


def with_app(person):
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return person


def code_now() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time()) // 30))


def test_g37_every_address_that_asks_again_is_known():
    assert asking() == ASKS


def test_g37_within_15_minutes_of_signing_in_it_is_done_and_a_second_later_refused(borough, sign_in, typed):
    browser = sign_in(borough.governance)
    with later(15, 1):
        answer = browser.post(NEW_HOLD, typed)
        assert (answer.status_code, answer["Location"], Hold.objects.count()) == (302, ASKED, 0)
    with later(15):
        browser.post(NEW_HOLD, typed)

    assert Hold.objects.count() == 1


def test_g37_without_the_question_the_same_deed_is_done(borough, sign_in, typed, monkeypatch):
    """The control."""
    monkeypatch.setattr("core.views.bases.must_ask", lambda request, asks: False)
    browser = sign_in(borough.governance)
    with later(60):
        browser.post(NEW_HOLD, typed)

    assert Hold.objects.count() == 1


def test_g37_a_session_that_never_confirmed_is_asked(borough, sign_in, typed):
    browser = sign_in(borough.governance)
    session = browser.session
    del session["confirmed"]
    session.save()

    assert browser.post(NEW_HOLD, typed)["Location"] == ASKED


def test_g37_by_password_where_there_is_no_second_factor_and_what_was_typed_is_shown_again(borough, sign_in, typed):
    browser = sign_in(with_password(borough.governance))
    with later(16):
        question = browser.post(NEW_HOLD, typed)["Location"]
        assert "Enter your password again" in browser.get(question).content.decode()
        assert browser.post(question, {"password": "wrong", "next": NEW_HOLD}).status_code == 200
        assert browser.post(NEW_HOLD, typed)["Location"] == ASKED
        back = browser.post(question, {"password": RIGHT, "next": NEW_HOLD})
        page = browser.get(back["Location"]).content.decode()
        assert typed["because"] in page
        assert typed["child"] in page
        assert "What you typed here last was not saved" in page
        assert Hold.objects.count() == 0
        browser.post(NEW_HOLD, typed)

    assert Hold.objects.count() == 1
    assert not HeldPost.objects.exists()
    assert AuditEvent.objects.filter(verb="person.confirmed", person_id=borough.governance.pk).count() == 1


def test_g37_a_password_does_not_do_for_whoever_has_a_second_factor(borough, sign_in, typed):
    browser = sign_in(with_app(with_password(borough.governance)))
    with later(16):
        question = browser.post(NEW_HOLD, typed)["Location"]
        by_code = browser.post(question, {"password": RIGHT, "next": NEW_HOLD})["Location"]
        assert by_code.startswith("/sign-in/check-again/code?next=")
        assert browser.post(NEW_HOLD, typed)["Location"] == ASKED
        browser.post(by_code, {"code": "000000", "next": NEW_HOLD})
        assert browser.post(NEW_HOLD, typed)["Location"] == ASKED
        assert browser.post(by_code, {"code": code_now(), "next": NEW_HOLD})["Location"] == NEW_HOLD
        browser.post(NEW_HOLD, typed)

    assert Hold.objects.count() == 1


def test_g37_an_answer_lasts_15_minutes_too(borough, sign_in, typed):
    browser = sign_in(with_password(borough.governance))
    with later(60):
        browser.post("/sign-in/check-again", {"password": RIGHT})
    with later(75):
        browser.post(NEW_HOLD, typed)
        assert Hold.objects.count() == 1
    with later(76):
        assert browser.post(NEW_HOLD, typed)["Location"] == ASKED


def test_g37_one_button_is_enough_for_an_invented_person_of_a_demonstration_alone(borough, sign_in, typed, settings):
    person = borough.governance
    person.is_demonstration = True
    person.save()
    browser = sign_in(person)
    with later(16):
        question = browser.post(NEW_HOLD, typed)["Location"]
        assert "Sign out, and sign in again" in browser.post(question).content.decode()
        assert browser.post(NEW_HOLD, typed)["Location"] == ASKED
        settings.DEMONSTRATION = True
        assert browser.post(question, {"next": "https://evil.example/"})["Location"] == "/"
        assert browser.post(question)["Location"] == NEW_HOLD
        browser.post(NEW_HOLD, typed)

    assert Hold.objects.count() == 1


def test_g37_a_button_without_words_leads_back_and_says_that_nothing_is_done_yet(borough, sign_in):
    made, _ = a_client(borough, is_agreed=False)
    page, url = made.get_absolute_url(), f"{made.get_absolute_url()}/agree"
    browser = sign_in(with_password(borough.head_of_service))
    with later(16):
        question = browser.post(url)["Location"]
        back = browser.post(question, {"password": RIGHT})["Location"]
        answer = browser.get(back, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert "nothing is done yet. Press the button again." in answer.content.decode()
        made.refresh_from_db()
        assert made.agreed_at is None
        browser.post(url)

    made.refresh_from_db()
    assert made.agreed_at is not None
    assert not HeldPost.objects.exists()


def test_g37_ones_own_codes_are_shown_to_nobody_who_left_the_desk(borough, sign_in):
    browser = sign_in(with_app(borough.governance))
    assert browser.get("/account/two-factor/recovery-codes/new").status_code == 200
    with later(16):
        for page in ("recovery-codes", "recovery-codes/new", "recovery-codes/file", "app/remove"):
            assert browser.get(f"/account/two-factor/{page}")["Location"].startswith("/sign-in/check-again?next="), page
