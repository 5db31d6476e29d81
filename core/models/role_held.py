"""Roles held, with where and when."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q

from core.roles import Role
from core.written import Records


class RoleHeldQuerySet(models.QuerySet):
    """Roles held, asked for in words."""

    def held_on(self, day):
        """Those in force on a day; the last day is exclusive."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)

    def with_teams(self):
        """With the keys of the teams that each is held for, in the same question."""
        teams = RoleHeld.teams.through.objects.filter(roleheld=OuterRef("pk")).order_by("pk")
        return self.annotate(_team_ids=ArraySubquery(teams.values("team")))


class RoleHeld(models.Model):
    """One role, held by one person, for an authority, organisation and teams, between dates."""

    person = models.ForeignKey("core.User", models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=3, choices=Role)
    authority = models.ForeignKey("core.Authority", models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey("core.Organisation", models.PROTECT)
    teams = models.ManyToManyField("core.Team", blank=True, related_name="roles_held")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_role_ends_no_earlier_than_it_starts",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def team_ids(self):
        """The teams the role is held for, read once."""
        if not hasattr(self, "_team_ids"):
            self._team_ids = list(self.teams.values_list("pk", flat=True))
        return self._team_ids


# Asked with every page: the roles of a person (a key) on a day, in a fixed order.
ROLES_OF = Records(
    lambda person, day: RoleHeld.objects.filter(person=person).held_on(day).select_related("authority", "organisation").with_teams().order_by("pk")
)
