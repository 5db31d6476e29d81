"""The trail: one sentence per deed, never edited."""

import pgtrigger
from django.db import models

from core import clock

READINGS = ("record.read", "record.exported")


class AuditEventQuerySet(models.QuerySet):
    """The trail, asked for in words; it can only grow."""

    def about(self, subject):
        """Events whose subject is this record."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def readings(self):
        """Records about children that were opened, or taken away as files."""
        return self.filter(verb__in=READINGS)

    def update(self, **kwargs):
        """Never."""
        raise TypeError("The audit trail is never edited.")

    def delete(self):
        """Never."""
        raise TypeError("The audit trail is never edited.")


class AuditEvent(models.Model):
    """One thing somebody did or read: no foreign keys, no child's name, append-only."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    sentence = models.TextField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_reference = models.CharField(max_length=60, blank=True)
    child_id = models.BigIntegerField(null=True, db_index=True)
    authority_id = models.BigIntegerField(null=True, db_index=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    person_name = models.CharField(max_length=200)
    role = models.CharField(max_length=3, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        triggers = [
            pgtrigger.Protect(
                name="the_trail_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="only_the_owner_may_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="""
                    IF NOT pg_has_role(
                        current_user,
                        (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE'
                    ) THEN
                        RAISE EXCEPTION 'The audit trail is never emptied.';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return self.sentence
