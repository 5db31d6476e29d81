"""Put a copy back in the place of what is there, which is kept beside it."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from config.backup import restore
from config.management.addresses import of_connection, superuser


class Command(BaseCommand):
    """Judged whole, put beside, compared, its trail verified, and only then in place; stop the service first."""

    help = __doc__

    def add_arguments(self, parser):
        """The folder of one copy, and whether it is only to be judged."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="only say whether the copy is whole")

    def handle(self, *args, folder, check, **options):
        """Do it, or say in one sentence why not."""
        try:
            restore.check(folder)
            self.stdout.write("Every byte of the copy is as it was written.")
            if not check:
                self._put_back(folder)
        except restore.Refused as reason:
            raise CommandError(str(reason)) from reason

    def _put_back(self, folder):
        name, stamp = connection.settings_dict["NAME"], f"before-{timezone.now():%Y%m%d%H%M%S}"
        fresh = f"{name}_fresh"
        restore.fill(folder, superuser(), fresh)
        self._verify(folder, restore.in_database(of_connection(), fresh))
        connection.close()
        restore.put_in_place(superuser(), fresh, name=name, aside=f"{name}_{stamp}")
        files = restore.put_files(folder, settings.FILES, aside=stamp)
        self.stdout.write(f"The copy and its {files:,} files are in place. What was there is the database {name}_{stamp}.")

    def _verify(self, folder, address):
        """The trail of what was put back is whole, by the marks that were copied with it."""
        seals = folder / restore.FILES / "seals.txt"
        done = subprocess.run(
            [sys.executable, "manage.py", "verify_audit", *(["--copies", seals] if seals.exists() else [])],
            cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": address, "THROUGHLINE_FILES": str(folder / restore.FILES)},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise restore.Refused(f"{done.stderr.strip()[-300:]} Nothing was overwritten.")
        self.stdout.write(done.stdout.strip())
