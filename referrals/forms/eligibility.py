"""The shapes of asking for an exception and of deciding it."""

from django import forms

from core.forms import HouseForm, LongTextField
from referrals.models.eligibility import Criterion

ANSWERS = [("allow", "Allow it"), ("not", "Do not allow it")]


class AskExceptionForm(HouseForm):
    """Which criterion, and why."""

    criterion = forms.ChoiceField(label="What should be allowed?", widget=forms.RadioSelect, choices=Criterion.choices)
    reason = LongTextField(label="Why an exception should be made", rows=5, max_length=4000)

    def __init__(self, *args, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(Criterion.choices)
        open_to = [f for f in found if f.reasons and f.may_be_allowed]
        if open_to:
            self.fields["criterion"].choices = [(f.criterion, f"{labels[f.criterion]}: {f.reasons[0]}") for f in open_to]
        if len(open_to) == 1:
            self.fields["criterion"].initial = open_to[0].criterion


class DecideExceptionForm(HouseForm):
    """Allowed or not, and why."""

    answer = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect, choices=ANSWERS)
    reason = LongTextField(label="Why", rows=5, max_length=4000)
