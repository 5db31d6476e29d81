"""Is the trail as it was sealed? Walks the seals, and names the first event that is not as it was."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from core.models import AuditEvent, Seal
from core.seals import MOST_AT_ONCE, batch_of, mark_of

# Events are written with the time of their deed: a day that is far from its seals was made up.
SLACK, LATE = timedelta(hours=1), timedelta(days=1)
LEAF = 8


def problems(copies: dict[int, str] | None = None) -> Iterator[str]:
    """Everything that is wrong with the trail, the first bad event first; nothing where it is whole.

    `copies` are marks by the number of their seal, from outside the database: a file, a log, a printed pack.
    """
    yield from _in_order(copies or {})
    yield from _between()


def _in_order(copies) -> Iterator[str]:
    """Seal by seal: the chain, the copies, then the events."""
    before = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=200):
        expected = before.number + 1 if before else 1
        if seal.number != expected:
            yield _gone(expected, seal.number - 1, before)
        yield from _sealed(seal, before, copies)
        before = seal
    last = before.number if before else 0
    lost = sorted(number for number in copies if number > last)
    if lost:
        yield _gone(last + 1, lost[-1], before, " though their marks were copied out: an older copy of the database, or its end was cut off")


def _gone(first: int, last: int, before: Seal | None, more: str = "") -> str:
    which = f"Seal {first} is" if first == last else f"Seals {first} to {last} are"
    return f"{which} not there{more}. From event {before.reaches + 1 if before else 1} on nothing is proved."


def _sealed(seal: Seal, before: Seal | None, copies) -> Iterator[str]:
    """One seal: is it itself, is it the one that was copied out, and are its events as they were?"""
    follows = before is not None or seal.number == 1
    if follows and seal.mark != mark_of(seal, before.mark if before else ""):
        yield f"Seal {seal.number} was changed. From event {seal.first} on nothing is proved."
    elif copies.get(seal.number, seal.mark) != seal.mark:
        yield f"Seal {seal.number} is not the one that was copied out: the trail was written anew. From event {seal.first} on nothing is proved."
    digest, leaves, ids = batch_of(seal.spans)
    if digest != seal.digest:
        yield _first_bad(seal, dict(zip(ids, _cut(leaves), strict=True)))
    yield from _misdated(seal, before)


def _cut(leaves: bytes) -> list[bytes]:
    return [leaves[at : at + LEAF] for at in range(0, len(leaves), LEAF)]


def _first_bad(seal: Seal, here: dict[int, bytes]) -> str:
    """The first event of a seal that is gone or is not as it was."""
    ids = (key for first, last in seal.spans for key in range(first, last + 1))
    for key, leaf in zip(ids, _cut(bytes(seal.leaves)), strict=False):
        if key not in here:
            return f"Event {key} is gone (seal {seal.number})."
        if here[key] != leaf:
            return f"Event {key} is not as it was sealed (seal {seal.number}): {AuditEvent.objects.get(pk=key)}"
    return f"The events of seal {seal.number}, from {seal.first}, are not as they were sealed."


def _misdated(seal: Seal, before: Seal | None) -> Iterator[str]:
    """An event dated long before the seal ahead of it, or after its own, was not written when it says."""
    within = Q()
    for first, last in seal.spans:
        within |= Q(pk__gte=first, pk__lte=last)
    rows = AuditEvent.objects.filter(within)
    wrong = rows.filter(at__gt=seal.at + SLACK)
    if before and before.events < MOST_AT_ONCE:
        # A past that was loaded whole is sealed in several goes, and is older than all of them.
        wrong = wrong | rows.filter(at__lt=before.at - SLACK, pk__gt=before.reaches) | rows.filter(at__lt=before.at - LATE)
    found = wrong.order_by("pk").first()
    if found:
        yield f"Event {found.pk} says {found.at:%d %B %Y %H:%M} and was sealed at {seal.at:%d %B %Y %H:%M} (seal {seal.number}): {found}"


def _between() -> Iterator[str]:
    """Events below the last seal that no seal holds and none awaits: written in between, long after."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return
    held, sealed = AuditEvent.objects.filter(pk__lte=last.reaches), sum(Seal.objects.values_list("events", flat=True))
    if held.count() <= sealed:
        return
    spans = sorted(span for spans in Seal.objects.values_list("spans", flat=True) for span in spans)
    at = 0
    for key in held.exclude(pk__in=[int(key) for key in last.awaited]).order_by("pk").values_list("pk", flat=True).iterator():
        while at < len(spans) and spans[at][1] < key:
            at += 1
        if at == len(spans) or key < spans[at][0]:
            yield f"Event {key} was put in between, after what follows it was sealed: {AuditEvent.objects.get(pk=key)}"
            return
