"""Who and when go together, and what people read is filtered in one place."""

import re

from django.apps import apps
from django.db import models

from tests.architecture.code import name_of, sources

OURS = ("core", "referrals", "panels", "contracts", "kpis")
# A `_by` with an `_at` whose table's purpose is that pair, so that neither is ever empty,
# or whose time is another column, each with its reason.
UNPAIRED_ALLOWED: dict[str, str] = {
    "panels.AgendaItem.accepted_late_by": "a late paper's acceptance is timed in the trail",
    "referrals.Stay.out_of_order_agreed_by": "agreed at proposing, timed by proposed_at",
}


def our_models():
    return [m for m in apps.get_models() if m._meta.app_label in OURS and "Event" not in m.__name__]


def test_every_paired_field_is_constrained():
    wrong = []
    for model in our_models():
        names = {f.name: f for f in model._meta.fields}
        checks = " ".join(c.name for c in model._meta.constraints)
        for name, field in names.items():
            stem = name.removesuffix("_by")
            if name == stem or not field.null or f"{model._meta.label}.{name}" in UNPAIRED_ALLOWED:
                continue
            has_time = f"{stem}_at" in names and names[f"{stem}_at"].null
            if has_time and not re.search(rf"{stem}_by_and_at_go_together", checks):
                wrong.append(f"{model._meta.label}.{name}")
    assert wrong == []


def test_no_view_reads_past_visible_to():
    """Pages start from visible_to, never from every row there is."""
    wrong = [
        f"{name_of(path)}: {line.strip()}"
        for path, _ in sources("views/*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\.objects\.all\(\)", line)
    ]

    assert wrong == []


def test_no_model_keeps_an_unbounded_default_order():
    assert [m._meta.label for m in our_models() if m._meta.ordering] == []


def test_money_is_never_a_float():
    floats = [
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in m._meta.fields
        if isinstance(f, models.FloatField)
    ]

    assert floats == []
