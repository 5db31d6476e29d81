"""Making the Word form: headings to move by, one table a task, and a marked place for each answer."""

from collections.abc import Mapping
from io import BytesIO

from core.late import Late
from referrals.forms.word.questions import ASKS_NUMBER, CHILD_NUMBER, Question, questions

docx = Late("docx")
HERE = "Type here"
CHOOSE = "Choose one"
INTRODUCTION = (
    "Answer as much as you can. Write beside each question, and leave what you do not know. "
    "Then go to “Start from a Word form” in the service: it makes a draft, says what it could read, and keeps this file."
)


def word_form(said: Mapping[str, str] | None = None) -> bytes:
    """The form as the bytes of a .docx file: empty, or with answers written in by their mark."""
    said = said or {}
    document = docx.Document()
    document.core_properties.title = "Referral form"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = docx.shared.Pt(11)
    document.add_heading("Referral form", level=0)
    document.add_paragraph(INTRODUCTION)
    document.add_heading("The child", level=1)
    _table(document, [Question("", CHILD_NUMBER, ASKS_NUMBER, "As the service knows it.", (), False)], said)
    for title, asked in questions():
        document.add_heading(title, level=1)
        _table(document, asked, said)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document, asked: list[Question], said: Mapping[str, str]) -> None:
    """Two columns with a heading row: the question, and a marked place for its answer."""
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Question", "Your answer"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
    for question in asked:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(question.label)
        if question.hint:
            cells[0].add_paragraph(question.hint).runs[0].italic = True
        if question.takes_many:
            cells[0].add_paragraph("Write those that apply, one on each line: " + "; ".join(words for _, words in question.choices))
        cells[1].paragraphs[0]._p.append(_place(question, said.get(question.tag, "")))


def _place(question: Question, said: str):
    """A content control with the question's mark: a list to choose from, or text of several lines."""
    choosing = bool(question.choices) and not question.takes_many
    control, facts = docx.oxml.OxmlElement("w:sdt"), docx.oxml.OxmlElement("w:sdtPr")
    _mark(facts, "w:alias", val=question.label[:60])
    _mark(facts, "w:tag", val=question.tag)
    if not said:
        facts.append(docx.oxml.OxmlElement("w:showingPlcHdr"))
    if choosing:
        listed = docx.oxml.OxmlElement("w:dropDownList")
        for code, words in question.choices:
            _mark(listed, "w:listItem", displayText=words, value=code)
        facts.append(listed)
    else:
        _mark(facts, "w:text", multiLine="1")
    content, run, text = docx.oxml.OxmlElement("w:sdtContent"), docx.oxml.OxmlElement("w:r"), docx.oxml.OxmlElement("w:t")
    text.text = said or (CHOOSE if choosing else HERE)
    run.append(text)
    content.append(run)
    control.append(facts)
    control.append(content)
    return control


def _mark(parent, name: str, **values: str) -> None:
    """Put one element with its values into another."""
    element = docx.oxml.OxmlElement(name)
    for key, value in values.items():
        element.set(docx.oxml.ns.qn(f"w:{key}"), value)
    parent.append(element)
