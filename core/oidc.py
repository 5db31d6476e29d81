"""OpenID Connect with a council's or a provider's directory: allauth's, and stricter where it lets a token pass.

The signature is always checked, by an algorithm that is named here; issuer, audience, times and nonce must be right; what
the directory says is read from that token and from nowhere else, and nothing of it is kept but its mark for the person.
"""

from datetime import timedelta

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.urls import reverse
from django.utils.crypto import get_random_string

from core.directory import proved_ago

ALGORITHMS = ["RS256", "PS256", "ES256"]
NEEDED = ["exp", "iat", "iss", "aud", "sub", "nonce"]
LEEWAY, FRESH = 30, 120  # seconds: how far clocks may differ; how long a person who was asked again may take to come back
LONGEST = 191  # signs of a mark that allauth keeps


def read_token(token: str, keys: dict, *, issuer: str, audience: str, nonce: str) -> dict:
    """The claims of a token that is right in everything; OAuth2Error otherwise."""
    try:
        header = jwt.get_unverified_header(token)
        found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == header.get("kid")]
        if len(found) != 1 or header.get("alg") not in ALGORITHMS:
            raise OAuth2Error("The key of the token is not known.")
        claims = jwt.decode(
            token, key=found[0].key, algorithms=ALGORITHMS, issuer=issuer, audience=audience, leeway=LEEWAY, options={"require": NEEDED}
        )
    except (jwt.PyJWTError, TypeError, ValueError, KeyError, AttributeError) as wrong:
        raise OAuth2Error(f"The token is not right: {type(wrong).__name__}.") from wrong
    if not nonce or claims["nonce"] != nonce or claims.get("azp", audience) != audience or len(claims["sub"]) > LONGEST:
        raise OAuth2Error("The token was not made for this sign-in.")
    return claims


class DirectoryAdapter(OpenIDConnectOAuth2Adapter):
    """The way to a directory and back."""

    nonce, asked_again = "", False

    @property
    def openid_config(self):
        """What the directory says of itself, where it is the one that was set up."""
        config = super().openid_config
        issuer = self.get_provider().app.settings["server_url"].partition("/.well-known/")[0]
        if not isinstance(config, dict) or str(config.get("issuer")).rstrip("/") != issuer:
            raise OAuth2Error("The directory gives another issuer than the one set up.")
        return config

    def complete_login(self, request, app, token, **kwargs):
        """Who the token says is there."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        claims = read_token(
            kwargs["response"].get("id_token", ""), keys, issuer=self.openid_config["issuer"], audience=app.client_id, nonce=self.nonce
        )
        if self.asked_again and proved_ago(claims) > timedelta(seconds=FRESH + LEEWAY):
            raise OAuth2Error("The directory did not ask again.")
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = claims
        return login

    def get_callback_url(self, request, app):
        """Where the directory sends people back to."""
        return request.build_absolute_uri(reverse("directory_answer", kwargs={"directory": self.provider_id}))


class DirectoryProvider(OpenIDConnectProvider):
    """A council's or a provider's directory."""

    id = "directory"
    oauth2_adapter_class = DirectoryAdapter
    supports_token_authentication = False

    def get_default_scope(self):
        """No more than is needed to know who it is."""
        return ["openid", "email"]

    def get_redirect_from_request_kwargs(self, request):
        """Nothing in the address says what is asked of the directory; whoever is signed in already is asked again."""
        kwargs = super().get_redirect_from_request_kwargs(request)
        nonce, again = get_random_string(32), request.user.is_authenticated
        asked = {"nonce": nonce} | ({"prompt": "login", "max_age": "0"} if again else {})
        return {**kwargs, "process": AuthProcess.LOGIN, "scope": self.get_scope(), "auth_params": asked, "nonce": nonce, "again": again}

    def extract_extra_data(self, data):
        """Nothing is kept."""
        return {}

    def extract_common_fields(self, data):
        """No person is made of it."""
        return {}

    def extract_email_addresses(self, data):
        """core.directory reads the address."""
        return []


registry.register(DirectoryProvider)
