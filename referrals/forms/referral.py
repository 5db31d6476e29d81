"""The shapes of finding and adding a child, withdrawing, signing, returning and triage."""

from django import forms

from core.forms import HouseDateField, HouseFilterForm, HouseForm, LongTextField, TextField
from referrals.choices import Band, ReferralStatus, TaskName


class AddChildForm(HouseForm):
    """A child added by hand."""

    full_name = TextField(label="Full name", max_length=200)
    preferred_name = TextField(label="What they like to be called (optional)", required=False, max_length=100)
    case_number = TextField(label="Case system number (optional)", required=False, max_length=40)
    born_on = HouseDateField(label="Date of birth")


class ReasonForm(HouseForm):
    """Why."""

    reason = LongTextField(label="Why", rows=4, max_length=2000)


class TriageForm(HouseForm):
    """Ready for panel, or more to know."""

    deed = forms.ChoiceField(
        label="What should happen?", widget=forms.RadioSelect,
        choices=[("ready", "It is ready for panel"), ("more", "Ask for more information")],
        error_messages={"required": "Select what should happen"},
    )  # fmt: skip
    band = forms.ChoiceField(
        label="How urgent is it?", choices=Band.choices, widget=forms.RadioSelect, initial=Band.STANDARD
    )
    question = LongTextField(label="What you need to know (if you ask for more)", rows=3, required=False)
    tasks = forms.MultipleChoiceField(
        label="Tasks it belongs to (optional)", choices=TaskName.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip


class ReferralFilterForm(HouseFilterForm):
    """What a list of referrals may be narrowed to."""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *ReferralStatus.choices]
    )
    words = TextField(label="Reference or name", required=False, max_length=100)
