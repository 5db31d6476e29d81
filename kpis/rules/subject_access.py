"""Subject access: the clock of one month, what each column of the record is to the person, and who judges what is given."""

import re
from collections.abc import Iterable
from datetime import date

from core.dates import months_after
from core.rules import FieldReason

CLASSES = ("included", "third party", "exempt", "not personal")
NAME_WITHHELD, ABOUT_OTHERS = "[name withheld]", "[about somebody else]"


def read_map(text: str) -> dict[str, dict[str, str]]:
    """Take the map as written; give each table's columns with their class. ValueError where a line cannot be read."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        label, *parts = line.split(" | ")
        columns = found.setdefault(label, {})
        for part in parts:
            kind, _, names = part.partition(": ")
            if kind not in CLASSES or any(name in columns for name in names.split()):
                raise ValueError(f"{label}: {part}")
            columns.update(dict.fromkeys(names.split(), kind))
    return found


def answer_by(received_on: date, months: int = 1) -> date:
    """Give the last day for an answer: the same day of the next month, or its last day where it has no such day."""
    return months_after(received_on, months)


def names_in(people: Iterable[str], own: str) -> list[str]:
    """Take other people's names and the person's own; give what is taken out, the longest first, parts they share left in."""
    ours = {part.casefold() for part in own.split()}
    found = set()
    for name in people:
        parts = [part for part in name.split() if len(part) > 2]
        found |= {" ".join(name.split())} if parts else set()
        found |= {part for part in parts if part.casefold() not in ours}
    return sorted(found, key=lambda name: (-len(name), name))


def without_names(words: str, names: Iterable[str]) -> str:
    """Take words and the names to take out; give the words with each whole name gone, whatever its capitals."""
    for name in names:
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME_WITHHELD, words, flags=re.IGNORECASE)
    return words


def names_left(words: str, names: Iterable[str]) -> list[str]:
    """The names that can still be read in some words."""
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE)]


def why_not_receive(*, may: bool, received_on: date, today: date, is_open: bool) -> list[str]:
    """SAR-1. A request is written down on the day it came, for a record that can be seen, one at a time."""
    reasons = [] if may else ["Information governance writes this down."]
    if received_on > today:
        reasons.append(FieldReason("received_on", "The day must be today or before"))
    return [*reasons, "A request about this record is open already."] if is_open else reasons


def why_not_extend(*, may: bool, is_open: bool, was_extended: bool, due_on: date, today: date, because: str) -> list[str]:
    """SAR-2. The month is extended once, by two months, before it is over, with a reason that the requester is told."""
    reasons = [] if may else ["Information governance extends this."]
    if not is_open or was_extended:
        reasons.append("Only an open request that was not extended before is extended.")
    if today > due_on:
        reasons.append("The month is over: the requester had to be told before.")
    return reasons if because.strip() else [*reasons, FieldReason("because", "Say why it takes longer: the requester is told")]


def why_not_gather(*, may: bool, state: str) -> list[str]:
    """SAR-3. The record is gathered by information governance, again if need be, until the reading is finished."""
    reasons = [] if may else ["Information governance gathers this."]
    return reasons if state in {"received", "redacting"} else [*reasons, "The reading is finished."]


def why_not_redact(*, may: bool, state: str, withheld: str, because: str, left: list[str]) -> list[str]:
    """SAR-4. While it is read through, words are given or withheld with a reason, and no withheld name stays in them."""
    reasons = [] if may else ["Information governance reads this through."]
    if state != "redacting":
        reasons.append("The request is not being read through.")
    if withheld and not because.strip():
        reasons.append(FieldReason("because", "Say why it is withheld"))
    if left and not withheld:
        reasons.append(FieldReason("given", f"Still to be read: {', '.join(left[:5])}. Take it out, or withhold the whole"))
    return reasons


def why_not_finish(*, may: bool, state: str, unread: int) -> list[str]:
    """SAR-5. The reading is finished when each file and each part from which a name was taken out was looked at."""
    reasons = [] if may else ["Information governance finishes this."]
    if state != "redacting":
        reasons.append("The request is not being read through.")
    return [*reasons, f"Still to be looked at: {unread}."] if unread else reasons


def why_not_judge_harm(*, may: bool, state: str, is_reader: bool, words: str) -> list[str]:
    """SAR-6. A manager, not whoever read it through, judges whether what is given would do serious harm, and says why."""
    if state != "harm":
        return ["This request does not wait for the test of harm."]
    reasons = [] if may else ["A manager judges this."]
    if is_reader:
        reasons.append("You read it through: somebody else judges harm.")
    return reasons if words.strip() else [*reasons, FieldReason("words", "Say how you judged it")]


def why_not_check(*, may: bool, state: str, had_part: bool, agrees: bool, because: str) -> list[str]:
    """SAR-7. A third person, who neither read it through nor judged harm, checks it before it leaves, or sends it back with a reason."""
    if state != "check":
        return ["This request does not wait for the second check."]
    reasons = [] if may else ["Information governance or a head of service checks this."]
    if had_part:
        reasons.append("You had a part in it: somebody else checks it.")
    return reasons if agrees or because.strip() else [*reasons, FieldReason("because", "Say what has to be looked at again")]


def why_not_give(*, may: bool, state: str, given_on: date | None, today: date, how: str) -> list[str]:
    """SAR-8. The pack is given once it is checked and made, on a day that has come, and how is written down."""
    reasons = [] if may else ["Information governance gives the pack."]
    if state != "ready":
        reasons.append("The pack is not ready.")
    if given_on is not None and given_on > today:
        reasons.append(FieldReason("given_on", "The day must be today or before"))
    return reasons if how.strip() else [*reasons, FieldReason("how", "Say how it was given, and to whom")]


def why_not_give_file(*, media_type: str, pages: int, left: list[str]) -> list[str]:
    """SAR-9. A file is given as plain text or as a PDF whose words can be read and name nobody who is withheld; anything else is withheld."""
    if media_type not in {"application/pdf", "text/plain"}:
        return ["This kind of file keeps older versions and comments: add it as a PDF, or withhold it."]
    if media_type == "application/pdf" and not pages:
        return ["This PDF is locked, damaged or too long: add another, or withhold it."]
    return [f"Still to be read in the file: {', '.join(left[:5])}. Covering words does not remove them."] if left else []
