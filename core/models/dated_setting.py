"""Readings that are settled by date, not by code."""

from django.db import models


class DatedSettingQuerySet(models.QuerySet):
    """Settings, asked for in words."""

    def visible_to(self, user):
        """Those of the authority somebody acts in, and those that hold everywhere."""
        acting = user.acting
        return self.none() if acting is None else self.filter(models.Q(authority=acting.authority_id) | models.Q(authority=None))


class DatedSetting(models.Model):
    """One reading or number in force from a day, with who settled it and why; not in force while it is only proposed."""

    authority = models.ForeignKey("core.Authority", models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=80)
    value = models.JSONField()
    from_on = models.DateField()
    note = models.TextField(blank=True)
    is_proposed = models.BooleanField(default=False)
    settled_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = DatedSettingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "from_on", "is_proposed"],
                name="one_value_of_a_setting_from_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="setting_confirmed_by_and_at_go_together",
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name} from {self.from_on}"
