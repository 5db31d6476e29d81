"""Forms for what changes a contract, and for budgets."""

from django import forms

from contracts.choices import Topic
from contracts.models import Lot, Price
from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField
from core.models import Authority

# What each kind of variation asks besides what changes, why and from when.
ASKED = {"places": ("price", "places", "weekly_rate"), "term": ("new_end_on",), "sale": ("price", "places", "weekly_rate", "buyer", "until_on"), "other": ()}


class VariationForm(HouseForm):
    """What changes, why and from when, and what its kind asks."""

    what = forms.CharField(label="What changes, in a line", max_length=200, required=False)
    why = LongTextField(label="Why", rows=3, max_length=2000, required=False)
    from_on = HouseDateField(label="From which day", required=False)
    until_on = HouseDateField(label="Until which day", required=False)
    price = forms.ModelChoiceField(Price.objects.none(), label="Which price", required=False, empty_label="Choose")
    places = forms.IntegerField(
        label="How many places", required=False, max_value=999, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    weekly_rate = MoneyField(label="Price a week", required=False, max_digits=9, min_value=None)
    buyer = forms.CharField(label="Which council buys, by its full name", max_length=200, required=False)
    new_end_on = HouseDateField(label="New last day of the contract", required=False)

    def __init__(self, *args, contract, kind, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {one for asked in ASKED.values() for one in asked} - set(ASKED[kind]):
            del self.fields[name]
        if "price" in self.fields:
            prices = Price.objects.filter(lot__contract=contract, until_on=None).select_related("provision")
            self.fields["price"].queryset = prices.order_by("label")
            self.fields["price"].label = "Which places are sold" if kind == "sale" else "Which price or places change"
            self.fields["places"].label = "How many are sold" if kind == "sale" else "How many places from then"

    def clean_buyer(self):
        """The council of that name; a list would tell who uses the service."""
        typed = self.cleaned_data["buyer"].strip()
        found = Authority.objects.filter(name__iexact=typed).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError("No council of this name uses the service: ask its commissioner for the name")
        return found


class BecauseForm(HouseForm):
    """Why not."""

    because = LongTextField(label="Why not?", rows=3, max_length=2000, required=False)


class SubcontractForm(HouseForm):
    """Who would do which part, and from when."""

    who = forms.CharField(label="Which organisation?", max_length=160, required=False)
    what = forms.CharField(label="Which part would they do?", max_length=300, required=False)
    from_on = HouseDateField(label="From which day?", required=False)


class ConsentForm(HouseForm):
    """The council's answer, in writing."""

    is_consented = forms.TypedChoiceField(
        label="Does the council consent?", choices=[("yes", "Yes"), ("no", "No")], coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = LongTextField(label="Conditions, or why not", rows=3, max_length=2000, required=False)


class BudgetForm(HouseForm):
    """What may be spent, from when until when, and by when it is confirmed."""

    lot = forms.ModelChoiceField(Lot.objects.none(), label="Which lot?", required=False, empty_label="The whole contract")
    amount = MoneyField(label="How much?", required=False, max_digits=12, min_value=None)
    from_on = HouseDateField(label="First day", required=False)
    last_on = HouseDateField(label="Last day", required=False, help_text="In the same financial year, which ends on 31 March")
    confirm_by = HouseDateField(label="Confirmed by (optional)", required=False, help_text="Usually 31 January before the year begins")
    source = forms.CharField(label="Where it is stated (optional)", max_length=40, required=False)

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = contract.lots.order_by("pk")


class SettleQueryForm(HouseForm):
    """How a query of a budget is settled."""

    because = LongTextField(label="How is it settled, and why?", rows=3, max_length=2000, required=False)
    due_on = HouseDateField(label="By which day is what is held back released, or not?", required=False)

    def __init__(self, *args, holds_back, **kwargs):
        super().__init__(*args, **kwargs)
        if not holds_back:
            del self.fields["due_on"]


class ClauseForm(HouseForm):
    """One clause, in our own words."""

    topic = forms.ChoiceField(label="What is it about?", choices=Topic.choices, widget=forms.RadioSelect)
    heading = forms.CharField(label="Heading", max_length=120, required=False)
    text = LongTextField(label="What it asks, in your own words", rows=4, max_length=2000, required=False)
    source = forms.CharField(label="Where it stands (optional)", max_length=40, required=False)
