"""The shapes of a week, the weekly round, and another journey to compare with."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from core.rules import FieldReason
from referrals.models.journey import EVENTS, Scenario

CHANGES = [("", "Nothing more"), *((kind, words) for kind, words in EVENTS.items() if kind != "contact")]
MOST_HOMES = 4


class WeekForm(HouseForm):
    """One child's week."""

    how = forms.ChoiceField(
        label="How was this week?", widget=forms.RadioSelect,
        choices=[("same", "The same as last week"), ("changed", "Something changed")],
        error_messages={"required": "Select whether the week was the same as the last"},
    )  # fmt: skip
    contact_on = HouseDateField(label="Day somebody saw or spoke with the child (optional)", required=False)
    contact_words = TextField(label="Who, and how (optional)", required=False, max_length=200)
    child_words = LongTextField(label="In the child’s own words (optional)", rows=2, required=False, max_length=2000)
    event_kind = forms.ChoiceField(label="What happened (optional)", choices=CHANGES, required=False)
    event_on = HouseDateField(label="On which day", required=False)
    event_words = LongTextField(label="In a few words", rows=2, required=False, max_length=2000)
    more_kind = forms.ChoiceField(label="Something else that happened (optional)", choices=CHANGES, required=False)
    more_on = HouseDateField(label="On which day", required=False)
    more_words = LongTextField(label="In a few words", rows=2, required=False, max_length=2000)
    note = LongTextField(label="Anything else about the week (optional)", rows=2, required=False, max_length=2000)

    def events(self, week):
        """What was typed, as events; the child's own words stand on the contact's day or the week's first."""
        typed = self.cleaned_data
        rows = []
        if typed["contact_on"] or typed["contact_words"]:
            rows.append({"kind": "contact", "on": typed["contact_on"], "words": typed["contact_words"], "field": "contact_on"})
        if typed["child_words"]:
            rows.append({"kind": "words", "on": typed["contact_on"] or week, "words": typed["child_words"], "field": "contact_on"})
        for name in ("event", "more"):
            if typed[f"{name}_kind"] or typed[f"{name}_words"]:
                rows.append({
                    "kind": typed[f"{name}_kind"] or "other", "on": typed[f"{name}_on"], "words": typed[f"{name}_words"],
                    "field": f"{name}_on",
                })  # fmt: skip
        return rows


class EventForm(HouseForm):
    """One thing that happened."""

    kind = forms.ChoiceField(label="What is it?", choices=list(EVENTS.items()), widget=forms.RadioSelect, initial="contact")
    on = HouseDateField(label="Day")
    words = LongTextField(label="In a few words (optional)", rows=3, required=False, max_length=2000)


class RoundShape(HouseForm):
    """The weekly round: for each child a tick, or what changed."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows

    def drawn(self):
        """Each row with its bound fields, as the page draws them."""
        for row in self.rows:
            row.same, row.kind, row.on, row.words = (self[f"{part}_{row.child.reference}"] for part in ("same", "kind", "on", "words"))
            row.is_open = bool(row.kind.errors or row.on.errors or row.words.errors or (self.is_bound and (row.kind.data or row.words.data)))
        return self.rows

    def clean(self):
        """A row that was unticked and says nothing is left for later; one that says something needs its day."""
        typed = super().clean()
        self.same = [row.child for row in self.rows if typed.get(f"same_{row.child.reference}")]
        self.changed = []
        for row in self.rows:
            ref = row.child.reference
            kind, words = typed.get(f"kind_{ref}"), typed.get(f"words_{ref}")
            if not (kind or words) or f"on_{ref}" not in typed:
                continue
            if row.child in self.same:
                self.add_error(f"same_{ref}", FieldReason(f"same_{ref}", "Untick this, or leave out what changed: a week is one or the other"))
            event = {"kind": kind or "other", "on": typed.get(f"on_{ref}"), "words": words or "", "field": f"on_{ref}"}
            self.changed.append((row.child, event))
        return typed


def round_form(rows) -> type[RoundShape]:
    """Take the children of a round; give the form with four questions for each."""
    fields = {}
    for row in rows:
        reference = row.child.reference
        fields |= {
            f"same_{reference}": forms.BooleanField(
                label=f"Same as last week: {row.child.called}", required=False, initial=not row.reasons
            ),
            f"kind_{reference}": forms.ChoiceField(label="What changed", choices=CHANGES, required=False),
            f"on_{reference}": HouseDateField(label="On which day", required=False, help_text=""),
            f"words_{reference}": TextField(label="In a few words", required=False, max_length=500),
        }
    return type("RoundForm", (RoundShape,), fields)


class ScenarioShape(HouseForm):
    """Another way the journey might go: up to four homes, one after the other."""

    kind = forms.ChoiceField(label="Which journey is this?", choices=Scenario.KINDS, widget=forms.RadioSelect)
    agreed_on = HouseDateField(label="Day it was agreed or modelled (today if left)", required=False)
    basis = LongTextField(
        label="What it rests on", rows=3, max_length=2000,
        help_text="For example, the plan of 25 June, or the home that was found before support began",
    )  # fmt: skip

    def clean(self):
        """A home that is begun has its name, its first day and its price."""
        typed = super().clean()
        for number in range(2, MOST_HOMES + 1):
            given = [name for name in ("words", "starts", "rate") if typed.get(f"{name}_{number}") is not None and typed.get(f"{name}_{number}") != ""]
            for name, ask in (("words", "Enter the home"), ("starts", "Enter the first day"), ("rate", "Enter the price a week")):
                if given and name not in given and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", ask)
        return typed

    def homes(self):
        """The homes that were typed."""
        typed = self.cleaned_data
        return [
            {
                "words": typed[f"words_{n}"], "starts_on": typed[f"starts_{n}"], "ends_on": typed[f"ends_{n}"],
                "weekly_rate": typed[f"rate_{n}"], "has_support": typed[f"support_{n}"],
            }
            for n in range(1, MOST_HOMES + 1) if typed.get(f"words_{n}")
        ]  # fmt: skip


def _home_fields() -> dict[str, forms.Field]:
    """The questions of each home of a scenario."""
    fields = {}
    for n in range(1, MOST_HOMES + 1):
        first = n == 1
        fields |= {
            f"words_{n}": TextField(label=f"Home {n}" if first else f"Home {n} (optional)", required=first, max_length=120),
            f"starts_{n}": HouseDateField(label="From", required=first, help_text=""),
            f"ends_{n}": HouseDateField(label="To, the first day not there (leave for open)", required=False, help_text=""),
            f"rate_{n}": MoneyField(label="Price a week", required=first),
            f"support_{n}": forms.BooleanField(label="With the same support", required=False),
        }
    return fields


ScenarioForm = type("ScenarioForm", (ScenarioShape,), _home_fields())
