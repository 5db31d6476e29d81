"""Moves of a called meeting: from when and where, to when and where, and why."""

from collections.abc import Callable

import pgtrigger
from django.db import models

from core import clock

_followers: list[Callable] = []


def on_moved(function: Callable) -> Callable:
    """Register what follows when a meeting is moved; it takes the meeting and, by keyword, who moved it."""
    if function not in _followers:
        _followers.append(function)
    return function


def followers() -> list[Callable]:
    """What follows when a meeting is moved, in the order in which it was registered."""
    return list(_followers)


class MeetingMove(models.Model):
    """One move of one meeting, each with notice of its own; never edited."""

    meeting = models.ForeignKey("panels.Meeting", models.PROTECT, related_name="moves")
    was_at = models.DateTimeField()
    was_in = models.CharField(max_length=200)
    was_minutes = models.PositiveSmallIntegerField()
    to_at = models.DateTimeField()
    to_in = models.CharField(max_length=200)
    to_minutes = models.PositiveSmallIntegerField()
    reason = models.TextField()
    breach_before = models.TextField(blank=True)
    moved_at = models.DateTimeField(default=clock.now)
    moved_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="a_move_is_never_edited", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"Move of {self.meeting}"

    @property
    def authority_id(self):
        """The meeting's."""
        return self.meeting.authority_id

    @property
    def is_of_place_only(self) -> bool:
        """Whether the day and time stay as they were told."""
        return self.to_at == self.was_at
