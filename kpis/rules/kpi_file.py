"""A KPI file: values of indicators by period and reading, each with what it was counted from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from core.figures import percentage
from kpis.rules.file_rows import Row

NEEDED = ("INDICATOR", "PERIOD_START", "PERIOD_END", "NUMERATOR", "DENOMINATOR")
AS_PRINTED = "as printed"
PROVISIONAL, FINAL = "PROVISIONAL", "FINAL"
MOST_READING, MOST_LABEL, MOST_SOURCE = 40, 40, 120


@dataclass(frozen=True)
class Known:
    """What is known of an indicator: its unit."""

    unit: str


@dataclass(frozen=True)
class Entered:
    """One value as a file gives it; `period_end` is the day after the last day that the file names."""

    line: int
    slug: str
    period_start: date
    period_end: date
    period_label: str
    reading: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    is_final: bool
    source: str

    @property
    def key(self) -> tuple:
        """What makes it the same value again."""
        return self.slug, self.period_start, self.period_end, self.reading


def entered_rows(rows: Iterable[Row], known: Mapping[str, Known]) -> Iterator[Entered]:
    """The values of a file, one by one; a row with anything wrong goes to its problems instead."""
    seen: set[tuple] = set()
    for row in rows:
        before = len(row.problems)
        value = _entered(row, known)
        if len(row.problems) == before and value.key in seen:
            row.wrong("INDICATOR", "This file has the same indicator, period and reading on an earlier line.")
        elif len(row.problems) == before:
            seen.add(value.key)
            yield value


def _entered(row: Row, known: Mapping[str, Known]) -> Entered:
    slug = row.text("INDICATOR").lower()
    if slug and slug not in known:
        row.wrong("INDICATOR", f"{row.said(slug)} is none of the indicators here. The name in its page’s address is meant.")
    starts, ends = row.day("PERIOD_START"), row.day("PERIOD_END")
    if starts and ends and ends <= starts:
        row.wrong("PERIOD_END", "A period ends after it starts.")
    counted, of = row.whole("NUMERATOR", needed=False), row.whole("DENOMINATOR", needed=False)
    number = _number(row)
    state = row.one_of("STATE", {PROVISIONAL, FINAL}, needed=False)
    return Entered(
        line=row.line, slug=slug, period_start=starts, period_end=ends and ends + timedelta(days=1),
        period_label=row.text("PERIOD", needed=False, longest=MOST_LABEL) or _label(starts, ends),
        reading=row.text("READING", needed=False, longest=MOST_READING) or AS_PRINTED, numerator=counted, denominator=of,
        value=_value(row, known[slug].unit if slug in known else "%", counted, of, number), is_final=state == FINAL,
        source=row.text("SOURCE", needed=False, longest=MOST_SOURCE),
    )  # fmt: skip


def _number(row: Row) -> Decimal | None:
    """The value column, where a file has one."""
    said = row.text("VALUE", needed=False).removesuffix("%").replace(",", "").strip()
    try:
        number = Decimal(said) if said else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is not None and not (number.is_finite() and abs(number) < 10**11):
        row.wrong("VALUE", f"{row.said(said)} is not a number.")
        return None
    return number


def _value(row: Row, unit: str, counted: int | None, of: int | None, number: Decimal | None) -> Decimal | None:
    """The value that follows from what was counted; one that is written beside it has to be the same."""
    if (counted is None) != (of is None):
        row.wrong("DENOMINATOR" if of is None else "NUMERATOR", "A numerator and its denominator go together.")
        return None
    if counted is None:
        if number is None:
            row.wrong("NUMERATOR", "There is neither a count nor a value.")
        return number
    follows = percentage(counted, of, 1)
    if unit != "%" or follows is None:
        return number if follows is not None or number is None else _none_follows(row)
    if number is not None and abs(number - Decimal(100) * counted / of) > _rounding(number):
        row.wrong("VALUE", f"{row.said(str(number))} does not follow from the numerator and the denominator.")
    return follows


def _none_follows(row: Row) -> None:
    """Nothing is divided by nought."""
    row.wrong("VALUE", "There is no value where the denominator is nought.")


def _rounding(number: Decimal) -> Decimal:
    """Half of the last digit that is written."""
    return Decimal(5).scaleb(min(int(number.as_tuple().exponent), 0) - 1)


def _label(starts: date | None, ends: date | None) -> str:
    """A period in words, where a file gives none: "October 2026" of a month, "Apr 2025 to Mar 2026" of more, days where it is not whole months."""
    if not (starts and ends):
        return ""
    if starts.day != 1 or (ends + timedelta(days=1)).day != 1:
        return f"{starts.day} {starts:%b %Y} to {ends.day} {ends:%b %Y}"
    return f"{starts:%B %Y}" if (starts.year, starts.month) == (ends.year, ends.month) else f"{starts:%b %Y} to {ends:%b %Y}"
