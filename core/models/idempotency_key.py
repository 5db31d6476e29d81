"""What makes a double click one record, and what keeps typed words over a sign-in."""

from django.db import models

from core import clock


class IdempotencyKey(models.Model):
    """One filled-in form, sent once however often the button is pressed."""

    person = models.ForeignKey("core.User", models.CASCADE)
    key = models.CharField(max_length=40)
    result_url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="a_form_is_sent_once")
        ]

    def __str__(self):
        return self.key


class HeldPost(models.Model):
    """What one person posted after their session had ended, kept until they sign in again."""

    person = models.ForeignKey("core.User", models.CASCADE)
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="one_held_post_a_page")
        ]

    def __str__(self):
        return self.path
