"""One process of the race: eight threads that all ask for the last places at the same moment."""

# ruff: noqa: E402, T201 - Django is set up first, and the answers are printed for the test to read
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from random import randint
from time import sleep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import IntegrityError, OperationalError, connection
from psycopg2.errors import DeadlockDetected, LockNotAvailable

from core import clock
from core.models import User
from core.references import new_reference
from core.rules import RuleBroken
from referrals.actions import allocation
from referrals.models import Provision, Referral

TODAY = date(2026, 11, 24)


def without_a_lock(*provisions) -> list:
    """The negative control's lock_provisions: the same rows, and nobody waits for anybody."""
    return [Provision.objects.get(pk=provision.pk) for provision in provisions]


def by_the_service(order: dict, reference: str):
    """Everything read beforehand; what is left is one call of the service."""
    manager, strategic = (User.objects.get(pk=order[who]) for who in ("manager", "strategic"))
    referral, provision = Referral.objects.get(reference=reference), Provision.objects.get(pk=order["provision"])

    def give() -> str:
        with clock.held_at(TODAY):
            allocation.allocate_place(
                referral, provision, starts_on=TODAY, planned_end_on=TODAY + timedelta(weeks=12),
                out_of_order_because="A race.", agreed_by=strategic, by=manager,
            )  # fmt: skip
        return "given"

    return give


def by_raw_sql(order: dict, reference: str):
    """A script that knows no rule of ours: it writes a begun stay on one number after another until one is kept.

    It takes no lock before, so that many wait for one another in a circle: whom PostgreSQL sends away for that asks again.
    """
    child = Referral.objects.get(reference=reference).child_id
    places = list(Provision.objects.get(pk=order["provision"]).places.order_by("number").values_list("pk", flat=True))

    def give() -> str:
        for place in places:
            facts = {"id": 1_000_000 + child * 100 + place % 100, "reference": new_reference(), "child_id": child, "place_id": place, "state": "begun"}
            if written(facts, order["like"]):
                return "given"
        return "no number was kept"

    return give


def written(facts: dict, like: int) -> bool:
    """Whether a stay was kept; refused by a constraint it was not, and whoever waits in a circle lets go and asks again.

    Nobody waits long, and nobody asks again at the moment that others do: who met in a circle would meet in it for ever.
    """
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{randint(100, 600)}ms"])
                cursor.execute(WRITE, [json.dumps(facts), like])
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected | LockNotAvailable):
                raise
            sleep(randint(0, 600) / 1000)
        except IntegrityError:
            return False
        else:
            return True


WRITE = """INSERT INTO referrals_stay SELECT kept.* FROM referrals_stay one,
    jsonb_populate_record(NULL::referrals_stay, to_jsonb(one) || %s::jsonb) kept WHERE one.id = %s"""


def ask(order: dict, reference: str) -> str:
    """Ask for one place at the signal, and say what came of it."""
    try:
        give = (by_raw_sql if order.get("like") else by_the_service)(order, reference)
        connection.ensure_connection()
        go = Path(order["go"])
        (go.parent / f"ready-{reference}").touch()
        while not go.exists():
            sleep(0.02)
        return give()
    except RuleBroken as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:  # what must never reach anybody: counted by the test
        return f"ERROR {type(error).__name__}: {error}"
    finally:
        connection.close()


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    if told.get("unlocked"):
        allocation.lock_provisions = without_a_lock
    with ThreadPoolExecutor(len(told["references"])) as pool:
        answers = pool.map(lambda reference: ask(told, reference), told["references"])
        print(json.dumps(list(answers)))
