"""How allauth behaves here: accounts are made by an administrator, and guesses are counted by account."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

from core.step_up import is_fresh

KNOWN = "core.known-browser"
YEAR = timedelta(days=365)


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, and knows again the browser from which somebody has signed in."""

    def is_open_for_signup(self, request):
        """Nobody signs themselves up."""
        return False

    def post_login(self, request, user, **how):
        """After the last step of signing in, this browser is the person's own."""
        response = super().post_login(request, user, **how)
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME, signing.dumps([_mark(user.email), get_random_string(12)], salt=KNOWN),
            max_age=YEAR, secure=settings.PRODUCTION, httponly=True, samesite="Lax",
        )  # fmt: skip
        return response

    def get_reauthentication_methods(self, user):
        """Whoever has a second factor is asked for that one; a password alone is for those who have none."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != "reauthenticate"] or ways

    def is_reauthentication_required(self, *, app, **how):
        """allauth's own pages ask when ours do."""
        return not is_fresh(self.request)

    def pre_authenticate(self, request, **credentials):
        """Guesses are counted in the database, for every process at once, and not by allauth as well."""


def guessed_at(request, credentials=None) -> str:
    """Take a try at signing in; give the name it is counted under: the account, or the account in its own browser."""
    typed = (credentials or {}).get("email") or (credentials or {}).get("username") or request.POST.get("login", "")
    account = typed.replace("\x00", "").strip().lower()[:200]
    try:
        mark, browser = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=KNOWN, max_age=YEAR
        )
    except signing.BadSignature:
        return account
    return f"{account} in {browser}" if mark == _mark(account) else account


def _mark(account: str) -> str:
    """What stands for an account in a cookie: nobody reads an address out of it."""
    return salted_hmac(KNOWN, account.lower()).hexdigest()[:32]
