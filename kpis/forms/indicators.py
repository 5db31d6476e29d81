"""The shapes of an indicator: a new definition, a target, a benchmark, a figure, a note of progress; and of a plan's action."""

from datetime import timedelta

from django import forms

from core.forms import HouseDateField, HouseFilterForm, HouseForm, LongTextField, TextField
from kpis.choices import ActionState, Against, Better, Frequency, Rating, Scheme

YES_NO = [("yes", "Yes"), ("no", "No")]
FINAL = [("no", "It may still change"), ("yes", "It is final")]
UNSAID = [("", "Not said"), *Better.choices]


def _number(label: str, **kwargs) -> forms.DecimalField:
    """A number that need not be there, typed with or without a decimal point."""
    kwargs.setdefault("max_digits", 12)
    kwargs.setdefault("decimal_places", 3)
    return forms.DecimalField(
        label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": f"{label.removesuffix(' (optional)')} must be a number, like 62.3"}, **kwargs,
    )  # fmt: skip


def _whole(label: str) -> forms.IntegerField:
    """A count of nought or more."""
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10**9, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )  # fmt: skip


class DefinitionForm(HouseForm):
    """A new version of what an indicator counts, and how it is coloured."""

    numerator = LongTextField(label="What is counted", rows=2, max_length=1000, required=False)
    denominator = LongTextField(label="Out of what (optional)", rows=2, max_length=1000, required=False)
    reading = TextField(label="Reading", max_length=40, help_text="Which of two meanings of a document it follows. For example, as printed")
    unit = TextField(label="Unit", max_length=20, help_text="For example, %, days or children")
    scheme = forms.ChoiceField(label="How is it coloured?", choices=Scheme.choices, widget=forms.RadioSelect)
    better = forms.ChoiceField(label="Which way is better?", choices=UNSAID, widget=forms.RadioSelect, required=False)
    tolerance = _number("Tolerance", max_digits=6)
    tolerance_is_relative = forms.TypedChoiceField(
        label="What is the tolerance a part of?", choices=[("yes", "A part of the target: 0.1 is a tenth of it"), ("no", "The figure’s own unit")],
        widget=forms.RadioSelect, coerce=lambda said: said == "yes",
    )  # fmt: skip
    frequency = forms.ChoiceField(label="How often is there a figure?", choices=Frequency.choices, widget=forms.RadioSelect)
    is_rolling = forms.TypedChoiceField(
        label="Do its periods overlap, as 12 months to each month do?", choices=YES_NO, widget=forms.RadioSelect, coerce=lambda said: said == "yes"
    )
    counts_children = forms.TypedChoiceField(
        label="Does it count children?", choices=YES_NO, widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        help_text="Counts of 1 to 5 children are hidden from those who watch.",
    )  # fmt: skip
    baseline = _number("Baseline (optional)")
    baseline_on = HouseDateField(label="Day of the baseline (optional)", required=False)
    baseline_words = TextField(label="The baseline in words (optional)", max_length=160, required=False)
    from_on = HouseDateField(label="From which day does this hold?", required=False)
    because = LongTextField(label="Why does the definition change?", rows=3, max_length=1000, required=False)

    def clean(self):
        said = super().clean()
        if said.get("baseline") is not None and not said.get("baseline_on") and "baseline_on" not in self.errors:
            self.add_error("baseline_on", "Enter the day of the baseline.")
        return said


class TargetForm(HouseForm):
    """What an indicator is to reach by a day."""

    due_on = HouseDateField(label="By which day?")
    value = _number("The number to reach (optional)")
    words = TextField(label="In words (optional)", max_length=120, required=False, help_text="For example, 92% or more; or words where no number says it")
    because = LongTextField(label="Why (optional)", rows=3, max_length=1000, required=False, help_text="Needed where it replaces a target for the same day.")


class BenchmarkForm(HouseForm):
    """What others came to."""

    against = forms.ChoiceField(label="Whose figure is it?", choices=Against.choices, widget=forms.RadioSelect)
    last_on = HouseDateField(label="Last day of its period")
    value = _number("Figure (optional)")
    printed = TextField(label="In words (optional)", max_length=160, required=False)
    source = TextField(label="Where does it come from?", max_length=120, required=False)
    note = TextField(label="Note (optional)", max_length=300, required=False)

    def said(self) -> dict:
        """What was typed, the period's end as the day after it."""
        typed = dict(self.cleaned_data)
        typed["period_end"] = typed.pop("last_on") + timedelta(days=1)
        return typed


class FigureForm(HouseForm):
    """A figure and what it was counted from."""

    value = _number("Figure (optional)", max_digits=14)
    numerator = _whole("Count (optional)")
    denominator = _whole("Out of (optional)")
    printed = TextField(label="In words (optional)", max_length=160, required=False)
    is_final = forms.TypedChoiceField(label="Is it final?", choices=FINAL, widget=forms.RadioSelect, coerce=lambda said: said == "yes")


class ValueForm(FigureForm):
    """A figure for a period, typed by hand."""

    starts_on = HouseDateField(label="First day of the period")
    last_on = HouseDateField(label="Last day of the period")
    period_label = TextField(label="What the period is called (optional)", max_length=40, required=False, help_text="For example, October 2026 or Q2")
    reading = TextField(label="Reading", max_length=40)
    source = TextField(label="Where does it come from? (optional)", max_length=120, required=False)
    field_order = ["starts_on", "last_on", "period_label", "reading"]

    def said(self) -> dict:
        """What was typed, with the day after the period and what it is called."""
        typed = dict(self.cleaned_data)
        last = typed.pop("last_on")
        label = typed["period_label"] or f"To {last.day} {last:%B} {last.year}"
        return {**typed, "ends_on": last + timedelta(days=1), "period_label": label}


class CorrectionForm(FigureForm):
    """A figure, corrected before it is validated."""

    because = LongTextField(label="Why is it corrected?", rows=3, max_length=1000, required=False)


class NoteForm(HouseForm):
    """Where things are."""

    on = HouseDateField(label="Which day does this describe?", required=False)
    words = LongTextField(label="Where are we now?", rows=4, max_length=4000, required=False, help_text="Name nobody. Counts of 1 to 5 children are not written here.")
    works_well = LongTextField(label="What works well (optional)", rows=3, max_length=4000, required=False)
    worries = LongTextField(label="What worries us (optional)", rows=3, max_length=4000, required=False)
    rating = forms.ChoiceField(
        label="How is the action going?", choices=Rating.choices, widget=forms.RadioSelect, required=False,
        help_text="This judges the action. The figure’s own colour follows from its target.",
    )  # fmt: skip


class RewordForm(HouseForm):
    """New words for an action."""

    text = LongTextField(label="The action, in its new words", rows=4, max_length=2000, required=False)
    because = LongTextField(label="Why is it reworded?", rows=3, max_length=1000, required=False)


class EndActionForm(HouseForm):
    """How an action ends."""

    state = forms.ChoiceField(label="How does it end?", choices=ActionState.choices[1:], widget=forms.RadioSelect, required=False)
    continues_as = forms.ModelChoiceField(label="Which action carries it on? (optional)", queryset=None, required=False, empty_label="None")
    because = LongTextField(label="What came of it?", rows=3, max_length=1000, required=False)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["continues_as"].queryset = others


class StepForm(HouseForm):
    """What has to happen next."""

    what = LongTextField(label="What has to happen?", rows=3, max_length=1000)
    due_on = HouseDateField(label="By which day? (optional)", required=False)
    by_whom = TextField(label="By whom (optional)", max_length=160, required=False, help_text="A role, and no name")


class DoneForm(HouseForm):
    """When a step was done."""

    on = HouseDateField(label="On which day was it done?", required=False)


class DefinitionFilter(HouseFilterForm):
    """Indicators of one register."""

    register = forms.ModelChoiceField(label="Register", queryset=None, empty_label="All registers")

    def __init__(self, *args, registers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = registers
