"""The shapes of a support plan, its actions and its reviews."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.models.plan import Agreement, DeliveryPlace, Goal


class WritePlanForm(HouseForm):
    """What is aimed at, what helps, who agrees, when it is looked at and when it may be enough."""

    goal = forms.ChoiceField(label="Goal", widget=forms.RadioSelect, choices=Goal.choices)
    outcomes = LongTextField(
        label="What you have agreed will be different", rows=4, max_length=4000,
        help_text="Agreed with the child and those who care for them.",
    )  # fmt: skip
    coping = LongTextField(label="What helps on a hard day", rows=4, max_length=4000, required=False)
    given_at = forms.ChoiceField(
        label="Where support is given", required=False, choices=[("", "Choose one"), *DeliveryPlace.choices]
    )
    child_agrees = forms.ChoiceField(label="Does the child agree?", widget=forms.RadioSelect, choices=Agreement.choices)
    child_words = LongTextField(label="What the child says about the plan (optional)", rows=3, required=False, max_length=4000)
    carer_agrees = forms.ChoiceField(label="Does the carer agree?", widget=forms.RadioSelect, choices=Agreement.choices)
    review_on = HouseDateField(label="Look at it again on")
    envisaged_end_on = HouseDateField(
        label="When it may be enough (optional)", required=False,
        help_text="A forecast: nothing ends by itself on that day. For example, 27 3 2027",
    )  # fmt: skip


class PlanActionForm(HouseForm):
    """One thing somebody does by a day."""

    what = LongTextField(label="What will be done", rows=3, max_length=2000)
    lessens = TextField(label="Which risk to the home it lessens", max_length=300)
    known_by = TextField(label="How you will know it is done", max_length=300)
    owner_name = TextField(label="Who does it", max_length=120, help_text="A name, or what they are to the child.")
    due_on = HouseDateField(label="By when")


class FinishActionForm(HouseForm):
    """When it was done, and what came of it."""

    done_on = HouseDateField(label="When was it done?")
    came_of_it = LongTextField(label="What came of it", rows=3, max_length=2000)


class ReviewForm(HouseForm):
    """One time the plan was looked at together."""

    held_on = HouseDateField(label="When did you look at it?")
    who = TextField(label="Who took part", max_length=300)
    child_view = LongTextField(label="What the child says (optional)", rows=3, required=False, max_length=4000)
    seen = LongTextField(label="What you saw, and what changes", rows=4, max_length=4000)
    next_review_on = HouseDateField(label="Look at it again on")
    envisaged_end_on = HouseDateField(label="When it may be enough (optional)", required=False)
