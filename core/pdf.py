"""Paper: the one door to the printer, which is a process of its own within limits of time and memory."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from core.late import Late

# Work, not waiting: a busy machine makes a document late, and never impossible.
MOST_SECONDS, MOST_MEGABYTES, LONGEST_WAIT = 45, 1024, 300
# All that the printer is told of where it runs: no secret and no address of a database.
ENVIRONMENT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
WHY = {
    "time": f"It takes more than {MOST_SECONDS} seconds of work.",
    "memory": "It needs more than 1 GB of memory.",
    "depth": "Something in it is nested too deep.",
    "broken": "Something in it cannot be laid out.",
}
structlog = Late("structlog")


class NotPrinted(Exception):
    """A document could not be printed; its words say why, and which part of it is to blame."""


@dataclass
class Heard:
    """What the printer said of one page: how it ended, what it took, and which parts are to blame."""

    content: bytes = b""
    failed: str = ""
    error: str = ""
    died: int = 0
    guilty: list[str] = field(default_factory=list)
    took: dict = field(default_factory=dict)


def render_pdf(template: str, facts: dict, *, title: str, tell: Callable[..., None] | None = None) -> bytes:
    """A tagged PDF/UA-1 from a template and its frozen facts; reads only our own static files and pictures in the facts.

    `tell` is told how far it is; NotPrinted where it cannot be made within the limits.
    """
    tell = tell or (lambda **_: None)
    tell(step=1)
    content = print_page(page_of(template, facts, title=title), tell=tell).content
    tell(step=5)
    return content


def page_of(template: str, facts: dict, *, title: str) -> str:
    """The page that is printed: the template with its facts, every word of theirs escaped."""
    return render_to_string(template, {**facts, "title": title})


def print_page(page: str, *, tell: Callable[..., None] | None = None) -> Heard:
    """The PDF of one page and what it took; NotPrinted where it cannot be made within the limits."""
    heard = _ask("print", page, MOST_SECONDS, tell)
    if heard.died:  # without a word, and of no limit of ours: perhaps not the page's fault
        structlog.get_logger().warning("the printer died", ended=heard.died)
        heard = _ask("print", page, MOST_SECONDS, tell)
    if heard.failed:
        structlog.get_logger().warning("not printed", why=heard.failed, error=heard.error)
        raise NotPrinted(_words(heard.failed, _ask("find", page, MOST_SECONDS, None).guilty))
    return heard


def _words(failed: str, guilty: list[str]) -> str:
    """Why, and which parts are to blame."""
    if not guilty:
        return f"{WHY[failed]} No one part is to blame: it is the whole."
    names = ", ".join(f"“{name}”" for name in guilty[:3])
    return f"{WHY[failed]} To blame: {names}."


def _ask(work: str, page: str, seconds: int, tell) -> Heard:
    """Run the printer on a page and hear it out, for as long as anybody waits."""
    command = [sys.executable, "-m", "core.printer", work, str(Path(settings.BASE_DIR) / "static"), str(seconds), str(MOST_MEGABYTES)]
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ} | {"MALLOC_ARENA_MAX": "1"}
    heard = Heard()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as printer:
        giving_up = threading.Timer(LONGEST_WAIT, printer.kill)
        beside = [threading.Thread(target=_feed, args=(printer.stdin, page)), threading.Thread(target=_take, args=(printer.stdout, heard))]
        for one in (giving_up, *beside):
            one.start()
        try:
            for line in printer.stderr:
                _hear(line, heard, tell)
            for one in beside:
                one.join()
            printer.wait()
        except BaseException:
            printer.kill()
            raise
        finally:
            giving_up.cancel()
    return _judged(heard, printer.returncode)


def _judged(heard: Heard, ended: int) -> Heard:
    """A printer that died without a word died of its limits; a PDF that is not whole is none."""
    if ended and not heard.failed:
        heard.died = 0 if -ended in {signal.SIGXCPU, signal.SIGKILL} else ended
        heard.failed = {-signal.SIGXCPU: "time", -signal.SIGKILL: "time"}.get(ended, "memory")
    if heard.took and heard.took["bytes"] != len(heard.content):
        heard.failed = heard.failed or "broken"
    return heard


def _feed(pipe, page: str) -> None:
    """Hand the page over; a printer that died does not want the rest of it."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(page.encode())


def _take(pipe, heard: Heard) -> None:
    """Take the PDF."""
    with pipe:
        heard.content = pipe.read()


def _hear(line: bytes, heard: Heard, tell) -> None:
    """One line of the printer's; what a library wrote there is passed over."""
    try:
        said = json.loads(line)
    except ValueError:
        return
    if "step" in said and tell:
        tell(**said)
    heard.failed, heard.error = said.get("failed", heard.failed), said.get("error", heard.error)
    heard.guilty += [said["guilty"]] if "guilty" in said else []
    heard.took = said if "pages" in said else heard.took
