"""Lists: kept under a name, and taken away as a file."""

from collections.abc import Sequence

from django.db import transaction

from core import audit, clock
from core.exporting import MOST_ROWS
from core.models import ListExport, SavedView, User
from core.rules import FieldReason, refuse_if

MOST_SAVED = 20


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
def set_usual_view(view: SavedView, *, is_default: bool, by: User) -> SavedView:
    """Make a saved view the one its list opens with for this person, or no longer; one list opens with one."""
    kept = SavedView.objects.select_for_update(of=("self",)).filter(person=by, path=view.path)
    refuse_if([] if view.person_id == by.pk and view.pk in {row.pk for row in kept} else ["Only your own view can be your usual one."])

    kept.filter(is_default=True).update(is_default=False)
    if is_default:
        SavedView.objects.filter(pk=view.pk).update(is_default=True)
    view.is_default = is_default

    audit.record("view.made_usual", on=view, by=by, sentence="Chose how a list opens.")
    return view


@transaction.atomic
def export_list(*, path: str, query: str, rows: Sequence, by: User) -> ListExport:
    """Keep that somebody took a list away, with nobody's name on it."""
    refuse_if([f"The list has more than {MOST_ROWS:,} rows: narrow it first."] if len(rows) > MOST_ROWS else [])

    export = ListExport.objects.create(
        authority_id=by.acting.authority_id, person=by, path=path[:100], query=query[:500], rows=len(rows), exported_at=clock.now()
    )

    audit.record("list.exported", on=export, by=by, sentence=f"Exported {len(rows)} rows of {path}, with no names.")
    return export
