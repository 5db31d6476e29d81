"""trust G28: whatever stands in a document, printing it asks no server, reads no file but our own, and attaches nothing."""

import subprocess
import sys
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from core import pdf, printer
from core.models import DocumentVersion
from kpis.papers.pack import cover_facts
from panels.actions import own_papers
from tests.trust.paper import SECRET, SNIPPETS, Canary, Poison, page_with

pytestmark = pytest.mark.django_db
FETCHES = {"img", "link", "object", "embed", "image", "use", "style", "iframe", "base", "script"}


@pytest.fixture
def canary():
    server = Canary()
    yield server
    server.close()


@pytest.fixture
def snippets(canary, tmp_path):
    """The snippets, pointing at the canary and at a file with a secret."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    return [snippet.format(at=canary.at, secret=secret) for snippet in SNIPPETS]


def told(content: bytes) -> list[str]:
    """What of the machine stands in a PDF, in its words or as an attachment."""
    reader = PdfReader(BytesIO(content))
    words = " ".join(page.extract_text() for page in reader.pages)
    return [*reader.attachments, *([SECRET] if SECRET in words else [])]


def test_g28_hostile_snippets_reach_nothing(canary, snippets):
    content = pdf.print_page(page_with("<h1>All</h1>" + "<p>x</p>".join(snippets))).content

    assert canary.asked == []
    assert told(content) == []


def test_g28_with_the_default_fetcher_they_would(canary, snippets):
    """The control: the same page, printed by WeasyPrint as it comes."""
    page = page_with("<h1>All</h1>" + "<p>x</p>".join(snippets)).replace('href="/static/css', 'href="http://nowhere.invalid/css')
    content = HTML(string=page).write_pdf()

    assert len({path.split("#")[0] for path in canary.asked}) >= 6, canary.asked
    assert told(content)


def documents(scene):
    """Each kind of document that is printed, with the facts of one of the scene's: its template, facts and name."""
    found = {}
    pack = scene.records["ours"]["pack"]
    for version in DocumentVersion.objects.select_related("document", "reader").order_by("pk"):
        kind, frozen = version.document.kind, version.frozen
        if kind == "pack":
            found[kind] = "kpis/print/pack.html", {"pack": frozen, "cover": cover_facts(pack, pack.meeting.on)}
        elif kind == "board_report":
            found[kind] = "kpis/print/board_report.html", {"pack": frozen}
        elif kind == "minutes":
            found[kind] = "panels/print/minutes.html", {"minutes": frozen, "version": version}
        elif kind == own_papers.KIND:
            found[kind] = "panels/print/papers.html", own_papers._printed(version)
    return found


class Opened(HTMLParser):
    """The tags of a page that could fetch something from the canary."""

    def __init__(self, at: str):
        super().__init__()
        self.at, self.found = at, []

    def handle_starttag(self, tag, attrs):
        if tag in FETCHES and any((value or "").strip().startswith((f"http://{self.at}", f"//{self.at}")) for _, value in attrs):
            self.found.append(tag)


def test_g28_no_field_of_any_document_reaches_out(scene, canary, snippets):
    """Every text of every document's facts: escaped it is words; let through, our fetcher refuses it all the same."""
    printed = documents(scene)
    assert set(printed) == {"pack", "board_report", "minutes", own_papers.KIND}, set(printed)

    for kind, (template, facts) in printed.items():
        escaped, let_through = Poison(snippets, escaped=True), Poison(snippets, escaped=False)
        seen = Opened(canary.at)
        seen.feed(pdf.page_of(template, escaped.within(facts), title="T"))
        assert seen.found == [], kind

        page = pdf.page_of(template, let_through.within(facts), title="T")
        assert let_through.texts > 20, (kind, let_through.texts)
        assert canary.at in page, kind
        assert told(pdf.print_page(page).content) == [], kind
    assert canary.asked == []


def test_g28_words_let_through_would_reach_out_by_the_default_fetcher(scene, canary, snippets):
    """The control: one document, neither escaped nor by our fetcher."""
    template, facts = documents(scene)["board_report"]
    page = pdf.page_of(template, Poison(snippets, escaped=False).within(facts), title="T")
    HTML(string=page, base_url="file:///nowhere/").write_pdf()

    assert canary.asked


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/a.css", "file:///etc/passwd", "/static/../config/settings.py", "//elsewhere.example/static/css/base.css", "ftp://a/b",
     "file://elsewhere/etc/passwd", "/static/css", "/static/%2e%2e/run.py", "data:image/svg+xml,<svg/>", "data:text/html,x"],
)  # fmt: skip
def test_g28_only_our_own_files_have_an_address(settings, address):
    with pytest.raises(ValueError, match="service's own files"):
        printer.our_file(address, (Path(settings.BASE_DIR) / "static").resolve())


def test_g28_the_printer_opens_no_connection_even_if_it_is_asked_to_by_other_means(settings, canary):
    """A second lock under the first: the process itself refuses to open a connection."""
    code = (
        "from core import printer; printer.never_reach_out()\nimport urllib.request\n"
        f"urllib.request.urlopen('http://{canary.at}/direct')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert "PermissionError: The printer does not do this" in done.stderr
    assert canary.asked == []


def test_g28_our_own_sheets_and_letters_are_read_all_the_same():
    content = pdf.print_page(page_with("<h1>Words</h1><p>More of them.</p>")).content
    fonts = {font.get_object()["/BaseFont"] for page in PdfReader(BytesIO(content)).pages for font in page["/Resources"]["/Font"].values()}

    assert fonts
    assert all("Atkinson" in font for font in fonts), fonts
