"""One reader's own copy of a circulated pack: asked for, printed once by the worker, kept for that reader alone."""

from itertools import pairwise

from django.db import transaction

from core import audit, clock, documents, files, outbox, pdf, printing
from core.binding import places_in
from core.models import DocumentVersion, User
from core.models.document import Audience
from core.rules import refuse_if
from kpis.models import Pack
from kpis.papers.charts import with_drawings
from kpis.papers.copies import COPIED_BY, for_reader
from kpis.papers.pack import cover_facts
from kpis.rules.packs import why_not_copy_pack

# The sections that the contents name, in their order.
PLACES = ("summary", "attendance", "interests", "terms", "risks", "referrals", "capacity", "indicators", "benefits", "other")


@transaction.atomic
def ask_for_pack_copy(pack: Pack, *, by: User) -> DocumentVersion:
    """Have one's own copy of a pack made; asked again with nothing changed, the copy that was made serves."""
    pack = Pack.objects.locked(pack.meeting.reference)
    shared = pack.version

    refuse_if(why_not_copy_pack(pack.state, is_printed=bool(shared and shared.file_id)))

    facts = for_reader(shared.frozen, pack.meeting, by) | {"reader": by.full_name, "of": shared.number}
    mine = pack.document.versions.filter(audience=Audience.PERSON, reader=by).order_by("-number").first()
    if mine is None or mine.frozen_sha256 != documents.digest(facts):
        mine = documents.freeze(pack.document, facts, audience=Audience.PERSON, reader=by, why="A reader’s own copy")
        printing.due(COPIED_BY, mine.pk)
    else:
        outbox.try_again(COPIED_BY, mine.pk)

    audit.record(
        "pack.copied", on=pack, by=by, authority=pack.meeting.panel.authority, sentence=f"Asked for an own copy of the pack for {pack.meeting}."
    )
    return mine


@transaction.atomic
def print_pack_copy(version: DocumentVersion, *, by: User | None = None) -> str:
    """Make the PDF of one reader's copy, each section on the page it has in everybody else's, and store it once; its SHA-256."""
    if version.file_id:
        return version.file.sha256
    pack = Pack.objects.select_related("meeting__panel__authority", "meeting__terms", "approved_by").get(document=version.document)
    shared = pack.document.versions.select_related("file").get(audience=Audience.EVERYONE, number=version.frozen["of"])
    content = _printed(pack, version, shared)
    version.file = files.store(
        content, name=f"pack-{pack.reference}-{shared.number}-copy-{version.number}.pdf", media_type="application/pdf",
        authority=version.document.authority, by=version.reader,
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()

    audit.record(
        "pack.copy_printed", on=version, by=by, authority=version.document.authority,
        sentence=f"Printed {version.document.title} for one reader, version {version.number}.",
    )  # fmt: skip
    return version.file.sha256


def _printed(pack: Pack, version: DocumentVersion, shared: DocumentVersion) -> bytes:
    """The PDF, printed again with empty sheets wherever a section came out shorter than in the file that everybody shares."""
    places, sheets = places_in(files.read(shared.file)), []
    for _ in range(2):
        content = _once(pack, version, shared, sheets)
        short = _missing(places, places_in(content))
        if not short:
            return content
        sheets = sheets + short
    content = _once(pack, version, shared, sheets)
    if _missing(places, places_in(content)):
        raise pdf.NotPrinted("Its pages do not agree with those of the pack that was circulated.")
    return content


def _once(pack: Pack, version: DocumentVersion, shared: DocumentVersion, sheets: list[str]) -> bytes:
    charts = with_drawings(version.frozen.get("charts", []), on_paper=True)
    day = shared.issued_at.astimezone(clock.LONDON).date()
    facts = {"pack": version.frozen | {"sheets": sheets}, "charts": charts, "cover": cover_facts(pack, day, shared), "copy": version}
    tell = printing.Telling(COPIED_BY, version.pk)
    return pdf.render_pdf("kpis/print/pack.html", facts, title=version.document.title, tell=tell)


def _missing(places: dict[str, int], now: dict[str, int]) -> list[str]:
    """The sections that are too short by now, each as often as it lacks a page; nothing where all begin where they should."""
    found = []
    for one, after in pairwise(PLACES):
        if one in places and after in places and one in now and after in now:
            found += [one] * ((places[after] - places[one]) - (now[after] - now[one]))
    return found
