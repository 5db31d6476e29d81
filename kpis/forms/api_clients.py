"""A client of the interface for machines, and why one is revoked."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from kpis.rules.api_clients import SCOPES


class ApiClientForm(HouseForm):
    """What asks, what for, what it may read, and until when."""

    name = TextField(label="What asks", max_length=80, required=False, help_text="For example, the council’s Power BI.")
    purpose = LongTextField(label="What it is for, and who looks after it", rows=3, max_length=300, required=False)
    scopes = forms.MultipleChoiceField(
        label="What it may read", choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple, required=False,
        help_text="None of these holds a child’s record.",
    )  # fmt: skip
    expires_on = HouseDateField(label="The day it ends", required=False, help_text="Within a year. From that day it is refused.")


class RevokeForm(HouseForm):
    """Why a client is revoked."""

    because = LongTextField(label="Why it is revoked", rows=3, max_length=300, required=False)
