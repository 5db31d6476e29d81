"""Files on disk, named by their content: written whole or not at all."""

import hashlib
import os
import re
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core.models import StoredFile

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
}


HALF_WAY_FOR = 24 * 60 * 60
HASH = re.compile("[0-9a-f]{64}")


class FileDamaged(Exception):
    """The bytes on disk are not the bytes that were stored."""


def sniff(content: bytes) -> str:
    """The media type that the first bytes show; text/plain for readable text, else octet-stream."""
    for signature, media_type in SIGNATURES.items():
        if content.startswith(signature):
            return _office_type(content) if media_type == "application/zip" else media_type
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if b"\x00" in content else "text/plain"


def _office_type(content: bytes) -> str:
    """Word and Excel files are zips with a telling folder."""
    office = "application/vnd.openxmlformats-officedocument."
    if b"word/" in content[:4000] or b"word/document.xml" in content:
        return office + "wordprocessingml.document"
    if b"xl/workbook.xml" in content:
        return office + "spreadsheetml.sheet"
    return "application/zip"


def path_of(sha256: str) -> Path:
    """Where bytes with this hash lie."""
    return Path(settings.FILES) / sha256[:2] / sha256


def write_whole(target: Path, content: bytes) -> None:
    """Put bytes where they belong: all of them, under their name, or nothing; bytes there that are damaged are replaced."""
    if target.exists():
        # Its row may come in a moment: what is stored again now is no orphan.
        os.utime(target)
        if target.read_bytes() == content:
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_parts(target.parent)
    part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        # A disk that is full is not filled further by what could not be finished.
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _clear_parts(folder: Path) -> None:
    """Remove what writers that were killed long ago left half-way."""
    for part in folder.glob(".*"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > HALF_WAY_FOR:
                part.unlink()


def sweep_orphans() -> int:
    """Remove what writers that were killed left behind for a day: half-written parts, and files that no row names; gives how many."""
    removed = 0
    for folder in Path(settings.FILES).glob("[0-9a-f][0-9a-f]"):
        _clear_parts(folder)
        old = {path.name: path for path in folder.iterdir() if HASH.fullmatch(path.name) and _is_old(path)}
        kept = set(StoredFile.objects.filter(sha256__in=old).values_list("sha256", flat=True))
        for name in old.keys() - kept:
            if _is_old(old[name]):  # asked again: somebody may just have stored the same bytes
                old[name].unlink(missing_ok=True)
                removed += 1
    return removed


def _is_old(path: Path) -> bool:
    """Whether nobody has written a file for a day; one that is gone meanwhile is not."""
    try:
        return time.time() - path.stat().st_mtime > HALF_WAY_FOR
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """The name itself outlasts a power cut too."""
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def store(content: bytes, *, name: str, by=None, authority=None, media_type: str = "") -> StoredFile:
    """Write the bytes (temporary file, fsync, rename) and a row for them, in the deed's transaction."""
    sha256 = hashlib.sha256(content).hexdigest()
    write_whole(path_of(sha256), content)
    return StoredFile.objects.create(
        sha256=sha256,
        size=len(content),
        media_type=media_type or sniff(content),
        name=name[:255],
        added_by=by,
        authority=authority,
    )


def store_new(uploads: list[tuple[str, bytes]], *, there: set[str], by=None, authority=None) -> list[StoredFile]:
    """Take names with their bytes, and the hashes of what is there already; keep each of the others once."""
    new: dict[str, tuple[str, bytes]] = {}
    for name, content in uploads:
        new.setdefault(hashlib.sha256(content).hexdigest(), (name, content))
    return [store(content, name=name, by=by, authority=authority) for sha256, (name, content) in new.items() if sha256 not in there]


def forget(*stored: StoredFile) -> None:
    """Remove files' rows, and their bytes once that is committed, unless another row has the same."""
    hashes = {one.sha256 for one in stored}
    StoredFile.objects.filter(pk__in=[one.pk for one in stored]).delete()
    gone = hashes - set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in sorted(gone):
        transaction.on_commit(partial(path_of(sha256).unlink, missing_ok=True))


def read(stored: StoredFile) -> bytes:
    """The bytes, checked against their hash; raises FileDamaged where they differ or are gone."""
    try:
        content = path_of(stored.sha256).read_bytes()
    except OSError as error:
        raise FileDamaged(f"File {stored.reference} cannot be read.") from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(f"File {stored.reference} is not as it was stored.")
    return content


def hash_on_disk(stored: StoredFile) -> str:
    """SHA-256 of the bytes as they lie there now; nothing where they are gone."""
    try:
        return hashlib.sha256(path_of(stored.sha256).read_bytes()).hexdigest()
    except OSError:
        return ""
