"""The shapes of a move, an earlier home, an ending and a price."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from referrals.models.placement import PlacementPrice
from referrals.rules.placement import ASKED, KINDS, REASONS

YES_NO = [("yes", "Yes"), ("no", "No")]
REASON_CHOICES = [("", "Select a reason"), *((code, words) for code, (words, _) in REASONS.items())]
ASKED_WORDS = "; ".join(f"“{REASONS[code][0]}”" for code in ASKED)


def said(value):
    """Yes as true, no as false, nothing as nothing."""
    return {"yes": True, "no": False}.get(value)


class YesNoField(forms.TypedChoiceField):
    """A question answered yes or no, or left."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(
            label=label, choices=YES_NO, widget=forms.RadioSelect, coerce=said, empty_value=None, **kwargs
        )


class HomeFacts(HouseForm):
    """What is asked about any home."""

    kind = forms.ChoiceField(label="Kind of home", choices=[("", "Select a kind"), *KINDS.items()])
    provider = TextField(label="Who provides it (optional)", required=False, max_length=120)
    is_internal = YesNoField("Is it the council’s own provision?")
    is_in_county = YesNoField("Is it in the county?")
    is_registered = YesNoField("Is it registered? (for a children’s home or supported accommodation)")
    starts_on = HouseDateField(label="First day")
    instead_of_residential = forms.BooleanField(label="This home is instead of residential care", required=False)


class Prices(HouseForm):
    """What a home costs from its first day."""

    weekly_rate = MoneyField(label="Price of the home a week (optional)", required=False)
    travel_rate = MoneyField(label="Social worker’s travel a week (optional)", required=False)
    price_source = TextField(label="Where the price comes from (if you gave one)", required=False, max_length=120)


class Ending(HouseForm):
    """Why a home ended."""

    ending_reason = forms.ChoiceField(label="Why it ended", choices=REASON_CHOICES, required=False)
    was_planned = YesNoField("Was the ending planned?", help_text=f"Only for these reasons, which do not tell by themselves: {ASKED_WORDS}")
    ending_note = TextField(label="In a few words (optional)", required=False, max_length=300)


class MoveForm(HomeFacts, Prices, Ending):
    """The child lives somewhere else now."""

    def __init__(self, *args, last=None, **kwargs):
        super().__init__(*args, **kwargs)
        if last is None:
            for name in ("ending_reason", "was_planned", "ending_note"):
                del self.fields[name]
        else:
            self.fields["ending_reason"].label = f"Why the last home ended ({last.words.lower()})"
        self.order_fields([
            "kind", "starts_on", "provider", "is_internal", "is_in_county", "is_registered", "ending_reason", "was_planned",
            "ending_note", "weekly_rate", "travel_rate", "price_source", "instead_of_residential",
        ])  # fmt: skip


class EarlierHomeForm(HomeFacts, Prices, Ending):
    """A home the child lived in before."""

    ends_on = HouseDateField(label="Day it ended (the child was no longer there)")
    field_order = [
        "kind", "starts_on", "ends_on", "provider", "is_internal", "is_in_county", "is_registered", "ending_reason",
        "was_planned", "ending_note", "weekly_rate", "travel_rate", "price_source", "instead_of_residential",
    ]  # fmt: skip


class EndHomeForm(Ending):
    """A home ends, and no other is known."""

    on = HouseDateField(label="Day it ended")
    field_order = ["on"]


class CorrectHomeForm(HomeFacts, Ending):
    """What was written down wrongly about a home."""

    ends_on = HouseDateField(label="Day it ended (if it has)", required=False)
    why = TextField(label="What was wrong", max_length=300)
    field_order = [
        "why", "kind", "starts_on", "ends_on", "provider", "is_internal", "is_in_county", "is_registered", "ending_reason",
        "was_planned", "ending_note", "instead_of_residential",
    ]  # fmt: skip


class HomePriceForm(HouseForm):
    """A new price from a day."""

    part = forms.ChoiceField(label="What the price is for", choices=PlacementPrice.PARTS, widget=forms.RadioSelect, initial="home")
    from_on = HouseDateField(label="From")
    weekly_rate = MoneyField(label="Price a week")
    source = TextField(label="Where the price comes from", max_length=120)


class NarrativeForm(HouseForm):
    """The case study."""

    benefit = LongTextField(label="What changed for the child", rows=6, max_length=4000)
    evidence = LongTextField(label="How we know (optional)", rows=4, required=False, max_length=4000)
