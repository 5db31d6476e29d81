"""The virus scanner: clamd asked over its socket, in its INSTREAM protocol, with time-outs."""

import socket
import struct
from urllib.parse import urlparse

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 30
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner did not answer, or could not look at the file."""


def is_set() -> bool:
    """Whether this service has a scanner."""
    return bool(settings.CLAMD_URL)


def scan(content: bytes) -> str:
    """Give the name of the virus found in some bytes, or nothing where they are clean.

    Raises ScannerAway where clamd cannot be reached or gives no verdict.
    """
    try:
        with _connect() as link:
            link.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                link.sendall(struct.pack("!I", len(chunk)) + chunk)
            link.sendall(struct.pack("!I", 0))
            answer = _answer(link)
    except OSError as error:
        raise ScannerAway("The virus scanner cannot be reached.") from error
    return _verdict(answer)


def _connect() -> socket.socket:
    """A socket to clamd, at the address the settings give."""
    url = urlparse(settings.CLAMD_URL)
    if url.scheme == "unix":
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(SECONDS)
        link.connect(url.path)
        return link
    return socket.create_connection((url.hostname, url.port or 3310), timeout=SECONDS)


def _answer(link: socket.socket) -> str:
    """What clamd says, up to its closing NUL."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        part = link.recv(1024)
        if not part:
            break
        said += part
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(answer: str) -> str:
    """Take "stream: OK" or "stream: Eicar-Signature FOUND"; give the virus's name or nothing."""
    words = answer.removeprefix("stream:").strip()
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerAway(f"The virus scanner answered: {words or 'nothing'}.")
