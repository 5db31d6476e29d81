"""Copy the database and the files to a new folder, while people work."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.backup.make import NotCopied, make_copy
from config.management.addresses import address


class Command(BaseCommand):
    """One folder a copy, named after its moment; it has that name only when it is whole."""

    help = __doc__

    def add_arguments(self, parser):
        """The folder that copies are kept in."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        """Make it, and say how much it holds."""
        began, now = time.monotonic(), timezone.now()
        target = folder / f"throughline-{now:%Y-%m-%dT%H%M%SZ}"
        try:
            said = make_copy(address(), settings.FILES, target, at=now.isoformat())
        except NotCopied as reason:
            raise CommandError(str(reason)) from reason
        rows = sum(count for count, _ in said["tables"].values())
        self.stdout.write(
            f"Copied {rows:,} rows of {len(said['tables'])} tables and {len(said['files']):,} files"
            f" in {time.monotonic() - began:.1f} s: {target}"
        )
        if said["missing"]:
            self.stderr.write(f"{len(said['missing'])} files that the database names were not there, such as {said['missing'][0]}.")
