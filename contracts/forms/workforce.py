"""The shapes of what is written into the workforce register."""

from django import forms

from contracts.models.workforce import CheckKind, GapReason, StaffRole
from core.forms import HouseDateField, HouseForm, TextField


class StaffMemberForm(HouseForm):
    """Who somebody is, what they do and what they are qualified in."""

    name = TextField(label="Name", max_length=120)
    role = forms.ChoiceField(label="Post", choices=StaffRole, widget=forms.RadioSelect)
    qualification = TextField(
        label="Qualified in", max_length=160, required=False, help_text="Not asked of managers and administration"
    )
    qualified_on = HouseDateField(label="Qualified on", required=False, help_text="At least two years ago, for practitioners. For example, 27 3 2019")
    starts_on = HouseDateField(label="First day in this service")


class CheckForm(HouseForm):
    """What was checked, on which day, and when again."""

    kind = forms.ChoiceField(label="What was it?", choices=CheckKind, widget=forms.RadioSelect)
    on = HouseDateField(label="On which day?")
    next_on = HouseDateField(
        label="When is the next? (supervision and training)", required=False, help_text="A DBS check is due again after three years by itself"
    )
    level = forms.IntegerField(label="Which level? (training only)", required=False, help_text="2 is the least; some are higher")


class EndWorkForm(HouseForm):
    """The day somebody left."""

    left_on = HouseDateField(label="Last day in this service")


class GapForm(HouseForm):
    """Which post is empty, why, from when, and who does the work."""

    role = forms.ChoiceField(label="Post", choices=StaffRole, widget=forms.RadioSelect)
    why = forms.ChoiceField(label="Why?", choices=GapReason, widget=forms.RadioSelect)
    from_on = HouseDateField(label="From which day?")
    last_on = HouseDateField(label="Last day (if it is known)", required=False)
    covered_by = TextField(label="Who does the work meanwhile?", max_length=200, required=False, help_text="Leave empty where nobody does yet")


class CoverGapForm(HouseForm):
    """Who does the work, or when the gap ends."""

    covered_by = TextField(label="Who does the work meanwhile?", max_length=200, required=False)
    last_on = HouseDateField(label="Last day of the gap (if it is known)", required=False)
