"""How a child's home is bought: by which route, at what price, and why."""

from django.db import models
from django.db.models import Q

from core import clock
from referrals.models import Placement


class PurchaseRoute(models.TextChoices):
    """By which route a home is found (004:1071-1074)."""

    IN_HOUSE = "in-house", "In-house"
    FRAMEWORK = "framework", "A framework"
    OFF_FRAMEWORK = "off-framework", "Off the framework"
    SPOT = "spot", "Spot purchase"


class PurchaseQuerySet(models.QuerySet):
    """Purchases, asked for in words."""

    def visible_to(self, user):
        """Those of homes of children whose record the person may see."""
        return self.filter(home__in=Placement.objects.visible_to(user))


class Purchase(models.Model):
    """One decision how a home is bought from a day: the newest is in force, the ones before are kept."""

    home = models.ForeignKey("referrals.Placement", models.CASCADE, related_name="purchases")
    route = models.CharField(max_length=14, choices=PurchaseRoute)
    weekly_price = models.DecimalField(max_digits=9, decimal_places=2)
    reason = models.TextField()
    agreed_by = models.CharField(max_length=120)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_bought_home_has_no_negative_price", condition=Q(weekly_price__gte=0))]

    def __str__(self):
        return f"{self.get_route_display()}, £{self.weekly_price:,.2f} a week"
