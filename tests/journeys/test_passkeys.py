"""trust G37: a passkey is added, named, used in place of password and code, asked again, and removed; recovery codes work once."""

from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from core.models import AuditEvent
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)
RIGHT, SECRET = "a long and right pass phrase", "JBSWY3DPEHPK3PXP"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def person(transactional_db, settings):
    """Somebody with a password and an app that gives codes."""
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    cache.clear()
    person = people.a_borough().governance
    person.set_password(RIGHT)
    person.save()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return person


def code_now() -> str:
    cache.clear()  # a code is taken once, and this clock does not go on
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time()) // 30))


def with_device(walker):
    """A device that keeps passkeys, and is always unlocked by its owner."""
    link = walker.context.new_cdp_session(walker.page)
    link.send("WebAuthn.enable")
    made = link.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return link, made["authenticatorId"]


def past_the_password(walker, person):
    walker.open("/sign-in").fill("Email", person.email).fill("Password", RIGHT)
    walker.page.get_by_role("button", name="Sign in", exact=True).click()
    walker.page.wait_for_url("**/sign-in/second-step")
    return walker


def sign_in(walker, person, code=None):
    """By password, and by this code or the app's, which is read at the last moment."""
    past_the_password(walker, person).fill("Code", code or code_now()).click("Continue")
    return walker


def looked_at(walker):
    """What a machine can tell of a page, wide and on a phone."""
    for width in (1366, 320):
        walker.page.set_viewport_size({"width": width, "height": 768})
        walker.check_access().check_reflow()
    walker.page.set_viewport_size({"width": 1366, "height": 768})
    return walker


def press(walker, label, leads_to):
    """Press a button whose device answers, and wait for the page that it leads to."""
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name=label).click()
    assert walker.page.url == walker.url + leads_to
    return looked_at(walker)


def test_g37_a_passkey_is_added_named_used_asked_again_and_removed(walk, person):
    walker = sign_in(walk(), person)
    with_device(walker)
    looked_at(walker.open("/account/two-factor")).click("Change your passkeys", role="link")
    looked_at(walker).click("Add a passkey")
    looked_at(walker).fill("Name of the passkey", "Work laptop")
    press(walker, "Add the passkey", "/account/two-factor/recovery-codes")
    assert walker.sees("10 of 10 are not used yet")
    looked_at(walker.open("/account/two-factor/passkeys"))
    assert walker.sees("Work laptop")
    walker.click("Rename Work laptop", role="link")
    looked_at(walker).fill("Name of the passkey", "Old laptop").click("Save")
    assert walker.sees("Old laptop")

    walker.context.clear_cookies()
    looked_at(walker.open("/sign-in?next=/account/two-factor/passkeys"))
    press(walker, "Sign in with a passkey", "/account/two-factor/passkeys")
    assert walker.sees(person.full_name)

    looked_at(walker.open("/sign-in/check-again?next=/account")).click("Use a passkey", role="link")
    looked_at(walker)
    press(walker, "Use your passkey", "/account")

    walker.context.clear_cookies()
    past_the_password(walker, person)
    press(walker, "Use your passkey", "/")

    looked_at(walker.open("/account/two-factor/app/remove")).click("Remove the app")
    assert walker.sees("Not set up")
    walker.context.clear_cookies()
    past_the_password(walker, person)
    assert walker.page.locator("h1").inner_text() == "Use your passkey"
    press(looked_at(walker), "Use your passkey", "/")

    walker.open("/account/two-factor/passkeys").click("Remove Old laptop", role="link")
    looked_at(walker).click("Remove this passkey")
    assert walker.sees("None yet")
    walker.context.clear_cookies()
    walker.open("/sign-in")
    press(walker, "Sign in with a passkey", "/sign-in")
    assert walker.sees("That passkey could not be read")
    assert walker.status("/account") == 200
    assert walker.page.url.endswith("/sign-in?next=/account")
    assert [row.sentence for row in AuditEvent.objects.filter(verb="second_step.changed").order_by("pk")] == [
        "A passkey was added.", "Recovery codes were added.", "An authenticator app was removed.", "A passkey was removed.",
        "Recovery codes were removed.",
    ]  # fmt: skip
    assert walker.problems == []


def test_g37_without_a_device_the_page_says_so_and_nobody_is_signed_in(walk, person):
    walker = walk()
    link, device = with_device(walker)
    link.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    walker.open("/sign-in").click("Sign in with a passkey")
    walker.page.get_by_text("No passkey was given. Try again, or use another way.").wait_for()

    assert walker.page.url.endswith("/sign-in")


def test_g37_each_recovery_code_works_once(walk, person):
    walker = sign_in(walk(), person)
    looked_at(walker.open("/account/two-factor/recovery-codes/new")).click("Make new codes")
    looked_at(walker)
    code = walker.page.locator(".recovery-codes code").first.inner_text()

    walker.context.clear_cookies()
    sign_in(walker, person, code)
    walker.open("/account/two-factor/recovery-codes")
    assert walker.sees("9 of 10 are not used yet")
    assert code not in walker.text()

    walker.context.clear_cookies()
    sign_in(walker, person, code)
    assert walker.sees("That code is not right")
    assert walker.page.url.endswith("/sign-in/second-step")


def test_g37_control_a_code_that_was_not_marked_as_used_would_work_twice(walk, person, monkeypatch):
    monkeypatch.setattr("allauth.mfa.recovery_codes.internal.auth.RecoveryCodes._mark_code_used", lambda codes, i: None)
    walker = sign_in(walk(), person)
    walker.open("/account/two-factor/recovery-codes/new").click("Make new codes")
    code = walker.page.locator(".recovery-codes code").first.inner_text()
    for _ in range(2):
        walker.context.clear_cookies()
        sign_in(walker, person, code)

    assert not walker.page.url.endswith("/sign-in/second-step")
