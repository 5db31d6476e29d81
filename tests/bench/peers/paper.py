"""Bare WeasyPrint on the same page, in a process of its own like ours: no limits, no fetcher of ours, nothing counted. Says what it took as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher


class Static(URLFetcher):
    """Addresses under /static/ from the folder given; everything else as WeasyPrint fetches it."""

    def fetch(self, url, headers=None):
        """The file itself."""
        found = url.removeprefix("static://").removeprefix("/static/")
        return super().fetch(url if found == url else (Path(sys.argv[1]) / found).as_uri(), headers)


if __name__ == "__main__":
    page, began = sys.stdin.read(), time.monotonic()
    made = HTML(string=page, base_url="static:///", url_fetcher=Static()).write_pdf(pdf_variant="pdf/ua-1")
    took = {"seconds": time.monotonic() - began, "bytes": len(made), "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    sys.stdout.write(json.dumps(took))
