"""Which period a page is about."""

from django import forms

from core.forms import HouseFilterForm

PERIODS = [
    ("quarter", "Last 3 months"),
    ("year", "Last 12 months"),
    ("month", "This month"),
]


class PeriodForm(HouseFilterForm):
    """A period of whole months that ends with this one."""

    period = forms.ChoiceField(label="Period", choices=PERIODS, initial="quarter")
