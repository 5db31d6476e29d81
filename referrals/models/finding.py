"""Finding children and referrals by reference, council number or name, over a million rows.

One or two letters go by prefix, three and more by trigram; what is only alike is looked for when it is asked for, and nothing is spelled so.
Every look is bounded and starts from visible_to, so that nothing else is found, or counted. Who may see few
children is looked for among those few by reading their names: what the index gives for a common or misspelt
name among a hundred thousand would nearly all be thrown away again.
"""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Func, OrderBy, Q, TextField

from core.references import PATTERN, tidy
from core.roles import Permission
from core.search import MOST_HITS, Finder, Found, Hit, add_finder
from referrals.models.before_a_list import folded, read_before_search
from referrals.models.child import Child
from referrals.models.referral import Referral

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


def children_named(children, typed: str, names: Func = NAMES, *, alike: bool = False) -> tuple[list[Child], bool]:
    """Take children a person may see and what they typed; give those found (a few more than shown) and whether they are only alike.

    With `alike`, names that look like what was typed are given where none is spelled so.
    """
    words = folded(typed).split()[:MOST_WORDS]
    if not words:
        return [], False
    found = _by_prefix(children, words[0]) if len(words) == 1 and len(words[0]) < 3 else _by_part(children.annotate(names=names), words)
    if found or not alike or max(map(len, words)) < 3:
        return sorted(found, key=lambda child: _rank(child, words)), False
    return _alike(children.annotate(names=names), words, names), True


def _by_prefix(children, letters: str) -> list[Child]:
    """Those whose first or last name begins with one or two letters: two bounded walks along an index."""
    rows: dict[int, Child] = {}
    for name in (FAMILY, FIRST):
        for child in children.annotate(name=name).filter(name__startswith=letters).order_by(AsIndexed(F("name")))[: MOST_HITS + 1]:
            rows.setdefault(child.pk, child)
    return list(rows.values())


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


def searched(user) -> tuple:
    """The children a person may see, and their names as they are looked for: read where they are few, by the index where many."""
    children, few = Child.objects.visible_to(user).select_related("team"), Child.objects.reached_by(user, FEW)
    return (children, NAMES) if few is None else (children.filter(pk__in=few), READ_NAMES)


def _may_be_alike(typed: str) -> bool:
    """Whether there is enough in what was typed to look for names like it: three letters of a word, and no number."""
    return not any(sign.isdigit() for sign in typed) and any(len(word) > 2 for word in re.split(r"[\W_]+", typed))


def find_children(user, typed: str, alike: bool = False) -> Found:
    """Children by number or name, each with the latest of their referrals that this person may see."""
    read_before_search(user, typed)
    children, names = searched(user)
    by_number = children_numbered(children, typed, user.acting.authority_id)
    found, only_alike = (by_number, False) if by_number else children_named(children, typed, names, alike=alike)
    shown = found[:MOST_HITS]
    latest = _latest_referrals(user, shown)
    return Found(
        [_child_hit(child, latest.get(child.pk), user) for child in shown],
        is_more=len(found) > MOST_HITS, is_only_alike=only_alike, is_exact=len(by_number) == 1,
        may_be_alike=not alike and not found and _may_be_alike(typed),
    )  # fmt: skip


def _latest_referrals(user, children) -> dict:
    """By child, the referral that moved last, among those this person may see."""
    rows = Referral.objects.visible_to(user).filter(child__in=[child.pk for child in children]).only("child", "reference", "status", "released_at")
    return {row.child_id: row for row in rows.order_by("child", "-status_since", "-pk").distinct("child")} if children else {}


def _child_hit(child, referral, user) -> Hit:
    """One child as search shows them."""
    facts = [child.reference, f"age {child.age}" if child.age is not None else "age not known"]
    facts += [child.case_number] if child.case_number else []
    facts += [f"before: {child.previous_name}"] if child.previous_name else []
    facts += [str(child.team)] if child.team else []
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


add_finder(Finder("Children", "a child’s name, number or reference", lambda user: user.can(Permission.SEE_CHILDREN), find_children))
add_finder(Finder("Referrals", "a referral’s reference", lambda user: user.can(Permission.SEE_REFERRALS), find_referrals))
add_finder(Finder("Reading logs", "a record’s number", _reads_logs_alone, find_logs))
