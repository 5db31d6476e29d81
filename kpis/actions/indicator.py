"""Recommendations and indicators as they are set up: definitions by version, targets by date, benchmarks."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import Authority
from core.rules import refuse_if
from kpis.actions.figure import enter_value, validate_value
from kpis.models import (
    Indicator,
    IndicatorBenchmark,
    IndicatorDefinition,
    IndicatorTarget,
    Recommendation,
    Register,
)
from kpis.rules.indicators import (
    why_not_add_benchmark,
    why_not_define,
    why_not_set_indicator_target,
)

__all__ = [
    "add_benchmark",
    "add_indicator",
    "add_indicators",
    "add_recommendation",
    "add_register",
    "define_again",
    "enter_value",
    "set_target",
    "validate_value",
]


OF_INDICATORS = {"slug", "name", "recommendation", "register", "group", "checked_by_role", "order", "owner_role", "source", "flag"}


@transaction.atomic
def add_register(authority: Authority, *, slug: str, kind: str, name: str, about: str = "", lead_role: str = "", period_end: date | None = None,
                 order: int = 0, rating_key: list = (), queries: list = (), source: str = "", by) -> Register:  # fmt: skip
    """Set up a register: what a document prints together, its key, and what it leaves open."""
    row = Register.objects.create(
        authority=authority, slug=slug, kind=kind, name=name, about=about, lead_role=lead_role, period_end=period_end,
        order=order, rating_key=list(rating_key), queries=list(queries), source=source,
    )  # fmt: skip

    audit.record("register.added", on=row, by=by, sentence=f"Set up a register: {name[:120]}.")
    return row


@transaction.atomic
def add_recommendation(authority: Authority, *, number: int, text: str, aim: str, progress: str, progress_on: date,
                       source: str = "", lead_role: str = "", flag: str = "", by) -> Recommendation:  # fmt: skip
    """Write down an improvement recommendation with its lead role and the progress of its action."""
    row = Recommendation.objects.create(
        authority=authority, number=number, text=text, aim=aim, progress=progress,
        progress_on=progress_on, source=source, lead_role=lead_role, flag=flag,
    )  # fmt: skip

    audit.record("recommendation.added", on=row, by=by, sentence=f"Added recommendation {number}.")
    return row


@transaction.atomic
def add_indicator(authority: Authority, *, by, **facts) -> Indicator:
    """Define an indicator; `facts` are one of those that `add_indicators` takes."""
    (indicator,) = add_indicators(authority, [facts], by=by)
    return indicator


@transaction.atomic
def add_indicators(authority: Authority, told: list[dict], *, by) -> list[Indicator]:
    """Define indicators as a document tells of them, each with its first definition and its targets by date.

    Of each: `slug`, `name`, `from_on`, what an Indicator and an IndicatorDefinition have besides (register, recommendation, unit,
    better, scheme, baseline …), and `targets`, each a day, a value or None, and the words a document gives.
    """
    rows = [Indicator(authority=authority, **{name: facts[name] for name in OF_INDICATORS & facts.keys()}) for facts in told]
    Indicator.objects.bulk_create(rows)
    IndicatorDefinition.objects.bulk_create(
        IndicatorDefinition(indicator=row, made_by=by, **{name: value for name, value in facts.items() if name not in OF_INDICATORS | {"targets"}})
        for row, facts in zip(rows, told, strict=True)
    )
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=row, due_on=due_on, value=value, printed=printed, set_by=by)
        for row, facts in zip(rows, told, strict=True)
        for due_on, value, printed in facts.get("targets", ())
    )

    audit.record_for_each("indicator.added", rows, by=by, sentence=lambda row: f"Defined an indicator: {row.name[:120]}.")
    return rows


@transaction.atomic
def define_again(indicator: Indicator, *, from_on: date | None, because: str, by, **facts) -> IndicatorDefinition:
    """Give an indicator a new version of its definition from a day on; figures already there keep theirs."""
    indicator = _locked(indicator)
    last = indicator.definitions.order_by("-version").first()
    asked = {name: facts[name] for name in ("numerator", "denominator", "unit", "scheme", "better", "tolerance")}
    refuse_if(why_not_define(from_on=from_on, last_from=last.from_on if last else None, because=because, **asked))

    row = IndicatorDefinition.objects.create(
        indicator=indicator, version=last.version + 1 if last else 1, from_on=from_on, because=because.strip(),
        made_at=clock.now(), made_by=by, **facts,
    )  # fmt: skip

    audit.record(
        "definition.made", on=row, by=by, authority=indicator.authority,
        sentence=f"Gave “{indicator.name[:100]}” definition {row.version}, from {day_in_words(from_on)}.",
    )  # fmt: skip
    return row


@transaction.atomic
def set_target(indicator: Indicator, *, due_on: date, value: Decimal | None, words: str = "", because: str = "", by) -> IndicatorTarget:
    """Set what an indicator is to reach by a day; a target already there for that day is replaced, and stays to be read."""
    indicator = _locked(indicator)
    old = indicator.targets.filter(due_on=due_on, replaced_on=None).first()
    refuse_if(why_not_set_indicator_target(value=value, words=words, because=because, is_new=old is None))

    if old is not None:
        old.replaced_on = clock.today()
        old.save(update_fields=["replaced_on"])
    row = IndicatorTarget.objects.create(
        indicator=indicator, due_on=due_on, value=value, because=because.strip(), set_at=clock.now(), set_by=by,
        printed=words.strip() or _in_unit(value, indicator),
    )  # fmt: skip

    audit.record(
        "target.set", on=row, by=by, authority=indicator.authority,
        sentence=f"Set a target of {row.printed} by {day_in_words(due_on)} for “{indicator.name[:80]}”.",
    )  # fmt: skip
    return row


def _in_unit(value: Decimal, indicator: Indicator) -> str:
    """A number with the unit of the indicator's definition in force: "92%", "14 days"."""
    unit = indicator.definitions.order_by("-version").values_list("unit", flat=True).first() or ""
    shown = f"{value.normalize():f}"
    return f"{shown}%" if unit == "%" else f"{shown} {unit}".strip()


@transaction.atomic
def add_benchmark(indicator: Indicator, *, against: str, period_end: date, period_label: str = "", value: Decimal | None = None,
                  printed: str = "", source: str, note: str = "", by) -> IndicatorBenchmark:  # fmt: skip
    """Write down what others came to in a period, beside an indicator's own figure."""
    refuse_if(why_not_add_benchmark(value=value, printed=printed, source=source))

    row = IndicatorBenchmark.objects.create(
        indicator=indicator, against=against, period_end=period_end, period_label=period_label, value=value, source=source,
        printed=printed.strip() or _in_unit(value, indicator), note=note, added_by=by, added_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "benchmark.added", on=row, by=by, authority=indicator.authority,
        sentence=f"Added a benchmark for “{indicator.name[:100]}”.",
    )  # fmt: skip
    return row


def _locked(indicator: Indicator) -> Indicator:
    """The indicator's row, held until the deed is done."""
    return Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
