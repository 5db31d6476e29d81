"""The shapes of a session and of what a home needs."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.models.plan import DeliveryPlace
from referrals.models.sessions import SessionKind
from referrals.rules.sessions import names_in


class SessionForm(HouseForm):
    """One session: what it was, who led it, who came."""

    kind = forms.ChoiceField(label="What was it?", widget=forms.RadioSelect, choices=SessionKind.choices)
    held_on = HouseDateField(label="When was it?")
    given_at = forms.ChoiceField(label="Where was it?", choices=[("", "Choose one"), *DeliveryPlace.choices])
    led_by = TextField(label="Who led it", max_length=120)
    came = LongTextField(label="Who came, one a line", rows=3, max_length=4000)
    did_not_come = LongTextField(label="Who was expected and did not come, one a line (optional)", rows=2, required=False, max_length=4000)
    about = LongTextField(label="What it was about, and what was agreed", rows=4, max_length=4000)
    carer_needs = LongTextField(
        label="What those who care for the child need for themselves (optional)", rows=3, required=False, max_length=4000
    )

    def clean_came(self):
        return names_in(self.cleaned_data["came"])

    def clean_did_not_come(self):
        return names_in(self.cleaned_data["did_not_come"])


class AssessHomeForm(HouseForm):
    """What one home needs, as each of four sees it."""

    children_say = LongTextField(label="What the children who live there say", rows=4, max_length=4000)
    carers_say = LongTextField(label="What those who care for them say", rows=4, max_length=4000)
    families_say = LongTextField(label="What families say", rows=3, required=False, max_length=4000)
    families_why_not = TextField(label="If families were not asked: why", required=False, max_length=300)
    professionals_say = LongTextField(label="What school, health and other professionals say", rows=4, max_length=4000)
    needs = LongTextField(label="What the home needs now", rows=4, max_length=4000, help_text="The needs, not the diagnosis.")
    support = LongTextField(label="What support follows", rows=4, max_length=4000)
    review_on = HouseDateField(label="Look at it again on")
