"""The shapes of health's decision, and of putting a young person to the high risk panel."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from panels.choices import CareOutcome


class HealthDecisionForm(HouseForm):
    """Who decided for health, when, what, and health's share."""

    decided_by = TextField(label="Who decided for health?", max_length=160, required=False, help_text="The body, and the person’s post.")
    decided_on = HouseDateField(label="On which day?", required=False)
    outcome = forms.ChoiceField(label="What did health decide?", choices=CareOutcome.choices, widget=forms.RadioSelect, required=False)
    share = forms.DecimalField(
        label="Health’s share of the cost, in percent", required=False, max_digits=5, decimal_places=2, widget=forms.TextInput,
        help_text="Only where the cost is shared. For example, 40",
    )  # fmt: skip


class HighRiskForm(HouseForm):
    """Why a young person is put to the high risk panel."""

    why = LongTextField(
        label="Why is this young person among the most vulnerable?", rows=4, required=False, max_length=4000,
        help_text="Those who see the young person’s record read it. The agenda says only their reference.",
    )  # fmt: skip


class PutToHighRiskForm(HouseForm):
    """Which meeting of the high risk panel."""

    meeting = forms.ChoiceField(label="Which meeting?", widget=forms.RadioSelect, choices=[])

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings
