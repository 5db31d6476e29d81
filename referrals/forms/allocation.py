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

    def __init__(self, *args, waiting, managers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referral"].queryset = waiting
        self.fields["referral"].label_from_instance = self._words
        self.fields["agreed_by"].queryset = managers

    def _words(self, referral):
        """A child as the list shows them: reference, band, and what was agreed."""
        weeks = f", {referral.agreed_weeks} weeks agreed" if referral.agreed_weeks else ""
        return f"{referral.reference}: {referral.get_band_display()}{weeks}"


class ProposeForm(AllocateForm):
    """The same for a bed, with its impact and, where needed, the plan afterwards."""

    impact_assessment = LongTextField(label="Impact on those who live there", rows=4)
    follow_plan = LongTextField(
        label="Plan for afterwards (if no outreach place is free then)", rows=3, required=False
    )
    offered_until = HouseDateField(label="The offer is open until (optional)", required=False)


class StayForm(HouseForm):
    """One deed to a stay, with its date and reason where it has them."""

    deed = forms.ChoiceField(label="What has happened?", widget=forms.RadioSelect, choices=[])
    on = HouseDateField(label="Date (for starting, ending or a new planned end)", required=False)
    reason = LongTextField(label="Reason (for declining, ending or moving the end)", rows=3, required=False, max_length=1000)

    def __init__(self, *args, deeds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deed"].choices = deeds
