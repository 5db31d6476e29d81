"""Which period a page is about."""

from datetime import date

from django import forms

from core.dates import months_after
from core.forms import HouseFilterForm

PERIODS = [
    ("quarter", "Last 3 months"),
    ("year", "Last 12 months"),
    ("month", "This month"),
]
LENGTHS = {"quarter": 3, "year": 12, "month": 1}


class PeriodForm(HouseFilterForm):
    """A period of whole months that ends with this one."""

    period = forms.ChoiceField(label="Period", choices=PERIODS, initial="quarter")


def period_dates(chosen: str, today: date) -> tuple[date, date]:
    """The first day, and the day after the last, of so many months to the end of this one."""
    ends_on = months_after(today.replace(day=1), 1)
    return months_after(ends_on, -LENGTHS[chosen]), ends_on
