"""Paper: the one door to WeasyPrint."""

from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.template.loader import render_to_string

PRINTED = ("css", "vendor", "img")


def render_pdf(template: str, facts: dict, *, title: str) -> bytes:
    """A tagged PDF/UA-1 from a template and its frozen facts; reads only our own static files."""
    # WeasyPrint takes most of a second to import, and only the worker needs it.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class OurFilesOnly(URLFetcher):
        """Serves addresses under /static/ from our own folder, and nothing else."""

        def fetch(self, url, headers=None):
            """The file, or a refusal."""
            path = _our_file(url)
            return super().fetch(path.as_uri(), headers)

    fetcher = OurFilesOnly(allowed_protocols=("file", "data"), allow_redirects=False, timeout=5)
    html = render_to_string(template, {**facts, "title": title})
    page = HTML(string=html, base_url="static:///", url_fetcher=fetcher)
    return page.write_pdf(pdf_variant="pdf/ua-1")


def _our_file(url: str) -> Path:
    """The file under static/ that an address of ours names."""
    root = (Path(settings.BASE_DIR) / "static").resolve()
    asked = urlparse(url)
    # A stylesheet's own relative addresses come back as files; they are checked like the rest.
    inside = asked.path if asked.scheme == "file" else asked.path.removeprefix("/static/").lstrip("/")
    path = (root / inside).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise ValueError("Only the service's own files may be printed.")
    return path
