"""Word forms: what a filled form needs before it becomes a draft."""

from core.rules import FieldReason


def why_not_import(*, children: int, unread: str = "") -> list[str]:
    """WRD-1. A Word form becomes a draft once it could be read, and names one child whose record the sender may see.

    `children` is how many they may see by the number given; `unread` says why the file was not read.
    """
    if unread:
        return [FieldReason("file", unread)]
    if children == 1:
        return []
    return [FieldReason("child_number", "Enter the child’s council number or reference. Check the number, or add the child by hand first.")]
