"""The core app: starts the checks that must hold before anything is served."""

from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from core.readings import Reading, declare


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
        """Watch each new database connection; register core's own dated numbers; note who confirms that it is they."""
        import_module("core.step_up").watch()
        import_module("core.second_step").watch()
        declare(Reading("export-kept", "Export with names kept, for", "day", 3, 1, 14, "Exports", "The house’s own reading"))
        declare(Reading("letter-link", "The link of a letter with papers opens for", "day", 60, 7, 365, "Letters", "The house’s own reading"))
        connection_created.connect(assert_read_committed, dispatch_uid="read committed")
