"""Lists: kept under a name, and taken away as a file."""

from collections.abc import Sequence

from django.db import transaction

from core import audit, clock
from core.models import ListExport, SavedView, User
from core.roles import Permission
from core.rules import FieldReason, refuse_if

MOST_SAVED = 20
MOST_ROWS = 5_000


@transaction.atomic
def save_view(*, path: str, query: str, name: str, by: User) -> SavedView:
    """Keep a list's filters and order under a name; the same name is replaced."""
    named = " ".join(name.replace("\x00", "").split())[:60]
    kept = SavedView.objects.filter(person=by)
    reasons = [] if named else [FieldReason("name", "Give the view a name.")]
    if kept.exclude(path=path, name=named).count() >= MOST_SAVED:
        reasons.append(FieldReason("name", f"You keep {MOST_SAVED} views already: remove one first."))
    if len(query) > 500:
        reasons.append(FieldReason("name", "These filters are too long to keep."))

    refuse_if(reasons)

    view, _ = SavedView.objects.update_or_create(
        person=by, path=path, name=named, defaults={"query": query, "saved_at": clock.now()}
    )

    audit.record("view.saved", on=view, by=by, sentence="Saved a view of a list.")
    return view


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    """Let go of a saved view."""
    audit.record("view.removed", on=view, by=by, sentence="Removed a saved view of a list.")
    view.delete()


@transaction.atomic
def export_list(*, path: str, query: str, rows: Sequence, says_who: bool, because: str = "", by: User) -> ListExport:
    """Keep that somebody took a list away; with names it needs the right to and a reason, and is in each child's log."""
    reasons = []
    if says_who and not by.can(Permission.EXPORT_NAMES):
        reasons.append(FieldReason("says_who", "Your role exports lists without saying who a child is."))
    if says_who and not because.strip():
        reasons.append(FieldReason("because", "Say why you need who each child is."))
    if len(rows) > MOST_ROWS:
        reasons.append(f"The list has more than {MOST_ROWS:,} rows: narrow it first.")

    refuse_if(reasons)

    export = ListExport.objects.create(
        authority_id=by.acting.authority_id, person=by, path=path[:100], query=query[:500], rows=len(rows),
        says_who=says_who, because=because[:300], exported_at=clock.now(),
    )  # fmt: skip

    who = "who each child is" if says_who else "no names"
    audit.record("list.exported", on=export, by=by, sentence=f"Exported {len(rows)} rows of {path}, with {who}.")
    if says_who:
        audit.record_for_each("record.exported", rows, by=by, sentence="Taken away in an exported list.")
    return export
