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
        label="What kind of meeting is it?", widget=forms.RadioSelect, initial=MeetingKind.ORDINARY,
        choices=[choice for choice in MeetingKind.choices if choice[0] != MeetingKind.DEVELOPMENTAL],
    )  # fmt: skip
    reason = LongTextField(label="Reason (needed for an emergency; printed on the agenda)", rows=2, required=False, max_length=1000)


class CallExtraForm(CallMeetingForm):
    """An extra meeting for developmental work: when, where, what for, and when the group agreed to it."""

    kind = None
    reason = LongTextField(label="What is the developmental work?", rows=2, max_length=1000)
    agreed_on = HouseDateField(label="The day the group agreed to it")
    agreed_how = TextField(
        label="How the group agreed", max_length=300, help_text="For example, at the meeting of 3 December 2026, item 8."
    )  # fmt: skip


class MoveMeetingForm(CallMeetingForm):
    """When and where a called meeting is to be instead, and why."""

    kind = None
    reason = LongTextField(label="Why is it moved?", rows=2, max_length=1000, help_text="It is told to every Representative.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


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
        self.seats = list({seat.holder.pk: seat for seat in reversed(seats)}.values())[::-1]
        for seat in self.seats:
            self.fields[f"view_{seat.holder.pk}"] = LongTextField(
                label=f"What {seat.holder.full_name} said (seat {seat.letter})", rows=2, required=False, max_length=2000,
            )  # fmt: skip
            self.fields[f"silent_{seat.holder.pk}"] = HouseDateField(
                label=f"Or {seat.holder.full_name} did not answer by", required=False, help_text="",
                error_messages={"invalid": f"The day {seat.holder.full_name} had to answer by must be a real day, for example 27 3 2027"},
            )  # fmt: skip

    def rows(self):
        """Each Representative, once, with the two ways to record their view."""
        for seat in self.seats:
            yield {"seat": seat, "view": self[f"view_{seat.holder.pk}"], "silent": self[f"silent_{seat.holder.pk}"]}

    def views(self) -> dict:
        """What each said, or the day by which they did not answer; nothing of the others."""
        said = self.cleaned_data
        found = {seat.holder.pk: said.get(f"view_{seat.holder.pk}") or said.get(f"silent_{seat.holder.pk}") for seat in self.seats}
        return {key: view for key, view in found.items() if view}


class RecordServiceForm(HouseForm):
    """Something served by hand, or a message that came back."""

    person = forms.ChoiceField(label="Who was served?", widget=forms.RadioSelect, choices=[])
    kind = forms.ChoiceField(label="What was served?", widget=forms.RadioSelect, choices=[])
    served_on = HouseDateField(label="Day")
    served_at = forms.TimeField(
        label="Time", input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I%p"], help_text="For example, 14:30",
        widget=forms.TextInput, error_messages={"invalid": "Time must be a time of day, for example 14:30"},
    )  # fmt: skip
    how = TextField(label="How", max_length=80, help_text="For example, by hand, by telephone, or what the mail server said.")

    def __init__(self, *args, people, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
        self.fields["kind"].choices = kinds


class AnswerForm(HouseForm):
    """Whether one is coming."""

    answer = forms.ChoiceField(label="Are you coming?", choices=Answer.choices, widget=forms.RadioSelect)


class DelegateForm(HouseForm):
    """Who stands for a seat, and for which where somebody holds two."""

    letter = forms.ChoiceField(label="Which of their seats?", widget=forms.RadioSelect, choices=[])
    delegate = forms.ModelChoiceField(label="Who stands for the seat?", queryset=None, empty_label="Choose one")

    def __init__(self, *args, people, seats=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = people
        self.fields["letter"].choices = [(seat.letter, f"{seat.letter}. {seat.title}") for seat in seats]
        if len(seats) < 2:
            del self.fields["letter"]
