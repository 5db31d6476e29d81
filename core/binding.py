"""PDFs that others made, bound behind one of ours: only their pages, with nothing in them that runs."""

from collections.abc import Sequence
from io import BytesIO
from itertools import islice

from core.late import Late

pypdf = Late("pypdf")
MOST_PAGES = 300
# What pypdf raises, beside its own, on files that are locked, cut short or made to mislead it.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, NotImplementedError)
# What a link in a bound page may still do; anything else (scripts, programs, sending forms) is taken out.
HARMLESS = {"/URI", "/GoTo"}


def pages_of(content: bytes) -> int:
    """Give how many pages a PDF says it has; 0 where it is locked, damaged or too long to be bound."""
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        count = 0 if reader.is_encrypted else int(reader.get_num_pages())
    except (pypdf.errors.PyPdfError, *UNREADABLE):
        return 0
    return count if 0 < count <= MOST_PAGES else 0


def places_in(content: bytes) -> dict[str, int]:
    """Give the page, counted from one, on which each named place of one of our PDFs begins; places that lead nowhere are left out."""
    reader = pypdf.PdfReader(BytesIO(content))
    found = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name: page + 1 for name, page in found.items() if page is not None}


def only_pages(content: bytes) -> bytes | None:
    """Give a PDF of the same pages and nothing that runs; None where it is locked, damaged or too long to be bound."""
    if not pages_of(content):
        return None
    try:
        pages = list(islice(pypdf.PdfReader(BytesIO(content)).pages, MOST_PAGES + 1))
        # All of them first: a link on one page leads to another, and would bring it along as it was.
        for page in pages:
            page.pop("/AA", None)
            notes = page.get("/Annots", pypdf.generic.ArrayObject()).get_object()
            page[pypdf.generic.NameObject("/Annots")] = pypdf.generic.ArrayObject(note for note in notes if _is_harmless(note.get_object()))
        writer = pypdf.PdfWriter()
        for page in pages:
            writer.add_page(page)
        return _written(writer) if 0 < len(pages) <= MOST_PAGES else None
    except (pypdf.errors.PyPdfError, *UNREADABLE):
        return None


def _is_harmless(annotation) -> bool:
    """Whether a note or link on a page does nothing, or leads somewhere that whoever reads it chooses to follow."""
    action = annotation.get("/A")
    return "/AA" not in annotation and (action is None or action.get_object().get("/S") in HARMLESS)


def bind(base: bytes, others: Sequence[tuple[str, bytes]]) -> bytes:
    """Give our PDF with the pages of others behind it, each under its name in the outline.

    `others` are names with what `only_pages` gave. Ours stays tagged; the whole no longer claims PDF/UA, since others' pages may not be.
    """
    if not others:
        return base
    writer = pypdf.PdfWriter(clone_from=BytesIO(base))
    writer.root_object.pop("/Metadata", None)
    for name, content in others:
        writer.append(BytesIO(content), outline_item=name, import_outline=False)
    return _written(writer)


def _written(writer) -> bytes:
    """The bytes of what was put together."""
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
