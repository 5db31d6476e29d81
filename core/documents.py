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
