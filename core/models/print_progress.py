"""How far the printing of one document is."""

from django.db import models


class PrintProgress(models.Model):
    """How far the job that prints one document is, written beside its transaction; for the eye alone."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    step = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="a_job_is_printed_in_one_place")]

    def __str__(self):
        return f"{self.kind} {self.subject}: step {self.step}"
