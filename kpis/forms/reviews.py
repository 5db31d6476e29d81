"""The shapes of a contract's reviews: begun, called, settled how often, and what was found."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from kpis.choices import SpokenWith

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I%p"]
YES_NO = [("yes", "Satisfactory"), ("no", "Not satisfactory")]


def _time_field() -> forms.TimeField:
    """A start time, typed as people write times."""
    return forms.TimeField(
        label="Start time", input_formats=TIMES, initial="10:00", help_text="For example, 10:00", widget=forms.TextInput,
        error_messages={"invalid": "Start time must be a time of day, for example 10:00"},
    )  # fmt: skip


class BeginReviewsForm(HouseForm):
    """Who takes the chair for the commissioners, and who sits for the provider."""

    chair = forms.ModelChoiceField(label="Who takes the chair for the commissioners?", queryset=None, empty_label="Choose one")
    provider = forms.ModelChoiceField(label="Who sits for the provider?", queryset=None, empty_label="Choose one")

    def __init__(self, *args, chairs, providers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset, self.fields["provider"].queryset = chairs, providers


class CallReviewsForm(HouseForm):
    """When the next review is, where, and how many after it are called at once."""

    on = HouseDateField(label="Day of the next review")
    at = _time_field()
    venue = TextField(label="Place or link", max_length=200)
    count = forms.IntegerField(
        label="How many reviews to call", min_value=1, max_value=12, initial=1,
        help_text="Those after the first follow as often as is settled, on working days.",
    )  # fmt: skip


class UrgentReviewForm(HouseForm):
    """When and where, and why it cannot wait."""

    reason = LongTextField(label="Why can this not wait for the next review?", rows=3, max_length=1000, help_text="It is printed on the agenda. Name nobody.")
    on = HouseDateField(label="Day of the review")
    at = _time_field()
    venue = TextField(label="Place or link", max_length=200)


class RhythmForm(HouseForm):
    """How often one part is reviewed, from when, and why."""

    lot = forms.ChoiceField(label="Which part of the contract?", widget=forms.RadioSelect, choices=[])
    months = forms.TypedChoiceField(
        label="How often is it reviewed?", widget=forms.RadioSelect, coerce=int,
        choices=[("1", "Each month"), ("3", "Every three months")],
    )  # fmt: skip
    from_on = HouseDateField(label="From")
    because = LongTextField(label="Why?", rows=3, max_length=1000)

    def __init__(self, *args, lots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = lots


class FindingsForm(HouseForm):
    """For each part: whether performance is satisfactory, and why."""

    def __init__(self, *args, lots, **kwargs):
        super().__init__(*args, **kwargs)
        self.lots = lots
        for lot in lots:
            self.fields[f"lot_{lot.pk}_is"] = forms.ChoiceField(
                label=f"Is performance of {lot.name} satisfactory?", widget=forms.RadioSelect, choices=YES_NO, required=False
            )
            self.fields[f"lot_{lot.pk}_words"] = LongTextField(
                label=f"What was found of {lot.name}?", rows=3, required=False, max_length=2000,
                help_text="Name nobody. Counts of 1 to 5 children are not written here.",
            )  # fmt: skip

    def said(self) -> dict[int, tuple[bool | None, str]]:
        """By lot, the answer and the words."""
        given = self.cleaned_data
        answers = {"yes": True, "no": False}
        return {lot.pk: (answers.get(given.get(f"lot_{lot.pk}_is")), given.get(f"lot_{lot.pk}_words", "")) for lot in self.lots}


class BeginAssessmentForm(HouseForm):
    """Why a service is assessed."""

    why = LongTextField(label="Why is the service assessed?", rows=3, required=False, max_length=2000)


class VisitForm(HouseForm):
    """Where, when, who was spoken with, and what was seen."""

    place = TextField(label="Which place was visited?", max_length=160, required=False)
    visited_on = HouseDateField(label="On which day?", required=False)
    spoken_with = forms.MultipleChoiceField(
        label="Who was spoken with?", choices=SpokenWith.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = LongTextField(label="What was seen and heard (optional)", rows=5, required=False, max_length=4000, help_text="Name nobody.")


class EndAssessmentForm(HouseForm):
    """What an assessment found."""

    finding = LongTextField(label="What did the assessment find?", rows=5, required=False, max_length=4000, help_text="The provider reads it. Name nobody.")
