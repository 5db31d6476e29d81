"""How people sign in: accounts, second factors, guesses, and how soon somebody is asked again who they are."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "core.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in"
# The second step is guessed at ten times in five minutes; and a whole office signs in at nine from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": "300/m/ip"}
# core.step_up says when somebody is asked again; allauth's own count of the time, on another clock, never does.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ADAPTER = "core.second_step.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Throughline"
MFA_FORMS = {name.lower(): f"core.second_step.Counted{name}Form" for name in ("Authenticate", "Reauthenticate")} | {
    f"{kind}_webauthn": f"core.passkeys.{kind.capitalize()}PasskeyForm" for kind in ("add", "edit", "login", "authenticate", "reauthenticate")
}
# A passkey does for both steps: whoever holds the device has unlocked it, by finger, face or PIN.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Ten guesses in five minutes at one account, from wherever; its owner's own browser is counted by itself.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it asks for the sender's address too: each address would have ten guesses more
AXES_USERNAME_CALLABLE = "core.adapter.guessed_at"
AXES_LOCKOUT_CALLABLE = "core.views.errors.too_many_guesses"
AXES_SENSITIVE_PARAMETERS: list[str] = []


def _directory(kind: str) -> dict | None:
    """The directory of a council, or of a provider, in allauth's words; nothing where no address of one is given."""
    named = f"{kind.upper()}_DIRECTORY"
    url = env.text(f"{named}_URL", "").rstrip("/")
    if not url:
        return None
    if not url.startswith("https://") and urlsplit(url).hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured(f"{named}_URL is not an https:// address, and who signs in would be read on the way.")
    vouched = [domain.strip().lower() for domain in env.text(f"{named}_VOUCHES_FOR", "").split(",") if domain.strip()]
    return {
        "provider_id": kind, "name": env.text(f"{named}_NAME"), "client_id": env.text(f"{named}_CLIENT_ID"),
        "secret": env.text(f"{named}_CLIENT_SECRET"),
        "settings": {"server_url": url, "organisation": env.text(f"{named}_ORGANISATION"), "vouches_for": vouched, "oauth_pkce_enabled": True},
    }  # fmt: skip


# Directories that sign people in by OpenID Connect, each for one organisation; off unless they are named (core.directory).
SOCIALACCOUNT_PROVIDERS = {"directory": {"APPS": [found for found in map(_directory, ("council", "provider")) if found]}}
SOCIALACCOUNT_ADAPTER = "core.directory.DirectoryAccountAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_STORE_TOKENS = False
