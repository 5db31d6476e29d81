"""Words for indicators, values and packs."""

from django.db import models


class Better(models.TextChoices):
    """Which way is better."""

    HIGH = "high", "Higher is better"
    LOW = "low", "Lower is better"


class Frequency(models.TextChoices):
    """How often an indicator has a value."""

    WEEK = "week", "Weekly"
    MONTH = "month", "Monthly"
    QUARTER = "quarter", "Quarterly"
    YEAR = "year", "Yearly"


class ValueState(models.TextChoices):
    """How far a value has been checked."""

    ENTERED = "entered", "Provisional"
    CHECKED = "checked", "Checked by its owner"
    VALIDATED = "validated", "Validated for release"


class PackState(models.TextChoices):
    """Where a pack has got to."""

    DUE = "due", "Due"
    DRAFTED = "drafted", "Drafted"
    FROZEN = "frozen", "Frozen"
    APPROVED = "approved", "Approved by the chair"
    ISSUED = "issued", "Circulated"
    STOPPED = "stopped", "Stopped by a failed check"

    @property
    def tone(self) -> str:
        """The tag's colour."""
        return {"issued": "good", "approved": "good", "stopped": "attention"}.get(
            self.value, "moving"
        )


class Rating(models.TextChoices):
    """Red, amber, green, complete."""

    RED = "R", "Red"
    AMBER = "A", "Amber"
    GREEN = "G", "Green"
    COMPLETE = "C", "Complete"
