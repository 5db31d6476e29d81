"""From when the limits of a chart begin afresh, and why."""

from core.forms import HouseDateField, HouseForm, LongTextField


class RebaseForm(HouseForm):
    """A day and a reason."""

    from_on = HouseDateField(label="From which day?", help_text="The first day of a month, such as 1 4 2026")
    reason = LongTextField(
        label="What changed?", max_length=300, rows=3, help_text="It stands under the chart, with the day and your name.",
        error_messages={"required": "Say what changed"},
    )  # fmt: skip
