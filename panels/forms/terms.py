"""The shapes of proposing changes to terms, and of signing them."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from panels.choices import TakesEffect
from panels.forms.terms_parts import PartsFields
from panels.models.terms_numbers import editable, number_of, value_of

LATER = "later"
LONGEST = 4000


def _number_field(name: str, value) -> forms.Field:
    """The control for one number a clause sets."""
    number = number_of(name)
    if number.is_yes:
        return forms.BooleanField(label=number.label, required=False, initial=value)
    one, _, many = number.unit.partition(",")
    unit = "in pounds" if number.unit == "£" else f"in {many or one + 's'}" if one else ""
    return forms.IntegerField(
        label=f"{number.label}{', ' + unit if unit else ''}", required=not number.may_be_silent, initial=value,
        min_value=1 if name.startswith("limb:") else 0, max_value=1_000_000 if number.unit == "£" else 365,
    )  # fmt: skip


class ProposeForm(PartsFields, HouseForm):
    """Every clause in a box of its own with the numbers it sets; then why, at which meeting, and from when."""

    reason = LongTextField(label="Why should the terms change?", rows=3, max_length=2000)
    meeting = forms.ChoiceField(label="Which meeting should consider it first?", widget=forms.RadioSelect, choices=[])
    takes_effect = forms.ChoiceField(
        label="If it is agreed, when do the new terms begin?", widget=forms.RadioSelect, choices=TakesEffect.choices,
        initial=TakesEffect.SIGNED,
    )  # fmt: skip
    effective_on = HouseDateField(label="The day the new terms begin (only where one is named)", required=False)
    new_number = TextField(label="Number of the new clause", max_length=8, required=False)
    new_heading = TextField(label="Heading of the new clause", max_length=120, required=False)
    new_text = LongTextField(label="Words of the new clause", rows=4, max_length=LONGEST, required=False)

    def __init__(self, *args, terms, meetings, first, **kwargs):
        self.clauses = sorted(terms.clauses.all(), key=lambda clause: (clause.order, clause.pk))
        self.names = {}
        # Given before the form is made, these fields speak as those it was declared with.
        self.base_fields = {**type(self).base_fields, **self._clause_fields(terms), **self.part_fields(terms)}
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings
        self.fields["meeting"].initial = first

    def _clause_fields(self, terms) -> dict:
        """A box for the words of each clause, and a control for each number it sets."""
        fields = {}
        for clause in self.clauses:
            fields[f"text_{clause.order}"] = LongTextField(
                label=f"Words of clause {clause.number}", rows=5, max_length=LONGEST, initial=clause.text
            )
            fields[f"remove_{clause.order}"] = forms.BooleanField(label=f"Take clause {clause.number} out", required=False)
            for n, name in enumerate(editable(clause)):
                fields[f"number_{clause.order}_{n}"] = _number_field(name, value_of(terms, name))
                self.names[f"number_{clause.order}_{n}"] = name
        return fields

    def rows(self):
        """Each clause with its fields, and whether its box should stand open: something is wrong or changed in it."""
        for clause in self.clauses:
            text = self[f"text_{clause.order}"]
            numbers = [self[name] for name in self.names if name.startswith(f"number_{clause.order}_")]
            remove = self[f"remove_{clause.order}"]
            moved = self.is_bound and any(field.errors or field.name in self.changed_data for field in [text, remove, *numbers])
            yield {"clause": clause, "text": text, "numbers": numbers, "remove": remove, "open": moved}

    def clean(self):
        """A new clause has all of its parts, and a number of its own."""
        said = super().clean()
        parts = {name: said.get(name) for name in ("new_number", "new_heading", "new_text")}
        if any(parts.values()):
            for name in [name for name, value in parts.items() if not value and name not in self.errors]:
                self.add_error(name, f"Enter the {self.fields[name].label[0].lower()}{self.fields[name].label[1:]}")
            if parts["new_number"] in {clause.number for clause in self.clauses}:
                self.add_error("new_number", f"There is a clause {parts['new_number']} already")
        self.clean_parts(said)
        return said

    def changes(self) -> list[dict]:
        """Every clause as it is to read, once the form has been judged."""
        said = self.cleaned_data
        found = [
            {
                "number": clause.number, "heading": clause.heading, "text": said[f"text_{clause.order}"],
                "is_removed": said.get(f"remove_{clause.order}", False),
                "numbers": {
                    name: said[field] for field, name in self.names.items() if field.startswith(f"number_{clause.order}_")
                },
            }
            for clause in self.clauses
        ]  # fmt: skip
        if said.get("new_text"):
            found.append({"number": said["new_number"], "heading": said["new_heading"], "text": said["new_text"]})
        return found


class SignForm(HouseForm):
    """The position in which somebody signs; who and when is their sign-in and today."""

    position = TextField(label="Your position", max_length=120)
