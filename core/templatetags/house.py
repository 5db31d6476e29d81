"""What the form templates of the house need to know about a field."""

from django import forms, template
from django.utils.safestring import SafeString

from core.forms import DayInput, MoneyInput

register = template.Library()

# The order matters: Django's CheckboxSelectMultiple is itself a kind of RadioSelect.
KINDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (MoneyInput, "money"),
    (DayInput, "date"),
    (forms.Select, "select"),
    (forms.MultiWidget, "group"),
    (forms.SelectDateWidget, "group"),
)
CLASSES = {
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "money": "govuk-input govuk-input--width-10",
    "date": "govuk-input govuk-input--width-10",
    "checkbox": "govuk-checkboxes__input",
    "group": "govuk-input",
}
WRONG = {
    "file": "govuk-file-upload--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "checkbox": "",
}


@register.filter
def kind(field) -> str:
    """Take a bound field; give which part of the pack draws it."""
    widget = field.field.widget
    return next((name for widget_class, name in KINDS if isinstance(widget, widget_class)), "input")


@register.filter
def control(field, more: str = "") -> SafeString:
    """Take a bound field; give its control with the classes of its kind."""
    named = kind(field)
    classes = [field.field.widget.attrs.get("class", ""), CLASSES.get(named, "govuk-input"), more]
    if field.errors:
        classes.append(WRONG.get(named, "govuk-input--error"))
    attrs = {"class": " ".join(part for part in classes if part)}
    if field.field.widget.attrs.get("data-count"):
        attrs["class"] += " govuk-js-character-count"
    return field.as_widget(attrs=attrs)


@register.filter
def described_by(field) -> str:
    """Take a bound field; give the ids of its hint and its error, for a fieldset."""
    ids = []
    if field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.filter
def first_id(field) -> str:
    """Take a bound field; give the id an error summary can put the cursor in."""
    if kind(field) in {"radios", "checkboxes"}:
        first = next(iter(field.subwidgets), None)
        return first.id_for_label if first else field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def option_hint(field, value) -> str:
    """Take a bound field and a choice's value; give the hint the form wrote for that choice."""
    hints = getattr(field.field, "option_hints", {})
    return hints.get(str(value), "")


@register.filter
def has_count(attrs) -> bool:
    """Take a control's attributes; say whether the page counts its characters."""
    return bool(attrs.get("data-count"))
