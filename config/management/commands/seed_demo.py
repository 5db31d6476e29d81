"""Load the demonstration borough, once; the same on every run with the same seed and date."""

import gc
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config.demo import (
    assurance,
    benefits,
    bodies,
    contract_facts,
    endings,
    figures,
    intake,
    journeys,
    kept,
    machines,
    people,
    resources,
    returns,
    services,
)
from config.demo.kept_figures import go_through_scores
from config.demo.payments import tell_payments
from config.demo.story import Story, tell
from config.demo.told import tell_figures
from config.demo.waiting import while_they_wait
from config.management.told import wait_for_a_line
from core import clock
from core.alone import alone
from core.gathering import gathered
from core.models import Authority
from core.references import drawn_from


class Command(BaseCommand):
    """An invented borough in which a year and a half has passed."""

    help = __doc__
    # They read every page's code, which loads nothing; the tests and a deployment run them.
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The seed of everything drawn at random."""
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--when-told", action="store_true", help="Wait for a line, and begin then.")

    def handle(self, *args, **options):
        """Load it, all or nothing, or say that it is there."""
        if not settings.DEMONSTRATION and settings.MODE != "test":
            raise CommandError("Demonstration people exist only in a demonstration.")
        if options["when_told"]:
            wait_for_a_line()
        if Authority.objects.filter(slug="ashmere").exists():
            self.stdout.write("The demonstration borough is there already.")
            return
        began = time.monotonic()
        signs = drawn_from(random.Random(options["seed"]))
        with transaction.atomic(), signs, all_or_nothing(), uncollected(), by_turns(), nothing_kept(), alone():
            load()
        self.stdout.write(f"The demonstration borough was loaded in {time.monotonic() - began:.1f} s.")


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """No deed is taken back alone, so none needs a savepoint: a third of all statements."""
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = before


@contextmanager
def uncollected() -> Iterator[None]:
    """Rubbish is left where it lies until the end: looking for it takes a twelfth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def by_turns() -> Iterator[None]:
    """The loader and its database take turns, so they share a processor: to wake the other on another one takes five times as long.

    Where the database is on another machine, or may not be told, it stays where it is.
    """
    here = connection.settings_dict["HOST"].startswith("/")
    both = [0, connection.connection.info.backend_pid] if here else []
    before = os.sched_getaffinity(0)
    with suppress(OSError):
        for process in both:
            os.sched_setaffinity(process, {max(before)})
    try:
        yield
    finally:
        with suppress(OSError):
            for process in both:
                os.sched_setaffinity(process, before)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """No figure of the borough is kept yet, so that nothing needs to be written down to be counted again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('throughline.nothing_is_kept', 'yes', true)")
        yield
        cursor.execute("SELECT set_config('throughline.nothing_is_kept', '', true)")


def load() -> None:
    """All that happened in the borough up to now, and what was made of the trail it left."""
    with transaction.atomic():
        today = clock.today()
        with gathered():
            borough = happen(today)
        kept.tell(borough, today)


def happen(today):
    """People, bodies, contracts, indicators, and then what happened; gives the borough."""
    since = Story(None, today).since
    with clock.held_at(since):
        borough = people.build(since=since)
        bodies.contracts(borough, since)
        contract_facts.before_and_after(borough, since)
        bodies.panels(borough, since)
        intake.set_up(borough, since)
        resources.set_up(borough, since)
        bodies.risks(borough, since)
        figures.figures(borough)
        services.behind_the_services(borough, since)
    tell(borough, today)
    while_they_wait(borough)
    journeys.write(borough, today)
    go_through_scores(borough, today)
    endings.tell(borough, today)
    contract_facts.art_of_late(borough, today)
    assurance.keep_registers(borough, today)  # before the returns, which count them
    tell_payments(borough, today)
    benefits.tell(borough, today)
    services.on_call(borough, today)
    services.a_home_held_for_one(borough, today)
    returns.tell(borough, today)
    tell_figures(borough, today)
    machines.ask_for_figures(borough, today)
    return borough
