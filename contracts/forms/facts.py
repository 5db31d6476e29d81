"""Forms for what is written down of a contract, its gates and its plans."""

import csv
from io import StringIO

from django import forms

from contracts.choices import Criterion, GateDecision, GateKind, NameOf, PlanKind
from contracts.models import Baseline, Lot
from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField
from core.models import Organisation

SHOWS = [("yes", "Yes"), ("no", "No, or not yet")]


class NameForm(HouseForm):
    """A former name."""

    of = forms.ChoiceField(label="Whose name?", choices=NameOf.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="The name", max_length=160, required=False)
    from_on = HouseDateField(label="From (optional)", required=False)
    until_on = HouseDateField(label="Until (optional)", required=False)
    source = forms.CharField(label="Where it is found (optional)", max_length=80, required=False)


class DataRoleForm(HouseForm):
    """Who decides about some data, and who handles it for them."""

    what = forms.CharField(label="Which data?", max_length=160, required=False)
    controller = forms.ModelChoiceField(Organisation.objects.none(), label="Controller", required=False, empty_label="Choose")
    processor = forms.ModelChoiceField(Organisation.objects.none(), label="Processor", required=False, empty_label="None")
    note = forms.CharField(label="Note (optional)", max_length=300, required=False)

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        parties = Organisation.objects.filter(pk=contract.provider_id) | contract.authority.organisations.all()
        for name in ("controller", "processor"):
            self.fields[name].queryset = parties.order_by("name")


class CapitalForm(HouseForm):
    """A decision about capital."""

    what = forms.CharField(label="What was decided?", max_length=200, required=False)
    amount = MoneyField(label="How much?", required=False, max_digits=12, min_value=None)
    body = forms.CharField(label="Who decided?", max_length=120, required=False)
    decided = forms.CharField(label="When? (optional)", max_length=60, required=False, help_text="As it is printed, for example October 2019")
    source = forms.CharField(label="Where it is found (optional)", max_length=40, required=False)


class StepForm(HouseForm):
    """One step of a plan."""

    plan = forms.ChoiceField(label="Which plan?", choices=PlanKind.choices, widget=forms.RadioSelect)
    lot = forms.ModelChoiceField(Lot.objects.none(), label="Which lot?", required=False, empty_label="The whole contract")
    what = forms.CharField(label="What is to be done?", max_length=200, required=False)
    owner = forms.CharField(label="Who does it?", max_length=120, required=False)
    due_on = HouseDateField(label="By which day?", required=False)
    note = forms.CharField(label="Note (optional)", max_length=300, required=False)

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = contract.lots.order_by("pk")


class ReportForm(HouseForm):
    """Whether a report of progress is satisfactory."""

    period = forms.ChoiceField(label="Which report?", choices=[])
    received_on = HouseDateField(label="When did it come in?", required=False)
    is_satisfactory = forms.TypedChoiceField(
        label="Is it satisfactory?", choices=[("yes", "Yes"), ("no", "No")], coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = LongTextField(label="Note (optional)", rows=3, max_length=1000, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(line.key, line.words) for line in lines if line.report is None]


class GateForm(HouseForm):
    """What the contract waits for, by when, and against which baseline."""

    kind = forms.ChoiceField(label="What is to be decided?", choices=GateKind.choices, widget=forms.RadioSelect)
    lot = forms.ModelChoiceField(Lot.objects.none(), label="Which lot?", required=False, empty_label="The whole contract")
    baseline = forms.ModelChoiceField(Baseline.objects.none(), label="Against which baseline? (for a pilot)", required=False, empty_label="None")
    due_on = HouseDateField(label="By which day?")

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = contract.lots.order_by("pk")
        self.fields["baseline"].queryset = contract.baselines.order_by("pk")


class EvidenceForm(HouseForm):
    """One piece of evidence."""

    criterion = forms.ChoiceField(label="What is it put forward for?", choices=Criterion.choices, widget=forms.RadioSelect)
    text = LongTextField(
        label="What shows it, and where can it be seen?", rows=4, max_length=2000, required=False,
        help_text="Name nobody. Counts of 1 to 5 children are not written here.",
    )  # fmt: skip
    is_met = forms.TypedChoiceField(
        label="Does it show it?", choices=SHOWS, coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )


class DecideGateForm(HouseForm):
    """The decision at a gate."""

    decision = forms.ChoiceField(label="What is decided?", choices=GateDecision.choices, widget=forms.RadioSelect, required=False)
    reason = LongTextField(label="Why?", rows=4, max_length=2000, required=False)
    despite = LongTextField(label="If something is wanting: why does it go on all the same?", rows=3, max_length=2000, required=False)


class BaselineForm(HouseForm):
    """Figures to freeze: one table, as it would be copied from a spreadsheet."""

    title = forms.CharField(label="Title", max_length=160, required=False)
    as_of_on = HouseDateField(label="The figures are of", required=False)
    tables = LongTextField(
        label="The figures", rows=10, max_length=20000, required=False,
        help_text="The first line names the columns. Part the cells by commas or tabs.",
    )  # fmt: skip
    source = forms.CharField(label="Where they are found (optional)", max_length=80, required=False)

    def clean_tables(self):
        """Take the typed lines; give one table with its columns and rows, or none."""
        typed = self.cleaned_data["tables"].strip()
        parted = "\t" if "\t" in typed else ","
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(typed, newline=""), delimiter=parted) if any(row)]
        except csv.Error as wrong:
            raise forms.ValidationError("The figures must be lines of cells, parted by commas or tabs") from wrong
        return [{"title": self.cleaned_data.get("title", ""), "columns": rows[0], "rows": rows[1:], "source": ""}] if rows else []
