"""The printer: a process of its own that makes one PDF within limits, and reaches nothing but our own files.

`core/pdf.py` runs it as `python -m core.printer`. The page comes in at standard input, the PDF leaves at standard
output, and each line at standard error says how far it is. It knows no Django, no database and no secret.
"""

import contextlib
import ctypes
import gc
import html
import json
import logging
import os
import re
import resource
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlparse

PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
MOST_PIXELS = 60_000_000
PR_SET_PDEATHSIG = 1
# What the printer never does, whatever a page asks for, even where the fetcher were bypassed.
NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")
STEPS_SAID = {"Step 1": 2, "Step 4": 3, "Step 5": 3, "Step 6": 4}
NOTES = re.compile(r"::(footnote-|note-)")
HEADING = re.compile(r"<h[123]\b", re.IGNORECASE)
SECONDS_FOR_A_PART, SECONDS_FOR_PARTS = 8, 11


def say(**what) -> None:
    """Tell whoever runs the printer one thing, as one line."""
    sys.stderr.write(json.dumps(what) + "\n")
    sys.stderr.flush()


def keep_within(*, seconds: int, megabytes: int) -> None:
    """This process ends with whoever started it, after so much work, never holds more memory than this, and gives way to whoever reads a page."""
    os.nice(10)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    hard = seconds + 2 if most == resource.RLIM_INFINITY else min(seconds + 2, most)
    resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, hard), hard))


def never_reach_out() -> None:
    """From here on this process opens no connection and starts no program."""

    def refuse(event, _):
        if event.startswith(NEVER):
            raise PermissionError(f"The printer does not do this: {event}")

    sys.addaudithook(refuse)


def our_file(url: str, root: Path) -> Path:
    """The file under our static folder that an address names; ValueError for every other address."""
    asked = urlparse(url)
    # A stylesheet's own relative addresses come back as files; they are checked like the rest.
    inside = asked.path if asked.scheme == "file" else asked.path.removeprefix("/static/").lstrip("/")
    path = (root / inside).resolve()
    if asked.netloc or not path.is_relative_to(root) or not path.is_file():
        raise ValueError("Only the service's own files may be printed.")
    return path


def fetcher(static: str):
    """What WeasyPrint fetches by: files under our static folder, pictures the page itself holds, and nothing else."""
    from weasyprint.urls import URLFetcher

    root = Path(static).resolve()

    class OurFilesOnly(URLFetcher):
        """Serves addresses under /static/ from our own folder, and nothing else."""

        def fetch(self, url, headers=None):
            """The file, a picture that the page itself holds, or a refusal."""
            if url.startswith(PICTURES):
                return super().fetch(url, headers)
            return super().fetch(our_file(url, root).as_uri(), headers)

    return OurFilesOnly(allowed_protocols=("file", "data"), allow_redirects=False, timeout=5)


class Listening(logging.Handler):
    """Turns WeasyPrint's own words about its progress into steps and counts of pages."""

    def emit(self, record):
        """One line of WeasyPrint's."""
        words = record.getMessage()
        step = STEPS_SAID.get(words[:6])
        page = re.search(r"Page (\d+)", words)
        if step:
            say(step=step, done=int(page[1]) if page else 0)


def load(static: str):
    """Bring WeasyPrint in, which takes most of a second; gives what makes a PDF of a page."""
    from PIL import Image
    from weasyprint import CSS, HTML
    from weasyprint.html import UA, UA_COUNTER_STYLE

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    never_reach_out()
    sheet = CSS(string=without_notes(UA), counter_style=UA_COUNTER_STYLE.copy(), url_fetcher=fetcher(static))

    class Lean(HTML):
        """A page whose elements have no styles for the notes of footnotes: none of ours has any, and they take a third of the memory."""

        def _ua_stylesheets(self, forms=False):
            return [sheet]

    def make(page: str, *, listen: bool = True) -> tuple[bytes, int]:
        document = Lean(string=page, base_url="static:///", url_fetcher=fetcher(static)).render(pdf_variant="pdf/ua-1")
        if listen:
            _count_drawing(document.pages)
        return document.write_pdf(pdf_variant="pdf/ua-1", finisher=_let_go), len(document.pages)

    return make


def without_notes(sheet: str) -> str:
    """WeasyPrint's own sheet without what it gives every element of every page, and ours need only of lists."""
    lines = (line for line in sheet.splitlines() if not NOTES.match(line))
    return "\n".join(f"li{line}" if line.startswith("::marker") else line for line in lines)


def _count_drawing(pages) -> None:
    """Each page says that it is being drawn, and of how many."""
    for number, page in enumerate(pages, 1):

        def paint(*args, _paint=page.paint, _number=number, **kwargs):
            say(step=4, done=_number, of=len(pages))
            return _paint(*args, **kwargs)

        page.paint = paint


def _let_go(document, pdf) -> None:
    """All is drawn and tagged: what the pages were laid out of makes room for the file."""
    for page in document.pages:
        vars(page).clear()
    gc.collect()


def parts_of(page: str) -> list[tuple[str, str]]:
    """A page cut at its headings: each part's name, and a page of its own with that part alone."""
    head, _, body = page.partition("<body>")
    starts = [found.start() for found in HEADING.finditer(body)] or [0]
    cuts = zip(starts, [*starts[1:], len(body)], strict=True)
    return [(_name(body[start:end]), f"{head}<body>{body[start:end]}</body></html>") for start, end in cuts]


def _name(part: str) -> str:
    """The words of a part's heading."""
    heading = re.split(r"</h[123]>", part[:2000], maxsplit=1, flags=re.IGNORECASE)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", heading)).split())[:120] or "Its first part"


def find_guilty(page: str, make, *, seconds: int) -> None:
    """Say which parts cannot be printed even alone, the longest tried first, each in a process that may die of it."""
    began = time.monotonic()
    for name, part in sorted(parts_of(page), key=lambda one: -len(one[1])):
        left = SECONDS_FOR_PARTS - (time.monotonic() - began)
        if left < 1:
            return
        if not _prints(part, make, seconds=min(int(left), SECONDS_FOR_A_PART, seconds)):
            say(guilty=name)


def _prints(part: str, make, *, seconds: int) -> bool:
    """Whether one part can be printed alone."""
    child = os.fork()
    if child == 0:
        status = 1
        with contextlib.suppress(BaseException):
            keep_within(seconds=seconds, megabytes=resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)
            make(part, listen=False)
            status = 0
        os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def why(error: BaseException) -> str:
    """In one word, why a page could not be printed."""
    kinds = {MemoryError: "memory", RecursionError: "depth"}
    return next((word for kind, word in kinds.items() if isinstance(error, kind)), "broken")


def most_memory() -> int:
    """The most memory that this process held at once, in megabytes: its own, where getrusage begins with its parent's."""
    told = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(told.split()[1]) // 1024


def main(work: str, static: str, seconds: str, megabytes: str) -> int:
    """Print what comes in, or find in it what cannot be printed; 0 where it went well."""
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no part of the PDF
    keep_within(seconds=int(seconds), megabytes=int(megabytes))
    gc.disable()  # a short life with few cycles: looking for them takes a fifth of the time
    page = sys.stdin.buffer.read().decode()
    make = load(static)
    if work == "find":
        find_guilty(page, make, seconds=int(seconds))
        return 0
    logging.getLogger("weasyprint.progress").addHandler(Listening())
    logging.getLogger("weasyprint.progress").setLevel(logging.INFO)
    try:
        content, pages = make(page)
    except BaseException as error:  # every way of failing is told in words
        say(failed=why(error), error=f"{type(error).__name__}: {error}"[:300])
        return 1
    with os.fdopen(out, "wb") as file:
        file.write(content)
    used = resource.getrusage(resource.RUSAGE_SELF)
    say(pages=pages, bytes=len(content), megabytes=most_memory(), seconds=round(used.ru_utime + used.ru_stime, 1))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
