"""The shapes of contacts, plans and orders while children wait, of lead workers, health links and messages."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from core.roles import Role
from referrals.choices import ContactWith, HealthState
from referrals.forms.triage import PriorityFields
from referrals.rules.message import READERS

YES_NO = [("yes", "Yes"), ("no", "No")]


class ContactForm(PriorityFields):
    """Who was spoken to, what was said, when the next contact is, and whether the band still holds."""

    with_whom = forms.ChoiceField(
        label="Who were you in touch with?", choices=ContactWith.choices, initial=ContactWith.REFERRER,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = LongTextField(label="What was said", rows=3, required=False, max_length=4000)
    next_contact_on = HouseDateField(label="Next contact by", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["with_whom", "note", "next_contact_on", "band"])


class WaitingPlanForm(HouseForm):
    """What helps meanwhile, and whom to ring."""

    meanwhile = LongTextField(label="What you can do while waiting", rows=6, max_length=4000)
    ring_name = TextField(label="Whom to ring", max_length=100)
    ring_number = TextField(label="Telephone number", max_length=40)
    ring_hours = TextField(label="When they answer (optional)", required=False, max_length=100)


class OrderForm(HouseForm):
    """Why the order changes, and who agreed."""

    reason = LongTextField(label="Why the order changes", rows=3, required=False, max_length=2000)
    agreed_by = forms.ModelChoiceField(
        label="Strategic manager who agreed", queryset=None, required=False, empty_label="Choose one"
    )

    def __init__(self, *args, managers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"].queryset = managers


class LeadWorkerForm(HouseForm):
    """Who leads, and why it changes."""

    person = forms.ModelChoiceField(label="Lead worker", queryset=None, empty_label="Choose one")
    reason = LongTextField(label="Why it changes (if somebody leads now)", rows=3, required=False, max_length=1000)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class HealthLinkForm(HouseForm):
    """How the child stands with mental health services."""

    state = forms.ChoiceField(
        label="How does the child stand with mental health services?", choices=HealthState.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    home_is_stable = forms.ChoiceField(label="Is the child’s home stable now?", choices=YES_NO, widget=forms.RadioSelect)
    unstable_plan = LongTextField(label="What will make it stable (if it is not)", rows=3, required=False, max_length=2000)
    shared_care_note = LongTextField(
        label="Who does what, and what is shared (if they are open to them)", rows=4, required=False, max_length=4000
    )


class MessageForm(HouseForm):
    """Words, and for whom."""

    words = LongTextField(label="Your message", rows=4, required=False, max_length=4000)
    to_roles = forms.MultipleChoiceField(
        label="Who is it for?", choices=[(role, Role(role).label) for role in READERS],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip


