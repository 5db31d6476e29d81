"""Roles asked for, until a second person answers."""

from django.db import models
from django.db.models import F, Q

from core import clock
from core.references import ReferenceField
from core.roles import Permission, Role


class RoleProposalQuerySet(models.QuerySet):
    """Roles asked for, in words."""

    def visible_to(self, user):
        """Those of the authority, to whoever sees its people."""
        if not user.can(Permission.SEE_PEOPLE):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def waiting(self):
        """Those nobody has answered."""
        return self.filter(answered_at=None)

    def to_agree(self, user):
        """Those that wait for somebody other than whoever asked, or is to have the role."""
        if not user.can(Permission.AGREE_ROLES):
            return self.none()
        return self.visible_to(user).waiting().exclude(proposed_by=user).exclude(person=user)


class RoleProposal(models.Model):
    """One role asked for: for whom, where, from when, why, by whom, and what the second person said."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="roles_proposed")
    role = models.CharField(max_length=3, choices=Role)
    organisation = models.ForeignKey("core.Organisation", models.PROTECT)
    teams = models.ManyToManyField("core.Team", blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300)
    proposed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    is_agreed = models.BooleanField(default=False)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = RoleProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_answered_by_and_at_go_together",
                condition=Q(answered_by=None, answered_at=None, is_agreed=False) | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_role_is_agreed_by_somebody_else",
                condition=Q(is_agreed=False) | (~Q(answered_by=F("proposed_by")) & ~Q(answered_by=F("person"))),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation", "authority"], condition=Q(answered_at=None), name="a_role_waits_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation}"

    def get_absolute_url(self):
        return f"/admin/roles/{self.reference}"

    @property
    def stands(self) -> str:
        """What has become of it, in words."""
        if self.answered_at is None:
            return "Waits for a second person"
        return "Agreed" if self.is_agreed else "Turned down"
