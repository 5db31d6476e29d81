"""trust G29: no document hangs the queue: each ends within its limits, and says which part of it is to blame."""

import base64
import os
import resource
import struct
import time
import zlib

import pytest

from core import pdf, printer
from tests.trust.paper import page_with

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
START = "<h1>Pack</h1><p>Fine.</p><h2>Terms</h2><p>Fine too.</p>"
ROWS = "<tr><td>a</td><td>b</td><td>c</td></tr>"


def with_part(name: str, body: str) -> str:
    """A page with three parts, the second of which is this one."""
    return page_with(f"{START}<h2>{name}</h2>{body}<h2>Risks</h2><p>Fine.</p>")


def huge_picture() -> str:
    """A picture of 3.6 thousand million pixels in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return f'<p><img src="data:image/png;base64,{base64.b64encode(png).decode()}" alt="Picture: the plan of the house"></p>'


CRASHES = {
    "Nested": "<div>" * 900 + "x" + "</div>" * 900,
    "Huge letters": '<p style="font-size:1e9px">x</p>',
}


@pytest.mark.parametrize("name", CRASHES)
def test_g29_what_makes_the_printer_fall_over_is_named(name):
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.print_page(with_part(name, CRASHES[name]))

    assert str(refused.value).endswith(f"To blame: “{name}”.")


def test_g29_work_without_end_is_stopped_and_named(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_SECONDS", 5)
    page = with_part("Wide", '<table><tr><td colspan="65534">x</td></tr><tr><td>y</td></tr></table>' * 30)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.print_page(page)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert "To blame: “Wide”" in str(refused.value)
    # Work is counted, so that a busy machine fails nothing: 5 seconds of it, and as much as it takes to find the part.
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert worked < 5 + 3 + printer.SECONDS_FOR_A_PART + 6, (worked, time.monotonic() - began)


def test_g29_memory_without_end_is_stopped_and_named(monkeypatch):
    page = with_part("Many rows", f"<table>{ROWS * 2000}</table>")
    assert pdf.print_page(page).took["pages"] > 10  # the control: the same page, with the memory a document may have

    monkeypatch.setattr(pdf, "MOST_MEGABYTES", 192)
    with pytest.raises(pdf.NotPrinted) as refused:
        pdf.print_page(page)

    assert str(refused.value) == f"{pdf.WHY['memory']} To blame: “Many rows”."


def test_g29_a_huge_picture_is_left_out_and_its_words_stand_instead():
    heard = pdf.print_page(with_part("Plan", huge_picture()))

    assert heard.took["pages"] >= 1
    assert heard.took["megabytes"] < 400


def test_g29_parts_are_cut_at_headings_and_named_by_their_words():
    parts = printer.parts_of(with_part("A &amp; <em>B</em>", "<p>x</p>"))

    assert [name for name, _ in parts] == ["Pack", "Terms", "A & B", "Risks"]
    assert all(part.startswith("<!DOCTYPE html>") and part.endswith("</body></html>") for _, part in parts)
    assert printer.parts_of("<html><body><p>none</p></body></html>")[0][0] == "none"


GOALS = [
    ("One word", f"<p>{'x' * 1_000_000}</p>"), ("Long text", f"<p>{'Some words that go on. ' * 45_000}</p>"),
    ("Many rows", f"<table>{ROWS * 20_000}</table>"), ("Wide", '<table><tr><td colspan="65534">x</td></tr><tr><td>y</td></tr></table>'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body"), GOALS if FULL else GOALS[:1], ids=lambda words: words[:9])
def test_g29_each_of_the_goals_documents_ends_within_a_minute_of_work_and_a_gigabyte(name, body):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    why, megabytes = "", 0
    try:
        megabytes = pdf.print_page(with_part(name, body)).took["megabytes"]
    except pdf.NotPrinted as refused:
        why = str(refused)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert f"“{name}”" in why or 0 < megabytes <= 1024, (why, megabytes)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 60
