"""Addresses of the database for commands that act as its owner or its superuser."""

import os

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection


def address() -> str:
    """The owner's address where there is one; the service's otherwise, or that of the tests' database."""
    return settings.DATABASE_OWNER_URL if settings.DATABASE_OWNER_URL and not settings.TEST else of_connection()


def of_connection() -> str:
    """Where this process reads and writes."""
    row = connection.settings_dict
    secret = f":{row['PASSWORD']}" if row["PASSWORD"] else ""
    return f"postgres://{row['USER']}{secret}@/{row['NAME']}?host={row['HOST']}&port={row['PORT']}"


def superuser() -> str:
    """Whoever may make databases and rename them; a sentence where nobody was named."""
    named = os.environ.get("DATABASE_SUPERUSER_URL", "")
    if not named:
        raise CommandError("Set DATABASE_SUPERUSER_URL: only PostgreSQL’s superuser may put another database in the place of this one.")
    return named
