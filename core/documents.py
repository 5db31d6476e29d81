"""Documents: frozen once at each version, and never changed after."""

import hashlib
import json
from dataclasses import dataclass

from core import clock, files
from core.models import Document, DocumentVersion
from core.models.document import Audience


def digest(facts: dict) -> str:
    """SHA-256 of the facts, written one way only (sorted keys, no spaces)."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def document_for(record, *, kind: str, title: str, authority) -> Document:
    """The one document of this kind about a record, made on first asking."""
    document, _ = Document.objects.get_or_create(
        kind=kind,
        about_type=record._meta.label_lower,
        about_id=str(record.pk),
        defaults={"title": title, "authority": authority},
    )
    return document


def freeze(document: Document, facts: dict, *, audience=Audience.EVERYONE, reader=None,
           why: str = "") -> DocumentVersion:  # fmt: skip
    """Keep `facts` (JSON) as the next version for this audience, superseding the last one."""
    last = (
        document.versions.filter(audience=audience, reader=reader).order_by("-number").first()
    )
    return DocumentVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        audience=audience,
        reader=reader,
        frozen=facts,
        frozen_sha256=digest(facts),
        frozen_at=clock.now(),
        supersedes=last,
        why=why,
    )


def freeze_each(facts: dict, *, kind: str, authority, why: str = "") -> dict:
    """The same for many records at once, for everybody: by record a title and its facts; gives each one's new version.

    Whoever calls holds a lock under which nobody else freezes these.
    """
    documents = _documents_for({record: title for record, (title, _) in facts.items()}, kind, authority)
    latest = DocumentVersion.objects.filter(document__in=documents.values(), audience=Audience.EVERYONE, reader=None)
    last = {row.document_id: row for row in latest.order_by("document", "-number").distinct("document")}
    made = {}
    for record, (_, told) in facts.items():
        before = last.get(documents[record].pk)
        made[record] = DocumentVersion(
            document=documents[record], number=before.number + 1 if before else 1, audience=Audience.EVERYONE, frozen=told,
            frozen_sha256=digest(told), frozen_at=clock.now(), supersedes=before, why=why,
        )  # fmt: skip
    DocumentVersion.objects.bulk_create(made.values())
    return made


def _documents_for(titles: dict, kind: str, authority) -> dict:
    """By record, its one document of a kind, made where there is none; the records are all of one model."""
    if not titles:
        return {}
    about = next(iter(titles))._meta.label_lower
    there = Document.objects.filter(kind=kind, about_type=about, about_id__in=[str(record.pk) for record in titles])
    known = {document.about_id: document for document in there}
    new = [
        Document(kind=kind, about_type=about, about_id=str(record.pk), title=title, authority=authority)
        for record, title in titles.items()
        if str(record.pk) not in known
    ]
    known |= {document.about_id: document for document in Document.objects.bulk_create(new)}
    return {record: known[str(record.pk)] for record in titles}


@dataclass(frozen=True)
class Checked:
    """What one version is now, reckoned again, beside what was written down when it was made."""

    version: DocumentVersion
    facts: str
    has_file: bool
    content: str

    @property
    def facts_are_true(self) -> bool:
        """The frozen facts are those that were frozen."""
        return self.facts == self.version.frozen_sha256

    @property
    def file_is_true(self) -> bool:
        """The bytes on the disk are those that were issued."""
        return self.has_file and self.content == self.version.file.sha256

    @property
    def is_true(self) -> bool:
        """Nothing of it has changed."""
        return self.facts_are_true and (self.file_is_true or not self.has_file)


def check(version: DocumentVersion) -> Checked:
    """Reckon the SHA-256 of a version's facts and of its file's bytes again; no hash of bytes that are gone."""
    stored = version.file
    return Checked(version, digest(version.frozen), stored is not None, files.hash_on_disk(stored) if stored else "")
