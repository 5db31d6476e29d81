"""Parts of the dashboard that are the same for the same facts: drawn once a process for each, and told by the facts themselves, so that none can be old."""

import json
from functools import lru_cache

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.forms import HouseFilterForm
from kpis.measures.indicator_rows import IndicatorGroup, kept_groups
from kpis.views.kpi_rows import indicator_rows
from referrals.models.board import Group

BOX = '<span class="place-box{}{}{}"></span>'


def place_boxes(groups: list[Group]) -> SafeString:
    """A small box for each place: filled where it is in use, dashed where it is free, a service's first apart from the service before."""
    found = []
    for nth, group in enumerate(groups):
        bed = " place-box--bed" if group.kind == "hub" else ""
        boxes = [BOX.format(bed, "", "")] * min(group.used, len(group.rows)) + [BOX.format(bed, " place-box--free", "")] * (len(group.rows) - group.used)
        if nth and boxes:
            boxes[0] = BOX.format(bed, "" if group.used else " place-box--free", " place-box--apart")
        found += boxes
    return mark_safe(f'\n<span class="stat__boxes" aria-hidden="true">{"".join(found)}</span>\n')


def drawn_filters(form: HouseFilterForm) -> SafeString:
    """The lists of a form that was answered well, drawn once for the same choices and answers."""
    return _drawn_filters(tuple((field.name, field.label, field.value(), _fixed(field.field.choices)) for field in form))


def _fixed(choices) -> tuple:
    """Choices, and groups of them, as they can be compared."""
    return tuple((key, tuple(words) if isinstance(words, list) else words) for key, words in choices)


@lru_cache(maxsize=128)
def _drawn_filters(said: tuple[tuple[str, str, str, tuple], ...]) -> SafeString:
    form = HouseFilterForm({name: value for name, _, value, _ in said})
    for name, label, _, choices in said:
        form.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
    return mark_safe("".join(as_crispy_field(field) for field in form))


def drawn_groups(groups: list[IndicatorGroup]) -> SafeString:
    """Indicators under their recommendations."""
    found = [{"recommendation": group.recommendation, "drawn": indicator_rows(group.rows)} for group in groups]
    return mark_safe(render_to_string("kpis/indicator_groups.html", {"groups": found}))


@lru_cache(maxsize=32)
def drawn_kept(kept: str) -> SafeString:
    """The same of what is kept of them, as the database writes it."""
    return drawn_groups(kept_groups(json.loads(kept)))
