"""The shapes of what is done to stays, places and services: one deed, its own fields."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from referrals.choices import Caller, DemandOutcome, OnCallFor, OutOfUseKind
from referrals.forms.options import LEGAL
from referrals.models import DemandReview

REASONS = [(OutOfUseKind.REPAIR.value, "It is out of service"), (OutOfUseKind.TURNAROUND.value, "It is being made ready for the next child")]


class ConfirmForm(HouseForm):
    """A deed with nothing to say."""


class ReasonForm(HouseForm):
    """A deed with a reason."""

    reason = LongTextField(label="Reason", rows=3, max_length=200)


class DayForm(HouseForm):
    """A deed on a day."""

    on = HouseDateField(label="On which day?")


class DatesForm(HouseForm):
    """New planned days, and a plan where what is held afterwards does not fit."""

    starts_on = HouseDateField(label="First day")
    planned_end_on = HouseDateField(label="Planned end (the first day the place is free again)")
    reason = LongTextField(label="Why the dates change", rows=3, max_length=1000)
    follow_plan = LongTextField(
        label="Plan for afterwards (only if no outreach place is free then)", rows=3, required=False, max_length=1000
    )

    def __init__(self, *args, stay, **kwargs):
        super().__init__(*args, **kwargs)
        if stay.state == "begun":
            del self.fields["starts_on"]
        if not stay.is_living:
            del self.fields["follow_plan"]


class MoveForm(HouseForm):
    """Another bed of the home, or another number."""

    place = forms.ModelChoiceField(
        label="Where to?", queryset=None, widget=forms.RadioSelect, empty_label=None, to_field_name="reference",
        error_messages={"required": "Select the place"},
    )  # fmt: skip
    on = HouseDateField(label="First day there")
    impact = LongTextField(label="Impact on those who live there", rows=4, max_length=2000)
    risk_because = LongTextField(
        label="Why the children can still live together (only if there is a known risk)", rows=3, required=False, max_length=1000
    )

    def __init__(self, *args, stay, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        if not stay.is_living:
            for name in ("on", "impact", "risk_because"):
                del self.fields[name]
        elif stay.state != "begun":
            del self.fields["on"]


class PlanForm(HouseForm):
    """A held place let go, with a plan."""

    plan = LongTextField(label="Plan for the child", rows=4, max_length=1000)


class ExtraSupportForm(HouseForm):
    """What one child needs beside the place, at which price."""

    what = TextField(label="What the extra support is", max_length=200)
    weekly_price = MoneyField(label="Price a week")
    from_on = HouseDateField(label="First day")
    until_on = HouseDateField(label="Ends before (optional)", required=False)


class SecondForm(HouseForm):
    """The second signature."""

    comment = LongTextField(label="Comment (optional)", rows=3, required=False, max_length=1000)


class OutOfUseForm(HouseForm):
    """Why a place takes nobody, and between which days."""

    kind = forms.ChoiceField(label="Why?", choices=REASONS, widget=forms.RadioSelect)
    from_on = HouseDateField(label="First day out of use")
    until_on = HouseDateField(label="First day back in use (leave empty if not known)", required=False)
    reason = LongTextField(label="Reason", rows=3, max_length=1000)


class EmergencyForm(HouseForm):
    """Three things: the child (known, or added here) and the bed, the risk and the law, who agreed and the impact."""

    child = forms.ModelChoiceField(
        label="Which child?", queryset=None, widget=forms.RadioSelect, empty_label=None, to_field_name="reference", required=False
    )
    full_name = TextField(label="Full name, or what they say it is", required=False, max_length=200)
    born_on = HouseDateField(
        label="Date of birth", required=False, help_text="For example, 27 3 2010. If nobody knows it, the closest day: it decides where the law lets them live."
    )
    knowingly = forms.BooleanField(label="This is another child with the same name and date of birth", required=False)
    planned_end_on = HouseDateField(label="Planned end")
    legal_status = forms.ChoiceField(
        label="Legal status tonight", choices=LEGAL[1:], widget=forms.RadioSelect,
        error_messages={"required": "Select the child’s legal status"},
    )  # fmt: skip
    risk = LongTextField(label="Risk tonight, and what keeps the child safe", rows=3, max_length=4000)
    agreed_with = TextField(label="Who agreed, and who holds parental responsibility", max_length=200)
    impact = LongTextField(label="Impact on those who live there", rows=3, max_length=4000)
    risk_because = LongTextField(
        label="Why the children can still live together (only if there is a known risk)", rows=2, required=False, max_length=1000
    )

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = children
        self.fields["child"].label_from_instance = self._words
        if not self.is_bound:
            del self.fields["knowingly"]

    def clean(self):
        """Either a child who is known, or one who is added with a name and a day."""
        said = super().clean()
        known, name = said.get("child"), said.get("full_name")
        if known and name:
            self.add_error("full_name", "Select a child who is known, or write the name of another: not both")
        elif not known and not name and "child" not in self.errors:
            self.add_error("child", "Select the child, or look again, or write the name of a child who is not known here")
        elif name and not said.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the date of birth, or the closest day you know")
        return said

    def _words(self, child):
        """A child as somebody who may see the record knows them."""
        age = f", {child.age}" if child.age is not None else ", date of birth not known"
        return f"{child.full_name}{age} ({child.reference})"


class TurnForm(HouseForm):
    """Who is on call, from when to when."""

    kind = forms.ChoiceField(label="On call for", choices=OnCallFor, widget=forms.RadioSelect)
    person = forms.ModelChoiceField(label="Who?", queryset=None, empty_label="Choose one")
    telephone = TextField(label="Telephone", max_length=40)
    from_on = HouseDateField(label="First day")
    from_time = forms.TimeField(label="From (24-hour clock)", input_formats=["%H:%M", "%H.%M"])
    until_on = HouseDateField(label="Last day")
    until_time = forms.TimeField(label="Until (24-hour clock)", input_formats=["%H:%M", "%H.%M"])

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class CallForm(HouseForm):
    """One call as it was answered."""

    called_on = HouseDateField(label="Day of the call")
    called_at = forms.TimeField(label="Time (24-hour clock)", input_formats=["%H:%M", "%H.%M"])
    caller = forms.ChoiceField(label="Who rang?", choices=Caller, widget=forms.RadioSelect)
    stay = forms.ModelChoiceField(
        label="About which child? (optional)", queryset=None, required=False, empty_label="No child of ours",
        to_field_name="reference",
    )  # fmt: skip
    about = LongTextField(label="What it was about", rows=3, max_length=2000)
    done = LongTextField(label="What was done", rows=3, max_length=2000)
    minutes = forms.IntegerField(label="How many minutes it took", min_value=1, max_value=1440)
    went_out = forms.BooleanField(label="Somebody went out", required=False)

    def __init__(self, *args, stays, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stay"].queryset = stays
        self.fields["stay"].label_from_instance = lambda stay: f"{stay.referral}, {stay.place}"


class TeamPostForm(HouseForm):
    """One kind of post."""

    title = TextField(label="Post", max_length=80)
    posts = forms.DecimalField(label="How many posts", min_value=0, max_value=200, max_digits=4, decimal_places=1)
    filled = forms.DecimalField(label="How many are filled", min_value=0, max_value=200, max_digits=4, decimal_places=1)
    from_on = HouseDateField(label="From")


class KiteMarkForm(HouseForm):
    """A quality mark and its evidence."""

    home = forms.ModelChoiceField(label="Which home?", queryset=None, empty_label="Choose one")

    name = TextField(label="Name of the mark", max_length=80)
    evidence = LongTextField(label="Evidence", rows=4, max_length=2000)
    from_on = HouseDateField(label="Given on")
    until_on = HouseDateField(label="Runs out on (optional)", required=False)

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = service.homes.order_by("pk")


class DemandReviewForm(HouseForm):
    """What a review found and decided."""

    review = forms.ModelChoiceField(label="Which review?", queryset=None, empty_label="Choose one")

    held_on = HouseDateField(label="Held on")
    finding = LongTextField(label="What was found", rows=4, max_length=2000)
    outcome = forms.ChoiceField(label="What was decided", choices=DemandOutcome, widget=forms.RadioSelect)

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, **kwargs)
        rows = DemandReview.objects.filter(home__provision=service, decided_at=None)
        self.fields["review"].queryset = rows.select_related("home").order_by("due_by", "pk")


class TransferForm(HouseForm):
    """A caseload, one child a line."""

    from_service = TextField(label="Which service do they come from?", max_length=80)
    on = HouseDateField(label="First day with us")
    children = LongTextField(
        label="The children, one a line", rows=8, max_length=10000,
        help_text="The council’s number, the day first supported, the planned end and the review, with commas between. "
        "For example: LCS41000, 27 3 2025, 27 3 2027, 15 1 2027",
    )  # fmt: skip
