"""The box in which mails come back: a maildir or an IMAP folder, named by BOUNCE_MAILBOX; each mail is read once.

`maildir:/path/to/box`, or `imaps://name:password@server:993/INBOX` (signs that an address cannot hold are percent-encoded).
"""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.bounces import LARGEST

MOST, SECONDS = 200, 20


def is_set() -> bool:
    """Whether this service reads what comes back; where it does not, an administrator records it by hand."""
    return bool(settings.BOUNCE_MAILBOX)


def mails() -> Iterator[tuple[bytes, Callable[[], None]]]:
    """Each mail not read yet, up to MOST of them: its bytes (cut off just above the largest we read), and what marks it as read."""
    url = urlsplit(settings.BOUNCE_MAILBOX)
    if url.scheme == "maildir":
        yield from _in_maildir(Path(unquote(url.path)))
    elif url.scheme == "imaps":
        yield from _by_imap(url)
    else:
        raise ImproperlyConfigured("BOUNCE_MAILBOX begins with maildir: or imaps://; .env.example shows how.")


def _in_maildir(box: Path) -> Iterator[tuple[bytes, Callable[[], None]]]:
    """Mails in the new/ of a maildir; those read lie in cur/."""
    new = sorted(path for path in (box / "new").iterdir() if path.is_file() and not path.is_symlink())
    for path in new[:MOST]:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        yield raw, lambda path=path: path.rename(box / "cur" / f"{path.name}:2,S")


def _by_imap(url) -> Iterator[tuple[bytes, Callable[[], None]]]:
    """Mails of an IMAP folder that nobody has seen; those read are marked as seen."""
    with imaplib.IMAP4_SSL(url.hostname, url.port or 993, ssl_context=ssl.create_default_context(), timeout=SECONDS) as server:
        server.login(unquote(url.username or ""), unquote(url.password or ""))
        server.select(unquote(url.path.strip("/")) or "INBOX")
        _, found = server.uid("SEARCH", "UNSEEN")
        for uid in found[0].split()[:MOST]:
            _, parts = server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            yield raw, lambda uid=uid: server.uid("STORE", uid, "+FLAGS", r"(\Seen)")
