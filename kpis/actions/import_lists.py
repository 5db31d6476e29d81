"""Lists of statutory returns: compared with what is stored, and put in its place, by list and year."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator

from django.db import connection

from kpis.actions.import_progress import Progress
from kpis.actions.returned_values import keep_returned_values
from kpis.choices import ImportKind
from kpis.models import Import, ImportFile, ImportPart, ReturnedRow
from kpis.rules.file_rows import Problem
from kpis.rules.return_lists import Kept, kept_rows
from kpis.rules.return_parts import WHOLE, Part, parts_903, parts_annex_a

TOGETHER = 2_000
# A hundred thousand rows are copied in seconds; made one by one they take a minute.
COPY = (
    "COPY kpis_returnedrow (authority_id, batch_id, code, year_end, \"key\", child, \"values\", digest) FROM STDIN WITH (FORMAT csv)"
)
NO_ROWS = "The file has headings and no rows. Leave it out."
TWICE = "Another of these files is the same list for the same year."


def _text_of(values: dict) -> str:
    """A row's values as they are kept: the same text for the same values."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _digest_of(text: str) -> str:
    """What a row's values come to."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class ReturnLists:
    """One import of statutory returns or Annex A lists: each list takes the place of the same list of the same year."""

    def __init__(self, batch: Import, progress: Progress):
        self.batch, self.progress, self.seen = batch, progress, set()
        self.parts_in = parts_903 if batch.kind == ImportKind.RETURN else parts_annex_a

    def look(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """What is in a file, and how each of its lists stands to what is stored; what is wrong goes to `problems`."""
        found = []
        for part in self.parts_in(raw, file.name, self.batch.last_day, problems):
            if (part.wanted.code, part.year_end) in self.seen:
                problems.append(Problem(file.name, 1, WHOLE, TWICE))
                continue
            self.seen.add((part.wanted.code, part.year_end))
            before = len(problems)
            counted = self._count(file, part, problems)
            if not (counted.rows or counted.gone) and len(problems) == before:  # headings alone empty a list that is stored
                problems.append(Problem(file.name, 1, WHOLE, NO_ROWS))
            found.append(counted)
        return found

    def write(self, file: ImportFile, raw: bytes, problems: list[Problem]) -> list[ImportPart]:
        """Put each list of a file in the place of what is stored for its year."""
        return [self._replace(file, part, problems) for part in self.parts_in(raw, file.name, self.batch.last_day, problems)]

    def finish(self, parts: list[ImportPart], *, by) -> str:
        """Count the figures of the years that changed; gives what is to be said of them."""
        years = sorted({part.year_end for part in parts if part.changes})
        self.progress.begin("Counting the figures")
        return keep_returned_values(self.batch, years, by=by) if years else ""

    def _stored(self, part: Part) -> dict[str, str]:
        """The digests of what is stored of this list and year, by key."""
        rows = ReturnedRow.objects.of(self.batch.authority_id, part.wanted.code, part.year_end)
        return dict(rows.values_list("key", "digest").iterator(chunk_size=TOGETHER))

    def _rows(self, part: Part, problems: list[Problem]) -> Iterator[tuple[Kept, str, str]]:
        """The rows of a list, each with its values as text and their digest, counted as it goes by."""
        for row in kept_rows(part.rows, part.wanted, part.year_end, problems):
            self.progress.step()
            text = _text_of(row.values)
            yield row, text, _digest_of(text)

    def _count(self, file, part: Part, problems) -> ImportPart:
        stored = self._stored(part)
        made = ImportPart(file=file, code=part.wanted.code, title=part.wanted.title, year_end=part.year_end)
        for row, _, digest in self._rows(part, problems):
            _tally(made, stored.pop(row.key, None), digest)
        made.gone = len(stored)
        return made

    def _replace(self, file, part: Part, problems) -> ImportPart:
        stored, waiting = self._stored(part), _Waiting(self.batch, part)
        made = ImportPart(file=file, code=part.wanted.code, title=part.wanted.title, year_end=part.year_end)
        for row, text, digest in self._rows(part, problems):
            before = stored.pop(row.key, None)
            if _tally(made, before, digest):
                waiting.put(row, text, digest, is_new=before is None)
        waiting.save()
        gone = list(stored)
        made.gone = len(gone)
        rows = ReturnedRow.objects.of(self.batch.authority_id, part.wanted.code, part.year_end)
        for start in range(0, len(gone), TOGETHER):
            rows.filter(key__in=gone[start : start + TOGETHER]).delete()
        return made


class _Waiting:
    """Rows of one list that wait to be written, some thousand at a time: new ones copied in, changed ones written over."""

    def __init__(self, batch: Import, part: Part):
        self.batch, self.part, self.new, self.changed = batch, part, [], []

    def put(self, row: Kept, text: str, digest: str, *, is_new: bool) -> None:
        """One more row."""
        same = self.part.wanted.code, self.part.year_end
        if is_new:
            self.new.append((self.batch.authority_id, self.batch.pk, *same, row.key, row.child, text, digest))
        else:
            self.changed.append(ReturnedRow(
                authority_id=self.batch.authority_id, batch=self.batch, code=same[0], year_end=same[1],
                key=row.key, child=row.child, values=row.values, digest=digest,
            ))  # fmt: skip
        if len(self.new) + len(self.changed) >= TOGETHER:
            self.save()

    def save(self) -> None:
        """Write all that waits."""
        ReturnedRow.objects.bulk_create(
            self.changed, update_conflicts=True, unique_fields=["authority", "code", "year_end", "key"],
            update_fields=["batch", "child", "values", "digest"],
        )  # fmt: skip
        if self.new:
            kept = io.StringIO()
            csv.writer(kept).writerows(self.new)
            kept.seek(0)
            with connection.cursor() as cursor:
                cursor.copy_expert(COPY, kept)
        self.new, self.changed = [], []


def _tally(part: ImportPart, before: str | None, digest: str) -> bool:
    """Count one row as added, changed or unchanged; whether it has to be written."""
    part.rows += 1
    part.added += before is None
    part.unchanged += before == digest
    part.changed += before is not None and before != digest
    return before != digest
