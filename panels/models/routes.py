"""Health's decisions on continuing care, and what the panel for the most vulnerable care leavers is asked."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Role
from panels.choices import CareOutcome
from referrals.models import Child, Referral
from referrals.models.access import Access

PROVIDERS = (Role.PROVIDER_MANAGER, Role.PRACTITIONER)


class HealthDecisionQuerySet(models.QuerySet):
    """Health's decisions, asked for in words."""

    def visible_to(self, user):
        """Those on referrals the person sees; a provider does not read who pays."""
        if user.acting is None or user.acting.role in PROVIDERS:
            return self.none()
        return self.filter(referral__in=Referral.objects.visible_to(user))


class HealthDecision(models.Model):
    """What health decided of continuing care for one referral, apart from any panel: who, when, what, and its share."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="health_decisions")
    decided_by = models.CharField(max_length=160)
    decided_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=CareOutcome)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = HealthDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_share_is_of_a_shared_cost",
                condition=Q(outcome="joint", share__gt=0, share__lt=100) | (~Q(outcome="joint") & Q(share=None)),
            )
        ]

    def __str__(self):
        return f"Health’s decision on {self.referral.reference}"

    @property
    def child_id(self):
        """The referral's."""
        return self.referral.child_id

    @property
    def authority_id(self):
        """The referral's."""
        return self.referral.authority_id


class HighRiskQuerySet(models.QuerySet):
    """What the high risk panel is asked, in words."""

    def visible_to(self, user):
        """Of children whose record the person sees; the panel administrator's, who runs the panel, but for what is kept from them."""
        if user.acting is None:
            return self.none()
        mine = Q(child__in=Child.objects.visible_to(user))
        if user.acting.role == Role.PANEL_ADMINISTRATOR:
            mine |= Q(child__authority=user.acting.authority_id, child__is_restricted=False)
        withheld = Access.objects.withheld(user).filter(child=OuterRef("child"), referral=None)
        return self.filter(mine).exclude(Exists(withheld))

    def open(self):
        """Those that no meeting has heard yet."""
        return self.filter(Q(item=None) | Q(item__meeting__started_at=None))


class HighRiskRequest(models.Model):
    """One young person put to the high risk panel: why, by whom, and the item it became."""

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.CASCADE, related_name="high_risk_requests")
    why = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    item = models.OneToOneField("panels.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="high_risk_request")

    objects = HighRiskQuerySet.as_manager()

    def __str__(self):
        return f"High risk panel, {self.child.reference}"

    def get_absolute_url(self):
        return reverse("panels:high_risk", args=[self.child.reference])

    @property
    def authority_id(self):
        """The child's."""
        return self.child.authority_id

    @property
    def stands(self) -> str:
        """Where it has got to, in words."""
        if self.item is None or self.item.state == "taken off":
            return "With the panel administrator"
        when = f"{self.item.meeting}"
        return f"Heard at {when}" if self.item.meeting.started_at else f"On the agenda of {when}"
