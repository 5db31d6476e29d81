"""The shapes of what follows a decision: held back, presented again, decided elsewhere; reasons and disputes."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from panels.choices import DisputeStage, Outcome


class HoldBackForm(HouseForm):
    """Why a decision is not told yet."""

    because = LongTextField(label="Why is it held back?", rows=3, max_length=500)


class PresentAgainForm(HouseForm):
    """Why a panel is asked again."""

    reason = LongTextField(label="What is different now?", rows=4, max_length=2000)


class DecidedElsewhereForm(HouseForm):
    """What whoever decides in law answered."""

    outcome = forms.ChoiceField(
        label="What was decided?", choices=[c for c in Outcome.choices if c[0] != Outcome.REDIRECT], widget=forms.RadioSelect
    )
    decided_by = TextField(label="Who decided, and when", max_length=100, help_text="For example, A. Director on 4 December 2026")


class ReasonForm(HouseForm):
    """One reason for one decision, perhaps instead of an older wording."""

    outcome = forms.ChoiceField(label="A reason for which decision?", choices=Outcome.choices)
    words = TextField(label="The reason", max_length=200)
    replaces = forms.ModelChoiceField(
        label="Instead of (optional)", queryset=None, required=False, empty_label="None: it is new", to_field_name="reference"
    )

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = reasons


class StepForm(HouseForm):
    """One step of a dispute under clause 59."""

    stage = forms.ChoiceField(label="Where is it now?", choices=DisputeStage.choices, initial=DisputeStage.REFERRED)
    on = HouseDateField(label="Day of this step")
    words = LongTextField(label="What was done", rows=4, max_length=4000, help_text="No child’s name.")
    due_on = HouseDateField(label="An answer is due by", required=False)


class DisputeForm(StepForm):
    """A dispute that a meeting did not settle."""

    about = TextField(label="What is it about?", max_length=200, help_text="In a line, without a child’s name.")
    field_order = ["about", "stage", "on", "words", "due_on"]
