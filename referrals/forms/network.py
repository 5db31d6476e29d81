"""The shapes of a move into a small group home, of a consultation and of a partner agency."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.models.network import AgencyKind, Asker


class ResidencyForm(HouseForm):
    """Which home, from when, and until when."""

    home = TextField(label="Name of the small group home", max_length=100)
    moved_in_on = HouseDateField(label="Moved in")
    moved_out_on = HouseDateField(label="Moved out (optional)", required=False)


class ConsultationForm(HouseForm):
    """Who asked, about whom, and what was said."""

    on = HouseDateField(label="When")
    asked_by = forms.ChoiceField(
        label="Who asked?", choices=Asker.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select who asked"},
    )  # fmt: skip
    about = TextField(label="About whom", max_length=200, help_text="Without a name where the child is not known to the council.")
    number = TextField(label="The child’s case number or reference, if there is one (optional)", required=False, max_length=40)
    advice = LongTextField(label="What was asked, and what you advised (optional)", rows=5, required=False, max_length=8000)


class AgencyForm(HouseForm):
    """One partner agency."""

    kind = forms.ChoiceField(label="What kind of agency", choices=AgencyKind.choices)
    name = TextField(label="Name", max_length=200)
    reach = TextField(label="How to reach it", max_length=300, help_text="Telephone, email, hours.")
    helps_with = LongTextField(label="What it helps with (optional)", rows=3, required=False, max_length=2000)
    is_current = forms.BooleanField(label="Show it in the directory", required=False, initial=True)
