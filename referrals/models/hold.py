"""Legal holds, and which records they keep."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Permission


class HoldState(models.TextChoices):
    """Where a hold has got to; all but the last two keep every record they reach."""

    ASKED = "asked", "Waits for a second person"
    STANDS = "stands", "Stands"
    LIFTING = "lifting", "Asked to be lifted"
    TURNED_DOWN = "turned down", "Turned down"
    LIFTED = "lifted", "Lifted"


KEEPS = (HoldState.ASKED, HoldState.STANDS, HoldState.LIFTING)


class HoldQuerySet(models.QuerySet):
    """Holds, asked for in words."""

    def visible_to(self, user):
        """The council's, to those who keep records and those who check that they are kept."""
        if not user.can(Permission.SEE_RETENTION):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def keeping(self):
        """Those that keep records now."""
        return self.filter(state__in=KEEPS)


class Hold(models.Model):
    """One legal hold: on a child, a team, a service, or (with none of these) on every record of a council."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    child = models.ForeignKey("referrals.Child", models.PROTECT, null=True, blank=True, related_name="holds")
    team = models.ForeignKey("core.Team", models.PROTECT, null=True, blank=True, related_name="+")
    provision = models.ForeignKey("referrals.Provision", models.PROTECT, null=True, blank=True, related_name="+")
    reaches = models.CharField(max_length=9, choices=[("child", "One child"), ("team", "A team"), ("service", "A service"), ("council", "The whole council")])
    because = models.CharField(max_length=300)
    state = models.CharField(max_length=11, choices=HoldState, default=HoldState.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    lift_because = models.CharField(max_length=300, blank=True)
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lift_asked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_answered_by_and_at_go_together",
                condition=Q(answered_by=None, answered_at=None) | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_lift_asked_by_and_at_go_together",
                condition=Q(lift_asked_by=None, lift_asked_at=None) | Q(lift_asked_by__isnull=False, lift_asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_lifted_by_and_at_go_together",
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_hold_reaches_what_it_names",
                condition=Q(reaches="child", child__isnull=False, team=None, provision=None)
                | Q(reaches="team", child=None, team__isnull=False, provision=None)
                | Q(reaches="service", child=None, team=None, provision__isnull=False)
                | Q(reaches="council", child=None, team=None, provision=None),
            ),
            models.CheckConstraint(
                name="two_people_place_a_hold", condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="two_people_lift_a_hold",
                condition=~Q(state=HoldState.LIFTED) | Q(lifted_by__isnull=False, lift_asked_by__isnull=False) & ~Q(lifted_by=F("lift_asked_by")),
            ),
            models.CheckConstraint(
                name="a_hold_turned_down_was_answered", condition=~Q(state=HoldState.TURNED_DOWN) | Q(answered_by__isnull=False)
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="a_hold_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"Hold {self.reference}"

    def get_absolute_url(self):
        return reverse("kpis:hold", args=[self.reference])

    @property
    def keeps(self) -> str:
        """What it keeps, in words without a name: "RK4-7QX", "North team", "Every record of the council"."""
        return str(self.child or self.team or self.provision or "Every record of the council")


class IsHeld(Func):
    """Whether a hold keeps the record of the child with this key: the database's own answer."""

    function = "record_is_held"
    output_field = models.BooleanField()


def is_held(child) -> bool:
    """Whether a legal hold keeps this child's record now."""
    return type(child).objects.filter(pk=child.pk).annotate(held=IsHeld(F("pk"))).values_list("held", flat=True)[0]
