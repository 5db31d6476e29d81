"""The virus scanner's protocol, spoken with a small clamd over a real socket."""

import socket
import struct
import threading

import pytest

from core import scanner
from core.scanner import ScannerAway, scan

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class SmallClamd:
    """Listens, reads one INSTREAM after another, and answers as clamd does."""

    def __init__(self, listener, answer=None):
        self.listener, self.answer, self.seen, self.commands = listener, answer, [], []
        listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            with link:
                self._one(link.makefile("rwb"))

    def _one(self, stream):
        self.commands.append(stream.read(len(b"zINSTREAM\0")))
        content = b""
        while (size := struct.unpack("!I", stream.read(4))[0]) > 0:
            content += stream.read(size)
        self.seen.append(content)
        verdict = b"stream: Eicar-Signature FOUND" if b"EICAR" in content else b"stream: OK"
        stream.write((verdict if self.answer is None else self.answer) + b"\0")
        stream.flush()


@pytest.fixture
def clamd(settings):
    """A scanner at an address of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    yield SmallClamd(listener)
    listener.close()


def test_clean_bytes_arrive_whole_and_are_clean(clamd):
    content = bytes(range(256)) * 1024  # more than one chunk

    assert scan(content) == ""
    assert clamd.seen == [content]
    assert clamd.commands == [b"zINSTREAM\0"]


def test_a_virus_is_named(clamd):
    assert scan(EICAR) == "Eicar-Signature"


def test_g30_with_the_verdict_not_read_a_virus_is_passed(clamd, monkeypatch):
    """The control: the same file, and whatever the scanner answers taken for clean."""
    monkeypatch.setattr(scanner, "_verdict", lambda answer: "")

    assert scan(EICAR) == ""
    assert clamd.seen == [EICAR]


def test_an_empty_file_is_asked_about(clamd):
    assert scan(b"") == ""


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: lost ERROR"])
def test_no_verdict_is_never_clean(clamd, answer):
    clamd.answer = answer

    with pytest.raises(ScannerAway):
        scan(b"anything")


def test_a_scanner_that_is_not_there_is_said(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"

    with pytest.raises(ScannerAway, match="cannot be reached"):
        scan(b"anything")


def test_a_scanner_behind_a_socket_file(settings, tmp_path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s"))
    settings.CLAMD_URL = f"unix://{tmp_path}/s"
    SmallClamd(listener)

    assert scanner.is_set()
    assert scan(EICAR) == "Eicar-Signature"
    listener.close()
