"""Who comes, for whom they stand, and when they were in the room."""

from django.db import models
from django.db.models import F, Q

from core import clock
from panels.choices import Answer, AttendanceMode


class Delegation(models.Model):
    """One named delegate for one seat at one meeting."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="delegations")
    letter = models.CharField(max_length=2)
    holder = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    delegate = models.ForeignKey("core.User", models.PROTECT, related_name="delegations")
    named_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "letter", "holder"], name="one_delegate_a_holder_a_meeting"
            )
        ]

    def __str__(self):
        return f"Delegate for seat {self.letter}"


class Attendance(models.Model):
    """What one person said about coming to one meeting."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="answers")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_answer_a_meeting")
        ]

    def __str__(self):
        return self.get_answer_display()


class PresenceQuerySet(models.QuerySet):
    """Presence, asked for in words."""

    def in_the_room(self, now=None):
        """Those who have come and not left, at a moment (now)."""
        now = now or clock.now()
        return self.filter(Q(left_at=None) | Q(left_at__gt=now), arrived_at__lte=now)


class Presence(models.Model):
    """One stretch of time one person was in the room."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="presences")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=2, blank=True)
    stands_for = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    mode = models.CharField(max_length=10, choices=AttendanceMode, default=AttendanceMode.ROOM)
    arrived_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="a_person_is_in_the_room_once",
                condition=Q(left_at=None),
            ),
            models.CheckConstraint(
                name="a_person_leaves_after_they_arrive",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
        ]

    def __str__(self):
        return f"{self.person} at {self.meeting}"
