"""The forms of the house: one helper, plain errors, and fields that keep what was typed."""

import re
from datetime import date
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms.utils import pretty_name

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
NO_NULS = "{label} has a character in it that cannot be saved. Type that part again"
DAY_HINT = "For example, 27 3 2027"


class DayInput(forms.DateInput):
    """One text box for a day, shown as "3 December 2026"."""

    input_type = "text"

    def format_value(self, value):
        if isinstance(value, date):
            return f"{value.day} {MONTHS[value.month - 1].capitalize()} {value.year}"
        return value


class MoneyInput(forms.TextInput):
    """A text box with a pound sign before it."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "spellcheck": "false", **(attrs or {})})

    def format_value(self, value):
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return f"{value:.0f}"
        return super().format_value(value)


def _month_number(word: str) -> int:
    """Take "3", "Mar" or "March"; give 3, or 0 where it is no month."""
    if word.isdigit():
        return int(word)
    short = word.lower()
    matches = [at for at, name in enumerate(MONTHS, 1) if len(short) > 2 and name.startswith(short)]
    return matches[0] if matches else 0


def day_from(text: str) -> date | None:
    """Take "27 3 2027", "27/3/2027", "27 March 2027" or "2027-03-27"; give the day, or None."""
    parts = [part for part in re.split(r"[\s/.,-]+", text.strip()) if part]
    if len(parts) == 4 and parts[0].isalpha():
        parts = parts[1:]  # "Thursday 3 December 2026", pasted from a page of ours
    if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,4}|[A-Za-z]{3,9}", part) for part in parts):
        return None
    if re.fullmatch(r"[0-9]{4}", parts[0]):
        parts.reverse()
    if not (re.fullmatch(r"[0-9]{1,2}", parts[0]) and re.fullmatch(r"[0-9]{4}", parts[2])):
        return None
    try:
        found = date(int(parts[2]), _month_number(parts[1]), int(parts[0]))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2199 else None


class HouseDateField(forms.DateField):
    """A day, typed the way people write days."""

    widget = DayInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", DAY_HINT)
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        found = day_from(str(value))
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class MoneyField(forms.DecimalField):
    """Pounds, with or without a pound sign, commas and pence."""

    widget = MoneyInput

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {}  # a number box's min, max and step do not belong on a text box


class TextField(forms.CharField):
    """A line of text, trimmed."""


class LongTextField(forms.CharField):
    """Longer text, kept exactly as typed; data-count shows how much room is left."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **kwargs):
        kwargs.setdefault("strip", False)
        chosen = kwargs.get("widget")
        super().__init__(**kwargs)
        if chosen is None:
            self.widget.attrs["rows"] = rows
        if self.max_length:
            self.widget.attrs.setdefault("data-count", self.max_length)

    def to_python(self, value):
        text = super().to_python(value)
        return text if text.strip() else self.empty_value


def _in_a_sentence(label: str) -> str:
    """Take "Review date" or "SDQ score"; give it as it stands inside a sentence."""
    words = label.removesuffix(" (optional)")
    keeps_its_capital = not words or words[1:2].isupper() or words.startswith("I ")
    return words if keeps_its_capital else words[0].lower() + words[1:]


def _asks(field: forms.Field, label: str) -> str:
    """Take a field; give the sentence that asks for it when it was left out."""
    if label.endswith("?"):
        return "Answer this question: " + label
    if label.startswith(("Tick", "Select", "Choose")):
        return label
    if isinstance(field, forms.FileField):
        return f"Choose a file for {_in_a_sentence(label)}"
    if isinstance(field, forms.BooleanField):
        return f"Tick to confirm: {_in_a_sentence(label)}"
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    return f"{'Select' if choosing else 'Enter'} {_in_a_sentence(label)}"


def _own_errors(field: forms.Field, label: str) -> dict[str, str]:
    """Take a field and its label; give its errors in the words of the house."""
    words = {"required": _asks(field, label)}
    if isinstance(field, forms.DateField):
        words["invalid"] = f"{label} must be a real day, for example 27 3 2027"
    elif isinstance(field, MoneyField):
        words |= _about_money(label)
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = f"{label} must be a number"
    elif isinstance(field, forms.EmailField):
        words["invalid"] = "Enter an email address in the right format, like name@example.com"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        words["invalid_choice"] = f"{label}: select one of the answers on the page"
    return words


def _about_money(label: str) -> dict[str, str]:
    """Take the label of an amount of money; give what is said of one that cannot be."""
    it = "The amount" if label.endswith("?") else label
    too_long = f"{it} has more figures than an amount here can have"
    return {
        "invalid": f"{it} must be an amount of money, like 660 or 660.50", "min_value": f"{it} must be £0 or more",
        "max_decimal_places": f"{it} must be in pounds and pence, like 660.50", "max_digits": too_long, "max_whole_digits": too_long,
    }  # fmt: skip


def _usual_errors(field: forms.Field) -> dict[str, str]:
    """Take a field; give the errors its class came with, before any form wrote its own."""
    usual: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        usual.update(getattr(kind, "default_error_messages", {}))
    return usual


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Give a field the errors of the house, unless its form wrote its own."""
    usual = _usual_errors(field)
    for code, sentence in _own_errors(field, label).items():
        if field.error_messages.get(code) == usual.get(code):
            field.error_messages[code] = sentence
    for validator in field.validators:
        # A form's fields are copies of its own, so this changes no other form.
        if isinstance(validator, ProhibitNullCharactersValidator):
            validator.message = NO_NULS.format(label=label)
        elif isinstance(validator, MaxLengthValidator):
            validator.message = f"{label} must be {validator.limit_value:,} characters or fewer"


def house_helper(method: str = "post") -> FormHelper:
    """Give the crispy helper of the house: fields only, inside a <form> the page writes."""
    helper = FormHelper()
    helper.form_method = method
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return helper


class HouseStyle:
    """What every form of the house shares."""

    # The browser's own bubbles are not read out well: the server says what is wrong, in words.
    use_required_attribute = False
    method = "post"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = house_helper(self.method)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
                field.strip = False
            _speak_plainly(field, str(field.label or pretty_name(name)))

    @property
    def has_told(self) -> bool:
        """Whether a page has summed up what is wrong with this form: the first to ask tells it, and nobody again."""
        told, self._told = getattr(self, "_told", False), True
        return told


class HouseForm(HouseStyle, forms.Form):
    """A form of the house."""


class HouseModelForm(HouseStyle, forms.ModelForm):
    """A form of the house that fills a model's fields."""


class HouseFilterForm(HouseStyle, forms.Form):
    """The filters above a list: sent by GET, nothing in it has to be answered."""

    method = "get"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class ChooseRoleForm(HouseForm):
    """Which of one's own roles to act in."""

    role = forms.ModelChoiceField(
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        label="Which role are you working in?",
        error_messages={"required": "Select the role you are working in"},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = person.roles_held.filter(
            pk__in=[held.pk for held in person.current_roles]
        ).select_related("organisation")
