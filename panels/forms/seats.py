"""The shapes of giving a seat, leaving one, and standing for one at any meeting."""

from django import forms

from core.forms import HouseDateField, HouseForm, TextField


class GiveSeatForm(HouseForm):
    """Who takes a seat, from when, and why they may decide."""

    person = forms.ModelChoiceField(label="Who takes the seat?", queryset=None, empty_label="Choose one")
    from_on = HouseDateField(label="From")
    until_on = HouseDateField(label="Until (optional; the first day it is no longer theirs)", required=False)
    may_decide_because = TextField(
        label="Their authority to decide", max_length=200, help_text="Who authorised them, and when. For example, letter of 3 March 2026.",
    )  # fmt: skip

    def __init__(self, *args, people, is_invitee=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        if is_invitee:
            del self.fields["may_decide_because"]


class ChangeSeatForm(HouseForm):
    """When somebody leaves their seat, and what is on record of their authority."""

    may_decide_because = TextField(
        label="Their authority to decide", max_length=200, required=False, help_text="Who authorised them, and when.",
    )  # fmt: skip
    until_on = HouseDateField(label="Leaves on (optional; the first day it is no longer theirs)", required=False)


class StandingDelegateForm(HouseForm):
    """Who may stand for a seat at any meeting, from when."""

    person = forms.ModelChoiceField(label="Who may stand for this seat at any meeting?", queryset=None, empty_label="Choose one")
    from_on = HouseDateField(label="From")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class EndDelegateForm(HouseForm):
    """When somebody stops standing for a seat."""

    until_on = HouseDateField(label="Until (the first day they no longer stand for it)")
