"""The shape of one item's decision."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from panels.choices import Outcome


class DecisionForm(HouseForm):
    """What a minute needs: the word, the reasons, and what follows."""

    outcome = forms.ChoiceField(
        label="What did the panel decide?", choices=Outcome.choices, widget=forms.RadioSelect(attrs={"class": "grid dense"}),
        error_messages={"required": "Choose a decision"},
    )  # fmt: skip
    reasons = LongTextField(label="Reasons", rows=2, max_length=8000)
    conditions = TextField(label="Conditions", required=False, max_length=2000)
    weeks = forms.IntegerField(label="Weeks", required=False, min_value=1, max_value=104)
    review_on = HouseDateField(label="Review date", required=False, help_text="")
    what = TextField(label="Action", required=False, max_length=300)
    who = TextField(label="Who", required=False, max_length=120)
    by = HouseDateField(label="By", required=False, help_text="")

    def clean(self):
        """An action is whole: what, who and by when."""
        said = super().clean()
        parts = [said.get("what"), said.get("who"), said.get("by")]
        if any(parts) and not all(parts):
            self.add_error("what", "An action says what, who and by when")
        return said


class NoteForm(HouseForm):
    """What was said about an item."""

    note = LongTextField(label="Notes for the minutes", rows=4, required=False)
