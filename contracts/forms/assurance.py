"""The shapes of what is shown under a contract."""

from django import forms

from contracts.models.assurance import DayKind
from contracts.rules.assurance import EntryKind
from core.forms import HouseDateField, HouseForm, LongTextField, TextField


class EntryForm(HouseForm):
    """What is shown, by whom, on which day, and what shows it."""

    kind = forms.ChoiceField(label="What is it?", choices=[(kind.value, kind.words) for kind in EntryKind], widget=forms.RadioSelect)
    title = TextField(label="What is it called?", max_length=160)
    owner = TextField(label="Who answers for it?", max_length=120)
    on = HouseDateField(label="On which day was it reviewed, adopted or done?")
    due_on = HouseDateField(
        label="By when is it looked at again? (optional)", required=False, help_text="The four yearly policies are due again after a year by themselves"
    )
    evidence = LongTextField(
        label="What shows it?", rows=4, required=False, max_length=4000, help_text="A social value commitment may wait for its evidence. Name no child."
    )
    kept_at = TextField(label="Where is the document kept? (optional)", required=False, max_length=200)


class DayForm(HouseForm):
    """A day that was held, what it was about, who came."""

    kind = forms.ChoiceField(label="What kind of day?", choices=DayKind, widget=forms.RadioSelect)
    held_on = HouseDateField(label="On which day?")
    about = TextField(label="What was it about?", max_length=200)
    who = TextField(label="Who came?", max_length=200, help_text="Groups, such as foster carers and the senior team. Name no child.")
    hours = forms.DecimalField(label="How many hours? (optional)", required=False, min_value=0, max_value=99, max_digits=4, decimal_places=1)
    came_of_it = LongTextField(label="What came of it? (optional)", rows=3, required=False, max_length=2000)


class PackForm(HouseForm):
    """What a pack is for."""

    for_what = TextField(label="Which inspection or audit is it for?", max_length=200)
