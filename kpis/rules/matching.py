"""Columns that a file calls otherwise: what somebody says they are here, and the file's first line with the names put right."""

import csv
import io
from collections.abc import Mapping

from core.rules import FieldReason

MOST, LONGEST = 60, 200


def matches_in(words: str) -> dict[str, str]:
    """Take lines such as “Child ID = CHILD”; give what the file says, in capitals, with what it is here. A line without both is left out."""
    pairs = [[part.strip().upper() for part in line.split("=", 1)] for line in words.splitlines() if "=" in line]
    return {theirs: ours for theirs, ours in pairs if theirs and ours}


def why_not_match(words: str) -> list[str]:
    """IMP-4. Columns that are called otherwise are matched one a line, each once, as what the file says = what it is here."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    reasons = [
        FieldReason("headings", f"Line {n} is not written as “what the file says = what it is here”.")
        for n, line in enumerate(lines, 1)
        if len(line) > LONGEST or not all(part.strip() for part in line.partition("="))
    ]
    if len(lines) > MOST:
        reasons.append(FieldReason("headings", f"Match at most {MOST} columns."))
    for at, what in ((0, "what the file says"), (-1, "what it is here")):
        said = [line.split("=", 1)[at].strip().upper() for line in lines if "=" in line]
        reasons += [FieldReason("headings", f"{one} stands twice as {what}.") for one in sorted({one for one in said if one and said.count(one) > 1})]
    return reasons


def with_headings(raw: bytes, matches: Mapping[str, str]) -> bytes:
    """Take a file of comma-separated values; give it with the columns of its first line renamed. Anything else stays as it is."""
    if not matches or raw.startswith(b"PK") or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw
    line, newline, rest = raw.partition(b"\n")
    first = line.removesuffix(b"\r")
    end = line[len(first):] + newline
    encoding = "utf-8-sig" if first.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        heads = next(csv.reader([first.decode(encoding)]), [])
    except (UnicodeDecodeError, csv.Error):
        return raw
    renamed = [matches.get((head or "").strip().upper(), head) for head in heads]
    if renamed == heads:
        return raw
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(renamed)
    return written.getvalue().encode(encoding) + end + rest
