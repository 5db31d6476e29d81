"""Word: the one door to .docx files, with real headings and tables, and only signs that a Word file can hold."""

import io
from collections.abc import Iterable, Sequence


def document(*, title: str, parts: Iterable[Sequence]) -> bytes:
    """The bytes of a document: `parts` are ("heading", level, words), ("words", words), ("strong", words) or ("table", heads, rows)."""
    # Word's writer is heavy, so the web process loads it with the first document and not at its start.
    from docx import Document

    made = Document()
    made.core_properties.title, made.core_properties.author = plain(title)[:255], "Throughline"  # the format holds no more
    made.core_properties.language = "en-GB"
    for kind, *facts in parts:
        if kind == "heading":
            made.add_heading(plain(facts[1]), facts[0])
        elif kind == "table":
            _table(made, *facts)
        else:
            made.add_paragraph().add_run(plain(facts[0])).bold = kind == "strong"
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _table(made, heads, rows) -> None:
    """One table under its headings."""
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(plain(words)).bold = True
    _repeat(table.rows[0])
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(words)


def _repeat(row) -> None:
    """Mark a row as the headings of its table, said before each cell and printed on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def plain(words: str) -> str:
    """Words without the signs that a Word file cannot hold."""
    return "".join(sign for sign in str(words) if sign in "\n\t" or (ord(sign) >= 32 and not 0xD800 <= ord(sign) <= 0xDFFF and ord(sign) not in {0xFFFE, 0xFFFF}))
