"""Say whether the trail is as it was sealed, and name the first event that is not."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.models import AuditEvent, Seal
from core.seal_check import problems
from core.seals import copies_file, copies_in


class Command(BaseCommand):
    """Against the seals in the database, and against marks that were copied out of it."""

    help = "Check the audit trail against its seals; ends with 1 and the first bad event where something is wrong."

    def add_arguments(self, parser):
        """Marks from outside the database: of a file, of a pack on paper."""
        parser.add_argument("--copies", type=Path, action="append", help="a file of marks; the service's own is read always")
        parser.add_argument("--seal", action="append", default=[], metavar="14:3fa9…", help="a seal as a pack prints it")

    def handle(self, *args, copies=None, seal=(), **options):
        """Print what was checked, or everything that is wrong."""
        files = [path for path in (copies or [copies_file()]) if copies or path.exists()]
        known = copies_in(line for path in files for line in path.read_text().splitlines()) | copies_in(seal)
        wrong = list(problems(known))
        if wrong:
            raise CommandError("The trail is not as it was sealed.\n" + "\n".join(f"  {line}" for line in wrong))
        sealed = sum(Seal.objects.values_list("events", flat=True))
        left = AuditEvent.objects.count() - sealed
        self.stdout.write(
            f"The trail is whole: {sealed:,} events under {Seal.objects.count():,} seals, {len(known):,} of them"
            f" copied out; {left:,} events are not sealed yet."
        )
