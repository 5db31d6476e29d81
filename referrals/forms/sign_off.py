"""The shapes of signing off, returning, and naming who signs while one is away."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField
from referrals.choices import TaskName
from referrals.rules.sign_off import CONFIRMATIONS

AGREE, RETURN, OPPOSE = "agree", "return", "oppose"


def _tasks(label: str) -> forms.MultipleChoiceField:
    """The tasks of a referral to tick; whether one must be is for the rule."""
    return forms.MultipleChoiceField(
        label=label, choices=TaskName.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class SignOffForm(HouseForm):
    """The confirmations that apply, and the signer's choice."""

    read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirmations = forms.MultipleChoiceField(
        label="Tick each that is true", choices=list(CONFIRMATIONS.items()),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    deed = forms.ChoiceField(
        label="What do you want to do?", widget=forms.RadioSelect, initial=AGREE,
        choices=[(AGREE, "Agree"), (RETURN, "Return it to the social worker"), (OPPOSE, "Do not support it")],
        error_messages={"required": "Select what you want to do"},
    )  # fmt: skip
    comment = LongTextField(label="Comment (optional where you agree)", rows=3, required=False, max_length=4000)
    tasks = _tasks("Tasks to mend (if you return it)")

    def __init__(self, *args, needed=frozenset(CONFIRMATIONS), then="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["confirmations"].choices = [(k, w) for k, w in CONFIRMATIONS.items() if k in needed]
        first = (AGREE, f"Agree, and send to {then}" if then else "Agree")
        self.fields["deed"].choices = [first, *self.fields["deed"].choices[1:]]


class ReturnForm(HouseForm):
    """What needs to change, and in which tasks."""

    comment = LongTextField(label="What needs to change", rows=5, required=False, max_length=4000)
    tasks = _tasks("Tasks to mend")


class CoverForm(HouseForm):
    """Who signs, and between which days."""

    acts = forms.ModelChoiceField(label="Who signs for you?", queryset=None, empty_label="Choose one")
    from_on = HouseDateField(label="First day you are away")
    last_on = HouseDateField(label="Last day you are away")
    knowingly = forms.BooleanField(label="Have this cover as well as the other", required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acts"].queryset = people
        self.fields["acts"].label_from_instance = lambda person: f"{person}, {person.job_title}".rstrip(", ")
