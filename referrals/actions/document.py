"""Documents added to a referral and taken off it."""

from django.db import transaction

from core import audit, clock, files
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import Referral, ReferralDocument

LARGEST = 10 * 1024 * 1024
ALLOWED = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "text/plain": "plain text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}


def _why_not_keep(name: str, content: bytes) -> list[str]:
    """What is wrong with one file, told by its content and not its name."""
    if not content:
        return [FieldReason("files", f"“{name}” is empty.")]
    if len(content) > LARGEST:
        return [FieldReason("files", f"“{name}” is larger than 10 MB.")]
    if files.sniff(content) not in ALLOWED:
        kinds = ", ".join(sorted(ALLOWED.values()))
        return [FieldReason("files", f"“{name}” is not one of these kinds of file: {kinds}.")]
    return []


@transaction.atomic
def add_documents(referral: Referral, *, uploads: list[tuple[str, bytes]], is_shareable: bool = True,
                  by: User) -> list[ReferralDocument]:  # fmt: skip
    """Keep several files at once, all or none; `uploads` are names with their bytes."""
    reasons = [reason for name, content in uploads for reason in _why_not_keep(name, content)]
    refuse_if(referral.why_not_edit() + reasons)

    added = [
        ReferralDocument.objects.create(
            referral=referral,
            file=files.store(content, name=name, by=by, authority=referral.authority),
            title=name[:200],
            is_shareable=is_shareable,
        )
        for name, content in uploads
    ]

    audit.record(
        "document.added", on=referral, by=by,
        sentence=f"Added {len(added)} files to {referral.reference}.",
    )  # fmt: skip
    return added


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
