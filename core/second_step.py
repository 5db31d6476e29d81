"""The two forms that ask for a code, with their tries counted in the database; how second factors are called, and who is told of them."""

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError

from core.actions.second_step import (
    end_sessions,
    forget_guesses,
    note_factor,
    note_wrong_code,
    take_guess,
    use_code,
)
from core.rules import RuleBroken


class CountedCode:
    """A try is counted before the code is looked at, so that no two processes give one more each."""

    def clean_code(self):
        """The code where it is right; a sentence where it is wrong, or the step is closed."""
        try:
            take_guess(self.user, by=self.user)
        except RuleBroken as closed:
            raise ValidationError(closed.reasons) from closed
        try:
            code = super().clean_code()
            self._use(code)
        except ValidationError:
            note_wrong_code(self.user, by=self.user)
            raise
        forget_guesses(self.user, by=self.user)
        return code

    def _use(self, code):
        """A code of the app is used up; a recovery code marks itself."""
        if self.authenticator.type == self.authenticator.Type.TOTP:
            try:
                use_code(self.user, code, by=self.user)
            except RuleBroken as used:
                raise ValidationError(used.reasons) from used


class CountedAuthenticateForm(CountedCode, AuthenticateForm):
    """The code after the password."""


class CountedReauthenticateForm(CountedCode, ReauthenticateForm):
    """The code before something that asks who you are again."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factors, in the words of the service."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": "That code is not right. Enter the newest one."}

    def generate_authenticator_name(self, user, type):  # noqa: A002
        """A name for a passkey that was given none."""
        number = user.authenticator_set.filter(type=type).count()
        return f"Passkey {number + 1}"

    def get_public_key_credential_rp_entity(self):
        """What a passkey is for: this host, under the service's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Throughline"}


def watch() -> None:
    """From now on each second factor that comes or goes is in the trail, and its owner is told."""
    signals.authenticator_added.connect(_added, dispatch_uid="factor added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="factor removed")
    signals.authenticator_reset.connect(_made_anew, dispatch_uid="factor made anew")


def sign_out_elsewhere(request) -> None:
    """The person goes on here, and every other session of theirs ends."""
    end_sessions(request.user, by=request.user)
    update_session_auth_hash(request, request.user)


def _added(request, user, authenticator, **_):
    _changed(request, user, authenticator, "added")


def _removed(request, user, authenticator, **_):
    _changed(request, user, authenticator, "removed")


def _made_anew(request, user, authenticator, **_):
    _changed(request, user, authenticator, "made anew")


def _changed(request, user, authenticator, done):
    """Whoever had a session before the change, and should not have had one, has none after it."""
    note_factor(user, authenticator, done, by=user)
    sign_out_elsewhere(request)
