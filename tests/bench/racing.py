"""One process of the race for places: threads that ask for places of one service, each for children of its own, from one signal on."""

# ruff: noqa: E402, T201 - Django is set up first, and the answers are printed for the benchmark to read
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

django.setup()

from django.db import connection, transaction

from core import clock
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Provision, Referral
from tests.bench.fill import person
from tests.bench.peers.allocation import take_place


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


def run(which: str, share: list, go: Path) -> list[tuple[float, str]]:
    """Ask for a place for each of a share; how long each took, and what was refused."""
    ask, found = asking(which), []
    connection.ensure_connection()
    while not go.exists():
        time.sleep(0.01)
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


def main(which: str, nth: str, processes: str, threads: str, each: str, go: str) -> None:
    """Read this process's share of those who wait, say that it is ready, run, and say what came of it."""
    waiting = list(Referral.objects.filter(status="WAITING", authority__slug="bench0").select_related("child").order_by("pk")[: int(processes) * int(threads) * int(each)])
    mine = waiting[int(nth) :: int(processes)]
    shares = [mine[at :: int(threads)] for at in range(int(threads))]
    print("ready", flush=True)
    with ThreadPoolExecutor(int(threads)) as pool:
        answers = [one for found in pool.map(lambda share: run(which, share, Path(go)), shares) for one in found]
    print(json.dumps({"seconds": [took for took, _ in answers], "given": sum(not said for _, said in answers), "said": [said for _, said in answers if said]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
