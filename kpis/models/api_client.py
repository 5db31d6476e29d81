"""Clients of the interface for machines: a council's own Tableau or Power BI, each with a token that is kept only as its hash."""

import hashlib
import secrets
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Permission
from kpis.rules.api_clients import SCOPES

STARTS = "tl_"
SHOWN_OF_A_TOKEN = 4


def new_token() -> str:
    """A token of 256 random bits, shown once."""
    return STARTS + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class ClientState(models.TextChoices):
    """How a client stands."""

    WAITS = "waits", "Waits for a second person"
    IN_USE = "in use", "In use"
    OVER = "over", "Its time is up"
    REVOKED = "revoked", "Revoked"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"waits": "waiting", "in use": "good"}.get(self.value, "plain")


@dataclass(frozen=True)
class Acting:
    """In what a client acts: one authority, and no role of a person's."""

    authority_id: int
    role: str = ""


@dataclass(frozen=True)
class Caller:
    """A client as one who reads: what its authority's figures are asked for with, and what the trail calls it."""

    full_name: str
    acting: Acting

    def can(self, permission: Permission) -> bool:
        """Nothing that a person's role opens."""
        return False


class ApiClientQuerySet(models.QuerySet):
    """Clients, asked for in words."""

    def visible_to(self, user):
        """The authority's own, for those who see what is set up."""
        if user.acting is None or not user.can(Permission.SEE_SETTINGS):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def to_agree(self, user):
        """Those that wait for somebody other than whoever made them."""
        if user.acting is None or not user.can(Permission.CONFIRM_SETTINGS):
            return self.none()
        waiting = self.visible_to(user).filter(agreed_at=None, revoked_at=None, expires_on__gt=clock.today())
        return waiting.exclude(made_by=user)


class ApiClient(models.Model):
    """One client: what asks, what it may read, until when, who made and agreed to it, and how often it asked this minute."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    scopes = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    token_end = models.CharField(max_length=SHOWN_OF_A_TOKEN)
    expires_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)
    last_called_at = models.DateTimeField(null=True, blank=True)
    minute_began_at = models.DateTimeField(null=True, blank=True)
    calls_this_minute = models.PositiveIntegerField(default=0)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        verbose_name = "client of the interface"
        constraints = [
            by_and_at("agreed", of="client"),
            by_and_at("revoked", of="client"),
            models.CheckConstraint(name="a_client_is_agreed_by_somebody_else", condition=Q(agreed_by=None) | ~Q(agreed_by=F("made_by"))),
            models.CheckConstraint(name="a_revoked_client_says_why", condition=Q(revoked_at=None) | ~Q(revoked_because="")),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kpis:api_client", args=[self.reference])

    @property
    def state(self) -> ClientState:
        """How it stands today."""
        if self.revoked_at:
            return ClientState.REVOKED
        if self.expires_on <= clock.today():
            return ClientState.OVER
        return ClientState.IN_USE if self.agreed_at else ClientState.WAITS

    @property
    def scope_words(self) -> list[str]:
        """What it may read, in words."""
        return [SCOPES[scope] for scope in self.scopes]

    @property
    def caller(self) -> Caller:
        """Itself as one who reads."""
        return Caller(f"Client {self.reference}: {self.name}"[:200], Acting(self.authority_id))
