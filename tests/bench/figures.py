"""The goals of figures: the dashboard beside plain SQL, and how soon a change shows."""

import re
from collections.abc import Iterator
from functools import partial

from django.db import transaction

from referrals.models import Referral
from tests.bench.fill import person
from tests.bench.measure import Result, ratios, took
from tests.bench.peers import raw
from tests.bench.visiting import signed_in, visit

ROUNDS = 5


def dashboards() -> Iterator[Result]:
    """P4: the dashboard, beside the empty view, beside the stored values of forty indicators and sixty months in plain SQL, and beside counting them from rows."""
    manager = person("head_of_service")
    client, authority = signed_in(manager), manager.acting.authority_id
    look, plain = visit(client, "/kpis"), partial(raw.rows, raw.VALUES, authority)
    yield Result("P4", "dashboard to empty view", ratios(look, visit(client, "/bench/empty"), n=1), 1, 6)
    yield Result("P4", "dashboard to the plain SELECT of the values", ratios(look, plain, n=1), 1, 10)
    yield Result("P4", "forty raw aggregates to the dashboard", ratios(partial(raw.counted_from_rows, authority), look, n=1, rounds=3), 1, 200, at_least=True)
    wrong = _unlike(look(), authority)
    yield Result("P4", "latest values on the page that are not as a recount says", [float(wrong)], 1, 0, unit="")


def _unlike(answer, authority: int) -> int:
    """How many of forty indicators do not show, as their latest, what plain SQL says of the stored rows."""
    latest = {name: value for _, name, _, _, _, value in raw.rows(raw.VALUES, authority)}
    shown = answer.content.decode()
    found = [re.search(rf">\s*{re.escape(name)}\s*<.*?</tr>", shown, re.S) for name in latest]
    return sum(one is None or f"{value.normalize():f}%" not in one[0] for one, value in zip(found, latest.values(), strict=True))


def freshness() -> Iterator[Result]:
    """P5: one referral moves, and the next page says so; nothing is kept of it."""
    manager = person("head_of_service")
    look, waited = visit(signed_in(manager), "/kpis"), []
    for _ in range(3):
        with transaction.atomic():
            before = look().content
            Referral.objects.filter(authority=manager.acting.authority_id, status="WAITING").update(status="WITHDRAWN")
            waited.append(took(look))
            if look().content == before:
                raise RuntimeError("the page does not say what changed")
            transaction.set_rollback(True)
    yield Result("P5", "a change shows after", waited, 1, 60, unit="s", note="on the next page: figures are gathered afresh")
    yield Result("P5", "cost of bringing one month up to date to a full rebuild", [1.0], 1, 0.01, note="by design: nothing is kept, so that each page gathers everything anew")
