"""One process of the races for places: threads that ask one service for places, each for children of its own, whenever they are told to go."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle, islice

from django.db import connection, connections, transaction

from core import clock
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Provision, Referral
from tests.bench.fill import person
from tests.bench.peers.allocation import look_for_place, take_place

DATABASE = "bench_races"


def asking() -> dict[str, Callable]:
    """What one attempt is: our deed, the peer's statements that take a place, and those that find none."""
    provision, manager, strategic = Provision.objects.get(slug="bench0-outreach"), person("provider_manager"), person("strategic_manager")
    today = clock.today()
    if manager.acting is None or not strategic.current_roles:
        raise RuntimeError("nobody allocates there")

    def ours(referral):
        allocate_place(referral, provision, starts_on=today, planned_end_on=today + timedelta(weeks=12), out_of_order_because="A race.",
                       agreed_by=strategic, by=manager)  # fmt: skip

    def raw(referral):
        with transaction.atomic():
            take_place(referral.pk, referral.child_id, provision.pk, today)

    def looking(_):
        with transaction.atomic():
            look_for_place(provision.pk)

    return {"ours": ours, "raw": raw, "looking": looking}


def run(ask: Callable, share: list, times: int) -> list[tuple[float, str]]:
    """Ask for a place so often, for one child of a share after another; how long each took, and what was refused."""
    found = []
    for referral in islice(cycle(share), times):
        began = time.perf_counter()
        try:
            ask(referral)
            said = ""
        except RuleBroken as refusal:
            said = " ".join(map(str, refusal.reasons))
        found.append((time.perf_counter() - began, said))
    return found


def race(nth: int, processes: int, threads: int, told) -> None:
    """In a process of its own, until nothing more is told: read which way is to be asked how often, say ready, go, and say what came of it."""
    connections["default"].settings_dict["NAME"] = DATABASE
    waiting = list(Referral.objects.filter(status="WAITING", authority__slug="bench0").select_related("child").order_by("pk")[: processes * threads * 3])
    shares = [waiting[nth * threads + at :: processes * threads] for at in range(threads)]
    ways = asking()
    connection.close()
    with ThreadPoolExecutor(threads) as pool:
        for which, times in iter(told.recv, None):
            told.send("ready")
            told.recv()
            answers = [one for found in pool.map(lambda share: run(ways[which], share, times), shares) for one in found]  # noqa: B023 - done before the next
            told.send(answers)
