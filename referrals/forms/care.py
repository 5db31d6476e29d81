"""The shapes of an SDQ, a missing episode, a review, care details and learning."""

from django import forms

from core import clock
from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from referrals.forms.placement import YesNoField
from referrals.models.care import Learning, Review
from referrals.models.missing import MissingEpisode
from referrals.models.sdq import SdqScore
from referrals.rules.care import SDQ_REASONS

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I%p", "%I.%M%p"]


class TimeField(forms.TimeField):
    """A time of day."""

    def __init__(self, label="Time", **kwargs):
        super().__init__(
            label=label, input_formats=TIMES, widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
            error_messages={"invalid": f"{label} must be a time of day, for example 21:30", "required": f"Enter {label.lower()}"},
            **kwargs,
        )  # fmt: skip


class LookAtSdqForm(HouseForm):
    """What is done because a score is high."""

    action_taken = LongTextField(label="What is done for the child?", rows=4, required=False, max_length=2000, help_text="Or why nothing more is needed.")


class AddSdqForm(HouseForm):
    """One questionnaire."""

    on = HouseDateField(label="Day it was filled in")
    score = forms.IntegerField(label="Total score, 0 to 40", required=False, min_value=0, max_value=40)
    completed_by = forms.ChoiceField(label="Who filled it in", choices=SdqScore.BY, widget=forms.RadioSelect, required=False)
    not_done_because = forms.ChoiceField(
        label="If there is no score, why", choices=[("", "There is a score"), *SDQ_REASONS.items()], required=False
    )


class ReportMissingForm(HouseForm):
    """A child is missing or away."""

    kind = forms.ChoiceField(label="Missing or away?", choices=MissingEpisode.KINDS, widget=forms.RadioSelect)
    from_on = HouseDateField(label="Day they were missed")
    from_time = TimeField("Time they were missed")
    circumstances = LongTextField(label="What is known (optional)", rows=4, required=False, max_length=4000)
    police_reference = TextField(label="Police reference (optional)", required=False, max_length=60)


class ReviewMissingForm(HouseForm):
    """A review while the child is away."""

    words = LongTextField(label="What is known now, and what is being done", rows=4, max_length=4000)


class ReturnForm(HouseForm):
    """The child is back."""

    on = HouseDateField(label="Day they came back")
    time = TimeField("Time they came back")
    is_offered = forms.BooleanField(label="A return interview has been offered", required=False)


class InterviewForm(HouseForm):
    """How the return interview stands."""

    accepted = YesNoField("Did the child take it up?")
    done_on = HouseDateField(label="Day it was done (if it was)", required=False)
    done_time = TimeField("Time it was done", required=False)
    because = LongTextField(label="Why not, or what came of it", rows=3, required=False, max_length=4000)

    def done_at(self):
        """The moment it was done, or nothing; midday where no time was typed."""
        day, time = self.cleaned_data["done_on"], self.cleaned_data["done_time"]
        return clock.moment(day, time) if day and time else clock.moment(day, clock.TEN.replace(hour=12)) if day else None


class CareDetailsForm(HouseForm):
    """Since when in care, whose reviews, which plans."""

    in_care_since = HouseDateField(label="In care since (optional)", required=False)
    reviewing_officer = TextField(label="Independent reviewing officer (optional)", required=False, max_length=200)
    permanence_plan = TextField(label="Permanence plan, in a line (optional)", required=False, max_length=300)
    permanence_plan_on = HouseDateField(label="Day the permanence plan was made", required=False)
    pathway_plan_on = HouseDateField(label="Day the pathway plan was made", required=False)
    personal_adviser = TextField(label="Personal adviser (optional)", required=False, max_length=200)


class BookReviewForm(HouseForm):
    """A review to come."""

    kind = forms.ChoiceField(label="Which review?", choices=Review.KINDS, widget=forms.RadioSelect)
    due_on = HouseDateField(label="Day")
    chaired_by = TextField(label="Who chairs it (optional)", required=False, max_length=200)


class HoldReviewForm(HouseForm):
    """A review that was held."""

    held_on = HouseDateField(label="Day it was held")
    child_took_part = TextField(label="How the child took part", max_length=200)
    outcome = LongTextField(label="What was decided", rows=5, max_length=4000)
    next_on = HouseDateField(label="Day of the next review (optional)", required=False)


class LearningForm(HouseForm):
    """Education, training or work."""

    at = forms.ChoiceField(label="When in the journey?", choices=Learning.AT, widget=forms.RadioSelect)
    on = HouseDateField(label="Day")
    state = forms.ChoiceField(label="Education, training or work", choices=Learning.STATES, widget=forms.RadioSelect)
    where = TextField(label="Where (optional)", required=False, max_length=120)
    with_virtual_school = forms.BooleanField(label="Agreed with the Virtual School", required=False)
    words = LongTextField(label="In a few words (optional)", rows=3, required=False, max_length=2000)
