"""The goal of writing: what the trail costs."""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from unittest import mock

from django.db import transaction

from core.models import AuditEvent, Seal
from core.seals import seal_trail
from referrals.actions.referral import save_task
from referrals.models import Referral, ReferralTask
from tests.bench import plain
from tests.bench.fill import person
from tests.bench.measure import Result, ratios
from tests.bench.visiting import on_database, signed_in, visit

SAVES, SEALED = 30, 20_000


def audited() -> Iterator[Result]:
    """P13: a task saved with its row in the trail and its history, and without; a page with and without its reading written; and the seal."""
    rest = plain.make_plain()
    with on_database("small"):
        with_all = _saves()
    with on_database("plain"):
        without = _saves()
    yield Result("P13", "saves with trail and history, a second, to saves without", ratios(_on("plain", without), _on("small", with_all), n=SAVES), SAVES, 0.7,
                 at_least=True, note=f"the same deed on a copy of 1,000 in which {rest} triggers of history rest, and no row in the trail")  # fmt: skip
    manager = person("team_manager")
    look = visit(signed_in(manager), Referral.objects.visible_to(manager).filter(status="SUPPORTED").first().get_absolute_url())

    def unread():
        with mock.patch("core.views.bases.record_read"):
            return look()

    yield Result("P13", "a referral's page with its reading written to without", ratios(look, unread, n=10), 10, 1.15)
    yield Result("P13", f"sealing {SEALED:,} events", [_sealed() for _ in range(3)], 3, 200, unit="ms")


def _saves() -> Callable:
    """A call that saves one task of a referral that may still be edited with new words, every save with its row in the trail (one a sitting, and no sitting here)."""
    task = ReferralTask.objects.filter(referral__status__in=["DRAFT", "READY", "BOOKED"], name="views").select_related("referral__author").first()
    author, nth = task.referral.author, iter(range(1_000_000))

    def save():
        with transaction.atomic(), mock.patch("referrals.actions.referral.SITTING", timedelta(0)):
            task.refresh_from_db(fields=["version"])
            save_task(task, answers={"child_view": f"View {next(nth)}", "says_complete": "yes"}, version=task.version, by=author)

    return save


def _on(alias: str, save: Callable) -> Callable:
    """The save on one of the databases; on the plain one nothing is told to the trail."""

    def there():
        with on_database(alias), mock.patch("core.audit.record") if alias == "plain" else nullcontext():
            save()

    return there


def _sealed() -> float:
    """How many ms the newest events take to be sealed; nothing is kept of it."""
    with transaction.atomic():
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[SEALED]
        Seal(number=1, spans=[[1, last]], reaches=last, events=last, digest="", leaves=b"", mark="").save(force_insert=True)
        began = time.perf_counter()
        seal = seal_trail()
        lasted = time.perf_counter() - began
        transaction.set_rollback(True)
    if seal is None or seal.events != SEALED:
        raise RuntimeError("not everything was sealed")
    return lasted * 1000
