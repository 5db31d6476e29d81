"""The shapes of restricting a record, naming people on it, opening it in an emergency and lifting."""

import re

from django import forms

from core.forms import HouseForm, LongTextField, TextField
from core.models import User
from referrals.choices import Ground

MOST_NAMED = 30


class EmailsField(LongTextField):
    """Email addresses of people with an account, one a line, as the people they belong to."""

    def to_python(self, value):
        typed = [part for part in re.split(r"[\s,;]+", super().to_python(value).replace("\x00", "")) if part]
        found = {person.email.lower(): person for person in User.objects.filter(is_active=True, email__in=[t.lower() for t in typed[:MOST_NAMED]])}
        unknown = [part[:80] for part in typed if part.lower() not in found]
        if unknown:
            raise forms.ValidationError(f"Nobody signs in with {unknown[0]}. Check the address")
        return list(found.values())


class RestrictForm(HouseForm):
    """Why a record is kept to named people, and to whom."""

    ground = forms.ChoiceField(
        label="Why is the record restricted?", choices=Ground.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select why the record is restricted"},
    )  # fmt: skip
    because = TextField(
        label="The reason in your own words", max_length=200, help_text="Seen by the people you name and by the governance officer."
    )
    people = forms.ModelMultipleChoiceField(
        label="Who keeps seeing the record?", queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Nobody else finds it by search, list or count. Tick yourself if you go on working with the child.",
    )  # fmt: skip
    others = EmailsField(
        label="Anybody else, by email address (optional)", rows=3, required=False, max_length=2000, help_text="One address a line."
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: f"{person.full_name}, {person.job_title or 'no title'}"


class NamePersonForm(HouseForm):
    """One more named person."""

    person = EmailsField(label="Email address of the person", rows=1, max_length=254)
    because = TextField(label="Why they need to see the record", max_length=200)

    def clean_person(self):
        """One person, not several."""
        people = self.cleaned_data["person"]
        if len(people) != 1:
            raise forms.ValidationError("Give one email address")
        return people[0]


class LiftForm(HouseForm):
    """Whether a restriction is still needed."""

    deed = forms.ChoiceField(
        label="Is the restriction still needed?", widget=forms.RadioSelect,
        choices=[("keep", "Yes: look at it again"), ("ask", "No: ask for it to be lifted")],
        error_messages={"required": "Select whether the restriction is still needed"},
    )  # fmt: skip
    def __init__(self, *args, every="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deed"].choices = [("keep", f"Yes: look at it again in {every}"), *self.fields["deed"].choices[1:]]

    because = LongTextField(label="Why it can be lifted (if you ask for it)", rows=3, required=False, max_length=500)


class BreakGlassForm(HouseForm):
    """Which record, and why the child cannot wait."""

    number = TextField(label="Council number or reference of the child", max_length=40)
    because = LongTextField(label="Why the child cannot wait", rows=3, max_length=500)
