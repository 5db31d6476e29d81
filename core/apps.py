"""The core app: starts the checks that must hold before anything is served."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


def assert_read_committed(connection, **_):
    """Refuse a database whose default isolation would let two people take one place."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW default_transaction_isolation")
        level = cursor.fetchone()[0]
    if level != "read committed":
        raise RuntimeError(f"The database must run READ COMMITTED, and it runs {level.upper()}.")


class CoreConfig(AppConfig):
    """Wires the start-up checks."""

    name = "core"

    def ready(self):
        """Watch each new database connection."""
        connection_created.connect(assert_read_committed, dispatch_uid="read committed")
