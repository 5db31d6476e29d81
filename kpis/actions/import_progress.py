"""How far an import has got, told from beside its own transaction, so that whoever waits sees it while it runs."""

import threading
import time

from django.db import DatabaseError, connection, transaction

from core.late import Late
from kpis.models import Import, ImportProgress

EVERY_SECONDS = 1.0
structlog = Late("structlog")


class Progress:
    """Counts what is done, and writes it down at most once a second on a connection of its own."""

    def __init__(self, batch: Import):
        self.batch_id, self.words, self.done, self.total, self.told_at = batch.pk, "", 0, 0, 0.0

    def begin(self, words: str, total: int = 0) -> None:
        """Begin a stretch of work of so many rows; nought where nobody knows how many."""
        self.words, self.done, self.total = words, 0, total
        self._tell()

    def step(self, rows: int = 1) -> None:
        """So many rows more are done."""
        self.done += rows
        if time.monotonic() - self.told_at >= EVERY_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self.told_at = time.monotonic()
        beside = threading.Thread(target=self._write)
        beside.start()
        beside.join()

    def _write(self) -> None:
        """In a thread, and so on a connection of its own; a row that is held is passed over, and nothing waits."""
        try:
            with transaction.atomic():
                row = ImportProgress.objects.select_for_update(of=("self",), skip_locked=True).filter(batch=self.batch_id).first()
                if row is not None:
                    row.words, row.done, row.total = self.words, self.done, self.total
                    row.save(update_fields=["words", "done", "total"])
        except DatabaseError:
            # How far it has got is for the eye alone: the work goes on.
            structlog.get_logger().exception("progress was not written down", batch=self.batch_id)
        finally:
            connection.close()
