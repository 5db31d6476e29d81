"""What a disposal takes away: rows, row history, papers, files, letters, and a child's part of what a meeting keeps."""

from dataclasses import dataclass, field

import pgtrigger
from django.db.models import ProtectedError, Q

from core import documents, files, outbox
from core.models import Document, DocumentVersion, HeldPost, Message, StoredFile, User
from kpis.models.whose import histories, keys_of, paths, tables
from panels.models import AgendaItem, Minutes
from referrals.models import Child, ChildLink

REMOVED = "Removed: the record was disposed of"
STAYS = {"number", "key", "kind"}
PRINTED = {"minutes": "minutes.print", "draft minutes": "minutes.print", "reader papers": "papers.print"}


@dataclass
class Gone:
    """What went: keys by table, and how many files."""

    rows: dict[type, set] = field(default_factory=dict)
    cut: list[tuple] = field(default_factory=list)
    files: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each table."""
        return {model._meta.label: len(keys) for model, keys in sorted(self.rows.items(), key=lambda row: row[0]._meta.label) if keys}

    @property
    def as_text(self) -> str:
        """Every row by table and key, in one order: what the certificate's hash is of."""
        return "\n".join(sorted(f"{model._meta.label} {key}" for model, keys in self.rows.items() for key in keys))


def remove_record(child: Child, *, by: User) -> Gone:
    """In its caller's transaction, under the child's lock, remove everything of a child; give what went.

    Triggers that keep rows from being edited are let be for these statements. A legal hold's trigger is not among them.
    """
    gone = _rows_of(child)
    kept = _files_of(gone)
    words = _references(gone)
    items = list(AgendaItem.objects.filter(pk__in=gone.rows.get(AgendaItem, ())).values_list("pk", "number", "meeting_id"))
    with pgtrigger.ignore():
        _blank_in_meetings(items, by)
        for model, name, keys in gone.cut:
            model._base_manager.filter(pk__in=keys).update(**{name: None})
        for model in [*gone.rows]:
            _delete(model, gone.rows[model])
        for model, event in histories().items():
            past = set(event._base_manager.filter(pgh_obj_id__in=gone.rows.get(model, ())).values_list("pk", flat=True))
            gone.rows[event] = past
            _delete(event, past)
        for reference in words:
            HeldPost.objects.filter(path__contains=reference).delete()
    gone.files = sum(_forget(stored) for stored in StoredFile.objects.filter(pk__in=kept))
    return gone


def _delete(model, keys: set) -> None:
    """By key and in one statement; what another row still names is found out when the deed is committed."""
    rows = model._base_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)


def _rows_of(child: Child) -> Gone:
    """Every row of the child's record; rows of others that name one of them let go of it."""
    gone = Gone({model: set(model._base_manager.filter(**{way: child.pk}).values_list("pk", flat=True)) for model, way in paths().items()})
    gone.rows[ChildLink] |= set(ChildLink.objects.filter(other=child).values_list("pk", flat=True))
    _add_about(gone)
    while _more(gone):
        pass
    return gone


def _add_about(gone: Gone) -> None:
    """Letters and papers that are about one of the rows without a key to it."""
    about = Q(pk__in=())
    for model, keys in gone.rows.items():
        about |= Q(about_type=model._meta.label_lower, about_id__in=[str(key) for key in keys]) if keys else Q(pk__in=())
    gone.rows[Message] = set(Message.objects.filter(about).values_list("pk", flat=True))
    gone.rows[Document] = set(Document.objects.filter(about).values_list("pk", flat=True))
    gone.rows[DocumentVersion] = set(DocumentVersion.objects.filter(document__in=gone.rows[Document]).values_list("pk", flat=True))


def _more(gone: Gone) -> bool:
    """Follow every column that names one of the rows: let go where it may be empty, take the row along where it may not."""
    gone.cut, found = [], False
    for model in tables():
        own = gone.rows.setdefault(model, set())
        for key in keys_of(model):
            named = gone.rows.get(key.related_model)
            others = set(model._base_manager.filter(**{f"{key.name}__in": named}).exclude(pk__in=own).values_list("pk", flat=True)) if named else set()
            if others and key.null:
                gone.cut.append((model, key.name, others))
            elif others:
                own |= others
                found = True
    return found


def _files_of(gone: Gone) -> set:
    """The stored files that the rows name."""
    return {
        key
        for model, keys in gone.rows.items() if keys
        for column in keys_of(model) if column.related_model is StoredFile
        for key in model._base_manager.filter(pk__in=keys).exclude(**{column.name: None}).values_list(column.attname, flat=True)
    }  # fmt: skip


def _references(gone: Gone) -> set[str]:
    """The references by which addresses name the rows."""
    return {
        reference
        for model, keys in gone.rows.items() if keys and any(column.name == "reference" for column in model._meta.concrete_fields)
        for reference in model._base_manager.filter(pk__in=keys).values_list("reference", flat=True)
    }  # fmt: skip


def _forget(stored: StoredFile) -> bool:
    """Remove a file, unless a row of another record has it too."""
    try:
        files.forget(stored)
    except ProtectedError:
        return False
    return True


def _blank_in_meetings(items: list[tuple], by: User) -> None:
    """A meeting's minutes and its readers' copies keep the item's number, and nothing that was said of it."""
    by_meeting: dict[int, set] = {}
    for key, number, meeting in items:
        by_meeting.setdefault(meeting, set()).update({("key", key), ("number", number)})
    for minutes in Minutes.objects.select_for_update(of=("self",)).filter(meeting__in=by_meeting):
        names = by_meeting[minutes.meeting_id]
        minutes.words, minutes.first_words = blanked(minutes.words, names), blanked(minutes.first_words, names)
        minutes.save()
    for meeting, names in by_meeting.items():
        for version in DocumentVersion.objects.filter(document__about_type="panels.meeting", document__about_id=str(meeting)).select_related("document", "file"):
            _blank_version(version, names)


def _blank_version(version: DocumentVersion, names: set) -> None:
    """One frozen version without the item, and its print made anew where it had one."""
    facts = blanked(version.frozen, names)
    if facts == version.frozen:
        return
    stored, version.file = version.file, None
    version.frozen, version.frozen_sha256 = facts, documents.digest(facts)
    version.save()
    if stored is not None:
        _forget(stored)
        if version.document.kind in PRINTED:
            outbox.enqueue(PRINTED[version.document.kind], subject=str(version.pk))


def blanked(facts, names: set):
    """Take frozen facts and what an item is known by, ("key", 7) or ("number", 3); give them with that item's words gone."""
    if isinstance(facts, list):
        return [blanked(one, names) for one in facts]
    if not isinstance(facts, dict):
        return facts
    if "title" in facts and any((name, facts.get(name)) in names for name in ("key", "number")):
        return {name: value if name in STAYS else REMOVED if name == "title" else _empty(value) for name, value in facts.items()}
    return {name: blanked(value, names) for name, value in facts.items()}


def _empty(value):
    """A value of the same kind with nothing in it."""
    return type(value)() if isinstance(value, str | list | dict) else None if isinstance(value, int) and not isinstance(value, bool) else value
