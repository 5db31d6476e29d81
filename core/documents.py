"""Documents: frozen once at each version, and never changed after."""

import hashlib
import json

from core import clock
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
