"""A subject access pack: one PDF of what is given and what is withheld and why, and the files, in one archive."""

import zipfile
from io import BytesIO

from django.db import transaction

from core import audit, files, pdf
from core.dates import day_in_words
from core.models import User
from kpis.models import SubjectRequest
from kpis.models.subject_access import RequestState
from kpis.rules.subject_access import ABOUT_OTHERS

TITLE = "What is kept about you"


@transaction.atomic
def make_disclosure(reference: str, *, by: User | None = None) -> str:
    """Make a checked request's pack, once; gives the SHA-256 of the archive."""
    request = SubjectRequest.objects.select_for_update(of=("self",)).select_related("authority", "child").get(reference=reference)
    if request.state != RequestState.MAKING:
        return ""
    entries = list(request.entries.select_related("given_file").order_by("order"))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_named("record.pdf"), pdf.render_pdf("kpis/print/disclosure.html", pack_facts(request, entries), title=TITLE))
        for entry in entries:
            if entry.given_file_id and not entry.withheld:
                archive.writestr(_named(entry.given_file.name), files.read(entry.given_file))
    request.pack = files.store(made.getvalue(), name=f"subject-access-{request.reference}.zip", media_type="application/zip", authority=request.authority)
    request.state = RequestState.READY
    request.save()

    audit.record("subject_request.made", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Made the pack of subject access request {request.reference}.")
    return request.pack.sha256


def _named(name: str) -> zipfile.ZipInfo:
    """A member with one day for all, so that the same pack has the same bytes."""
    member = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def pack_facts(request: SubjectRequest, entries: list) -> dict:
    """What the print is made of: parts under their headings, what was withheld and why, and how to complain."""
    parts: list[dict] = []
    for entry in entries:
        if not parts or parts[-1]["heading"] != entry.heading:
            parts.append({"heading": entry.heading, "entries": []})
        parts[-1]["entries"].append({
            "words": "" if entry.withheld else entry.given, "withheld": entry.get_withheld_display() if entry.withheld else "",
            "file": entry.given_file.name if entry.given_file_id and not entry.withheld else "",
        })  # fmt: skip
    return {
        "council": request.authority.name, "reference": request.reference, "received_on": day_in_words(request.received_on),
        "parts": parts, "about_others": ABOUT_OTHERS,
    }  # fmt: skip
