"""An accepted return to take away: a report in Word by the seven topics, and its workings in Excel with live sums."""

from decimal import Decimal

from core import clock, word
from core.dates import day_in_words
from core.sheets import FIRST_ROW, Formula, Sheet, workbook
from kpis.measures.return_rows import Shown, by_topic
from kpis.measures.service import HIDDEN
from kpis.models import Return

HEADS = ("Measure", "Value", "Target", "Rating", "Provider’s words", "Commissioner’s decision")
WORKINGS = (
    "Topic", "Measure", "As sent", "Counted", "Of", "Worked out again", "Target", "Difference from the target", "Rating", "Quarter before",
    "Provider’s words", "Decision", "Challenge", "Answer", "How we counted",
)  # fmt: skip


def _day(moment) -> str:
    return day_in_words(moment.astimezone(clock.LONDON).date())


def return_report(of: Return, rows: list[Shown]) -> bytes:
    """The Word report of an accepted return, as this reader may have its rows: facts first, then topic by topic."""
    parts = [
        ("heading", 1, f"{of.contract.name}: {of.quarter}"),
        ("words", f"Sent {_day(of.sent_at)} by {of.sent_by.full_name}. Accepted {_day(of.reviewed_at)} by {of.reviewed_by.full_name}, and locked."),
        ("words", f"Return {of.reference}, version {of.version.number}. SHA-256 {of.version.frozen_sha256}"),
    ]
    for topic in by_topic(of, rows):
        parts.append(("heading", 2, f"{topic['number']}. {topic['name']}"))
        parts += [("words", topic["words"])] if topic["words"] else []
        parts += [("table", HEADS, [_told(row) for row in topic["rows"]])] if topic["rows"] else []
    for heading, words in (("The provider’s commentary", of.commentary), ("The commissioner’s commentary", of.review_words)):
        parts += [("heading", 2, heading), ("words", words)] if words else []
    if any(row.hidden for row in rows):
        parts.append(("words", "c is 1 to 5 children: the count, and what would give it back, is hidden."))
    return word.document(title=f"Return, {of.quarter}", parts=parts)


def _told(row: Shown) -> tuple:
    """One row of the report, corrections beside its value and what was said of it."""
    value = [row.value, *([row.count] if row.count else []), *(f"Corrected {_day(one.at)}: {one.says}" for one in row.corrections)]
    said = [row.row.words, *(f"{label}: {text}" for label, text in (("Challenged", row.row.challenge), ("Answer", row.row.answer)) if text)]
    return row.asked.name, "\n".join(value), row.target, _rating(row), "\n".join(text for text in said if text), row.row.get_verdict_display()


def _rating(row: Shown) -> str:
    return row.row.get_rating_display() if row.rating else "Not shown" if row.hidden else "Not rated"


def return_workbook(of: Return, rows: list[Shown]) -> bytes:
    """The workings of an accepted return, as this reader may have its rows; percentages and differences stay live."""
    says = f"Return of {of.contract.name}, {of.quarter}. Accepted {_day(of.reviewed_at)}. {HIDDEN} is 1 to 5 children, hidden."
    lines = [
        _working(topic["name"], row, FIRST_ROW + at)
        for at, (topic, row) in enumerate((topic, row) for topic in by_topic(of, rows) for row in topic["rows"])
    ]
    return workbook(f"Return {of.quarter}", [Sheet("Workings", says, WORKINGS, lines)])


def _working(topic: str, row: Shown, line: int) -> tuple:
    """One measure with what it was counted from."""
    kept = row.row
    open_to = not row.hidden and not row.value.startswith("about")
    value = kept.value if open_to else row.value
    counted = (kept.numerator, kept.denominator) if open_to else (HIDDEN, HIDDEN)
    return (
        topic, row.asked.name, value if value is not None else row.value, *counted, _again(row, line) if open_to else "",
        kept.target, _difference(kept, line) if open_to else "", _rating(row), kept.get_was_display(), kept.words,
        kept.get_verdict_display(), kept.challenge, kept.answer, row.asked.how,
    )  # fmt: skip


def _again(row: Shown, line: int) -> Formula | str:
    """A percentage worked out from its two numbers, in the file itself."""
    if row.asked.unit != "%" or not row.row.denominator:
        return ""
    return Formula(f"=ROUND(D{line}/E{line}*100,1)", row.row.value or Decimal(0))


def _difference(kept, line: int) -> Formula | str:
    """The value less its target."""
    return Formula(f"=C{line}-G{line}", kept.value - kept.target) if kept.value is not None and kept.target is not None else ""
