"""P10: what people type, letter by letter and sent whole, beside the empty view and beside plain SQL; and a thousand names replayed."""

import unicodedata
from collections.abc import Iterator
from functools import partial
from random import Random

from django.core.signals import request_finished, request_started
from django.db import connection

from referrals.models import Child, finding
from tests.bench.fill import person
from tests.bench.measure import IS_QUICK, Result, by_turns, percentile, ratios, took
from tests.bench.peers import raw
from tests.bench.visiting import post_glance, post_search, signed_in, visit

READERS = ("head_of_service", "team_manager", "small_manager")
TYPED = ("sm", "smith", "o’brien", "siân", "chloe kh", "xqzzy")
MANY, FEW = (6, 3) if IS_QUICK else (20, 3)
REPLAYED = 300 if IS_QUICK else 1_000
SLOWEST = 100


def searching() -> Iterator[Result]:
    """Each letter typed, a search sent whole, the server's own part, and the slowest of a thousand typed beginnings."""
    for name in READERS:
        someone, client = person(name), signed_in(person(name))
        empty, said = visit(client, "/bench/empty"), name.replace("_", " ")
        for words in TYPED if name == "head_of_service" else TYPED[:3]:
            found = ratios(post_glance(client, words), empty, n=MANY, rounds=3, share=0.95)
            yield Result("P10", f"“{words}” while it is typed, {said}, p95 to the empty view", found, MANY, 1.6, note=same_hits(someone, words))
        mine, theirs = by_turns(post_search(client, "smith"), empty, n=FEW, rounds=3, share=0.95)
        yield Result("P10", f"“smith” sent whole, {said}, p95 to two empty views", [a / (2 * b) for a, b in zip(mine, theirs, strict=True)], FEW, 1.6,
                     note="what was typed is posted, and then read")  # fmt: skip
        yield _by_itself(someone, said)
    yield _replayed()


def _by_itself(someone, said: str) -> Result:
    """Finding without a page, beside the trigram query by itself; a millisecond is given."""

    def ours():
        request_started.send(None, environ={"REQUEST_METHOD": "GET"})
        found = finding.glance_at_children(someone, "smith")
        request_finished.send(None)
        return found

    mine, theirs = by_turns(ours, partial(raw.named, someone.acting.authority_id, "smith"), n=MANY, rounds=3)
    found = [max(a - 0.001, 0.0) / b for a, b in zip(mine, theirs, strict=True)]
    return Result("P10", f"finding “smith” by itself less 1 ms, {said}, to plain SQL", found, MANY, 3, note="plain SQL: the authority alone, and no rights")


def _replayed() -> Result:
    """Beginnings and parts of names of children everywhere, as they may be typed: the slowest hundredth, in milliseconds."""
    client, seconds = signed_in(person("head_of_service")), []
    for words in typed_names(REPLAYED):
        seconds.append(took(post_glance(client, words)))
    return Result("P10", f"{REPLAYED:,} typed by a head of service, p99", [percentile(seconds, 0.99) * 1000], REPLAYED, SLOWEST, unit="ms",
                  note="beginnings, parts, whole names, accents taken apart, apostrophes, and one in ten that nobody has")  # fmt: skip


def typed_names(many: int) -> list[str]:
    """So many things to type, the same each time: made of the names of children from all over the table."""
    dice, most = Random(7), Child.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = [dice.randint(1, most) for _ in range(many)]
    names = dict(Child.objects.filter(pk__in=keys).values_list("pk", "full_name"))
    return [_as_typed(names.get(key, "Xqzzy Quxx"), dice) for key in keys]


def _as_typed(name: str, dice: Random) -> str:
    """A beginning, a part or the whole of a name, in one of the ways that people type it; or a name that nobody has."""
    first, _, last = name.partition(" ")
    ways = (first[: dice.randint(1, 5)], last[: dice.randint(1, 6)], name.upper(), f"{first} {last[:2]}", last[1:5], unicodedata.normalize("NFD", last), f"O'{last}", f"{last}x", "sm", last)
    return dice.choice(ways) or first


def same_hits(someone, words: str) -> str:
    """Whether what is found is what plain SQL finds, less what this person may not see."""
    among = finding.searched(someone)
    found = {child.pk for child in finding.children_named(among, words)[0]}
    seen = set(Child.objects.visible_to(someone).filter(pk__in=found).values_list("pk", flat=True))
    if found - seen:
        return "SHOWS WHAT MAY NOT BE SEEN"
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM referrals_child WHERE id = ANY(%s) AND NOT child_names(full_name, preferred_name, previous_name) LIKE '%%' || split_part(folded_name(%s), ' ', 1) || '%%'", [list(found), words])
        others = len(cursor.fetchall())
    return f"{len(found)} hits, {others} only alike" if others else f"{len(found)} hits"
