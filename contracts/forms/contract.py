"""Forms that write a contract down: itself, its lots, and the prices it begins with."""

from django import forms
from django.db.models import Q

from contracts.choices import LotKind
from contracts.models import Contract, Lot
from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField
from core.models import Organisation
from referrals.choices import RateBasis
from referrals.models import Provision


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    """A whole number that may be left out."""
    box = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999, widget=box, help_text=help_text)


class ContractForm(HouseForm):
    """Who agrees with whom, from when until when."""

    name = forms.CharField(label="Name of the contract", max_length=160, required=False)
    provider = forms.ModelChoiceField(Organisation.objects.none(), label="Provider", required=False, empty_label="Choose")
    starts_on = HouseDateField(label="First day", required=False)
    ends_on = HouseDateField(label="Last day (optional)", required=False)
    extension_months = _number("Option to extend, in months (optional)")
    follows = forms.ModelChoiceField(Contract.objects.none(), label="Contract it follows (optional)", required=False, empty_label="None")
    reports_from_on = HouseDateField(label="Reports of progress are due from (optional)", required=False)
    annual_value = MoneyField(label="Printed value (optional)", required=False, max_digits=12)
    value_note = LongTextField(label="What the value says, and does not (optional)", rows=2, max_length=500, required=False)
    no_direct_work = forms.BooleanField(label="The provider works with those who care for a child, not with the child", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        here = user.acting.authority_id
        known = Q(contracts__authority=here) | Q(provisions__authority=here) | Q(roleheld__authority=here)
        self.fields["provider"].queryset = Organisation.objects.filter(known, kind="provider").distinct().order_by("name")
        self.fields["follows"].queryset = Contract.objects.visible_to(user).order_by("-starts_on", "pk")

    def clean_extension_months(self):
        """No option is nought months."""
        return self.cleaned_data["extension_months"] or 0


class LotForm(HouseForm):
    """One part of the contract."""

    kind = forms.ChoiceField(label="Core or pilot?", choices=LotKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Name of the lot", max_length=120, required=False)
    starts_on = HouseDateField(label="First day", required=False)
    awarded_on = HouseDateField(label="Awarded on (for a pilot)", required=False)
    pilot_months = _number("The pilot runs for how many months? (for a pilot)")
    mobilise_within_months = _number("Under way within how many months of the award? (for a pilot)")


class PriceForm(HouseForm):
    """What a lot pays for a service from a day."""

    lot = forms.ModelChoiceField(Lot.objects.none(), label="Which lot pays?", empty_label="Choose")
    provision = forms.ModelChoiceField(Provision.objects.none(), label="For which service?", empty_label="Choose")
    label = forms.CharField(label="What the price is for", max_length=80, required=False)
    weekly_rate = MoneyField(label="Price a week", required=False, max_digits=9, min_value=None)
    basis = forms.ChoiceField(label="It is the price of", choices=RateBasis.choices, widget=forms.RadioSelect)
    places = _number("For how many places?")
    from_on = HouseDateField(label="From which day?", required=False)
    other_reading = forms.CharField(label="Another way to read it, if it is in doubt (optional)", max_length=200, required=False)
    source = forms.CharField(label="Where it stands (optional)", max_length=40, required=False)

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = contract.lots.order_by("pk")
        theirs = Provision.objects.filter(authority=contract.authority_id, provider=contract.provider_id)
        self.fields["provision"].queryset = theirs.order_by("name")
