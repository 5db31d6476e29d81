"""Telling the child: what was decided, in plain words, by a named person, by a day."""

from datetime import date

from core.dates import day_in_words
from core.rules import FieldReason

KINDS = {
    "outreach": "help from the team, where you live", "hub": "a bed at the hub",
    "properties": "a home in one of the small houses",
}  # fmt: skip


def plain_words(status: str, kind: str, weeks: int | None, review_on: date | None) -> str:
    """Take a decision; give the words it could be told in, for the teller to make their own."""
    ask = KINDS.get(kind, "what was asked for")
    long = f" for {weeks} weeks" if weeks else ""
    words = {
        "AGREED": f"The panel said yes to {ask}{long}.",
        "CONDITIONS": f"The panel said yes to {ask}{long}, if some things happen first. Your social worker can tell you what.",
        "PART": f"The panel said yes to part of what was asked: {ask}{long}.",
        "DEFERRED": "The panel needs to know more before it can say yes or no.",
        "DECLINED": f"The panel said no to {ask}. Your social worker can tell you why, and what can happen instead.",
        "REDIRECTED": "The panel thinks other people can help better, and has asked them.",
    }.get(status, "The panel has talked about what was asked for.")
    return f"{words} They will look at it again on {day_in_words(review_on)}." if review_on else words


def why_not_tell(*, told_on: date | None, words: str, today: date, is_told: bool, is_stopped: bool) -> list[str]:
    """TEL-1. A decision is told to the child once, in plain words, by a named person, by its day."""
    found = ["The child has been told."] if is_told else []
    if is_stopped:
        found.append("There is nothing to tell any more.")
    if not words.strip():
        found.append(FieldReason("words", "Write what the child is told, in plain words"))
    if told_on is not None and told_on > today:
        found.append(FieldReason("told_on", "The day must be today or before"))
    return found
