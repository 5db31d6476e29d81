"""Proof of a pack's versions: hashes worked out again from what is kept, beside those written down when it was made."""

from core.documents import Checked, check


def proofs_of(pack) -> list[Checked]:
    """Every version of a pack, the newest first; none of one that was never frozen."""
    if pack.document_id is None:
        return []
    rows = pack.document.versions.filter(audience="everyone").select_related("file", "superseded_by")
    return [check(row) for row in rows.order_by("-number")]
