"""Rights given or withheld by name: what circulating, releasing and recusing tell."""

from django.db import models
from django.db.models import Q

from core import clock
from referrals.choices import Basis, Depth

# The bases that open a restricted record.
NAMED = (Basis.NAMED, Basis.BREAK_GLASS)


class AccessQuerySet(models.QuerySet):
    """Rights, asked for in words."""

    def current(self, now=None):
        """Those in force at a moment (now)."""
        now = now or clock.now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)

    def of(self, user):
        """Those given to a person, or to the organisation they act for."""
        acting = user.acting
        return self.given(user.pk, *((acting.organisation_id, acting.role) if acting else ()))

    def given(self, person: int, organisation: int | None = None, role: str = ""):
        """The same by the keys of both and the role they act in."""
        mine = Q(person=person)
        if role:
            mine |= Q(organisation=organisation, roles__contains=[role])
        return self.filter(mine)

    def granted(self, user):
        """Current rights of a person to see something."""
        return self.current().of(user).not_withheld()

    def not_withheld(self):
        """Those that let something be seen."""
        return self.filter(withheld_because="")

    def opened_in_an_emergency(self, user):
        """Restricted records this person has broken the glass of, while that lasts."""
        return self.granted(user).filter(basis=Basis.BREAK_GLASS)

    def withheld(self, user):
        """What is currently withheld from a person, whole."""
        return self.current().of(user).exclude(withheld_because="").filter(depth=Depth.RECORD)


class Access(models.Model):
    """One right to see one child's record or one referral, given to or withheld from someone."""

    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="access")
    referral = models.ForeignKey(
        "referrals.Referral", models.CASCADE, null=True, blank=True, related_name="access"
    )
    person = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey("core.Organisation", models.CASCADE, null=True, blank=True)
    roles = models.JSONField(default=list, blank=True)
    basis = models.CharField(max_length=12, choices=Basis)
    depth = models.CharField(max_length=6, choices=Depth, default=Depth.RECORD)
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)
    withheld_because = models.CharField(max_length=200, blank=True)
    told_by = models.CharField(max_length=80, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_is_for_a_person_or_an_organisation",
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
            )
        ]
        indexes = [
            models.Index(fields=["person", "referral"]),
            models.Index(fields=["organisation", "referral"]),
            models.Index(fields=["child"], condition=~Q(withheld_because=""), name="access_withheld"),
            models.Index(fields=["child"], condition=Q(basis__in=["named", "break glass"]), name="access_by_name"),
        ]

    def __str__(self):
        return f"{self.get_basis_display()}"
