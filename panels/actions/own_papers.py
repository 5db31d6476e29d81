"""One reader's papers of a meeting as one PDF: asked for, printed once by the worker, kept for that reader alone."""

from base64 import b64encode

from django.conf import settings
from django.db import transaction

from core import audit, binding, clock, documents, files, outbox, pdf, printing
from core.models import DocumentVersion, User
from core.models.document import Audience
from core.rules import refuse_if
from panels.models import Meeting, Supplement
from panels.models.own_papers import KIND, copy_facts
from panels.rules.papers import why_not_copy

PDF = "application/pdf"
PRINTED_BY = "papers.print"


@transaction.atomic
def ask_for_copy(meeting: Meeting, *, by: User) -> DocumentVersion:
    """Have one's own papers made as one PDF; asked again with nothing changed, the copy that was made serves."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    went_out = meeting.circulated_at is not None
    facts = copy_facts(meeting, by) if went_out else {"items": []}

    refuse_if(why_not_copy(went_out=went_out, has_papers=any(item.get("opened") for item in facts["items"])))

    document = documents.document_for(meeting, kind=KIND, title=f"Papers of {meeting}", authority=meeting.panel.authority)
    version = document.versions.filter(audience=Audience.PERSON, reader=by).order_by("-number").first()
    if version is None or version.frozen_sha256 != documents.digest(facts):
        version = documents.freeze(document, facts, audience=Audience.PERSON, reader=by, why="A reader’s own copy")
        printing.due(PRINTED_BY, version.pk)
    else:
        outbox.try_again(PRINTED_BY, version.pk)

    audit.record(
        "papers.copied", on=meeting, by=by, authority=meeting.panel.authority, sentence=f"Asked for the papers of {meeting} as one PDF."
    )
    return version


@transaction.atomic
def print_copy(version: DocumentVersion, *, by: User | None = None) -> str:
    """Make the PDF of one reader's copy, from its frozen facts and the frozen papers they name, and store it once; its SHA-256."""
    if version.file_id:
        return version.file.sha256
    facts = _printed(version)
    tell = printing.Telling(PRINTED_BY, version.pk)
    content = pdf.render_pdf("panels/print/papers.html", facts, title=version.document.title, tell=tell)
    content = binding.bind(content, [(_bound_name(late["row"]), late["bound"]) for late in facts["late"] if late["bound"]])
    version.file = files.store(
        content, name=f"papers-{version.document.reference}-{version.number}.pdf", media_type="application/pdf",
        authority=version.document.authority, by=version.reader,
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()

    audit.record(
        "papers.printed", on=version, by=by, authority=version.document.authority,
        sentence=f"Printed {version.document.title} for one reader, version {version.number}.",
    )  # fmt: skip
    return version.file.sha256


def _printed(version: DocumentVersion) -> dict:
    """What the print is made of: the agenda, each paper as it was frozen, each late paper with its pages."""
    facts = version.frozen
    papers = DocumentVersion.objects.in_bulk([item["paper"] for item in facts["items"] if item.get("paper")])
    items = []
    for item in facts["items"]:
        paper = papers.get(item.get("paper"))
        items.append({**item, "version": paper, "frozen": paper.frozen if paper else {"sections": item.get("sections", [])}})
    late = Supplement.objects.filter(pk__in=facts["late"]).select_related("item", "file").order_by("first_page")
    return {
        "copy": facts, "version": version, "items": items, "left_out": [item["number"] for item in items if item.get("kept")],
        "address": f"{settings.SITE_URL}/meetings/{Meeting.objects.get(pk=version.document.about_id).reference}",
        "opened": [item for item in items if item.get("opened")], "late": [_late(row) for row in late],
    }  # fmt: skip


def _late(late: Supplement) -> dict:
    """One late paper: its picture as a data address, or its PDF as pages to bind; neither where it is Word, or cannot be opened."""
    content = _content(late)
    media_type = late.file.media_type if content else ""
    picture = f"data:{media_type};base64,{b64encode(content).decode()}" if media_type.startswith("image/") else ""
    bound = binding.only_pages(content) if media_type == PDF else None
    return {"row": late, "picture": picture, "bound": bound, "pages": binding.pages_of(bound) if bound else 0, "is_pdf": media_type == PDF}


def _content(late: Supplement) -> bytes:
    """The bytes of a late paper's file; none where it has no file, or one that cannot be opened."""
    if late.file is None or not late.may_be_opened:
        return b""
    try:
        return files.read(late.file)
    except files.FileDamaged:
        return b""


def _bound_name(late: Supplement) -> str:
    """What a bound file is called in the outline of a copy."""
    return f"Late paper, page {late.page_label}: {late.file.name}"
