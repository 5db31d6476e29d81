"""The two forms that ask for a code, with their tries counted in the database."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError

from core.actions.second_step import forget_guesses, note_wrong_code, take_guess
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
