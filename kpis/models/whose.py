"""Whose record each row is: the way from every table to a child, found in the models themselves."""

from collections import deque
from functools import cache

from django.apps import apps
from django.db import models

from referrals.models import Child

OURS = ("core", "referrals", "panels", "contracts", "kpis")
# Columns that name a row of a child's record without belonging to it, each with its reason.
POINTS_ONLY = {
    "panels.Meeting.current_item": "which item a meeting is at; the meeting is the body's",
    "panels.Meeting.next_item": "the same",
    "panels.Alteration.item": "a proposal to change terms, which no child's item carries",
    "contracts.Escalation.benefit": "what was put to a board, and the board's own answer",
}


def tables() -> list[type[models.Model]]:
    """Every table of the product; row history is asked for by the table it is of."""
    return [model for model in apps.get_models() if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model")]


def histories() -> dict[type[models.Model], type[models.Model]]:
    """The tables that keep every version of a row, by the table they are of."""
    return {model.pgh_tracked_model: model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}


def keys_of(model: type[models.Model]) -> list[models.ForeignKey]:
    """The columns of a table that name a row of another."""
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _leads(field: models.ForeignKey) -> bool:
    return f"{field.model._meta.label}.{field.name}" not in POINTS_ONLY


@cache
def paths() -> dict[type[models.Model], str]:
    """The shortest way from each table to a child, as a filter ("referral__child"); a certain way before one that may be empty."""
    found: dict[type[models.Model], str] = {Child: "pk"}
    waiting = deque([Child])
    while waiting:
        target = waiting.popleft()
        for model in tables():
            ways = sorted((field.null, field.name) for field in keys_of(model) if field.related_model is target and _leads(field))
            if ways and model not in found:
                found[model] = ways[0][1] if target is Child else f"{ways[0][1]}__{found[target]}"
                waiting.append(model)
    return found
