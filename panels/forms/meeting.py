"""The shapes of calling, building, circulating, cancelling and answering."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, TextField
from panels.choices import Answer, MeetingKind


class CallMeetingForm(HouseForm):
    """When and where a body is to meet, and why so soon where it is an emergency."""

    on = HouseDateField(label="Date of the meeting")
    at = forms.TimeField(
        label="Start time", input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I%p"], initial="10:00",
        help_text="For example, 10:00", widget=forms.TextInput,
    )  # fmt: skip
    lasts_minutes = forms.IntegerField(label="Length in minutes", min_value=15, max_value=600, initial=120)
    venue = TextField(label="Place or link", max_length=200)
    kind = forms.ChoiceField(
        label="What kind of meeting is it?", choices=MeetingKind.choices, widget=forms.RadioSelect,
        initial=MeetingKind.ORDINARY,
    )  # fmt: skip
    reason = LongTextField(label="Reason (needed for an emergency; printed on the agenda)", rows=2, required=False, max_length=1000)


class CancelMeetingForm(HouseForm):
    """Why, and what each Representative said."""

    deed = forms.ChoiceField(
        label="What do you want to record?", widget=forms.RadioSelect,
        choices=[("business", "Cancel: too little business"), ("other", "Cancel for another reason"),
                 ("not held", "It was not held")],
    )  # fmt: skip
    reason = LongTextField(label="Reason", rows=3, max_length=1000)

    def __init__(self, *args, seats=(), **kwargs):
        super().__init__(*args, **kwargs)
        for seat in seats:
            self.fields[f"view_{seat.holder.pk}"] = LongTextField(
                label=f"What {seat.holder.full_name} said (seat {seat.letter})", rows=2, required=False,
                help_text="Write “No answer by” and a date where they did not answer.",
            )  # fmt: skip


class AnswerForm(HouseForm):
    """Whether one is coming."""

    answer = forms.ChoiceField(label="Are you coming?", choices=Answer.choices, widget=forms.RadioSelect)


class DelegateForm(HouseForm):
    """Who stands for a seat."""

    delegate = forms.ModelChoiceField(label="Who stands for the seat?", queryset=None, empty_label="Choose one")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = people


class AddItemForm(HouseForm):
    """Other business for an agenda."""

    title = TextField(label="Title of the item", max_length=160)
    is_reserved = forms.BooleanField(
        label="Reserved: price, retention, default, extension or re-tender", required=False
    )


class BookForm(HouseForm):
    """Which meeting takes a referral."""

    meeting = forms.ChoiceField(label="Which meeting?", widget=forms.RadioSelect, choices=[])
    beside = forms.MultipleChoiceField(
        label="Brothers and sisters in the same slot (optional)", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="They are linked to this child and ready for a panel too. Each keeps an item, a paper and a decision of their own.",
    )  # fmt: skip

    def __init__(self, *args, meetings=(), beside=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings
        if beside:
            self.fields["beside"].choices = beside
            self.fields["beside"].initial = [reference for reference, _ in beside]
        else:
            del self.fields["beside"]


class InterestForm(HouseForm):
    """An interest in one item, or none in any."""

    item = forms.ChoiceField(label="Which item?", widget=forms.RadioSelect, choices=[])
    nature = LongTextField(
        label="What the interest is", rows=3, required=False, max_length=2000,
        help_text="Only the chair and the administrator read this.",
    )  # fmt: skip

    def __init__(self, *args, items=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items
