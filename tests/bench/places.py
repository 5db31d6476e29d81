"""The goal of places: asked for by sixty-four at once while there are some, and when there are none."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from statistics import median
from time import perf_counter

import psycopg2
from django.db import connections

from tests.bench import plain, racing
from tests.bench.measure import IS_QUICK, Result, percentile

PROCESSES, THREADS = 8, 8
WORKERS = PROCESSES * THREADS
ROUNDS = 2 if IS_QUICK else 5
# Of two hundred places each worker asks for three; when there are none, each asks fifteen times.
GIVEN, REFUSED = 3, 5 if IS_QUICK else 15
# Nobody in a place, everybody waiting and told to nobody, and of an age that asks for no decision.
AS_BEFORE = """DELETE FROM referrals_stay; DELETE FROM referrals_access WHERE basis = 'placed';
UPDATE referrals_referral SET status = 'WAITING', placed_on = NULL WHERE status <> 'WAITING';
UPDATE referrals_child SET born_on = '2014-01-01' WHERE born_on <> '2014-01-01'"""
# In each of the places a child that no worker asks for: the keys from behind.
FULL = """INSERT INTO referrals_stay (reference, child_id, referral_id, place_id, is_living, state, starts_on, planned_end_on, follow_plan, impact_assessment,
    out_of_order_because, risk_because, kept_because, transferred_from, proposed_at, ending_reason)
SELECT 'X' || lpad(place.nth::text, 6, '0'), whose.child_id, whose.id, place.id, false, 'begun', current_date, current_date + 84, '', '', '', '', '', '', now(), ''
FROM (SELECT id, row_number() OVER (ORDER BY number) AS nth FROM referrals_place WHERE provision_id = (SELECT id FROM referrals_provision WHERE slug = 'bench0-outreach')) place
JOIN (SELECT id, child_id, row_number() OVER (ORDER BY id DESC) AS nth FROM referrals_referral WHERE status = 'WAITING') whose USING (nth);
UPDATE referrals_referral SET status = 'SUPPORTED' WHERE id IN (SELECT referral_id FROM referrals_stay)"""


def allocating() -> Iterator[Result]:
    """P9: sixty-four workers ask one service for places: our deed with every rule, and a lock and two writes in plain SQL; and then a full service."""
    with _workers() as ask:
        rounds = [(ask("ours", GIVEN, AS_BEFORE), ask("raw", GIVEN, AS_BEFORE)) for _ in range(ROUNDS + 1)][1:]
        ours = [mine for mine, _ in rounds]
        yield Result("P9", f"places a second, {WORKERS} workers, to plain SQL", _rates(rounds, ""), WORKERS * GIVEN, 0.3, at_least=True,
                     note=f"ours: every rule, the order, history, trail and letters; plain SQL: none; {_others(ours)} told to try again; load {os.getloadavg()[0]:.0f}")  # fmt: skip
        yield Result("P9", f"our p95 of those, {WORKERS} in one line", [_p95(mine) for mine in ours], WORKERS * GIVEN, 250, unit="ms",
                     note=f"plain SQL’s {median(_p95(raw) for _, raw in rounds):.0f} ms")  # fmt: skip
        rounds = [(ask("ours", REFUSED, f"{AS_BEFORE}; {FULL}"), ask("looking", REFUSED, "")) for _ in range(ROUNDS + 1)][1:]
        said = Counter(words for mine, _ in rounds for _, words in mine[1])
        yield Result("P9", f"refusals a second by a full service, {WORKERS} workers, to a look for a place that skips locked ones", _rates(rounds, None), WORKERS * REFUSED, 0.15,
                     at_least=True, note=f"ours: the deed, with its sentence; plain SQL: one question that finds none; said: {', '.join(said)}")  # fmt: skip


def _rates(rounds: list, said: str | None) -> list[float]:
    """Each round's ratio of answers a second: those that say this, or anything."""
    mine = [[sum(said is None or words == said for _, words in answers) / lasted for lasted, answers in pair] for pair in rounds]
    return [ours / peer for ours, peer in mine]


def _p95(race: tuple) -> float:
    """The ms that nineteen in twenty did not pass."""
    return percentile([took for took, _ in race[1]], 0.95) * 1000


def _others(races: list) -> int:
    """How many were given no place though there was one."""
    return sum(words != "" for _, answers in races for _, words in answers)


@contextmanager
def _workers() -> Iterator[Callable]:
    """Sixty-four with a connection each, as a server keeps them, for all the rounds; gives what has them ask, and says in how many seconds what came of it."""
    connections.close_all()  # what a fork must not share
    _do(AS_BEFORE)
    forks = multiprocessing.get_context("fork")
    ends = [forks.Pipe() for _ in range(PROCESSES)]
    for nth, (_, told) in enumerate(ends):
        forks.Process(target=racing.race, args=(nth, PROCESSES, THREADS, told), daemon=True).start()
    try:
        yield partial(_ask, [mine for mine, _ in ends])
    finally:
        for mine, _ in ends:
            mine.send(None)


def _ask(workers: list, which: str, times: int, before: str) -> tuple[float, list[tuple[float, str]]]:
    """How many seconds it lasted until all were answered, and how long each waited and what was refused."""
    _do(before)
    for worker in workers:
        worker.send((which, times))
    for worker in workers:
        worker.recv()
    began = perf_counter()
    for worker in workers:
        worker.send("go")
    answers = [one for worker in workers for one in worker.recv()]
    return perf_counter() - began, answers


def _do(statements: str) -> None:
    """Have the tables' owner do something in the database of the races."""
    if statements:
        with closing(psycopg2.connect(plain.address(racing.DATABASE, "throughline_owner"))) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statements)
