"""A copy of the small database in which no trigger writes a row's history: what unaudited writes are measured on."""

import os
from contextlib import closing

import psycopg2
from django.conf import settings
from django.db import connection, connections

from tests.bench import database

HISTORY = """SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
WHERE NOT tgisinternal AND tgfoid IN (SELECT oid FROM pg_proc WHERE prosrc LIKE '%%event%%' AND prosrc LIKE '%%pgh_%%')"""


def address(name: str, person: str) -> str:
    """The address of one of the server's databases, for one of its people."""
    found = os.environ["DATABASE_OWNER_URL"]
    return found.replace("throughline_owner@", f"{person}@").replace(f"/{connection.settings_dict['NAME']}?", f"/{name}?")


def make_plain() -> int:
    """Make it from the small one as that stands; gives how many triggers rest."""
    for alias in ("small", "plain"):
        connections[alias].close()
    os.environ["DATABASE_SUPERUSER_URL"] = address("postgres", "postgres")
    database.make("bench_plain", settings.DATABASES["small"]["NAME"])
    with closing(psycopg2.connect(address("bench_plain", "postgres"))) as owner, owner, owner.cursor() as cursor:
        cursor.execute(HISTORY)
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("; ".join(found))
    return len(found)
