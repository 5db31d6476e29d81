"""Documents of a contract: what is kept, and who takes one off."""

from collections.abc import Sequence

from core.rules import FieldReason

MOST_OF_A_CONTRACT = 200


def why_not_add_documents(*, chosen: int, there: int, is_of_this: bool, wrong: Sequence[str]) -> list[str]:
    """DOC-1. A document is of a kind and size that is kept, and of this contract, one of its clauses or of its assurance rows."""
    reasons = [] if chosen else [FieldReason("files", "Choose at least one file.")]
    if there + chosen > MOST_OF_A_CONTRACT:
        reasons.append(FieldReason("files", f"A contract keeps {MOST_OF_A_CONTRACT} documents: take off one that is not needed."))
    if not is_of_this:
        reasons.append(FieldReason("about", "Choose what the document is about."))
    return [*reasons, *wrong]


def why_not_take_off(*, is_off: bool, is_ours: bool) -> list[str]:
    """DOC-2. A document is taken off once, by somebody of the party that added it; it is kept, and nobody opens it."""
    if is_off:
        return ["It was taken off before."]
    return [] if is_ours else ["The other party added this document, and takes it off."]
