"""Finding children and referrals by reference, council number or name, over a million rows.

Names are looked for by an index that knows whose a child is, so that a name common elsewhere costs nothing here. Who sees
all of an authority or a team is given the beginnings first, in their order; what is only alike is looked for when it is asked for, and
nothing is spelled so. Every look is bounded and starts from visible_to, so that nothing else is found, or counted.
Whoever was told of many, and so of few enough to be read, is looked for among those by reading their names.
"""

import re
from itertools import product
from typing import NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Func, OrderBy, Q, QuerySet, TextField

from core.references import PATTERN, tidy
from core.roles import Permission
from core.search import GLANCED_AT, MOST_HITS, Finder, Found, Hit, add_finder
from referrals.models.before_a_list import folded, read_before_search
from referrals.models.child import Child
from referrals.models.referral import Referral
from referrals.models.told import few_told

ALIKE = 0.3
MOST_WORDS = 5
LOOKED_AT = 60
FEW = 5000
NAMES = Func(F("full_name"), F("preferred_name"), F("previous_name"), function="child_names", output_field=TextField())
# The same, told to the planner as something it has no index of.
READ_NAMES = Func(
    F("full_name"), F("preferred_name"), F("previous_name"), function="child_names", template="%(function)s(%(expressions)s) || ''",
    output_field=TextField(),
)  # fmt: skip
FIRST = Func(F("full_name"), function="folded_name", output_field=TextField())
FAMILY = Func(F("full_name"), function="family_name", output_field=TextField())


class AsIndexed(OrderBy):
    """Rising as an index of beginnings is kept, sign by sign: only so are the first few read and not all of them sorted."""

    template = "%(expression)s USING ~<~ /* ASC */"  # Django looks for the word


class Among(NamedTuple):
    """Where names are looked for: the children seen and their names; those of an authority or a team to be walked in order, with any given from elsewhere; and how many are shown."""

    children: QuerySet
    names: Func = NAMES
    walked: tuple[QuerySet, ...] = ()
    given: QuerySet | None = None
    most: int = MOST_HITS


def children_named(among: Among, typed: str, *, alike: bool = False) -> tuple[list[Child], bool]:
    """Take where to look and what was typed; give those found (a few more than shown) and whether they are only alike.

    With `alike`, names that look like what was typed are given where none is spelled so.
    """
    words = folded(typed).split()[:MOST_WORDS]
    if not words:
        return [], False
    found = _found(among, words)
    if found or not alike or max(map(len, words)) < 3:
        return sorted(found, key=lambda child: _rank(child, words)), False
    return _alike(among.children.annotate(names=among.names), words, among.names), True


def _found(among: Among, words) -> list[Child]:
    """Those whose first or last name begins so, where that is many; else those with every word in a name."""
    begun = _by_beginning(among, words[0]) if among.walked and len(words) == 1 else []
    if len(begun) > among.most or (among.walked and words == [words[0][:1]]):
        return begun
    return list({child.pk: child for child in (*begun, *_by_part(among.children.annotate(names=among.names), words))}.values())


def _by_beginning(among: Among, letters: str) -> list[Child]:
    """Bounded walks along the indexes of last and first names, as long as there are too few; and a look at the few given from elsewhere."""
    rows = [] if among.given is None else _by_part(among.given.annotate(names=READ_NAMES), [letters])
    for name, walked in product((FAMILY, FIRST), among.walked):
        if len(rows) <= among.most:
            rows += walked.annotate(name=name).filter(name__startswith=letters).order_by(AsIndexed(F("name")))[: among.most + 1]
    return list({child.pk: child for child in rows}.values())


def _by_part(children, words) -> list[Child]:
    """Those with every word in a name they have or had; the first that come, so that a common part costs no more."""
    rows = children
    for word in words:
        rows = rows.filter(names__contains=word if len(word) > 2 else f" {word}")
    return list(rows[:LOOKED_AT])


def _rank(child: Child, words) -> tuple:
    """Whole words first, then beginnings, then parts; then by name."""
    own = f"{child.full_name} {child.preferred_name} {child.previous_name}".lower().split()
    whole = all(word in own for word in words)
    begins = all(any(name.startswith(word) for name in own) for word in words)
    return (not whole, not begins, child.full_name.lower(), child.pk)


def _alike(children, words, names: Func) -> list[Child]:
    """Those with a name that looks like some word, the closest to all of them first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
    like_one = Q()
    for word in words:
        like_one |= Q(names__trigram_word_similar=word) if len(word) > 2 else Q()
    closeness = sum((TrigramWordSimilarity(word, names) for word in words[1:]), TrigramWordSimilarity(words[0], names))
    return list(children.filter(like_one).annotate(closeness=closeness).order_by("-closeness", "pk")[: MOST_HITS + 1])


def children_numbered(children, typed: str, authority_id) -> list[Child]:
    """Those whose reference or council number is what was typed."""
    numbers = {typed, typed.upper(), typed.lower()}
    return list(children.filter(Q(reference=tidy(typed)) | Q(authority=authority_id, case_number__in=numbers))[:MOST_HITS])


def searched(user) -> Among:
    """The children a person may see, and how their names are looked for: by whose they are, or read where somebody was told of many and sees few."""
    children, told = Child.objects.visible_to(user).select_related("team"), few_told(user)
    if told is None:
        few = Child.objects.reached_by(user, FEW)
        return Among(children) if few is None else Among(children.filter(pk__in=few), READ_NAMES)
    if user.acting is None:
        return Among(children)
    walked = tuple(children.to_walk(user))
    return Among(
        children.kept_by(user, told), walked=walked,
        given=children.filter(pk__in={right.child for right in told}) if walked and told else None,
    )  # fmt: skip


def _may_be_alike(typed: str) -> bool:
    """Whether there is enough in what was typed to look for names like it: three letters of a word, and no number."""
    return not any(sign.isdigit() for sign in typed) and any(len(word) > 2 for word in re.split(r"[\W_]+", typed))


def find_children(user, typed: str, alike: bool = False) -> Found:
    """Children by number or name, each with the latest of their referrals that this person may see."""
    read_before_search(user, typed)
    among = searched(user)
    by_number = children_numbered(among.children, typed, user.acting.authority_id)
    found, only_alike = (by_number, False) if by_number else children_named(among, typed, alike=alike)
    shown = found[:MOST_HITS]
    latest = _latest_referrals(user, shown)
    return Found(
        [_child_hit(child, latest.get(child.pk), user) for child in shown],
        is_more=len(found) > MOST_HITS, is_only_alike=only_alike, is_exact=len(by_number) == 1,
        may_be_alike=not alike and not found and _may_be_alike(typed),
    )  # fmt: skip


def glance_at_children(user, typed: str) -> Found:
    """The first few children that what was typed so far would find, without where their referrals stand: for each letter typed."""
    read_before_search(user, typed)
    among = searched(user)._replace(most=GLANCED_AT)
    found = children_numbered(among.children, typed, user.acting.authority_id) if any(sign.isdigit() for sign in typed) else []
    found = found or children_named(among, typed)[0]
    return Found([Hit(child.full_name, child.get_absolute_url(), _facts(child)) for child in found[:GLANCED_AT]], is_more=len(found) > GLANCED_AT)


def _latest_referrals(user, children) -> dict:
    """By child, the referral that moved last, among those this person may see."""
    rows = Referral.objects.visible_to(user).filter(child__in=[child.pk for child in children]).only("child", "reference", "status", "released_at")
    return {row.child_id: row for row in rows.order_by("child", "-status_since", "-pk").distinct("child")} if children else {}


def _facts(child) -> list[str]:
    """What tells one child from another of the same name."""
    facts = [child.reference, f"age {child.age}" if child.age is not None else "age not known"]
    facts += [child.case_number] if child.case_number else []
    facts += [f"before: {child.previous_name}"] if child.previous_name else []
    return facts + ([str(child.team)] if child.team else [])


def _child_hit(child, referral, user) -> Hit:
    """One child as search shows them."""
    facts = _facts(child)
    if referral is None:
        return Hit(child.full_name, child.get_absolute_url(), facts)
    status = referral.status_seen_by(user)
    return Hit(
        child.full_name, child.get_absolute_url(), facts, status.label, status.tone,
        f"{referral.reference}. {referral.next_line_for(user)}".rstrip(". "),
    )  # fmt: skip


def find_referrals(user, typed: str, alike: bool = False) -> Found:
    """A referral by its reference; what cannot be one is not looked for."""
    if re.fullmatch(PATTERN, tidy(typed)) is None:
        return Found([])
    rows = Referral.objects.visible_to(user).filter(reference=tidy(typed)).select_related("child")
    hits = [
        Hit(
            f"Referral {row.reference}", row.get_absolute_url(), [row.child.called, row.get_wants_display() or "service not chosen"],
            row.status_seen_by(user).label, row.status_seen_by(user).tone, row.next_line_for(user),
        )
        for row in rows
    ]  # fmt: skip
    return Found(hits, is_exact=len(hits) == 1)


def find_logs(user, typed: str, alike: bool = False) -> Found:
    """The reading log of a record, by its number alone: an auditor sees who looked, and not the child."""
    children = children_numbered(Child.objects.log_open_to(user), typed, user.acting.authority_id)
    hits = [Hit(f"Who has looked at {child.reference}", f"/children/{child.reference}/access") for child in children]
    return Found(hits, is_exact=len(hits) == 1)


def _reads_logs_alone(user) -> bool:
    return user.can(Permission.SEE_AUDIT) and not user.can(Permission.SEE_CHILDREN)


add_finder(Finder("Children", "a child’s name, number or reference", lambda user: user.can(Permission.SEE_CHILDREN), find_children, glance_at_children, finds_parts=True))
add_finder(Finder("Referrals", "a referral’s reference", lambda user: user.can(Permission.SEE_REFERRALS), find_referrals, find_referrals))
add_finder(Finder("Reading logs", "a record’s number", _reads_logs_alone, find_logs, find_logs))
