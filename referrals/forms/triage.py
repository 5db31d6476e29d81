"""The shapes of triage, of asking for more, and of judging priority."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField
from referrals.choices import Band, TaskName

READY, MORE, AWAY = "ready", "more", "away"


def priority_fields(form, managers, proposed: str) -> None:
    """Fill in who may agree and what the working proposes."""
    form.fields["agreed_by"].queryset = managers
    form.fields["band"].initial = proposed


class PriorityFields(HouseForm):
    """A band, and what changes or explains it."""

    band = forms.ChoiceField(label="How urgent is it?", choices=Band.choices, widget=forms.RadioSelect, required=False)
    at_risk_in_days = forms.IntegerField(
        label="In how many days might the child’s home end? (optional)", required=False, min_value=0, max_value=365,
        help_text="Leave it empty where that is not known.",
    )  # fmt: skip
    band_reason = LongTextField(label="Why, where it differs from the working", rows=2, required=False, max_length=2000)
    agreed_by = forms.ModelChoiceField(
        label="Strategic manager who agreed to move up", queryset=None, required=False, empty_label="Nobody"
    )

    def __init__(self, *args, managers, proposed, **kwargs):
        super().__init__(*args, **kwargs)
        priority_fields(self, managers, proposed)


class TriageForm(PriorityFields):
    """What happens to a signed referral."""

    deed = forms.ChoiceField(
        label="What should happen?", widget=forms.RadioSelect,
        choices=[(READY, "Book it onto a panel"), (MORE, "Ask for more information"), (AWAY, "Not for this service")],
        error_messages={"required": "Select what should happen"},
    )  # fmt: skip
    question = LongTextField(
        label="What you need to know, or why it is not for this service", rows=3, required=False, max_length=4000
    )
    tasks = forms.MultipleChoiceField(
        label="Tasks the question belongs to", choices=TaskName.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    answer_by = HouseDateField(label="Answer by (optional)", required=False)


class AskForMoreForm(HouseForm):
    """A question to the social worker."""

    question = LongTextField(label="What you need to know", rows=4, required=False, max_length=4000)
    tasks = forms.MultipleChoiceField(
        label="Tasks it belongs to", choices=TaskName.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer_by = HouseDateField(label="Answer by (optional)", required=False)
