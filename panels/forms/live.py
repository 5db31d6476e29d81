"""The shape of one item's decision."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from panels.choices import DecisionKind, Outcome, Settled

PARTIES = 3


class DecisionForm(HouseForm):
    """What a minute needs: the word, the reasons, and what follows for each party."""

    outcome = forms.ChoiceField(
        label="What did the panel decide?", choices=Outcome.choices, widget=forms.RadioSelect(attrs={"class": "grid dense"}),
        error_messages={"required": "Choose a decision"},
    )  # fmt: skip
    reason = forms.ModelChoiceField(
        label="Reason from the list (optional)", queryset=None, required=False, empty_label="None of these", to_field_name="reference"
    )
    reasons = LongTextField(label="Reasons", rows=2, max_length=8000)
    conditions = TextField(label="Conditions", required=False, max_length=2000)
    weeks = forms.IntegerField(label="Weeks", required=False, min_value=1, max_value=104)
    outreach_weeks = forms.IntegerField(label="Weeks of outreach after the bed", required=False, min_value=1, max_value=104)
    review_on = HouseDateField(label="Review date", required=False, help_text="")
    sent_to = forms.ModelChoiceField(
        label="Sent to which panel", queryset=None, required=False, empty_label="None", to_field_name="slug"
    )
    kind = forms.ChoiceField(label="What it is about", choices=DecisionKind.choices, required=False)
    resource = TextField(label="Resource or type of placement", required=False, max_length=160)
    short_term = TextField(label="How it meets the short-term plan", required=False, max_length=1000)
    long_term = TextField(label="How it meets the long-term plan", required=False, max_length=1000)
    tried_first = TextField(label="What was tried first", required=False, max_length=1000)
    amount = MoneyField(label="Amount agreed (£)", required=False)
    budget = TextField(label="Budget", required=False, max_length=120)
    rate_because = TextField(label="Why above the national rate (optional)", required=False, max_length=500)
    starts_on = HouseDateField(label="Starts", required=False, help_text="")
    ends_on = HouseDateField(label="Ends", required=False, help_text="")
    held_back_because = TextField(label="Hold back from release, because (optional)", required=False, max_length=500)
    unmet_need = TextField(label="Needed but not to be had (optional)", required=False, max_length=300)

    def __init__(self, *args, panels, reasons, lacking=(), **kwargs):
        super().__init__(*args, **kwargs)
        # The page of a meeting has no room to count characters.
        self.fields["reasons"].widget.attrs.pop("data-count", None)
        self.fields["sent_to"].queryset, self.fields["reason"].queryset = panels, reasons
        self.lacking = [f"principle_{principle.key}" for principle in lacking]
        for principle in lacking:
            self.fields[f"principle_{principle.key}"] = TextField(label=principle.words, required=False, max_length=300)

    @property
    def principles(self):
        """The fields of the principles that nothing speaks to yet."""
        return [self[name] for name in self.lacking]

    @property
    def party_rows(self):
        """Each action's three fields."""
        return [[self[f"{part}{_end(number)}"] for part in ("what", "who", "by")] for number in range(1, PARTIES + 1)]

    def clean_kind(self):
        """A service where nothing was chosen."""
        return self.cleaned_data["kind"] or DecisionKind.RESOURCE

    def clean(self):
        """An action is whole: what, who and by when."""
        said = super().clean()
        for number in range(1, PARTIES + 1):
            end = _end(number)
            parts = [said.get(f"what{end}"), said.get(f"who{end}"), said.get(f"by{end}")]
            wrong = {f"what{end}", f"who{end}", f"by{end}"} & set(self.errors)
            if any(parts) and not all(parts) and not wrong:
                self.add_error(f"what{end}", "An action says what, who and by when")
        return said

    def actions(self) -> list[dict]:
        """The whole actions, each with what, who and by when."""
        rows = []
        for number in range(1, PARTIES + 1):
            end, said = _end(number), self.cleaned_data
            if said.get(f"what{end}"):
                rows.append({"what": said[f"what{end}"], "owner_name": said[f"who{end}"], "due_on": said[f"by{end}"]})
        return rows


def _end(number: int) -> str:
    """The first action's fields have no number."""
    return f"_{number}" if number > 1 else ""


for _number in range(1, PARTIES + 1):
    _which = f" {_number}" if _number > 1 else ""
    DecisionForm.base_fields |= {
        f"what{_end(_number)}": TextField(label=f"Action{_which}", required=False, max_length=300),
        f"who{_end(_number)}": TextField(
            label=f"Who{_which}", required=False, max_length=120, widget=forms.TextInput({"list": "parties", "autocomplete": "off"})
        ),
        f"by{_end(_number)}": HouseDateField(label=f"By{_which}", required=False, help_text=""),
    }


class SettleForm(HouseForm):
    """What the panel makes of the chair's act."""

    settled_as = forms.ChoiceField(label="What does the panel make of it?", choices=Settled.choices, widget=forms.RadioSelect)
    words = TextField(label="How it is varied, or anything to add", required=False, max_length=1000)
    ends_on = HouseDateField(label="Day it ends (where it is ended or varied to end)", required=False, help_text="")


class ActForm(HouseForm):
    """What the chair agrees between meetings."""

    outcome = forms.ChoiceField(
        label="What do you decide?", choices=[c for c in Outcome.choices if c[0] != Outcome.REDIRECT], widget=forms.RadioSelect,
        error_messages={"required": "Choose a decision"},
    )  # fmt: skip
    reasons = LongTextField(label="Reasons, and why it cannot wait", rows=3, max_length=8000)
    conditions = TextField(label="Conditions", required=False, max_length=2000)
    weeks = forms.IntegerField(label="Weeks", required=False, min_value=1, max_value=104)
    outreach_weeks = forms.IntegerField(label="Weeks of outreach after the bed", required=False, min_value=1, max_value=104)
    review_on = HouseDateField(label="Review date", required=False)
    kind = forms.ChoiceField(label="What it is about", choices=DecisionKind.choices, required=False)
    resource = TextField(label="Resource or type of placement", required=False, max_length=160)
    short_term = LongTextField(label="How it meets the short-term plan", rows=2, required=False, max_length=1000)
    long_term = LongTextField(label="How it meets the long-term plan", rows=2, required=False, max_length=1000)
    tried_first = LongTextField(label="What was tried first", rows=2, required=False, max_length=1000)
    amount = MoneyField(label="Amount agreed (£)", required=False)
    budget = TextField(label="Budget", required=False, max_length=120)
    rate_because = TextField(label="Why above the national rate (optional)", required=False, max_length=500)
    starts_on = HouseDateField(label="Starts", required=False)
    ends_on = HouseDateField(label="Ends", required=False)

    def clean_kind(self):
        """A service where nothing was chosen."""
        return self.cleaned_data["kind"] or DecisionKind.RESOURCE
