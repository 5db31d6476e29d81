"""Messages to people, and whether they arrived."""

from django.db import models

from core import clock
from core.references import ReferenceField


class MessageState(models.TextChoices):
    """Where a message has got to."""

    QUEUED = "queued", "Queued"
    SENT = "sent", "Sent"
    HANDED = "handed", "Handed over"
    BOUNCED = "bounced", "Bounced"
    STOPPED = "stopped", "Not sent"
    UNSURE = "unsure", "Not known whether it left"


class MessageQuerySet(models.QuerySet):
    """Messages, asked for in words."""

    def visible_to(self, user):
        """A person's own messages."""
        return self.filter(person=user)


class Message(models.Model):
    """One email to one person: a reference and one link, never a child's name."""

    reference = ReferenceField()
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="messages")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    calendar = models.TextField(blank=True)
    in_digest = models.BooleanField(default=False)
    calendar_method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    def __str__(self):
        return self.subject
