"""Documents that leave the building, frozen at each version."""

from collections.abc import Callable

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from core import clock
from core.references import ReferenceField

# Who reads documents of a kind: a function of the person that gives the records whose documents they read.
_readers: dict[str, Callable] = {}


def read_by(kind: str) -> Callable:
    """Register who reads documents of `kind`: the function takes a person and gives the records these are about."""

    def register(function: Callable) -> Callable:
        _readers[kind] = function
        return function

    return register


# Who may be handed a whole version of a kind, and where it is read: each a function of a version, the first of a person too.
_takers: dict[str, Callable] = {}
_places: dict[str, Callable] = {}


def taken_by(kind: str) -> Callable:
    """Register who is handed the file of a version of `kind`: the function takes the version and a person."""

    def register(function: Callable) -> Callable:
        _takers[kind] = function
        return function

    return register


def read_at(kind: str) -> Callable:
    """Register where a version of `kind` is read: the function takes the version and gives an address of ours."""

    def register(function: Callable) -> Callable:
        _places[kind] = function
        return function

    return register


class DocumentQuerySet(models.QuerySet):
    """Documents, asked for in words."""

    def visible_to(self, user):
        """Those whose kind says who reads them, about records that this person reads; no other kind is open by itself."""
        if user.acting is None:
            return self.none()
        found = Q(pk=None)
        for kind, records in _readers.items():
            keys = records(user).annotate(as_text=Cast("pk", models.CharField())).values("as_text")
            found |= Q(kind=kind, about_id__in=keys)
        return self.filter(found)


class Document(models.Model):
    """One document through its versions: a pack, an agenda, minutes, a panel paper."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=30)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_type", "about_id"], name="one_document_of_a_kind_each"
            )
        ]

    def __str__(self):
        return self.title


class Audience(models.TextChoices):
    """For whom a version was made."""

    EVERYONE = "everyone", "Everyone entitled, with small numbers hidden"
    SEAT_HOLDERS = "seat-holders", "Seat-holders, with real counts"
    PERSON = "person", "One named reader"


class DocumentVersion(models.Model):
    """One frozen version: its facts as JSON, its bytes by hash, what it supersedes and why."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    reader = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    frozen = models.JSONField()
    frozen_sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=clock.now)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    why = models.TextField(blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="what_was_issued_never_changes", operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__issued_at__isnull=False),
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number", "audience", "reader"],
                name="a_version_is_made_once_for_each_reader",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.document}, version {self.number}"

    @property
    def address(self) -> str:
        """Where it is read; nothing where its kind has no such page."""
        place = _places.get(self.document.kind)
        return place(self) if place else ""

    def is_handed_to(self, user) -> bool:
        """Whether its file is given to this person as it is: it was issued to everybody, and its kind keeps nothing of it from them."""
        taker = _takers.get(self.document.kind)
        return bool(taker) and self.audience == Audience.EVERYONE and self.issued_at is not None and taker(self, user)
