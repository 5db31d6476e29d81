"""Lists with names: asked for, agreed by a second person, made, taken, and let go when their time is up."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from core import audit, clock, files, outbox, post
from core.dated import number
from core.exporting import Standing, why_not_ask, why_not_decide, why_not_have
from core.listed import in_that_role, list_of, rows_seen
from core.models import NamedExport, User
from core.models.named_export import ExportState
from core.roles import PERMISSIONS, Permission
from core.rules import refuse_if

KEPT_FOR = "export-kept"
MOST_TOLD = 20


def _locked(export: NamedExport) -> NamedExport:
    return NamedExport.objects.select_for_update(of=("self",)).get(pk=export.pk)


def _until(authority_id: int):
    return clock.now() + timedelta(days=number(KEPT_FOR, authority=authority_id))


@transaction.atomic
def ask_for_export(*, path: str, query: str, rows: Sequence, because: str, by: User) -> NamedExport:
    """Ask for a list that says who each child is; those who may agree are told."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    waiting = NamedExport.objects.filter(person=by).open().count()

    refuse_if(why_not_ask(may_name=by.can(Permission.EXPORT_NAMES), because=because, rows=len(rows), open_now=waiting))

    export = NamedExport.objects.create(
        authority_id=by.acting.authority_id, person=by, held=by.acting, path=path[:100], query=query[:500], rows=len(rows),
        because=because[:300], until_at=_until(by.acting.authority_id),
    )  # fmt: skip
    agree = [role for role, opened in PERMISSIONS.items() if Permission.AGREE_EXPORTS in opened]
    people = User.objects.holding(*agree, authority=export.authority_id).exclude(pk=by.pk).order_by("pk")
    post.send_each(
        "export.asked", people[:MOST_TOLD], key=f"export:{export.reference}", subject=f"Export {export.reference} waits for a second person",
        body="A list with names was asked for. Read why, then agree or refuse.", link=export.get_absolute_url(), about=export,
    )  # fmt: skip

    audit.record("export.asked", on=export, by=by, sentence=f"Asked for {len(rows)} rows of {path}, with who each child is.")
    return export


@transaction.atomic
def decide_export(export: NamedExport, *, agrees: bool, note: str = "", by: User) -> NamedExport:
    """A second person agrees, and the file is made; or refuses, with why."""
    export = _locked(export)
    may = by.can(Permission.AGREE_EXPORTS) and by.acting.authority_id == export.authority_id

    refuse_if(why_not_decide(
        is_asker=by.pk == export.person_id, may_agree=may, waits=export.stands == ExportState.ASKED, agrees=agrees, because=note,
    ))  # fmt: skip

    export.state = ExportState.AGREED if agrees else ExportState.REFUSED
    export.decided_at, export.decided_by, export.note = clock.now(), by, note[:300]
    export.until_at = _until(export.authority_id)
    export.save()
    if agrees:
        outbox.enqueue("export.make", subject=export.reference)
        outbox.enqueue("export.expire", subject=export.reference, due_at=export.until_at)
    word = "agreed" if agrees else "refused"
    _tell_asker(export, word)

    audit.record(f"export.{word}", on=export, by=by, sentence=f"{word.capitalize()} export {export.reference}, which says who each child is.")
    return export


def _tell_asker(export: NamedExport, word: str) -> None:
    """Write to whoever asked, by reference only."""
    post.send(
        f"export.{word}", key=f"export:{export.reference}:{word}", to=export.person, subject=f"Export {export.reference} is {word}",
        body="Its page says what follows.", link=export.get_absolute_url(), about=export,
    )  # fmt: skip


def _standing(export: NamedExport, person: User, *, every_row: bool = True) -> Standing:
    """How somebody stands to the list now."""
    return Standing(
        is_theirs=person.pk == export.person_id, has_the_role=person.acting is not None and person.acting.pk == export.held_id,
        may_name=person.can(Permission.EXPORT_NAMES) and list_of(export, person) is not None, sees_every_row=every_row,
    )  # fmt: skip


@transaction.atomic
def make_export(export: NamedExport, *, by: User | None) -> NamedExport:
    """Make the file as whoever asked has the list now; where they no longer may, nothing is made and it says so."""
    export = _locked(export)
    if export.stands != ExportState.AGREED:
        return export
    person = in_that_role(export)
    reasons = why_not_have(_standing(export, person), is_ready=True, is_over=export.is_over)
    if reasons:
        export.state, export.note = ExportState.STOPPED, " ".join(reasons)[:300]
    else:
        view = list_of(export, person)
        rows, content = view.workbook(says_who=True)
        export.keys, export.rows, export.state = [row.pk for row in rows], len(rows), ExportState.READY
        export.file = files.store(content, name=f"export-{export.reference}.{view.file_ending}", by=person, authority=export.authority, media_type=view.file_type)
    export.save()
    _tell_asker(export, "stopped" if reasons else "ready")

    audit.record("export.made", on=export, by=by, sentence=f"Export {export.reference} is {export.get_state_display().lower()}, {export.rows} rows.")
    return export


@transaction.atomic
def take_export(export: NamedExport, *, by: User) -> bytes:
    """Give the file to whoever asked, judged again; it is in the log of each child on it."""
    export = _locked(export)
    rows = rows_seen(export, by)

    standing = _standing(export, by, every_row=len(rows) == len(export.keys))
    refuse_if(why_not_have(standing, is_ready=export.state == ExportState.READY, is_over=export.is_over))

    content = files.read(export.file)
    export.taken_at = clock.now()
    export.save()

    audit.record("export.taken", on=export, by=by, sentence=f"Took export {export.reference}: {len(rows)} rows, with who each child is.")
    audit.record_for_each("record.exported", rows, by=by, sentence="Taken away in an exported list.")
    return content


@transaction.atomic
def let_export_go(export: NamedExport, *, by: User | None) -> NamedExport:
    """Its time is up: the file is removed, and who asked, agreed and took it stays."""
    export = _locked(export)
    if not export.is_over:
        return export
    kept, export.file, export.keys = export.file, None, []
    export.state = ExportState.OVER if export.state in {ExportState.AGREED, ExportState.READY} else export.state
    export.save()
    if kept is not None:
        files.forget(kept)

    audit.record("export.let_go", on=export, by=by, sentence=f"Removed the file of export {export.reference}: its time was up.")
    return export
