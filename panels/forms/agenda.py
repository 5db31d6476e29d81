"""The shapes of booking, building, circulating, and what comes late."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from panels.choices import Explored, InterestKind, ItemKind
from panels.models.request_words import FIELDS
from referrals.choices import Depth


class AddItemForm(HouseForm):
    """Other business for an agenda."""

    title = TextField(label="Title of the item", max_length=160, help_text="No child’s name.")
    minutes = forms.IntegerField(label="Minutes (optional)", min_value=1, max_value=240, required=False)
    is_reserved = forms.BooleanField(label="Reserved: price, retention, default, extension or re-tender", required=False)
    kind = ItemKind.REPORT


class BookForm(HouseForm):
    """Which panel's meeting takes a referral and where on its agenda, or whose line it joins."""

    meeting = forms.ChoiceField(label="Which meeting?", widget=forms.RadioSelect, choices=[])
    place = forms.ChoiceField(
        label="Which slot?", widget=forms.RadioSelect, initial="priority", required=False,
        choices=[("priority", "By its priority among the referrals"), ("first", "The first"), ("last", "The last")],
    )  # fmt: skip
    beside = forms.MultipleChoiceField(
        label="Brothers and sisters in the same slot (optional)", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="They are linked to this child and ready for a panel too. Each keeps an item, a paper and a decision of their own.",
    )  # fmt: skip

    def __init__(self, *args, slots=(), beside=(), is_signed=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_signed:
            del self.fields["place"]
        if beside:
            self.fields["beside"].choices = beside
            self.fields["beside"].initial = [reference for reference, _ in beside]
        else:
            del self.fields["beside"]
        self.fields["meeting"].choices = [(value, label) for value, label, _ in slots]
        self.fields["meeting"].option_hints = {value: hint for value, _, hint in slots}


class CirculateForm(HouseForm):
    """Why the papers go out late, asked only where they do."""

    short_because = LongTextField(
        label="Why do these go out late?", rows=2, required=False, max_length=500,
        help_text="It is kept with the meeting as a breach of its terms, and stands in the minutes.",
    )  # fmt: skip

    def __init__(self, *args, is_late: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["short_because"]


class RequestForm(HouseForm):
    """What an item asks for: only the questions of its kind."""

    weekly_cost = MoneyField(label="Cost a week", required=False, max_digits=9)
    one_off_cost = MoneyField(label="Cost that is paid once", required=False)
    starts_on = HouseDateField(label="From", required=False)
    until_on = HouseDateField(label="Until its end, or its review", required=False)
    committed_elsewhere = MoneyField(
        label="Already committed to the child otherwise (optional)", required=False,
        help_text="What panels agreed for the child before is counted by itself.",
    )  # fmt: skip
    family_total = MoneyField(label="The family’s total (optional)", required=False, help_text="Shown beside the child’s.")
    assessment = forms.ChoiceField(label="Which assessment?", required=False, choices=[])
    above_rate_because = LongTextField(
        label="If it costs more than the national rate: why", rows=2, required=False, max_length=1000, help_text="The chair decides whether to accept it."
    )
    universal = forms.ChoiceField(label="Universal services", required=False, widget=forms.RadioSelect, choices=Explored.choices)
    family_support = forms.ChoiceField(label="Family support", required=False, widget=forms.RadioSelect, choices=Explored.choices)
    family_group = forms.ChoiceField(label="A family group conference", required=False, widget=forms.RadioSelect, choices=Explored.choices)
    explored_words = LongTextField(label="What came of these, or why there is no time (optional)", rows=3, required=False, max_length=2000)
    note = LongTextField(label="What else the panel needs to know (optional)", rows=3, required=False, max_length=2000)
    chooses_provider = forms.BooleanField(
        label="The panel chooses between providers", required=False, help_text="Whoever works for a provider is then out of the item."
    )

    def __init__(self, *args, kind: str, rates=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*FIELDS[kind], "chooses_provider"}:
            del self.fields[name]
        for name in {"universal", "family_support", "family_group"} & set(self.fields):
            self.fields[name].widget.attrs["class"] = "row"
        if "assessment" in self.fields:
            known = [(row["what"], f"{row['what']}: £{row['rate']:,.0f}") for row in rates]
            self.fields["assessment"].choices = [("", "Another, with no national rate on file"), *known]

    def clean(self):
        """What is paid by the week says from when until when."""
        said = super().clean()
        if said.get("weekly_cost") and "until_on" in self.fields:
            for name, words in (("starts_on", "Enter the day it begins"), ("until_on", "Enter the day it ends or is reviewed")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if said.get("starts_on") and said.get("until_on") and said["until_on"] <= said["starts_on"]:
            self.add_error("until_on", "It must end after it begins")
        return said


class PresentersForm(HouseForm):
    """Who presents an item."""

    presenter = forms.ModelChoiceField(label="Who presents it?", queryset=None, required=False, empty_label="Nobody")
    presenting_manager = forms.ModelChoiceField(
        label="Manager who presents with them (optional)", queryset=None, required=False, empty_label="Nobody"
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("presenter", "presenting_manager"):
            self.fields[name].queryset = people


class WriteForm(HouseForm):
    """The paper of an item that is about no child."""

    words = LongTextField(label="The paper", rows=12, required=False, max_length=50_000, help_text="It goes out with the agenda. No child’s name.")


class LatePaperForm(HouseForm):
    """A late paper for an item."""

    item = forms.ChoiceField(label="Which item is it for?", widget=forms.RadioSelect, choices=[])
    change_note = TextField(label="What is new", max_length=300, help_text="One line that members read first.")
    words = LongTextField(label="The late paper", rows=8, required=False, max_length=20_000)
    file = forms.FileField(
        label="A file of it (optional)", required=False, allow_empty_file=True, help_text="PDF, Word, Excel, a picture or plain text, smaller than 10 MB."
    )

    def __init__(self, *args, items=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items


class MarkForm(HouseForm):
    """A reader's own notes on a paper."""

    note = LongTextField(label="Your own notes (optional)", rows=4, required=False, max_length=5000, help_text="Nobody else can read these.")


class InterestForm(HouseForm):
    """An interest in one item, or none in any."""

    item = forms.ChoiceField(label="Which item?", widget=forms.RadioSelect, choices=[])
    depth = forms.ChoiceField(
        label="How far does it go?", widget=forms.RadioSelect, required=False, initial=Depth.RECORD,
        choices=[
            (Depth.RECORD, "Everything: I see nothing of the child’s record or the item"),
            (Depth.ITEM, "The decision: I keep what is mine to read, and take no part"),
        ],
    )  # fmt: skip
    nature = LongTextField(
        label="What the interest is", rows=3, required=False, max_length=2000,
        help_text="Only the chair and the administrator read this.",
    )  # fmt: skip
    minuted_by = forms.ModelChoiceField(
        label="Who minutes the item instead of you?", queryset=None, required=False, empty_label="The chair"
    )

    def __init__(self, *args, items=(), minuters=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items
        if minuters is None:
            del self.fields["minuted_by"]
        else:
            self.fields["minuted_by"].queryset = minuters


class RegisterForm(HouseForm):
    """One standing interest."""

    kind = forms.ChoiceField(label="What kind of interest is it?", widget=forms.RadioSelect, choices=InterestKind.choices)
    nature = TextField(label="What it is", max_length=500, help_text="No child’s name.")
    organisation = forms.ModelChoiceField(
        label="Which company or provider? (optional)", queryset=None, required=False, empty_label="None of these"
    )
    since_on = HouseDateField(label="Since when")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
