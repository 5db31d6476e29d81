"""Seals: the trail is sealed every minute, each seal holds the one before, and its mark is copied out of the database."""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from core import clock
from core.late import Late
from core.models import AuditEvent, Seal

MOST_AT_ONCE = 50_000
# A deed that takes longer than this many seals to be written is told as written in between.
AWAITED_FOR, MOST_AWAITED = 60, 1_000
ONE_SEALER = 7_325_001
# One event as it is hashed. A column that the trail gains is added with a seal of its own kind, never here.
EVENT = """sha256(convert_to(json_build_array(e.id, extract(epoch from e.at), e.verb, e.sentence, e.subject_type, e.subject_id,
    e.subject_reference, e.child_id, e.authority_id, e.person_id, e.person_name, e.role)::text, 'UTF8'))"""
BATCH = f"""SELECT encode(sha256(string_agg(leaf, ''::bytea ORDER BY id)), 'hex'),
    string_agg(substring(leaf from 1 for 8), ''::bytea ORDER BY id), array_agg(id ORDER BY id)
    FROM (SELECT e.id, {EVENT} AS leaf FROM unnest(%s::bigint[], %s::bigint[]) AS s(a, b)
        JOIN core_auditevent e ON e.id BETWEEN s.a AND s.b) AS leaves"""
structlog = Late("structlog")


def seal_trail() -> Seal | None:
    """Seal what was written since the last seal; None where there is nothing, or somebody else is at it."""
    with transaction.atomic():
        if not _alone():
            return None
        last = Seal.objects.order_by("-number").first()
        ids, awaited = _unsealed(last)
        if not ids:
            return None
        spans = spans_of(ids)
        digest, leaves, _ = batch_of(spans)
        seal = Seal(
            number=last.number + 1 if last else 1, at=clock.now(), spans=spans, events=len(ids), digest=digest, leaves=leaves,
            reaches=max(ids[-1], last.reaches if last else 0), awaited=awaited,
        )  # fmt: skip
        seal.mark = mark_of(seal, last.mark if last else "")
        seal.save(force_insert=True)
    return seal


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        return cursor.fetchone()[0]


def _unsealed(last: Seal | None) -> tuple[list[int], dict[str, int]]:
    """The events to seal now, in order; and the numbers below them that are awaited still, with the seal that first missed each."""
    reached, number = (last.reaches, last.number + 1) if last else (0, 1)
    fresh = list(AuditEvent.objects.filter(pk__gt=reached).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    awaited = {int(key): since for key, since in (last.awaited if last else {}).items()}
    late = list(AuditEvent.objects.filter(pk__in=awaited).values_list("pk", flat=True))
    here = set(fresh)
    missed = [key for key in range((reached or fresh[0]) + 1, fresh[-1]) if key not in here][-MOST_AWAITED:] if fresh else []
    left = {key: since for key, since in awaited.items() if key not in late and number - since < AWAITED_FOR}
    return sorted([*fresh, *late]), {str(key): since for key, since in (left | dict.fromkeys(missed, number)).items()}


def spans_of(ids: Sequence[int]) -> list[list[int]]:
    """Numbers in order as pairs of first and last."""
    spans: list[list[int]] = []
    for key in ids:
        if spans and spans[-1][1] == key - 1:
            spans[-1][1] = key
        else:
            spans.append([key, key])
    return spans


def batch_of(spans) -> tuple[str, bytes, list[int]]:
    """The digest of the events in these spans as they stand, their leaves, and their ids."""
    with connection.cursor() as cursor:
        cursor.execute(BATCH, [[a for a, _ in spans], [b for _, b in spans]])
        digest, leaves, ids = cursor.fetchone()
    return digest or "", bytes(leaves or b""), ids or []


def mark_of(seal: Seal, before: str) -> str:
    """What is copied out: a hash of everything the seal says and of the mark before it."""
    said = [
        before, seal.number, seal.at.astimezone(UTC).isoformat(), seal.spans, seal.reaches, seal.events, seal.digest,
        hashlib.sha256(bytes(seal.leaves)).hexdigest(), sorted(seal.awaited.items()),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def copies_file() -> Path:
    """Where marks are copied out to, beside the stored files; a council also ships the log, which has the same lines."""
    return Path(settings.FILES) / "seals.txt"


def copy_out() -> int:
    """Add the marks that are not there yet to the copies; returns how many."""
    copied = copies_in(copies_file().read_text().splitlines()) if copies_file().exists() else {}
    rows = Seal.objects.filter(number__gt=max(copied, default=0)).order_by("number").only("number", "mark", "at")
    lines = [f"{seal.number} {seal.mark} {seal.at.isoformat()}\n" for seal in rows[:MOST_AT_ONCE]]
    if lines:
        copies_file().parent.mkdir(parents=True, exist_ok=True)
        with copies_file().open("a") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        structlog.get_logger().info("trail sealed", seal=lines[-1].strip())
    return len(lines)


def copies_in(lines: Iterable[str]) -> dict[int, str]:
    """Marks by their numbers, from lines such as "14 3fa9…" or "14:3fa9…"; anything else is passed over."""
    words = (line.replace(":", " ", 1).split() for line in lines)
    return {int(said[0]): said[1] for said in words if len(said) > 1 and said[0].isascii() and said[0].isdigit()}


def newest_seal() -> Seal | None:
    """The last seal there is, to be printed on what leaves the service."""
    return Seal.objects.order_by("-number").first()


def seal_in_words(seal: Seal | None) -> str:
    """What a pack prints, so that a copy on paper proves the trail up to that moment; "" where nothing was sealed yet."""
    if seal is None:
        return ""
    at = seal.at.astimezone(clock.LONDON)
    return f"Trail sealed up to {at:%H:%M} on {at.day} {at:%B %Y}. Seal {seal.number}: {seal.mark}"
