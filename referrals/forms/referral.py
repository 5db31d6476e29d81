"""The shapes of finding and adding a child, withdrawing, signing, returning and triage."""


from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField


class AddChildForm(HouseForm):
    """A child added by hand."""

    full_name = TextField(label="Full name", max_length=200)
    preferred_name = TextField(label="What they like to be called (optional)", required=False, max_length=100)
    case_number = TextField(label="Case system number (optional)", required=False, max_length=40)
    born_on = HouseDateField(label="Date of birth")
    knowingly = forms.BooleanField(label="This is another child with the same name and date of birth", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "knowingly" not in self.data and not self.is_bound:
            del self.fields["knowingly"]


class ReasonForm(HouseForm):
    """Why."""

    reason = LongTextField(label="Why", rows=4, max_length=2000)
