"""What may be imported, and when what was checked may be stored."""

from collections.abc import Collection

from core.rules import FieldReason

MB = 1024 * 1024
MOST_FILES, MOST_ONE, MOST_ALL = 40, 60 * MB, 200 * MB


def why_not_begin(sizes: Collection[tuple[str, int]], *, needs_day: bool, last_day, today) -> list[str]:
    """IMP-1. Up to 40 files are imported at once, each of at most 60 MB and none chosen twice, for a period that has ended."""
    reasons = []
    if not sizes:
        reasons.append(FieldReason("files", "Choose at least one file."))
    if len(sizes) > MOST_FILES:
        reasons.append(FieldReason("files", f"Choose at most {MOST_FILES} files at once; these are {len(sizes)}."))
    names = [name for name, _ in sizes]
    reasons += [FieldReason("files", f"{name} was chosen twice.") for name in sorted({n for n in names if names.count(n) > 1})]
    reasons += [
        FieldReason("files", f"{name} is {size / MB:,.0f} MB: a file is at most {MOST_ONE // MB} MB. Split it, or leave out columns.")
        for name, size in sizes
        if size > MOST_ONE
    ]
    if sum(size for _, size in sizes) > MOST_ALL:
        reasons.append(FieldReason("files", f"Together the files are more than {MOST_ALL // MB} MB. Import some of them first."))
    if needs_day and last_day is None:
        reasons.append(FieldReason("last_day", "Enter the last day the lists are about: they do not say it themselves."))
    if last_day and last_day > today:
        reasons.append(FieldReason("last_day", "This day is still to come."))
    return reasons


def why_not_store(state: str, *, others_stored: bool, being_stored: bool) -> list[str]:
    """IMP-2. What was checked without an error is stored once, one import after another, and checked again where others came between."""
    if state != "checked":
        return ["Only what was checked without an error, and not yet imported, can be imported."]
    if being_stored:
        return ["Another import is being stored. Press the button again when it has ended, or throw that one away if it cannot end."]
    if others_stored:
        return ["Something else was imported after these files were sent, so what they would change is no longer true. Choose the files again."]
    return []


def why_not_throw_away(state: str, *, is_stuck: bool = False) -> list[str]:
    """IMP-3. An import is thrown away until it is stored; afterwards it is put right by importing the right file."""
    if is_stuck or state in {"checking", "checked"}:
        return []
    if state in {"storing", "stored"}:
        return ["This was imported. Import the right file for the same year, and it takes this one’s place."]
    return ["Its files are gone already."]
