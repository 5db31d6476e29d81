"""Make the first account of a real service: the system administrator of one council."""

import getpass

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from core.actions.authority import add_authority
from core.actions.person import add_person, give_role
from core.roles import Role


class Command(BaseCommand):
    """Asks for a council, a name and an address, and for a password without showing it."""

    help = "Make a council and its first system administrator."

    def add_arguments(self, parser):
        """The council's name, the person's name and their email address."""
        parser.add_argument("--council", required=True)
        parser.add_argument("--slug", required=True, help="the council's short name in addresses")
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)

    @transaction.atomic
    def handle(self, *args, council, slug, name, email, **options):
        """Make them, or say what is wrong."""
        password = getpass.getpass("Password, 12 characters or more: ")
        if len(password) < 12:
            raise CommandError("The password needs 12 characters or more.")
        _, organisation = add_authority(slug=slug, name=council, by=None)
        person = add_person(
            full_name=name, email=email, organisation=organisation,
            job_title=Role.ADMINISTRATOR.label, by=None,
        )  # fmt: skip
        person.set_password(password)
        person.save()
        give_role(
            person, Role.ADMINISTRATOR, organisation=organisation, from_on=clock.today(), by=None
        )
        self.stdout.write(f"{name} can sign in; the second step is set up at the first sign-in.")
