"""On call: who answers by day and by night, and the calls that came."""

from django.db import models
from django.db.models import F, Q

from core import clock
from core.references import ReferenceField
from core.roles import Role
from referrals.choices import Caller, OnCallFor
from referrals.models.stay import Stay


class OnCallTurnQuerySet(models.QuerySet):
    """Turns on call, asked for in words."""

    def visible_to(self, user):
        """The authority's own rota, for whoever works in it."""
        if user.acting is None:
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def at(self, moment):
        """Turns that run at a moment; the last minute is exclusive."""
        return self.filter(from_at__lte=moment, until_at__gt=moment)

    def to_come(self, moment):
        """Turns that run now or later, the soonest first."""
        return self.filter(until_at__gt=moment).order_by("from_at", "pk")


class OnCallTurn(models.Model):
    """One person's turn to answer, from a moment to another."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=OnCallFor)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="turns_on_call")
    telephone = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    named_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(default=clock.now)

    objects = OnCallTurnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "until_at"])]
        constraints = [
            models.CheckConstraint(
                name="a_turn_ends_after_it_starts", condition=Q(until_at__gt=F("from_at"))
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class OnCallCallQuerySet(models.QuerySet):
    """Calls, asked for in words."""

    def visible_to(self, user):
        """Calls about stays the person may see; about no child, those their organisation answered."""
        acting = user.acting
        if acting is None or acting.role not in READS_CALLS:
            return self.none()
        about = Q(stay__in=Stay.objects.visible_to(user))
        own = Q(stay=None, authority=acting.authority_id)
        if acting.role in {Role.PROVIDER_MANAGER, Role.PRACTITIONER}:
            own &= Q(answered_by__roles_held__organisation=acting.organisation_id)
        return self.filter(Q(pk__in=self.filter(about).values("pk")) | Q(pk__in=self.filter(own).values("pk")))

    def latest_first(self):
        """The last call first."""
        return self.order_by("-called_at", "-pk")


READS_CALLS = {
    Role.PROVIDER_MANAGER, Role.PRACTITIONER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE,
    Role.TEAM_MANAGER,
}  # fmt: skip


class OnCallCall(models.Model):
    """One call to whoever was on call, and what came of it."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    caller = models.CharField(max_length=12, choices=Caller)
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="calls")
    child = models.ForeignKey(
        "referrals.Child", models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.TextField()
    done = models.TextField()
    minutes = models.PositiveSmallIntegerField()
    went_out = models.BooleanField(default=False)
    answered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=clock.now)

    objects = OnCallCallQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "-called_at"])]

    def __str__(self):
        return self.reference
