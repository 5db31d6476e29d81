"""The documents' own registers, set up as they are printed: by the actions people use, so that they obey the rules."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.text import slugify

from config.demo import indicators
from config.demo.printed import dashboard, stoke, strategy, tracker
from kpis.actions.figure import enter_values
from kpis.actions.indicator import add_benchmark, add_indicators, add_recommendation, add_register
from kpis.actions.progress import add_action, end_action, note_progress, reword_action

PRINTED_ON = date(2019, 5, 1)
YEAR = (date(2018, 4, 1), date(2019, 4, 1))
# The period that a latest figure names, by the words in its brackets; whatever names none is of the quarter.
PERIODS = {
    "March 2019": (date(2019, 3, 1), date(2019, 4, 1)), "April 2019": (date(2019, 4, 1), date(2019, 5, 1)),
    "September 2018": (date(2018, 9, 1), date(2018, 10, 1)), "quarter 3": (date(2018, 10, 1), date(2019, 1, 1)),
    "week of 1 April 2019": (date(2019, 4, 1), date(2019, 4, 8)),
}  # fmt: skip
QUARTER = (date(2019, 1, 1), date(2019, 4, 1))


def figures(borough) -> None:
    """Every register, each in the order the dashboard's reader meets them."""
    recommendations(borough)
    quarter(borough)
    outcomes(borough)
    specification(borough)
    plan(borough)


def recommendations(borough) -> None:
    """The 17 improvement recommendations with their lead roles, measures, targets and values as printed."""
    register = add_register(
        borough.authority, slug="improvement", kind="improve", name="17 improvement recommendations", lead_role="Assistant director",
        about=indicators.ABOUT, source="004:1878-1907, 2254-6760", rating_key=indicators.KEY, queries=indicators.QUERIES, order=1, by=borough.com,
    )  # fmt: skip
    found = []
    for number, progress, source, text, aim, measures in indicators.RECOMMENDATIONS:
        row = add_recommendation(
            borough.authority, number=number, text=text, aim=aim, progress=progress, progress_on=PRINTED_ON, source=f"004:{source}",
            lead_role=indicators.LEADS[number], flag=indicators.NOTES.get(number, ""), by=borough.com,
        )  # fmt: skip
        found += [_measure(register, row, order, measure) for order, measure in enumerate(measures, 1)]
    _set_up(borough, found)


def _set_up(borough, told: list[tuple[dict, list, list]]) -> None:
    """Indicators with their values, and what others came to, as one document prints them: facts, values and benchmarks of each."""
    made = add_indicators(borough.authority, [facts for facts, _, _ in told], by=borough.com)
    enter_values({indicator: values for indicator, (_, values, _) in zip(made, told, strict=True)}, by=borough.com)
    for indicator, (_, _, benchmarks) in zip(made, told, strict=True):
        for benchmark in benchmarks:
            add_benchmark(indicator, by=borough.com, **benchmark)


def _measure(register, row, order, measure):
    """One measure, its two targets and its values, exactly as printed."""
    printed = ((date(2019, 3, 31), measure.target_2019), (date(2020, 3, 31), measure.target_2020))
    facts = {
        "slug": f"r{row.number}-{order}-{slugify(measure.name)[:50].strip('-')}", "name": measure.name, "register": register,
        "recommendation": row, "order": order, "owner_role": row.lead_role, "checked_by_role": "HOS", "source": measure.source, "flag": measure.flag,
        "unit": measure.unit, "better": measure.better, "scheme": "target" if measure.better else "none", "frequency": "year", "from_on": YEAR[0],
        "targets": [(due, number_in(words), words) for due, words in printed if words],
    }  # fmt: skip
    values = []
    for label, words, counts in (("2018/19", measure.outturn, None), ("Latest", measure.latest, measure.counts)):
        if words:
            days = YEAR if label == "2018/19" else period_in(words)
            values.append(_value(*days, label, words, number_in(words), counts or (None, None), measure.source))
    for label, first, last, words, counts, source in indicators.EARLIER.get((row.number, order), []):
        values.append(_value(first, last, label, words, number_in(words), counts, source))
    return facts, values, []


def _value(first, last, label, words, value, counts, source, **beside) -> dict:
    """One figure as printed."""
    return {
        "period_start": first, "period_end": last, "period_label": label, "printed": words, "value": value, "source": source,
        "numerator": counts[0], "denominator": counts[1], **beside,
    }  # fmt: skip


def period_in(words: str) -> tuple[date, date]:
    """The period that printed words name: "82.5% (March 2019)" is of March."""
    return next((days for name, days in PERIODS.items() if name in words), QUARTER)


def quarter(borough) -> None:
    """A quarter's dashboard: colours by the printed key, and figures in arrears in their own quarter."""
    register = add_register(
        borough.authority, slug=dashboard.SLUG, kind="quarter", name=dashboard.NAME, about=dashboard.ABOUT, lead_role="Business intelligence lead",
        period_end=dashboard.PERIOD_END, rating_key=dashboard.KEY, queries=dashboard.QUERIES, source=dashboard.SOURCE, order=2, by=borough.com,
    )  # fmt: skip
    _set_up(borough, [_of_the_quarter(register, order, *row) for order, row in enumerate(dashboard.ROWS, 1)])


def _of_the_quarter(register, order, group, name, label, printed, value, count, change, colour, quartile, neighbours, better, unit, source, flag):
    """One row of the quarter's dashboard, with what its neighbours came to."""
    facts = {
        "slug": f"q4-{slugify(name)[:60].strip('-')}", "name": name, "register": register, "group": group, "order": order, "owner_role": "Assistant director",
        "checked_by_role": "HOS", "source": source, "unit": unit, "better": better, "scheme": "quartile" if colour else "none", "from_on": YEAR[0], "flag": flag,
    }  # fmt: skip
    days = dashboard.QUARTERS[label]
    beside = {"quartile": quartile, "change": change, "printed_rating": colour}
    words = f"{neighbours}%" if unit == "%" else str(neighbours)
    others = {"against": "neighbours", "period_end": days[1], "period_label": "Most recent", "value": neighbours, "printed": words, "source": source}
    return facts, [_value(*days, label, printed, value, (count, None), source, **beside)], [] if neighbours is None else [others]


def outcomes(borough) -> None:
    """The strategy's outcome measures, and the homes that it is to add."""
    for order, (kind, slug, name, about, source, queries, measures) in enumerate((
        ("outcomes", strategy.SLUG, strategy.NAME, strategy.ABOUT, strategy.SOURCE, strategy.QUERIES, strategy.MEASURES),
        ("needs", strategy.NEEDS_SLUG, strategy.NEEDS_NAME, strategy.NEEDS_ABOUT, strategy.NEEDS_SOURCE, [], strategy.NEEDS),
    ), 3):  # fmt: skip
        register = add_register(
            borough.authority, slug=slug, kind=kind, name=name, about=about, lead_role=strategy.BOARD, source=source, queries=queries, order=order,
            by=borough.com,
        )  # fmt: skip
        _set_up(borough, [_outcome(register, place, *measure) for place, measure in enumerate(measures, 1)])


def _outcome(register, order, slug, name, unit, better, scheme, baseline, targets, values, source, flag, numerator, denominator):
    """One measure of the strategy with its baseline."""
    value, on, words = baseline or (None, None, "")
    facts = {
        "slug": slug, "name": name, "register": register, "order": order, "owner_role": strategy.BOARD, "checked_by_role": "HOS", "source": source,
        "unit": unit, "better": better, "scheme": scheme, "frequency": "month", "from_on": YEAR[0], "targets": targets, "flag": flag, "baseline": value, "baseline_on": on,
        "baseline_words": words, "numerator": numerator, "denominator": denominator,
    }  # fmt: skip
    told = [_value(first, last, label, printed, figure, (top, bottom), source) for first, last, label, figure, top, bottom, printed in values]
    return facts, told, []


def specification(borough) -> None:
    """A specification's tables: SDQ scores and how they moved, and stability."""
    sdq = add_register(
        borough.authority, slug=stoke.SDQ_SLUG, kind="tables", name=stoke.SDQ_NAME, about=stoke.SDQ_ABOUT, source=stoke.SDQ_SOURCE,
        queries=stoke.SDQ_QUERIES, order=5, by=borough.com,
    )  # fmt: skip
    _set_up(borough, [_table(sdq, order, **table) for order, table in enumerate(sdq_tables(), 1)])
    stability = add_register(
        borough.authority, slug=stoke.STABILITY_SLUG, kind="tables", name=stoke.STABILITY_NAME, about=stoke.STABILITY_ABOUT,
        source=stoke.STABILITY_SOURCE, queries=stoke.STABILITY_QUERIES, order=6, by=borough.com,
    )  # fmt: skip
    found = [
        _table(stability, order, group=group, name=name, unit=unit, better=better, source=source, flag=flag,
               values=[("2017", *days, value, top, bottom, printed)], published={})
        for order, (group, name, unit, better, days, value, top, bottom, printed, source, flag) in enumerate(stoke.STABILITY, 1)
    ]  # fmt: skip
    out_of_city = _table(
        stability, len(found) + 1, group="Moves out of the city", name="Children moved out of the city from a small group home",
        unit="number", better="low", source="002:616", flag="2015/16 is not printed.", published={},
        values=[(year, *stoke.YEARS[year], Decimal(n), n, None, str(n)) for year, n in stoke.OUT_OF_CITY],
    )  # fmt: skip
    _set_up(borough, [*found, out_of_city])


def sdq_tables():
    """The SDQ tables, a row of one as one indicator with its years."""
    yield from _scores()
    yield from _moves()


def _scores():
    """How scores part at 17, with their mean and median."""
    for group, years in stoke.SCORES.items():
        source = stoke.LINES[group, "scores"]
        shapes = [("Score below 17", "high", 0, 1), ("Score of 17 and over", "low", 2, 3)]
        for name, better, n, percent in shapes:
            yield _rows(group, name, "%", better, source, [(year, row[n], row[4], row[percent]) for year, row in years.items()], published=n == 2)
        for name, at in (("Average score", 5), ("Median score", 6)):
            known = [(year, None, row[4], row[at]) for year, row in years.items() if row[at]]
            if known:
                yield _rows(group, name, "score", "low", source, known, published=at == 5)


def _moves():
    """How children with two scores moved, and whom that covers."""
    for group, years in stoke.MOVES.items():
        source = stoke.LINES[group, "moves"]
        for name, better, at in (("Worsened", "low", 0), ("Stayed the same", "", 2), ("Improved", "high", 4)):
            yield _rows(group, name, "%", better, source, [(year, row[at], row[6], row[at + 1]) for year, row in years.items()])
        earlier = dict(zip(years, [row[4] for row in stoke.SCORES[group].values()], strict=False))
        yield _rows(group, "A score in the year before as well", "%", "high", source, [(y, row[6], earlier[y], row[7]) for y, row in years.items()])
        yield _rows(group, "Mean change", "points", "", source, [(y, None, row[6], row[8]) for y, row in years.items()])


def _rows(group, name, unit, better, source, years, *, published=False):
    """One row of a table: by year the count, out of how many, and what is printed."""
    values = [
        (year, *stoke.YEARS[year], Decimal(words), top, bottom, f"{top} ({words}%)" if unit == "%" else words) for year, top, bottom, words in years
    ]
    known = {year: (f"{row[1]} of {row[0]}" if unit == "%" else row[2]) for year, row in stoke.PUBLISHED.items()}
    return {"group": group, "name": f"{name}: {group.lower()}", "unit": unit, "better": better, "source": source, "flag": "", "values": values,
            "published": known if published and group == stoke.ALL else {}}  # fmt: skip


def _table(register, order, *, group, name, unit, better, source, flag, values, published):
    """One row of a specification's table; nothing of it has a target."""
    facts = {
        "slug": f"{register.slug[:3]}-{order}-{slugify(name)[:50].strip('-')}", "name": name, "register": register, "group": group, "order": order,
        "owner_role": "Commissioner", "checked_by_role": "HOS", "source": source, "unit": unit, "better": better, "scheme": "none", "frequency": "year",
        "from_on": date(2014, 4, 1), "flag": flag,
    }  # fmt: skip
    told = [_value(first, last, label, printed, value, (top, bottom), source) for label, first, last, value, top, bottom, printed in values]
    others = [
        {"against": "published", "period_end": stoke.YEARS[year][1], "period_label": year, "printed": words, "value": number_in(words),
         "source": "Looked-after children statistics, Department for Education"}
        for year, words in published.items()
    ]  # fmt: skip
    return facts, told, others


def plan(borough) -> None:
    """The partnership plan's actions, each with its note after a year, its rewording, and how it ended."""
    register = add_register(
        borough.authority, slug=tracker.SLUG, kind="plan", name=tracker.NAME, about=tracker.ABOUT, source=tracker.SOURCE, queries=tracker.QUERIES,
        lead_role="Children and families partnership board", order=7, by=borough.com,
    )  # fmt: skip
    made = {}
    for outcome, lead, actions in tracker.OUTCOMES:
        for number, focus, text, source, now, works, worries, steps in actions:
            made[number] = add_action(
                register, number=number, outcome=outcome, focus=focus, text=text, lead_role=lead, order=len(made) + 1, steps=steps, source=source,
                by=borough.com,
            )  # fmt: skip
            note_progress(made[number], on=tracker.AS_OF, words=now, works_well=works, worries=worries, source=source, by=borough.com)
    for number, text, because in tracker.REWORDED:
        made[number] = reword_action(made[number], text=text, because=because, on=tracker.AS_OF, by=borough.com)
    for number, state, follows, because in tracker.ENDED:
        end_action(made[number], state=state, because=because, continues_as=made.get(follows), on=tracker.AS_OF, by=borough.com)


def number_in(words: str) -> Decimal | None:
    """The number that printed words begin with, or None: "82.5% (March 2019)" is 82.5."""
    found = re.match(r"(\d[\d,]*\.?\d*)%?(?:\*)?(?=$|[ (])", words)
    try:
        return Decimal(found[1].replace(",", "")) if found else None
    except InvalidOperation:
        return None
