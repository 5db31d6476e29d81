"""Due work: the row is the job."""

from django.db import models

from core import clock


class JobState(models.TextChoices):
    """Where a job has got to."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    SET_ASIDE = "set aside", "Set aside after three tries"


class OutboxJob(models.Model):
    """One piece of work that is due once: written in the deed's transaction, claimed by lease."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    due_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_to = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    # The try before this one ended without a word: its worker, or the database, died under it.
    cut_short = models.BooleanField(default=False)
    result_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "due_at"], name="a_job_is_due_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="jobs_not_done",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
            # In the order in which they are claimed, so that ten thousand that wait are not sorted for each.
            models.Index(
                fields=["attempts", "due_at", "id"], name="jobs_in_their_turn", condition=models.Q(state__in=["waiting", "running"])
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject} due {self.due_at}"
