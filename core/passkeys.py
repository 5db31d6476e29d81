"""Forms of passkeys: each also takes what no device would send, and says so in a sentence."""

from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

NO_PASSKEY = "That passkey could not be read, or it is not one of this account. Try again."
# What allauth and the library beneath it raise for answers that no device gives.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


def name_field() -> forms.CharField:
    """What somebody calls one of their passkeys."""
    return forms.CharField(label="Name of the passkey", help_text="For example, work laptop. It tells your passkeys apart.", max_length=60)


class ReadsAnswer:
    """What the device answered, or a sentence where it cannot be read."""

    def clean_credential(self):
        """The passkey that answered."""
        try:
            return super().clean_credential()
        except (*UNREADABLE, ValidationError) as unread:
            raise ValidationError(NO_PASSKEY) from unread


class AddPasskeyForm(SignupWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        self.fields["name"].required = False

    def clean(self):
        """The answer of the device, checked against what it was asked."""
        try:
            return super().clean()
        except (*UNREADABLE, ValidationError) as unread:
            raise ValidationError(NO_PASSKEY) from unread


class EditPasskeyForm(EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()


class LoginPasskeyForm(ReadsAnswer, LoginWebAuthnForm):
    """Instead of address, password and code."""


class AuthenticatePasskeyForm(ReadsAnswer, AuthenticateWebAuthnForm):
    """After the password, instead of a code."""


class ReauthenticatePasskeyForm(ReadsAnswer, ReauthenticateWebAuthnForm):
    """Before something that asks who you are again."""
