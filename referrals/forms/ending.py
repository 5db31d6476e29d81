"""The shapes of an ending: its four tasks, the end itself, and how things are later."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.models.ending import Achieved, EndingReason, Helped, Known, OutcomeType
from referrals.models.plan import Agreement

SET_BY_MANAGERS = {EndingReason.DIED, EndingReason.ADOPTED}


def _radios(label, choices, **more):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **more)


def _select(label, choices, **more):
    return forms.ChoiceField(label=label, choices=[("", "Choose one"), *choices], required=False, **more)


def _words(label, rows=4, **more):
    return LongTextField(label=label, rows=rows, required=False, max_length=4000, **more)


class BothForm(HouseForm):
    """A task that asks after two people: the child, and whom the team worked with, named where somebody is."""

    def __init__(self, *args, works_with: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if not works_with:
            self.fields.pop("works_with_changed", None)
            self.fields.pop("works_with_words", None)
        for field in self.fields.values():
            field.label = field.label.replace("{who}", works_with or "the carer")


class ReasonForm(BothForm):
    """Why it ends, whether the goal was reached, and what came of it."""

    why = _radios("Why does it end?", [c for c in EndingReason.choices if c[0] not in SET_BY_MANAGERS])
    why_words = _words("In a sentence or two (optional)", rows=2)
    goal_achieved = _radios("Was the goal of the referral reached?", Achieved.choices)
    outcome = _select("What came of it", OutcomeType.choices)
    works_with_changed = _radios("Did it change things for {who}?", Achieved.choices)
    works_with_words = _words("What changed for {who} (optional)", rows=2)


class ExitForm(HouseForm):
    """The exit plan, what is done if things slip back, and who agreed."""

    exit_plan = _words("Exit plan", help_text="How support comes to an end safely: what stops, what goes on, and when.")
    relapse_plan = _words("If things slip back", help_text="The first signs, what helps, and who to ring at any hour.")
    child_agrees = _radios("Does the child agree?", Agreement.choices)
    carer_agrees = _radios("Does the carer agree?", Agreement.choices)
    agencies = _words("Which other people and agencies agreed, and when", rows=2)


class NextForm(HouseForm):
    """Where the child lives next, and who supports them there."""

    lives_next = _words(
        "Where does the child live next?", rows=2, help_text="For a stay in a hub bed, this is the home that was found."
    )
    supports_next = _words("Who supports the child next, and how to reach them", rows=3)


class FeedbackForm(BothForm):
    """What the child says, and what the carer or whom the team worked with says; each may say no."""

    child_helped = _radios("How much did it help, as the child says?", Helped.choices)
    child_feedback = _words("What the child says about it, in their words", rows=3)
    child_not_asked = _words("If the child was not asked or said no: why", rows=2)
    carer_helped = _radios("How much did it help, as {who} says?", Helped.choices)
    carer_feedback = _words("What {who} says about it", rows=3)
    carer_not_asked = _words("If {who} was not asked or said no: why", rows=2)


TASK_FORMS = {"reason": ReasonForm, "exit": ExitForm, "next": NextForm, "feedback": FeedbackForm}
TASK_NAMES = {
    "reason": "Why it ends, and what came of it", "exit": "Exit plan, and what if things slip back",
    "next": "Who supports the child next", "feedback": "What the child and the carer say",
}  # fmt: skip


class EndStayForm(HouseForm):
    """The day the place is empty, and whether the ending was planned."""

    on = HouseDateField(label="First day the place is empty")
    planned = forms.ChoiceField(
        label="Was this ending planned?", widget=forms.RadioSelect,
        choices=[("yes", "Yes, as agreed"), ("no", "No: an emergency, or it ended early")],
    )  # fmt: skip
    unplanned_because = _words(
        "If not planned: what happened", rows=3, help_text="The exit plan is then due today, and support ends when it is written."
    )


class StepForm(HouseForm):
    """Why support steps down, or up again."""

    reason = LongTextField(label="Why", rows=3, max_length=1000)


class CheckForm(HouseForm):
    """How things are some months after."""

    lives = TextField(label="Where do they live now?", max_length=300)
    is_sustained = forms.ChoiceField(
        label="Has the move, or living at home, held?", widget=forms.RadioSelect, choices=Known.choices
    )
    came_back = forms.ChoiceField(
        label="Have they come into care again since?", widget=forms.RadioSelect, choices=Known.choices
    )
    notes = LongTextField(label="Anything else (optional)", rows=3, required=False, max_length=4000)


class ResidentForm(HouseForm):
    """Somebody who lives with the child in the place."""

    called = TextField(label="What they are called", max_length=100, help_text="A first name is enough.")
    born_on = HouseDateField(label="Date of birth (optional)", required=False)
    from_on = HouseDateField(label="First day here")
    until_on = HouseDateField(label="Day of leaving (optional)", required=False)
