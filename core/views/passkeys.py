"""One's own passkeys: listed, added, named and removed; allauth's views under addresses without numbers."""

from hashlib import sha256

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect

from core.passkeys import NO_PASSKEY


def mark_of(passkey) -> str:
    """What stands for a passkey in its address."""
    return sha256(f"passkey {passkey.pk} {passkey.user_id}".encode()).hexdigest()[:12]


def in_words(passkey) -> dict:
    """One passkey as the pages show it."""
    return {"mark": mark_of(passkey), "name": passkey.wrap().name, "since": passkey.created_at, "used": passkey.last_used_at}


class OneOfTheirs:
    """The passkey that the address names, among the person's own."""

    def get_object(self, queryset=None):
        """That passkey, or not found."""
        found = next((one for one in self.get_queryset() if mark_of(one) == self.kwargs["key"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(passkey=in_words(self.object), **kwargs)


class Passkeys(allauth_views.ListWebAuthnView):
    """Every passkey of the person."""

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        return {**found, "passkeys": [in_words(one) for one in self.object_list.order_by("created_at", "pk")]}


class AddPasskey(allauth_views.AddWebAuthnView):
    """A new one, which can be used without a password: the device keeps it and is unlocked for it."""

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        return {**found, "form": kwargs.get("form", found["form"]), "js_data": auth.begin_registration(self.request.user, True)["publicKey"]}


class NamePasskey(OneOfTheirs, allauth_views.EditWebAuthnView):
    """Another name for one."""


class RemovePasskey(OneOfTheirs, allauth_views.RemoveWebAuthnView):
    """One is taken away, after a look at which."""


class SecondStep(AuthenticateView):
    """After the password: a code, or the passkey, which comes first where there is no app."""

    def get_context_data(self, **kwargs):
        person = self.stage.login.user
        return super().get_context_data(**kwargs) | {"has_app": person.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()}


class AskForPasskey(allauth_views.ReauthenticateWebAuthnView):
    """The passkey before something that asks who you are again."""

    def form_invalid(self, form):
        """Say so, and ask once more."""
        messages.error(self.request, NO_PASSKEY)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        return {**found, "js_data": found["js_data"]["request_options"]["publicKey"]}
