"""The goals of figures: the dashboard beside plain SQL, and how soon a change shows."""

import re
from collections.abc import Iterator
from functools import partial

from django.db import transaction

from core import clock
from core.models import Authority
from kpis.actions.keeping import keep_figures
from kpis.models import KeptBoard, KeptFigure
from referrals.models import Referral
from tests.bench.fill import person
from tests.bench.measure import Result, ratios, took
from tests.bench.peers import raw
from tests.bench.visiting import signed_in, visit
from tests.kpis.kept import unlike

ROUNDS, FEW = 5, 5
WAKES = 10
SHOWN = re.compile(r'<tr role="row"[^>]*><th scope="row" role="rowheader">(\w{3} \d{4})</th><td role="cell" class="num" data-label="Value"><strong>(\d+%)</strong>')
TABLE = re.compile(r'<tbody role="rowgroup">.*?</tbody>', re.S)


def whole(authority: Authority) -> None:
    """Count all of an authority's figures anew and keep them, as a day that is new or another version of the rules does."""
    KeptBoard.objects.filter(authority=authority).update(rules="others")
    keep_figures(authority)


def dashboards() -> Iterator[Result]:
    """P4: the dashboard, beside the empty view, beside the stored values of forty indicators and sixty months in plain SQL, and beside counting them from rows."""
    manager = person("head_of_service")
    client, authority = signed_in(manager), manager.acting.authority_id
    whole(manager.acting.authority)
    look, plain = visit(client, "/kpis"), partial(raw.rows, raw.VALUES, authority)
    yield Result("P4", "dashboard to empty view", ratios(look, visit(client, "/bench/empty"), n=FEW), FEW, 6)
    yield Result("P4", "dashboard to the plain SELECT of the values", ratios(look, plain, n=FEW), FEW, 10)
    yield Result("P4", "forty raw aggregates to the dashboard", ratios(partial(raw.counted_from_rows, authority), look, n=1), 1, 200, at_least=True)
    wrong = _unlike(look(), authority)
    yield Result("P4", "latest values on the page that are not as a recount says", [float(wrong)], 1, 0, unit="")
    shown, others = _unlike_pages(client, authority)
    yield Result("P4", "values on the indicators’ own pages that are not as a recount says", [float(others)], 1, 0, unit="", note=f"{shown:,} values of forty pages, each worked out in plain Python from its numerator and denominator as stored")
    cells = float(len(unlike(manager.acting.authority)))
    yield Result("P4", "kept cells that are not as a recount says", [cells], 1, 0, unit="", note=f"{KeptFigure.objects.filter(authority=authority).count()} months of measures, each by service, and the quarters and years made of them")


def _unlike(answer, authority: int) -> int:
    """How many of forty indicators do not show, as their latest, what plain SQL says of the stored rows."""
    latest = {name: value for _, name, _, _, _, value in raw.rows(raw.VALUES, authority)}
    shown = answer.content.decode()
    found = [re.search(rf">\s*{re.escape(name)}\s*<.*?</tr>", shown, re.S) for name in latest]
    return sum(one is None or f"{value.normalize():f}%" not in one[0] for one, value in zip(found, latest.values(), strict=True))


def _unlike_pages(client, authority: int) -> tuple[int, int]:
    """How many values forty indicators' pages show, and how many are missing, or are not what plain Python makes of the stored rows."""
    stored: dict[str, dict[str, str]] = {}
    for slug, starts, above, below in raw.rows(raw.COUNTS, authority):
        stored.setdefault(slug, {})[f"{starts:%b %Y}"] = f"{above / below:.0%}"
    shown = {slug: dict(SHOWN.findall(client.get(f"/kpis/{slug}").content.decode())) for slug in stored}
    cells = [(shown[slug].get(month), value) for slug, values in stored.items() for month, value in values.items()]
    return sum(map(len, shown.values())), sum(on_page != value for on_page, value in cells)


def freshness() -> Iterator[Result]:
    """P5: one referral is withdrawn, what it touched is counted again, and the next page says so; beside counting everything."""
    manager = person("head_of_service")
    authority, look = manager.acting.authority, visit(signed_in(manager), f"/kpis?view=all&period={clock.today():%Y-%m}")
    whole(authority)
    waited, once, own = [], [], []
    for _ in range(ROUNDS):
        own.append(took(partial(whole, authority)))
        with transaction.atomic():
            before = TABLE.search(look().content.decode())[0]
            _withdraw_one(authority)
            once.append(took(partial(keep_figures, authority)))
            waited.append(WAKES + once[-1] + took(look))
            if TABLE.search(look().content.decode())[0] == before:
                raise RuntimeError("the page does not say what changed")
            transaction.set_rollback(True)
    yield Result("P5", "a change shows after", waited, 1, 60, unit="s", note=f"the timetable looks every {WAKES} s, which is in it")
    everybody = sum(took(partial(whole, each)) for each in Authority.objects.order_by("pk"))
    yield Result("P5", "cost of bringing one change up to date to a full rebuild", [each / everybody for each in once], 1, 0.01,
                 note=f"of {Authority.objects.count()} authorities; the change touches a month or two of five measures")  # fmt: skip
    yield Result("P5", "the same to a rebuild of that authority alone", [a / b for a, b in zip(once, own, strict=True)], 1, 0.01)


def _withdraw_one(authority: Authority) -> None:
    """The referral that has waited longest is withdrawn now."""
    row = Referral.objects.filter(authority=authority, status="WAITING").order_by("pk").first()
    Referral.objects.filter(pk=row.pk).update(status="WITHDRAWN", status_since=clock.now())
