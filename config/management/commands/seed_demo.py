"""Load the demonstration borough, once; the same on every run with the same seed and date."""

import gc
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config.demo import bodies, endings, intake, journeys, people, resources, services
from config.demo.story import Story, tell
from config.demo.waiting import while_they_wait
from core import clock
from core.models import Authority
from core.references import drawn_from


class Command(BaseCommand):
    """An invented borough in which a year and a half has passed."""

    help = __doc__

    def add_arguments(self, parser):
        """The seed of everything drawn at random."""
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--when-told", action="store_true", help="Wait for a line, and begin then.")

    def handle(self, *args, **options):
        """Load it, all or nothing, or say that it is there."""
        if not settings.DEMONSTRATION and settings.MODE != "test":
            raise CommandError("Demonstration people exist only in a demonstration.")
        if options["when_told"] and not sys.stdin.readline():
            raise CommandError("Whoever was to say when to begin has gone.")
        if Authority.objects.filter(slug="ashmere").exists():
            self.stdout.write("The demonstration borough is there already.")
            return
        began = time.monotonic()
        signs = drawn_from(random.Random(options["seed"]))
        with transaction.atomic(), signs, all_or_nothing(), uncollected():
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


def load() -> None:
    """People, bodies, contracts, indicators, and then what happened."""
    today = clock.today()
    since = Story(None, today).since
    with clock.held_at(since):
        borough = people.build(since=since)
        bodies.contracts(borough, since)
        bodies.panels(borough, since)
        intake.set_up(borough, since)
        resources.set_up(borough, since)
        bodies.risks(borough, since)
        bodies.figures(borough)
        services.behind_the_services(borough, since)
    tell(borough, today)
    while_they_wait(borough)
    journeys.write(borough, today)
    endings.tell(borough, today)
    services.on_call(borough, today)
    services.a_home_held_for_one(borough, today)
