"""The two forms that ask for a code, with their tries counted in the database; how second factors are called, and who is told of them."""

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError

from core.actions.second_step import forget_guesses, note_factor, note_wrong_code, take_guess
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
        except ValidationError:
            note_wrong_code(self.user, by=self.user)
            raise
        forget_guesses(self.user, by=self.user)
        return code


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


def _added(user, authenticator, **_):
    note_factor(user, authenticator, "added", by=user)


def _removed(user, authenticator, **_):
    note_factor(user, authenticator, "removed", by=user)


def _made_anew(user, authenticator, **_):
    note_factor(user, authenticator, "made anew", by=user)
