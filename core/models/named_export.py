"""Lists with names, asked for and agreed by two people."""

from django.db import models
from django.db.models import Q

from core import clock
from core.references import ReferenceField
from core.roles import Permission


class ExportState(models.TextChoices):
    """Where a list with names has got to."""

    ASKED = "asked", "Waits for a second person"
    REFUSED = "refused", "Refused"
    AGREED = "agreed", "Being made"
    READY = "ready", "Ready"
    STOPPED = "stopped", "Stopped"
    OVER = "over", "Its time is up"


OPEN = (ExportState.ASKED, ExportState.AGREED, ExportState.READY)


class NamedExportQuerySet(models.QuerySet):
    """Lists with names, asked for in words."""

    def visible_to(self, user):
        """One's own; and the authority's, to those who agree them or read the log."""
        acting = user.acting
        if acting is None:
            return self.none()
        rows = Q(person=user)
        if user.can(Permission.AGREE_EXPORTS) or user.can(Permission.SEE_AUDIT):
            rows |= Q(authority=acting.authority_id)
        return self.filter(rows)

    def to_agree(self, user):
        """Those that wait for somebody other than this asker."""
        if not user.can(Permission.AGREE_EXPORTS):
            return self.none()
        rows = self.visible_to(user).filter(state=ExportState.ASKED, until_at__gt=clock.now(), authority=user.acting.authority_id)
        return rows.exclude(person=user)

    def open(self):
        """Those that wait, are being made, or can be taken."""
        return self.filter(state__in=OPEN, until_at__gt=clock.now())


class NamedExport(models.Model):
    """One list with names: which, how narrowed, why, who asked in which role, who agreed, and the file while it lasts."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    held = models.ForeignKey("core.RoleHeld", models.PROTECT, related_name="+")
    path = models.CharField(max_length=100)
    query = models.CharField(max_length=500, blank=True)
    because = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    keys = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = NamedExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_export_is_agreed_by_somebody_else", condition=Q(decided_by=None) | ~Q(decided_by=models.F("person"))
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/exports/{self.reference}"

    @property
    def is_over(self) -> bool:
        """Its time is up."""
        return self.until_at <= clock.now()

    @property
    def stands(self) -> ExportState:
        """Its state, which time alone may have ended."""
        return ExportState.OVER if self.is_over and self.state in OPEN else ExportState(self.state)

    @property
    def list_name(self) -> str:
        """ "Waiting list", from its address."""
        return self.path.strip("/").replace("/", " ").replace("-", " ").capitalize()
