"""Imports: files are kept, checked, and stored all together or not at all; their bytes are let go when that is settled."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction

from core import audit, clock, files, outbox, scanner
from core.models import Authority, User
from core.rules import RuleBroken, refuse_if
from kpis.actions.import_lists import ReturnLists
from kpis.actions.import_progress import Progress
from kpis.actions.import_values import Holidays, KpiValues
from kpis.choices import ImportKind, ImportState
from kpis.models import Import, ImportFile, ImportPart, ImportProblem, ImportProgress
from kpis.rules.file_rows import Problem, Problems
from kpis.rules.imports import why_not_begin, why_not_store, why_not_throw_away
from kpis.rules.matching import matches_in, why_not_match, with_headings

HANDLERS = {ImportKind.RETURN: ReturnLists, ImportKind.ANNEX_A: ReturnLists, ImportKind.KPI: KpiValues, ImportKind.HOLIDAYS: Holidays}
KEPT_FOR = timedelta(days=7)
WHOLE = "The whole file"


class Sent(NamedTuple):
    """One file as it was sent: its name, its size, and a way to read it whole."""

    name: str
    size: int
    read: callable


@transaction.atomic
def begin_import(authority: Authority, *, kind: str, sent: Sequence[Sent], last_day: date | None = None, matches: str = "",
                 by: User) -> Import:  # fmt: skip
    """Keep some files and have them checked; nothing of them is stored until somebody has seen what they would change.

    `matches` says of columns that the files call otherwise what they are here, one a line.
    """
    refuse_if([
        *why_not_begin([(one.name, one.size) for one in sent], needs_day=kind == ImportKind.ANNEX_A, last_day=last_day, today=clock.today()),
        *why_not_match(matches),
    ])  # fmt: skip

    batch = Import.objects.create(authority=authority, kind=kind, last_day=last_day, matches=matches_in(matches), made_by=by)
    ImportProgress.objects.create(batch=batch)
    for order, one in enumerate(sent, 1):
        content = one.read()
        kept = files.store(content, name=f"import-{batch.reference}-{order}", media_type="application/octet-stream", by=by, authority=authority)
        ImportFile.objects.create(
            batch=batch, order=order, name=one.name[:255], size=len(content), sha256=hashlib.sha256(content).hexdigest(), kept=kept
        )
    outbox.enqueue("import.check", subject=batch.reference)
    outbox.enqueue("import.lapse", subject=batch.reference, due_at=clock.now() + KEPT_FOR)

    audit.record(
        "import.begun", on=batch, by=by, authority=authority,
        sentence=f"Sent {len(sent)} file{'' if len(sent) == 1 else 's'} to be checked: {ImportKind(kind).short}.",
    )  # fmt: skip
    return batch


def _locked(reference: str) -> Import:
    return Import.objects.locked().select_related("authority", "made_by", "stored_by").get(reference=reference)


def _free(batch: Import) -> Import:
    """The import's row, held; refused at once while the worker has it, rather than waited for."""
    rows = Import.objects.select_for_update(of=("self",), skip_locked=True).select_related("authority")
    held = rows.filter(pk=batch.pk).first()
    refuse_if([] if held else ["The service is at work on this import. Try again when it has ended."])
    return held


@transaction.atomic
def check_import(reference: str, *, by: User | None = None) -> Import:
    """Read every file of an import, and say all that is wrong with them, or what storing them would change; stores nothing."""
    batch = _locked(reference)
    if batch.state != ImportState.CHECKING:
        return batch

    problems, parts = _looked_at(batch)
    batch.state, batch.checked_at = ImportState.REFUSED if problems else ImportState.CHECKED, clock.now()
    batch.problem_count = len(problems)
    batch.save()
    ImportPart.objects.bulk_create(parts)
    _keep_problems(batch, problems)
    if problems:
        _let_go(batch)

    audit.record(
        "import.checked", on=batch, by=by, authority=batch.authority,
        sentence=f"Checked an import: {len(problems)} errors." if problems else "Checked an import: it can be stored.",
    )  # fmt: skip
    return batch


def _looked_at(batch: Import) -> tuple[list[Problem], list[ImportPart]]:
    """All that is wrong with the files of an import, and how their lists stand to what is stored."""
    progress = Progress(batch)
    handler = HANDLERS[ImportKind(batch.kind)](batch, progress)
    problems = Problems()
    parts: list[ImportPart] = []
    chosen = list(batch.files.select_related("kept").order_by("order"))
    for file in chosen:
        raw = files.read(file.kept)
        progress.begin(f"Checking file {file.order} of {len(chosen)}", _lines(raw))
        virus = scanner.scan(raw) if scanner.is_set() else ""
        if virus:
            problems.append(Problem(file.name, 1, WHOLE, "The virus scanner found something in this file, so it was not read."))
        else:
            parts += handler.look(file, with_headings(raw, batch.matches), problems)
    return problems, parts


def _lines(raw: bytes) -> int:
    """How many rows a text file has at most; nought for a workbook, which does not say."""
    return 0 if raw.startswith(b"PK") else max(raw.count(b"\n"), 1)


def _keep_problems(batch: Import, problems: list[Problem]) -> None:
    """Each of them in the order of the files' lines, as far as anybody could read."""
    rows = (
        ImportProblem(batch=batch, file=one.file[:300], line=one.line, column=one.column[:200], sentence=one.sentence[:400])
        for one in problems
    )
    ImportProblem.objects.bulk_create(rows, batch_size=2_000)


def _let_go(batch: Import) -> None:
    """The bytes of an import's files are wanted no more."""
    kept = [file.kept for file in batch.files.exclude(kept=None).select_related("kept")]
    batch.files.update(kept=None)
    files.forget(*kept)


@transaction.atomic
def confirm_import(batch: Import, *, by: User) -> Import:
    """Have what was checked stored, by the worker and all at once; once, however often the button is pressed."""
    Authority.objects.select_for_update(of=("self",)).get(pk=batch.authority_id)
    batch = _free(batch)
    others = Import.objects.filter(authority=batch.authority).exclude(pk=batch.pk)
    since = others.filter(kind=batch.kind, state=ImportState.STORED, stored_at__gt=batch.made_at).exists()
    busy = others.filter(state=ImportState.STORING).exists()

    refuse_if(why_not_store(batch.state, others_stored=since, being_stored=busy))

    batch.state, batch.stored_at, batch.stored_by = ImportState.STORING, clock.now(), by
    batch.save()
    outbox.enqueue("import.store", subject=batch.reference)

    audit.record(
        "import.confirmed", on=batch, by=by, authority=batch.authority, sentence=f"Had an import stored: {ImportKind(batch.kind).short}."
    )
    return batch


@transaction.atomic
def store_import(reference: str, *, by: User | None = None) -> Import:
    """Store every file of a confirmed import, or none of them; what they changed is counted again as it happens."""
    batch = _locked(reference)
    if batch.state != ImportState.STORING:
        return batch

    problems = Problems()
    try:
        with transaction.atomic():
            parts, batch.note = _written(batch, problems)
    except RuleBroken:
        parts = []
        batch.problem_count = len(problems)
        _keep_problems(batch, problems)
    batch.state = ImportState.REFUSED if problems else ImportState.STORED
    batch.stored_at, batch.stored_by = (None, None) if problems else (clock.now(), batch.stored_by)
    batch.save()
    ImportPart.objects.filter(file__batch=batch).delete()
    ImportPart.objects.bulk_create(parts)
    _let_go(batch)

    audit.record(
        "import.refused" if problems else "import.stored", on=batch, by=by or batch.stored_by, authority=batch.authority,
        sentence=f"Imported nothing: {len(problems)} errors." if problems else f"Imported {ImportKind(batch.kind).short}: {_counted(parts)}.",
    )  # fmt: skip
    return batch


def _written(batch: Import, problems: Problems) -> tuple[list[ImportPart], str]:
    """Store each file; RuleBroken, so that all of it is undone, where something stands in the way by now."""
    progress = Progress(batch)
    handler = HANDLERS[ImportKind(batch.kind)](batch, progress)
    parts: list[ImportPart] = []
    chosen = list(batch.files.select_related("kept").order_by("order"))
    for file in chosen:
        raw = files.read(file.kept)
        progress.begin(f"Storing file {file.order} of {len(chosen)}", _lines(raw))
        parts += handler.write(file, with_headings(raw, batch.matches), problems)
    refuse_if(["Something stands in the way by now."] if problems else [])
    return parts, handler.finish(parts, by=batch.stored_by)


def _counted(parts: list[ImportPart]) -> str:
    """What an import came to, in counts of rows."""
    counts = {word: sum(getattr(part, word) for part in parts) for word in ("added", "changed", "unchanged", "gone")}
    return ", ".join(f"{number:,} {word}" for word, number in counts.items())


@transaction.atomic
def throw_away_import(batch: Import, *, by: User) -> Import:
    """The files of an import that is not stored are let go, and nothing of them is kept but that they were sent."""
    batch = _free(batch)

    refuse_if(why_not_throw_away(batch.state, is_stuck=batch.is_stuck))

    _drop(batch)

    audit.record("import.thrown_away", on=batch, by=by, authority=batch.authority, sentence="Threw an import away; nothing was stored.")
    return batch


@transaction.atomic
def let_import_lapse(reference: str, *, by: User | None = None) -> Import:
    """Files that nobody imported within a week are let go."""
    batch = _locked(reference)
    if batch.state not in {ImportState.CHECKING, ImportState.CHECKED} and not batch.is_stuck:
        return batch

    _drop(batch)

    audit.record("import.lapsed", on=batch, by=by, authority=batch.authority, sentence="Let go the files of an import that nobody stored.")
    return batch


def _drop(batch: Import) -> None:
    batch.state, batch.stored_at, batch.stored_by = ImportState.DROPPED, None, None
    batch.save()
    outbox.stop([batch.reference])
    _let_go(batch)
