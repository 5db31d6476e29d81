"""Make every table, as `migrate` does; those of directories first, while there are few models to be drawn anew with them."""

from functools import cache

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader

from config.management.told import wait_for_a_line

# Each step of a library's changes tables that people's accounts point at, and Django draws whatever is related again.
FIRST = "socialaccount"


class Command(BaseCommand):
    """`migrate`, in an order that takes two thirds of the time on an empty database."""

    help = __doc__
    # They read every page's code, which makes no table; the tests and a deployment run them.
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Whether to read ahead."""
        parser.add_argument("--when-told", action="store_true", help="Wait for a line, and begin then.")

    def handle(self, *args, **options):
        """Migrate that library to its end, and then everything."""
        if options["when_told"]:
            MigrationLoader(None)
            wait_for_a_line()
        # Every key to another table asks which setting names its model, and Django looks through all models each time.
        apps.get_swappable_settings_name = cache(apps.get_swappable_settings_name)
        call_command("migrate", FIRST, verbosity=0)
        call_command("migrate", verbosity=0)
