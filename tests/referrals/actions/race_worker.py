"""One process of the race: eight threads that all ask for the last places at the same moment."""

# ruff: noqa: E402, T201 - Django is set up first, and the answers are printed for the test to read
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from time import sleep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection

from core import clock
from core.models import User
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Provision, Referral

TODAY = date(2026, 11, 24)


def ask(order: dict, reference: str) -> str:
    """Ask for one place, and say what came of it."""
    try:
        manager, strategic = (User.objects.get(pk=order[who]) for who in ("manager", "strategic"))
        referral, provision = Referral.objects.get(reference=reference), Provision.objects.get(pk=order["provision"])
        while not Path(order["go"]).exists():
            sleep(0.02)
        with clock.held_at(TODAY):
            allocate_place(
                referral, provision, starts_on=TODAY, planned_end_on=TODAY + timedelta(weeks=12),
                out_of_order_because="A race.", agreed_by=strategic, by=manager,
            )  # fmt: skip
    except RuleBroken as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:  # what must never reach anybody: counted by the test
        return f"ERROR {type(error).__name__}: {error}"
    finally:
        connection.close()
    return "given"


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    with ThreadPoolExecutor(len(told["references"])) as pool:
        answers = pool.map(lambda reference: ask(told, reference), told["references"])
        print(json.dumps(list(answers)))
