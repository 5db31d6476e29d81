"""The shapes of allocating, proposing, answering, starting and ending."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField
from referrals.models import Referral


class AllocateForm(HouseForm):
    """Which child, from when, for how long; out of order with a name and a reason."""

    referral = forms.ModelChoiceField(
        label="Which child?", queryset=Referral.objects.none(), widget=forms.RadioSelect,
        empty_label=None, to_field_name="reference",
        error_messages={"required": "Select the child", "invalid_choice": "That child is not waiting for a place here any more"},
    )  # fmt: skip
    starts_on = HouseDateField(label="First day")
    planned_end_on = HouseDateField(label="Planned end (the first day the place is free again)")
    out_of_order_because = LongTextField(
        label="Why out of order (if another child comes first)", rows=2, required=False, max_length=1000
    )
    agreed_by = forms.ModelChoiceField(
        label="Strategic manager who agreed (if out of order)", queryset=None, required=False, empty_label="Nobody"
    )

    def __init__(self, *args, waiting, managers, fits=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referral"].queryset = waiting
        self.fields["agreed_by"].queryset = managers
        self.fits = fits

    def chosen(self):
        """The reference that is chosen, as typed or to begin with."""
        return str(self["referral"].value() or "")

    def others(self):
        """Every field but the choice of a child, which the page draws with its checks."""
        return [field for field in self if field.name != "referral"]


class ProposeForm(AllocateForm):
    """The same for a bed, with its impact and, where needed, the plan afterwards."""

    risk_because = LongTextField(
        label="Why the children can still live together (only if there is a known risk)", rows=3, required=False, max_length=1000
    )
    impact_assessment = LongTextField(label="Impact on those who live there", rows=4)
    follow_plan = LongTextField(
        label="Plan for afterwards (if no outreach place is free then)", rows=3, required=False
    )
    offered_until = HouseDateField(label="The offer is open until (optional)", required=False)
