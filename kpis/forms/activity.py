"""What the page of changes is narrowed by."""

from django import forms

from core.forms import HouseFilterForm, TextField
from kpis.measures.activity import KINDS


class ActivityFilter(HouseFilterForm):
    """By kind of change, how far back, and a referral's reference."""

    kind = forms.ChoiceField(label="What changed", choices=[("", "Anything"), *KINDS])
    days = forms.ChoiceField(label="How far back", choices=[("", "30 days"), ("7", "7 days"), ("1", "Since yesterday")])
    reference = TextField(label="Referral", max_length=40)
