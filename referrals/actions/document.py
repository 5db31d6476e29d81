"""Documents added to a referral and taken off it."""

from django.db import transaction

from core import audit, clock, files, outbox, post, scanner
from core.actions.stored_file import record_scan
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.choices import KINDS
from referrals.models import Referral, ReferralDocument

LARGEST = 10 * 1024 * 1024


def _why_not_keep(name: str, content: bytes | None) -> list[str]:
    """What is wrong with one file, told by its content and not its name; None was too large to read."""
    if content is None or len(content) > LARGEST:
        return [FieldReason("files", f"“{name}” must be smaller than 10 MB.")]
    if not content:
        return [FieldReason("files", f"“{name}” is empty.")]
    if files.sniff(content) not in KINDS:
        kinds = ", ".join(sorted(KINDS.values()))
        return [FieldReason("files", f"“{name}” is not one of these kinds of file: {kinds}.")]
    return []


@transaction.atomic
def add_documents(referral: Referral, *, uploads: list[tuple[str, bytes | None]], is_shareable: bool = True,
                  by: User) -> list[ReferralDocument]:  # fmt: skip
    """Keep several files at once, all or none; `uploads` are names with their bytes (None: too large).

    Bytes that are on the referral already are not added twice, so a second press is harmless.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    reasons = [reason for name, content in uploads for reason in _why_not_keep(name, content)]
    reasons += [] if uploads else [FieldReason("files", "Choose at least one file.")]
    refuse_if(referral.why_not_edit() + reasons)

    there = set(referral.documents.filter(removed_at=None).values_list("file__sha256", flat=True))
    added = []
    for name, content in uploads:
        file = files.store(content, name=name, by=by, authority=referral.authority)
        if file.sha256 not in there:
            there.add(file.sha256)
            added.append(_keep(referral, file, name, is_shareable))

    audit.record(
        "document.added", on=referral, by=by,
        sentence=f"Added {len(added)} files to {referral.reference}.",
    )  # fmt: skip
    return added


def _keep(referral: Referral, file, name: str, is_shareable: bool) -> ReferralDocument:
    """One file on the referral, and its scan where there is a scanner."""
    document = ReferralDocument.objects.create(
        referral=referral, file=file, title=name[:200], is_shareable=is_shareable
    )
    if scanner.is_set():
        outbox.enqueue("document.scan", subject=file.reference)
    return document


@transaction.atomic
def scan_document(document: ReferralDocument, *, by: User | None) -> ReferralDocument:
    """Ask the scanner about one file; whoever added a file with a virus is told."""
    virus = scanner.scan(files.read(document.file))
    record_scan(document.file, virus=virus, by=by)
    if virus and document.file.added_by:
        post.send(
            "document.virus", key=f"virus:{document.file.reference}", to=document.file.added_by,
            subject=f"A file on {document.referral.reference} has a virus",
            body="The virus scanner found a virus in a file you added. Nobody can open it. Take it off, and add a clean copy.",
            link=f"/referrals/{document.referral.reference}/tasks/documents", about=document.referral,
        )  # fmt: skip

    audit.record(
        "document.scanned", on=document.referral, by=by,
        sentence=f"A file on {document.referral.reference} was scanned.",
    )  # fmt: skip
    return document


@transaction.atomic
def remove_document(document: ReferralDocument, *, by: User) -> ReferralDocument:
    """Take a file off a referral; its bytes and this deed are kept."""
    refuse_if(document.referral.why_not_edit())

    document.removed_at = clock.now()
    document.save()

    audit.record(
        "document.removed", on=document.referral, by=by,
        sentence=f"Took a file off {document.referral.reference}.",
    )  # fmt: skip
    return document
