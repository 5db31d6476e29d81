"""Restrictions: who may still see a record, why, and how that ended."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.roles import Role
from referrals.choices import Basis, Ground
from referrals.models.access import Access
from referrals.models.child import Child


class RestrictionQuerySet(models.QuerySet):
    """Restrictions, asked for in words."""

    def visible_to(self, user):
        """Those in force on records a person sees; the governance officer keeps all of the authority's."""
        acting = user.acting
        if acting is None:
            return self.none()
        if acting.role == Role.GOVERNANCE:
            return self.standing().filter(child__authority=acting.authority_id)
        return self.standing().filter(child__in=Child.objects.visible_to(user))

    def standing(self):
        """Those not lifted."""
        return self.filter(lifted_at=None)


class Restriction(models.Model):
    """One time in which one child's record was kept to named people."""

    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="restrictions")
    ground = models.CharField(max_length=10, choices=Ground)
    because = models.CharField(max_length=200)
    from_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    review_on = models.DateField()
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lift_asked_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    lift_because = models.CharField(max_length=500, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], name="a_record_is_restricted_once_at_a_time", condition=Q(lifted_at=None)
            ),
            *[
                models.CheckConstraint(
                    name=f"restriction_{deed}_by_and_at_go_together",
                    condition=Q(**{f"{deed}_by": None, f"{deed}_at": None})
                    | Q(**{f"{deed}_by__isnull": False, f"{deed}_at__isnull": False}),
                )
                for deed in ("lift_asked", "lifted")
            ],
            models.CheckConstraint(
                name="lifting_a_restriction_takes_two",
                condition=Q(lifted_by=None) | ~Q(lifted_by=models.F("lift_asked_by")),
            ),
        ]

    def __str__(self):
        return self.get_ground_display()

    def get_absolute_url(self):
        return reverse("referrals:restricted_record", args=[self.child.reference])

    @property
    def reference(self):
        """The child's: a restriction has no address of its own."""
        return self.child.reference

    def named(self):
        """The people named now, each with when and why."""
        rows = Access.objects.current().filter(child=self.child_id, basis=Basis.NAMED, withheld_because="")
        return rows.exclude(person=None).select_related("person").order_by("from_at", "pk")

    def emergencies(self):
        """The times somebody broke the glass, newest first."""
        rows = Access.objects.filter(child=self.child_id, basis=Basis.BREAK_GLASS)
        return rows.select_related("person").order_by("-from_at", "-pk")
