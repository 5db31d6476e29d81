"""One process of the race for places: threads that ask for places of one service, each for children of its own, from one signal on."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection, connections, transaction

from core import clock
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Provision, Referral
from tests.bench.fill import person
from tests.bench.peers.allocation import take_place

DATABASE = "bench_races"


def asking(which: str):
    """What one attempt is: our deed, or the peer's statements."""
    provision, manager, strategic = Provision.objects.get(slug="bench0-outreach"), person("provider_manager"), person("strategic_manager")
    today = clock.today()

    def ours(referral):
        allocate_place(referral, provision, starts_on=today, planned_end_on=today + timedelta(weeks=12), out_of_order_because="A race.",
                       agreed_by=strategic, by=manager)  # fmt: skip

    def raw(referral):
        with transaction.atomic():
            take_place(referral.pk, referral.child_id, provision.pk, today)

    return ours if which == "ours" else raw


def run(which: str, share: list, go) -> list[tuple[float, str]]:
    """Ask for a place for each of a share; how long each took, and what was refused."""
    ask, found = asking(which), []
    connection.ensure_connection()
    go.wait()
    for referral in share:
        began = time.perf_counter()
        try:
            ask(referral)
            said = ""
        except RuleBroken as refusal:
            said = " ".join(map(str, refusal.reasons))
        found.append((time.perf_counter() - began, said))
    connection.close()
    return found


def race(which: str, nth: int, processes: int, threads: int, each: int, go, told) -> None:
    """In a process of its own: read this process's share of those who wait, say that it is ready, run, and say what came of it."""
    connections["default"].settings_dict["NAME"] = DATABASE
    waiting = list(Referral.objects.filter(status="WAITING", authority__slug="bench0").select_related("child").order_by("pk")[: processes * threads * each])
    mine = waiting[nth::processes]
    shares = [mine[at::threads] for at in range(threads)]
    told.send("ready")
    with ThreadPoolExecutor(threads) as pool:
        answers = [one for found in pool.map(lambda share: run(which, share, go), shares) for one in found]
    told.send({"seconds": [took for took, _ in answers], "given": sum(not said for _, said in answers)})
