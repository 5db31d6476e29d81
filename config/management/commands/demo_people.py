"""Print the demonstration's people with their roles."""

from django.core.management.base import BaseCommand

from core.models import User


class Command(BaseCommand):
    """One line a person, in the order of the line."""

    help = "Print the demonstration's people with their roles."

    def handle(self, *args, **options):
        """Print them."""
        for person in User.objects.filter(is_demonstration=True).order_by("pk"):
            self.stdout.write(f"  {person.full_name:<18} {person.job_title}")
