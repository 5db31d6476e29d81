"""What is stored of statutory returns, gathered for one year, and the figures that it gives."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kpis.models import ReturnedRow
from kpis.rules.return_figures import (
    FigureLine,
    annex_lines,
    leaver_lines,
    many_placements_lines,
    missing_lines,
    same_placement_lines,
    sdq_lines,
)
from kpis.rules.stability import Episode, stitched

NO_BIRTH = "some children have no date of birth in a Header file"
ANNEX = ("annex-3", "annex-7", "annex-8", "annex-9")


@dataclass
class Held:
    """Rows of one year's lists, with the years before them where a figure needs those; None or nothing for a list that is not stored."""

    year_end: date
    episodes: list[Episode] = field(default_factory=list)
    births: dict[str, date] = field(default_factory=dict)
    scores: list[dict[str, int]] = field(default_factory=list)
    missing: list[dict] | None = None
    leavers: list[dict] | None = None
    annex: dict[str, list[dict]] = field(default_factory=dict)
    reaches_back: bool = False

    def by_child(self) -> "dict[str, Held]":
        """The same for each child alone."""
        found: dict[str, Held] = defaultdict(self._empty)
        for episode in self.episodes:
            found[episode.child].episodes.append(episode)
        for at, scores in enumerate(self.scores):
            for child, score in scores.items():
                found[child].scores[at][child] = score
        self._share_rows(found)
        for child in found.keys() & self.births.keys():
            found[child].births = {child: self.births[child]}
        return dict(found)

    def _empty(self) -> "Held":
        """Nothing of anybody, of the same year."""
        missing = None if self.missing is None else []
        return Held(self.year_end, scores=[{} for _ in self.scores], missing=missing, reaches_back=self.reaches_back)

    def _share_rows(self, found: "dict[str, Held]") -> None:
        """Each child's rows of the Missing, OC3 and Annex A lists."""
        for row in self.missing or ():
            found[row["CHILD"]].missing = [*(found[row["CHILD"]].missing or ()), row]
        for row in self.leavers or ():
            found[row["CHILD"]].leavers = [*(found[row["CHILD"]].leavers or ()), row]
        for code, rows in self.annex.items():
            for row in rows:
                found[row["CHILD UNIQUE ID"]].annex.setdefault(code, []).append(row)


class _Stored:
    """The rows of one authority's lists up to one year's end."""

    def __init__(self, authority_id: int, year_end: date):
        self.authority_id, self.year_end = authority_id, year_end

    def upto(self, code: str) -> Iterator[tuple[str, dict]]:
        """Children and values of one list, of every year up to this one, the earliest first."""
        rows = ReturnedRow.objects.filter(authority=self.authority_id, code=code, year_end__lte=self.year_end)
        return rows.order_by("year_end", "pk").values_list("child", "values").iterator(chunk_size=2_000)

    def of(self, code: str, year_end: date | None = None) -> list[dict]:
        """The values of one list of one year."""
        rows = ReturnedRow.objects.of(self.authority_id, code, year_end or self.year_end)
        return list(rows.order_by("pk").values_list("values", flat=True).iterator(chunk_size=2_000))

    def episodes(self) -> list[Episode]:
        """Every episode of the children in this year's file, stitched over the years before it."""
        rows = ReturnedRow.objects.of(self.authority_id, "episodes", self.year_end)
        this_year = set(rows.values_list("child", flat=True).distinct())
        found = {}
        for child, values in self.upto("episodes") if this_year else ():
            if child in this_year:
                episode = _episode(child, values)
                found[child, episode.started_on] = episode
        return stitched(found)

    def reaches_back(self) -> bool:
        """Whether the Episodes files of this year and the two before it are stored."""
        years = [date(self.year_end.year - back, 3, 31) for back in range(3)]
        rows = ReturnedRow.objects.filter(authority=self.authority_id, code="episodes", year_end__in=years)
        return rows.values("year_end").distinct().count() == len(years)

    def scores(self) -> list[dict[str, int]]:
        """This year's scores, after those of the year before where they are stored; nothing without this year's."""
        before = date(self.year_end.year - 1, 3, 31)
        years = [
            {row["CHILD"]: row["SDQ_SCORE"] for row in self.of("oc2", year) if "SDQ_SCORE" in row} for year in (before, self.year_end)
        ]
        return [scores for scores in years if scores] if years[-1] else []


def held_of(authority_id: int, year_end: date) -> Held:
    """What is stored of one authority's returns for one year."""
    stored = _Stored(authority_id, year_end)
    # From OC2 where a child has no Header row.
    births = {child: date.fromisoformat(values["DOB"]) for code in ("oc2", "header") for child, values in stored.upto(code)}
    annex = {code: stored.of(code) for code in ANNEX}
    return Held(
        year_end, stored.episodes(), births, stored.scores(), stored.of("missing") or None, stored.of("oc3") or None,
        {code: rows for code, rows in annex.items() if rows}, stored.reaches_back(),
    )  # fmt: skip


def figures_of(held: Held) -> list[FigureLine]:
    """Every figure that what is held gives for its year."""
    lines: list[FigureLine] = []
    if held.episodes:
        lines += many_placements_lines(held.episodes, held.year_end) + _same_placement(held)
        lines += sdq_lines(held.episodes, held.births, held.scores, held.year_end)
    if held.episodes and held.missing is not None:
        lines += missing_lines(held.episodes, held.missing, held.year_end)
    if held.leavers is not None:
        lines += leaver_lines(held.leavers, held.year_end)
    return lines + annex_lines(held.annex, held.year_end)


def _same_placement(held: Held) -> list[FigureLine]:
    """Same placement for two years; without somebody's date of birth there is no figure, and it says so."""
    try:
        return same_placement_lines(held.episodes, held.births, held.year_end, reaches_back=held.reaches_back)
    except ValueError:
        return [FigureLine("same-placement-two-years", "Same placement for two years", "dfe since 2021", why_none=NO_BIRTH, better="high")]


def _episode(child: str, values: dict) -> Episode:
    """A stored row as the plain functions know it."""
    ended = values.get("DEC")
    return Episode(
        child, date.fromisoformat(values["DECOM"]), date.fromisoformat(ended) if ended else None, values["RNE"], values["LS"],
        values["PLACE"], values.get("PL_POST", ""), values.get("URN", ""),
    )  # fmt: skip
