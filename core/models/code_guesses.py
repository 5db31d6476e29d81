"""Tries at the second step of signing in, counted for every process at once."""

from django.db import models


class CodeGuesses(models.Model):
    """How many codes were tried at one account since a moment, and until when no more are taken."""

    person = models.OneToOneField("core.User", models.PROTECT, related_name="code_guesses")
    number = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.number} since {self.since}"
