"""How a person likes to be told, and the link by which their own calendar reads ours."""

from django.core import signing
from django.db import models
from django.db.models import Q

from core import clock
from core.references import ReferenceField

SIGNER = signing.Signer(salt="calendar feed")


class DailyTopic(models.Model):
    """A topic about which somebody wants one email a day, not one at once."""

    person = models.ForeignKey("core.User", models.PROTECT, related_name="daily_topics")
    topic = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="a_topic_is_chosen_once")]

    def __str__(self):
        return f"{self.topic}, once a day"


class CalendarFeed(models.Model):
    """One person's link to their meetings, until they take it back."""

    reference = ReferenceField()
    person = models.ForeignKey("core.User", models.PROTECT, related_name="calendar_feeds")
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="one_calendar_link_a_person")
        ]

    def __str__(self):
        return f"Calendar link {self.reference}"

    def get_absolute_url(self):
        return f"/calendar/feed/{self.token}.ics"

    @property
    def token(self) -> str:
        """What the address carries: it cannot be guessed, and nothing kept here gives it away."""
        return SIGNER.sign(self.reference)

    @classmethod
    def of(cls, token: str) -> "CalendarFeed | None":
        """The link that an address names, revoked or not; None where nobody was given that address."""
        try:
            reference = SIGNER.unsign(token)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("person").filter(reference=reference).first()
