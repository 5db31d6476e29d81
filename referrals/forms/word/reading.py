"""Reading a filled Word form: only its text, within limits, and never anything in it that could run."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest

from django.core.exceptions import ValidationError

from core.files import sniff
from core.late import Late
from referrals.forms.tasks import TASK_FORMS
from referrals.forms.word.making import CHOOSE, HERE
from referrals.forms.word.questions import ASKS_NUMBER, CHILD_NUMBER, Question, plain, questions

etree = Late("lxml.etree")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_TEXT = 8 * 1024 * 1024
MOST_PARTS = 400
LONGEST = 20_000
NOT_WORD = "Choose a Word file that ends in .docx. An older Word file is opened and saved again as .docx; one with a password, without it."
CANNOT_READ = "This file cannot be read as a Word form. Open it in Word, save it again as .docx, and choose that."
MACRO = "This Word file holds a program (a macro), so it was not opened. Save it as .docx without macros."
TOO_LARGE = "There is too much in this Word file to read. Copy the answers into a new form, without pictures."
NOT_OURS = "None of the referral form’s questions were found in this file. Fill in the form that this page offers."


class CannotRead(Exception):
    """A file that is not read; its words are a sentence for whoever chose it."""


@dataclass
class Reading:
    """What a form says: answers by task, and by question what was read, what was not sure and what was left."""

    child_number: str = ""
    answers: dict[str, dict] = field(default_factory=dict)
    read: list[dict] = field(default_factory=list)
    unsure: list[dict] = field(default_factory=list)
    left: int = 0


def read_form(content: bytes) -> Reading:
    """Take a file's bytes; give what it says, or CannotRead with the reason in a sentence."""
    cells = _cells(_text_of(content))
    asked = [question for _, rows in questions() for question in rows]
    found = Reading(child_number=cells.get(CHILD_NUMBER, "")[:40])
    known = {question.tag: question for question in asked}
    if not set(cells) & (set(known) | {CHILD_NUMBER}):
        raise CannotRead(NOT_OURS)
    for tag, question in known.items():
        typed = cells.get(tag, "").strip()
        if typed:
            _take(found, question, typed[:LONGEST])
        else:
            found.left += 1
    return found


def _text_of(content: bytes) -> bytes:
    """The document's own text; a file that is none, is too large, or could run something is not opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if any("vbaproject" in name.lower() for name in names):
                raise CannotRead(MACRO)
            if len(names) > MOST_PARTS:
                raise CannotRead(TOO_LARGE)
            if sniff(content) != DOCX or "word/document.xml" not in names:
                raise CannotRead(NOT_WORD)
            with packed.open("word/document.xml") as part:
                text = part.read(LARGEST_TEXT + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as broken:
        raise CannotRead(NOT_WORD if not content.startswith(b"PK") else CANNOT_READ) from broken
    if len(text) > LARGEST_TEXT:
        raise CannotRead(TOO_LARGE)
    return text


def _root(text: bytes):
    """The document as a tree: nothing outside it is fetched, and nothing in it is unfolded."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise CannotRead(CANNOT_READ)
    try:
        return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError as broken:
        raise CannotRead(CANNOT_READ) from broken


def _cells(text: bytes) -> dict[str, str]:
    """The answers by their mark; where a mark was deleted, by the words of the question beside it."""
    found = {}
    for labels, table in zip_longest(_labels(), _root(text).iter(f"{W}tbl")):
        rows = [] if table is None else [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")]
        for asked, answer in (cells for cells in rows if len(cells) == 2):
            tag = _tag_in(answer) or (labels or {}).get(plain(_words(next(asked.iter(f"{W}p"), None))), "")
            found |= {tag: _words(answer)} if tag else {}
    return found


def _labels() -> list[dict[str, str]]:
    """The marks by their question's words, table by table: some tasks ask in the same words."""
    asked = [{plain(question.label): question.tag for question in rows} for _, rows in questions()]
    return [{plain(ASKS_NUMBER): CHILD_NUMBER}, *asked]


def _tag_in(cell) -> str:
    """The mark of the first answer's place in a cell."""
    tag = next(cell.iter(f"{W}tag"), None)
    return "" if tag is None else tag.get(f"{W}val", "")


def _words(part) -> str:
    """The text of a part, a line for each paragraph or break; what the form itself wrote there is nothing."""
    if part is None:
        return ""
    lines = []
    for paragraph in part.iter(f"{W}p"):
        bits = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda one: "\n", f"{W}tab": lambda one: " "}
        lines.append("".join(bits[one.tag](one) for one in paragraph.iter(*bits)))
    said = "\n".join(lines).replace("\x00", "").strip()
    return "" if said in {HERE, CHOOSE} else said


def _take(found: Reading, question: Question, typed: str) -> None:
    """Put one answer where it belongs: read, or shown as not sure."""
    answer, is_sure = _answer(question, typed)
    if answer:
        found.answers.setdefault(question.task, {})[question.field] = answer
    row = {"task": question.task, "field": question.field, "label": question.label.replace(" (optional)", ""), "typed": typed[:300]}
    (found.read if is_sure else found.unsure).append(row)


def _answer(question: Question, typed: str) -> tuple[object, bool]:
    """The answer as its task keeps it, and whether it is certain."""
    if not question.choices:
        return typed, _is_valid(question, typed)
    by_words = {plain(words): code for code, words in question.choices} | {plain(code): code for code, _ in question.choices}
    if not question.takes_many:
        code = by_words.get(plain(typed), "")
        return code, bool(code)
    parts = [part for line in typed.replace(";", "\n").splitlines() if (part := plain(line))]
    codes = [by_words[part] for part in parts if part in by_words]
    return list(dict.fromkeys(codes)), len(codes) == len(parts)


def _is_valid(question: Question, typed: str) -> bool:
    """Whether the page would take it too: a real day, a number, not too long."""
    try:
        TASK_FORMS[question.task].base_fields[question.field].clean(typed)
    except ValidationError:
        return False
    return True
