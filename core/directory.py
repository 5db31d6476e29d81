"""Whom a directory lets in: people whom an administrator added, of its own organisation, by an address it vouches for."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from core.actions.directory import link_person
from core.late import Late
from core.models import Organisation, User
from core.roles import Role
from core.rules import RuleBroken

requests = Late("requests")
UNKNOWN, UNVERIFIED = "No account here has the address that it gave.", "It does not say that your email address is verified."
OTHER = "Your account here is linked with somebody else’s in that directory."


@dataclass(frozen=True)
class Directory:
    """One directory: its kind (council or provider), its name, and whose people it lets in."""

    kind: str
    name: str
    organisation: str
    vouches_for: tuple[str, ...]

    def verified(self, claims: dict) -> str:
        """The address in the claims, where the directory vouches for it; otherwise nothing."""
        email, said = str(claims.get("email") or "").strip().lower(), claims.get("email_verified")
        if said is None:
            return email if email.rpartition("@")[2] in self.vouches_for else ""
        return email if said is True or said == "true" else ""

    def is_of(self, person: User) -> bool:
        """Whether this person works for its organisation."""
        theirs = person.organisation
        return theirs is not None and (theirs.slug, theirs.kind) == (self.organisation, self.kind)

    def whom_to_ask(self) -> list[str]:
        """The names of the system administrators of its organisation's council, who add people."""
        found = Organisation.objects.filter(slug=self.organisation).exclude(authority=None).values("authority")
        keepers = User.objects.holding(Role.ADMINISTRATOR, authority__in=found)
        return list(keepers.order_by("full_name").values_list("full_name", flat=True)[:3])


def directories() -> list[Directory]:
    """Every directory that is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("directory", {}).get("APPS", [])
    return [Directory(app["provider_id"], app["name"], app["settings"]["organisation"], tuple(app["settings"]["vouches_for"])) for app in apps]


def directory_called(kind: str) -> Directory | None:
    """The directory of one kind of organisation, where there is one."""
    return next((one for one in directories() if one.kind == kind), None)


def came_by_directory(request) -> str:
    """The kind of the directory by which the person of this session signed in, or nothing."""
    records = get_authentication_records(request, request.user)
    return next((record.get("provider", "") for record in reversed(records) if record.get("method") == "socialaccount"), "")


def person_for(directory: Directory, claims: dict, subject: str) -> tuple[User | None, str]:
    """Whoever the directory says is there, or why not."""
    linked = SocialAccount.objects.select_related("user__organisation").filter(provider=directory.kind, uid=subject).first()
    if linked is not None:
        return (linked.user, "") if directory.is_of(linked.user) else (None, UNKNOWN)
    email = directory.verified(claims)
    if not email:
        return None, UNVERIFIED
    person = User.objects.select_related("organisation").filter(email__iexact=email, is_demonstration=False).first()
    if person is None or not directory.is_of(person):
        return None, UNKNOWN
    if SocialAccount.objects.filter(provider=directory.kind, user=person).exists():
        return None, OTHER
    return person, ""


def proved_ago(claims: dict) -> timedelta:
    """How long ago the directory asked the person; long enough to be asked again where it does not say."""
    at = claims.get("auth_time")
    return max(timedelta(0), timedelta(seconds=timezone.now().timestamp() - at)) if isinstance(at, int) and at > 0 else timedelta(days=1)


class DirectoryAccountAdapter(DefaultSocialAccountAdapter):
    """allauth makes no account and links none by itself: what may be is decided here."""

    def is_open_for_signup(self, request, sociallogin):
        """No directory makes accounts."""
        return False

    def pre_social_login(self, request, sociallogin):
        """Find the person and link them, or say whom to ask."""
        directory, claims = directory_called(sociallogin.account.provider), sociallogin.claims
        person, why_not = person_for(directory, claims, sociallogin.account.uid)
        if person is not None and person.is_active:
            try:
                sociallogin.account = link_person(person, directory=directory.kind, subject=sociallogin.account.uid, by=person)
            except RuleBroken as refusal:
                person, why_not = None, str(refusal.reasons[0])
        if person is None:
            raise ImmediateHttpResponse(not_set_up(request, directory, why_not))
        sociallogin.user = User.objects.get(pk=person.pk)  # anew: allauth keeps it between two steps, without what was worked out of it
        request.proved_ago = proved_ago(claims)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """The directory is away, or something was wrong: a sentence, and the other ways to sign in."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(HttpResponseRedirect(settings.LOGIN_URL))
        raise ImmediateHttpResponse(went_wrong(request, provider.app.name, is_away=isinstance(exception, requests.RequestException)))


def not_set_up(request, directory: Directory, why_not: str):
    """The page for somebody whom the directory knows and this service does not."""
    shown = {"directory": directory, "why_not": why_not, "ask": directory.whom_to_ask(), "support": settings.SUPPORT}
    return render(request, "core/directory_not_set_up.html", shown, status=403)


def went_wrong(request, name: str, *, is_away: bool):
    """The page for a directory that does not answer, or whose answer is not one that may be believed."""
    return render(request, "core/directory_away.html", {"name": name, "is_away": is_away}, status=503 if is_away else 400)
