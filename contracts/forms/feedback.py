"""The shapes of feedback: a round, an answer, what came of it."""

from django import forms

from contracts.forms.child_field import ChildReferenceField
from contracts.models.feedback import QUESTIONS, Asked, Route
from core.forms import HouseDateField, HouseForm, LongTextField

MARKS = [("5", "5, yes, very much"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1, not at all"), ("", "Not answered")]


class OpenRoundForm(HouseForm):
    """Who is asked, and by when."""

    asked = forms.ChoiceField(label="Who is asked?", choices=Asked, widget=forms.RadioSelect)
    due_on = HouseDateField(label="By which day?")


class AnswerForm(HouseForm):
    """What one carer or young person said."""

    given_on = HouseDateField(label="On which day?")
    route = forms.ChoiceField(label="How did they answer?", choices=Route, widget=forms.RadioSelect)
    words = LongTextField(label="What else did they say? (optional)", rows=3, required=False, max_length=2000, help_text="Their own words. Name nobody.")
    child = ChildReferenceField(
        label="Whose plan does it go into? (optional)", help_text="The young person’s reference, for example RK4-7QX. Leave it empty where they want to stay unnamed."
    )
    impact = LongTextField(
        label="What difference has the support made, in their words? (optional)", rows=3, required=False, max_length=2000,
        help_text="It is read with their plan when the plan is next looked at",
    )  # fmt: skip
    field_order = ["given_on", "route", *(name for name, _ in QUESTIONS), "words", "child", "impact"]

    def __init__(self, *args, person, asks_children, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS:
            field = forms.TypedChoiceField(
                label=label, choices=MARKS, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}), error_messages={"invalid_choice": f"{label}: select one of the answers on the page"},
            )  # fmt: skip
            self.fields[name] = field
        self.order_fields(self.field_order)
        self.fields["child"].person = person
        if not asks_children:
            del self.fields["child"], self.fields["impact"]


class CloseRoundForm(HouseForm):
    """What staff took from a round."""

    discussed = LongTextField(label="What did staff and volunteers talk about?", max_length=4000, help_text="Name nobody.")
    changes = LongTextField(label="What changes because of it?", max_length=4000)


class UseEvaluationForm(HouseForm):
    """What an evaluation changed."""

    used_how = LongTextField(label="What changed in the plan, or why did nothing?", max_length=2000)
