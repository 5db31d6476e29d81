"""Messages on a referral: who wrote what to whom, and who has read it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.roles import Role

# Those who work for the provider read only what was written to them, and what they wrote.
AT_THE_PROVIDER = {Role.PROVIDER_MANAGER, Role.PRACTITIONER}


class ReferralMessageQuerySet(models.QuerySet):
    """Messages on referrals, asked for in words."""

    def visible_to(self, user):
        """The council's own people read all; the provider's what was written to or by them."""
        if user.acting is None:
            return self.none()
        if user.acting.role in AT_THE_PROVIDER:
            return self.filter(Q(written_by=user) | Q(to_roles__contains=[user.acting.role]))
        return self

    def unread_by(self, user):
        """Those by others that the person has not said they have read."""
        read = MessageReading.objects.filter(message=OuterRef("pk"), person=user)
        return self.exclude(written_by=user).filter(~Exists(read))


class ReferralMessage(models.Model):
    """One message on one referral, to those who hold the roles it names; never edited."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="messages")
    words = models.TextField()
    to_roles = models.JSONField(default=list)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = ReferralMessageQuerySet.as_manager()

    def __str__(self):
        return f"Message on {self.referral}"

    @property
    def to(self):
        """To whom, in words."""
        return ", ".join(Role(role).label.lower() for role in self.to_roles)


class MessageReading(models.Model):
    """One person has said that they have read one message."""

    message = models.ForeignKey(ReferralMessage, models.CASCADE, related_name="readings")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="a_message_is_read_once")
        ]

    def __str__(self):
        return f"Read by {self.person}"
