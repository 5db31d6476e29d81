"""The shapes of recording agreement, telling a family, and what was shown to whom."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.choices import Purpose, Recipient, SharingAnswer, SharingKind, ToldHow
from referrals.models import SharingProtocol
from referrals.rules.sharing import BASES

ANSWERS = [(value, label) for value, label in SharingAnswer.choices if value not in BASES]


class WhoForm(HouseForm):
    """Somebody of the child's: the child themself, or a person round them."""

    who = forms.ChoiceField(label="Who?", widget=forms.RadioSelect, error_messages={"required": "Select who it was"})

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["who"].choices = [
            ("child", "The child"), *[(key, f"{p.full_name}, {p.relationship.lower()}") for key, p in self.people.items()]
        ]

    def clean_who(self):
        """The person, or nobody for the child."""
        return self.people.get(self.cleaned_data["who"])


class AgreementForm(WhoForm):
    """What one person says about one fact."""

    kind = forms.ChoiceField(
        label="What is it about?", choices=[c for c in SharingKind.choices if c[0] != "basis"], widget=forms.RadioSelect,
        error_messages={"required": "Select what it is about"},
    )  # fmt: skip
    answer = forms.ChoiceField(
        label="What do they say?", choices=ANSWERS, widget=forms.RadioSelect, error_messages={"required": "Select what they say"}
    )
    said_on = HouseDateField(label="On which day?")
    note = TextField(label="Anything to add (optional)", required=False, max_length=500)


class BasisForm(HouseForm):
    """The council's own ground in law."""

    answer = forms.ChoiceField(
        label="On what basis is the record kept?", widget=forms.RadioSelect,
        choices=[(value, label) for value, label in SharingAnswer.choices if value in BASES],
        error_messages={"required": "Select the lawful basis"},
    )  # fmt: skip
    said_on = HouseDateField(label="From which day?")
    note = TextField(label="The duty or order (optional)", required=False, max_length=500)


class ToldForm(WhoForm):
    """That somebody was told."""

    how = forms.ChoiceField(
        label="How were they told?", choices=ToldHow.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select how they were told"},
    )  # fmt: skip
    told_on = HouseDateField(label="On which day?")
    note = TextField(label="What they asked or said (optional)", required=False, max_length=500)


class DisclosureForm(HouseForm):
    """What was shown or told to somebody outside."""

    recipient = forms.ChoiceField(
        label="With whom was it shared?", choices=Recipient.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select with whom it was shared"},
    )  # fmt: skip
    recipient_name = TextField(label="Name or role of the person who received it", max_length=200)
    purpose = forms.ChoiceField(
        label="Why?", choices=Purpose.choices, widget=forms.RadioSelect, error_messages={"required": "Select why it was shared"}
    )
    what = LongTextField(label="What was shared", rows=4, max_length=4000)
    is_anonymised = forms.BooleanField(label="Nothing in it says who the child is", required=False)
    override_because = LongTextField(
        label="Why the commissioner is shown files without permission (if so)", rows=2, required=False, max_length=500
    )
    protocol = forms.ModelChoiceField(
        label="Under which protocol? (optional)", queryset=SharingProtocol.objects.none(), required=False, empty_label="None"
    )
    shared_on = HouseDateField(label="On which day?")

    def __init__(self, *args, protocols, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["protocol"].queryset = protocols
