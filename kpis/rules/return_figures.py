"""The figures of statutory returns, each by every reading: stability, SDQ, missing episodes, care leavers and Annex A.

What the command prints, what the page shows and what is kept as values of indicators are these lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.figures import percentage
from kpis.rules.return_lists import ACCEPTED, IN_WORK, OFFERED, TIMES_MISSING
from kpis.rules.sdq_figures import sdq_movement, sdq_year
from kpis.rules.stability import (
    SHORT_BREAKS,
    Episode,
    Figure,
    age_on,
    in_care_a_year,
    same_placement_two_years,
    three_or_more_placements,
)

SHORT_HISTORY = "insufficient history: the files do not reach back three years"
NOT_OF_THE_COHORT = frozenset({"DIED", "RHOM"})
NOT_HOUSED_HERE = frozenset("GHR")
AGES = (("17-18", (17, 18)), ("19-21", (19, 20, 21)))
ANNEX_AGES = (("17-18", (17, 18)), ("19-25", (19, 20, 21, 22, 23, 24, 25)))


@dataclass(frozen=True)
class FigureLine:
    """One figure by one reading: how many of how many, or a number, or why there is none.

    `usual` marks the reading that stands where only one is shown; figures of one `group` share a denominator's children.
    """

    slug: str
    name: str
    reading: str
    figure: Figure | None = None
    number: Decimal | None = None
    why_none: str = ""
    usual: bool = True
    better: str = ""
    group: str = ""
    unit: str = "%"

    @property
    def value(self) -> Decimal | None:
        """The percentage, half up, or the number itself."""
        return self.number if self.figure is None else percentage(self.figure.numerator, self.figure.denominator, 1)


def stability_lines(episodes: Sequence[Episode], births: Mapping[str, date], year_end: date) -> list[FigureLine]:
    """Both figures of stability, by every reading; the longer one says where the files do not reach back far enough."""
    return many_placements_lines(episodes, year_end) + same_placement_lines(episodes, births, year_end)


def many_placements_lines(episodes: Sequence[Episode], year_end: date) -> list[FigureLine]:
    """Three or more placements in the year, by four readings."""
    slug, name, lines = "three-or-more-placements", "Three or more placements in the year", []
    for reading in ("carer", "any"):
        for temporary in (False, True):
            figure = three_or_more_placements(episodes, year_end=year_end, reading=reading, temporary=temporary)
            counted = "temporary counted" if temporary else "temporary left out"
            usual = reading == "carer" and not temporary
            lines.append(FigureLine(slug, name, f"{reading}, {counted}", figure, usual=usual, better="low"))
    return lines


def same_placement_lines(
    episodes: Sequence[Episode], births: Mapping[str, date], year_end: date, *, reaches_back: bool | None = None
) -> list[FigureLine]:
    """Same placement for two years, by three readings. ValueError for a child without a date of birth.

    `reaches_back` says whether three years' files are there; where nobody knows, the first end of an episode tells.
    """
    if reaches_back is None:
        known = min((episode.ended_on for episode in episodes if episode.ended_on), default=year_end)
        reaches_back = known <= date(year_end.year - 2, 4, 1)
    short = "" if reaches_back else SHORT_HISTORY
    lines = []
    for reading in ("dfe since 2021", "carer only", "any change"):
        figure = same_placement_two_years(episodes, births, year_end=year_end, reading=reading)
        usual = reading == "dfe since 2021"
        lines.append(FigureLine(
            "same-placement-two-years", "Same placement for two years", reading, figure, why_none=short, usual=usual, better="high"
        ))  # fmt: skip
    return lines


def sdq_lines(episodes, births, years: Sequence[Mapping[str, int]], year_end: date) -> list[FigureLine]:
    """Completion, bands and the mean of the last year's scores, and what has changed since the year before, if it is there."""
    if not years:
        return []
    year = sdq_year(years[-1], births, in_care_a_year(episodes, year_end=year_end), year_end=year_end)
    lines = [FigureLine("sdq-received", "SDQ received", "aged 5 to 16, in care a year", year.completion, better="high")]
    lines += [
        FigureLine(f"sdq-{name.replace(' ', '-')}", f"SDQ, {name}", "of those received", figure, group="sdq")
        for name, figure in year.bands.items()
    ]
    lines.append(FigureLine("sdq-mean", "SDQ, mean score", "of those received", number=year.average, better="low", group="sdq", unit="points"))
    return lines + (_moved(*years[-2:]) if len(years) > 1 else [])


def _moved(earlier, later) -> list[FigureLine]:
    """What changed for those with a score in both years."""
    moved = sdq_movement(earlier, later)
    both = FigureLine("sdq-both-years", "SDQ, a score in both years", "of this year\u2019s scores", moved.coverage, better="high")
    ways = [
        FigureLine(f"sdq-{name}", f"SDQ, {name}", "of those with both", figure, group="moved") for name, figure in moved.moves.items()
    ]
    change = FigureLine("sdq-mean-change", "SDQ, mean change", "below nought is better", number=moved.average_change, better="low", group="moved", unit="points")
    return [both, *ways, change]


def missing_lines(episodes: Iterable[Episode], missing: Iterable[Mapping], year_end: date) -> list[FigureLine]:
    """Children missing or away in the year, of those looked after on some day of it; and how many times."""
    first = date(year_end.year - 1, 4, 1)
    cared = {
        e.child for e in episodes
        if e.legal_status not in SHORT_BREAKS and e.started_on <= year_end and (e.ended_on is None or e.ended_on > first)
    }  # fmt: skip
    lines = []
    for code, word in (("M", "missing"), ("A", "away without authorisation")):
        rows = [row for row in missing if row["MISSING"] == code and row["CHILD"] in cared]
        figure = Figure(len({row["CHILD"] for row in rows}), len(cared))
        slug = "missing" if code == "M" else "away"
        lines.append(FigureLine(f"children-{slug}", f"Children {word}", "once or more, in care in the year", figure, better="low"))
        lines.append(FigureLine(
            f"episodes-{slug}", f"Times children were {word}", "episodes in the year", number=Decimal(len(rows)), better="low",
            group=f"times {slug}", unit="times",
        ))  # fmt: skip
    return lines


def leaver_lines(rows: Iterable[Mapping], year_end: date) -> list[FigureLine]:
    """Care leavers by age at the year's end: in touch, suitably housed, and in education, employment or training."""
    aged = [(age_on(date.fromisoformat(row["DOB"]), year_end), row) for row in rows if row["IN_TOUCH"] not in NOT_OF_THE_COHORT]
    lines = []
    for words, ages in AGES:
        these = [row for age, row in aged if age in ages]
        housed = [row for row in these if row.get("ACCOM", "0")[0] not in NOT_HOUSED_HERE]
        counts = (
            ("in-touch", "in touch", Figure(sum(row["IN_TOUCH"] == "YES" for row in these), len(these))),
            ("suitable-home", "in suitable accommodation", Figure(sum(row.get("ACCOM", "").endswith("1") for row in housed), len(housed))),
            ("in-work", "in education, employment or training", Figure(sum(row.get("ACTIV", "") in IN_WORK for row in these), len(these))),
        )
        lines += [
            FigureLine(f"leavers-{words}-{slug}", f"Care leavers aged {words} {said}", "OC3, age at the year\u2019s end", figure, better="high")
            for slug, said, figure in counts
        ]
    return lines


def annex_lines(lists: Mapping[str, Sequence[Mapping]], last_day: date) -> list[FigureLine]:
    """What an inspection's lists count: re-referrals, repeat plans, return interviews and care leavers."""
    lines = []
    if "annex-3" in lists:
        lines.append(FigureLine("re-referrals", "Referrals within 12 months of another", "Annex A list 3", _again(lists["annex-3"]), better="low"))
    if "annex-7" in lists:
        counted = [row.get("NUMBER OF PREVIOUS CHILD PROTECTION PLANS") for row in _began(lists["annex-7"], last_day)]
        figure = Figure(sum(bool(number) for number in counted), len(counted))
        lines.append(FigureLine("repeat-plans", "Child protection plans that are not the first", "ever before here, Annex A list 7", figure, better="low"))
    if "annex-8" in lists:
        away = [row for row in lists["annex-8"] if row.get(TIMES_MISSING)]
        offered = [row for row in away if row.get(OFFERED) == "Y"]
        lines += [
            FigureLine("interviews-offered", "Return interviews offered", "after the last episode, list 8", Figure(len(offered), len(away)), better="high"),
            FigureLine(
                "interviews-accepted", "Return interviews accepted", "of those offered, Annex A list 8",
                Figure(sum(row.get(ACCEPTED) == "Y" for row in offered), len(offered)), better="high",
            ),
        ]  # fmt: skip
    return lines + (_annex_leavers(lists["annex-9"], last_day) if "annex-9" in lists else [])


def _again(rows: Sequence[Mapping]) -> Figure:
    """Referrals of a child who had one in the twelve months before, in the list or by its own count of others."""
    before: dict[str, date] = {}
    again = 0
    for row in sorted(rows, key=lambda row: (row["CHILD UNIQUE ID"], row["DATE OF REFERRAL"])):
        day, last = date.fromisoformat(row["DATE OF REFERRAL"]), before.get(row["CHILD UNIQUE ID"])
        again += bool(row.get("NUMBER OF REFERRALS IN LAST 12 MONTHS")) or (last is not None and day <= a_year_after(last))
        before[row["CHILD UNIQUE ID"]] = day
    return Figure(again, len(rows))


def a_year_after(day: date) -> date:
    """The same day a year later; 29 February gives 28 February."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _began(rows: Sequence[Mapping], last_day: date) -> list[Mapping]:
    """Plans that began in the twelve months to a day."""
    return [row for row in rows if last_day < a_year_after(date.fromisoformat(row["CHILD PROTECTION PLAN START DATE"]))]


def _annex_leavers(rows: Sequence[Mapping], last_day: date) -> list[FigureLine]:
    """Care leavers as an inspection's list has them, by age on its day."""
    lines = []
    for words, ages in ANNEX_AGES:
        these = [row for row in rows if age_on(date.fromisoformat(row["DATE OF BIRTH"]), last_day) in ages]
        counts = (
            ("in-touch", "in touch", sum(row["LA IN TOUCH"].startswith("Y") for row in these)),
            ("suitable-home", "in suitable accommodation", sum(row.get("SUITABILITY OF ACCOMMODATION", "").startswith("SUIT") for row in these)),
            ("in-work", "in education, employment or training", sum(row.get("ACTIVITY STATUS", "")[:2] in IN_WORK for row in these)),
        )
        lines += [
            FigureLine(f"annex-leavers-{words}-{slug}", f"Care leavers aged {words} {said}", "Annex A list 9", Figure(count, len(these)), better="high")
            for slug, said, count in counts
        ]
    return lines
