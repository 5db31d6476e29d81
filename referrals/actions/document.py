"""Documents added to a referral or a child's record, and taken off it."""

from django.db import transaction

from core import audit, clock, files, outbox, post, scanner
from core.actions.stored_file import record_scan
from core.models import StoredFile, User
from core.rules import FieldReason, refuse_if
from referrals.models import Child, ChildDocument, Referral, ReferralDocument
from referrals.models.kept_file import KeptFile, against_keeping_all


@transaction.atomic
def add_documents(referral: Referral, *, uploads: list[tuple[str, bytes | None]], is_shareable: bool = True,
                  by: User) -> list[ReferralDocument]:  # fmt: skip
    """Keep several files at once, all or none; `uploads` are names with their bytes (None: too large).

    Bytes that are on the referral already are not added twice, so a second press is harmless.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    reasons = against_keeping_all(uploads)
    reasons += [] if uploads else [FieldReason("files", "Choose at least one file.")]
    refuse_if(referral.why_not_edit() + reasons)

    added = [
        _scanned(ReferralDocument.objects.create(referral=referral, file=file, title=file.name[:200], is_shareable=is_shareable))
        for file in _stored(uploads, on=referral, by=by)
    ]

    audit.record(
        "document.added", on=referral, by=by,
        sentence=f"Added {len(added)} files to {referral.reference}.",
    )  # fmt: skip
    return added


@transaction.atomic
def add_child_documents(child: Child, *, uploads: list[tuple[str, bytes | None]], document_type: str, is_shareable: bool,
                        by: User) -> list[ChildDocument]:  # fmt: skip
    """Keep several files on a child's record at once, all or none, each of the same type; none is kept twice."""
    child = Child.objects.select_for_update(of=("self",)).select_related("authority").get(pk=child.pk)
    reasons = [] if uploads else [FieldReason("files", "Choose at least one file.")]
    refuse_if(reasons + against_keeping_all(uploads))

    added = [
        _scanned(ChildDocument.objects.create(child=child, file=file, type=document_type, title=file.name[:200], is_shareable=is_shareable))
        for file in _stored(uploads, on=child, by=by)
    ]

    audit.record(
        "document.added", on=child, by=by,
        sentence=f"Added {len(added)} documents to the record {child.reference}.",
    )  # fmt: skip
    return added


def _stored(uploads, *, on: Referral | Child, by: User) -> list[StoredFile]:
    """Each upload whose bytes are not on the record already, kept as a file."""
    there = set(on.documents.filter(removed_at=None).values_list("file__sha256", flat=True))
    return files.store_new(uploads, there=there, by=by, authority=on.authority)


def _scanned(document: ReferralDocument | ChildDocument) -> ReferralDocument | ChildDocument:
    """The same document, its scan asked for where there is a scanner."""
    if scanner.is_set():
        outbox.enqueue("document.scan", subject=document.file.reference)
    return document


@transaction.atomic
def scan_document(document: KeptFile, *, by: User | None) -> KeptFile:
    """Ask the scanner about one file; whoever added a file with a virus is told."""
    virus, about = scanner.scan(files.read(document.file)), document.about
    record_scan(document.file, virus=virus, by=by)
    if virus and document.file.added_by:
        post.send(
            "document.virus", key=f"virus:{document.file.reference}", to=document.file.added_by,
            subject=f"A file on {document.about_words} has a virus",
            body="The virus scanner found a virus in a file you added. Nobody can open it. Take it off, and add a clean copy.",
            link=f"{about.get_absolute_url()}{document.taken_off_at}", about=about,
        )  # fmt: skip

    audit.record(
        "document.scanned", on=about, by=by,
        sentence=f"A file on {document.about_words} was scanned.",
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


@transaction.atomic
def remove_child_document(document: ChildDocument, *, by: User) -> ChildDocument:
    """Take a document off a child's record; its bytes and this deed are kept."""
    document.removed_at = clock.now()
    document.save()

    audit.record(
        "document.removed", on=document.child, by=by,
        sentence=f"Took a document off the record {document.child.reference}.",
    )  # fmt: skip
    return document
