"""Emptying the database after a test that committed: the rows there are, and not three hundred tables anew.

Django truncates every table and then looks through every model's permissions, which takes longer than most tests. Here
a superuser deletes what there is, with constraints and triggers at rest; where no superuser lets us in, Django does it.
"""

import psycopg2
from django.db import connections
from django.test import TransactionTestCase

# What migrating wrote and Django would write again.
KEPT = ["django_content_type", "auth_permission"]
EVERY_ROW = """
DO $$ DECLARE one regclass; BEGIN
  FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relname = ANY (current_setting('tests.tables')::text[]) LOOP
    EXECUTE format('DELETE FROM %s', one);
  END LOOP;
END $$
"""
django_empties = TransactionTestCase._fixture_teardown


def empty(connection) -> None:
    """Delete every row that a test may have left; raise psycopg2.OperationalError where no superuser may sign in."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - set(KEPT)
    superuser = psycopg2.connect(**{**connection.get_connection_params(), "user": "postgres"})
    try:
        with superuser, superuser.cursor() as cursor:
            cursor.execute("SELECT set_config('session_replication_role', 'replica', false), set_config('tests.tables', %s, false)",
                           ["{" + ",".join(sorted(tables)) + "}"])  # fmt: skip
            cursor.execute(EVERY_ROW)
    finally:
        superuser.close()


def quickly(case) -> None:
    """What a test that commits does at its end."""
    try:
        for name in case._databases_names(include_mirrors=False):
            empty(connections[name])
    except psycopg2.OperationalError:
        django_empties(case)
