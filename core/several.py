"""One deed done to several records that were ticked: each undone by itself where it is refused, each with its own outcome."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from core.rules import RuleBroken, refuse_if

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one of several."""

    reference: str
    url: str
    is_done: bool
    says: str


def do_each(references: Collection[str], seen, deed: Callable, *, says: str, noun: str) -> list[Outcome]:
    """In the action's transaction, do a deed to each of `seen` (rows this person may see) that is named.

    Their rows are locked in one order, so that two at once never wait for ever. `says` is the outcome of one that is done,
    `noun` what they are called.
    """
    wanted = list(dict.fromkeys(references))
    refuse_if([f"Tick at least one {noun}."] if not wanted else [])
    refuse_if([f"Tick at most {MOST_AT_ONCE} at once."] if len(wanted) > MOST_AT_ONCE else [])

    rows = seen.model.objects.select_for_update(of=("self",)).filter(pk__in=seen.filter(reference__in=wanted).values("pk")).order_by("pk")
    found = {row.reference: row for row in rows}
    return [_one(found.get(reference), reference, deed, says) for reference in wanted]


def _one(row, reference: str, deed: Callable, says: str) -> Outcome:
    """One of them: done, or why not, undone by itself."""
    if row is None:
        return Outcome(reference[:7], "", False, "Not found among what you can see.")
    url = row.get_absolute_url()
    try:
        with transaction.atomic():
            deed(row)
    except RuleBroken as refusal:
        return Outcome(reference, url, False, str(refusal))
    return Outcome(reference, url, True, says)
