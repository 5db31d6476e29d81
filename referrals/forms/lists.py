"""What is done with several referrals at once."""

from django import forms

from core.forms import HouseForm
from referrals.choices import Band


class SeveralForm(HouseForm):
    """Several referrals made ready at once."""

    band = forms.ChoiceField(
        label="Priority", choices=Band.choices, initial=Band.STANDARD, error_messages={"required": "Select the priority"}
    )
