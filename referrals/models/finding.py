"""Finding children and referrals by reference, council number or name, over a million rows.

Names are looked for by an index that knows whose a child is, so that a name common elsewhere costs nothing here. Who sees
all of an authority or a team is given the beginnings first, in their order; what is only alike is looked for when it is asked for, and
nothing is spelled so. Every look is bounded and starts from visible_to, so that nothing else is found, or counted.
Whoever was told of many, and so of few enough to be read, is looked for among those by reading their names.
"""

import re
from collections.abc import Callable, Collection, Hashable
from itertools import product

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Func, OrderBy, Q, QuerySet, TextField
from django.db.models.lookups import PatternLookup, StartsWith
from django.utils.functional import cached_property

from core.references import PATTERN, tidy
from core.roles import Permission
from core.search import GLANCED_AT, MOST_HITS, Finder, Found, Hit, add_finder
from core.written import Records, Shelf
from referrals.models.before_a_list import folded, read_before_search
from referrals.models.child import Child, places_to_walk
from referrals.models.cover import standing_in
from referrals.models.referral import Referral
from referrals.models.told import few_told, stands_as

ALIKE = 0.3
MOST_WORDS = 5
LOOKED_AT = 60
FEW = 5000
# What was asked of names lately, for each who stands as they do.
WRITTEN = Shelf()
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


class AsPattern(StartsWith):
    """Like a pattern that is sent as it is, so that a question can be written once and asked of other letters."""

    lookup_name = "as_pattern"

    def process_rhs(self, compiler, connection):
        return super(PatternLookup, self).process_rhs(compiler, connection)

    def get_rhs_op(self, connection, rhs):
        return connection.operators["contains"] % rhs


TextField.register_lookup(AsPattern)


class Among:
    """Where one person's search looks: the children they see and their names; those of an authority or a team to be walked in order, with any given from elsewhere.

    What is asked of them is written once for as long as that person stands as they do, and sent other letters.
    """

    def __init__(self, user, most: int = MOST_HITS) -> None:
        self.user, self.most, self.told = user, most, few_told(user)
        self.stands = stands_as(user)

    @cached_property
    def seen(self) -> QuerySet:
        """All that the person may see, with what is shown of them."""
        return Child.objects.visible_to(self.user).select_related("team")

    @cached_property
    def few(self) -> list[int] | None:
        """The keys of all that somebody who was told of many could see, where these are few enough to be read."""
        return Child.objects.reached_by(self.user, FEW) if self.told is None else None

    @property
    def names(self) -> Func:
        """How names are compared: by the index, or read."""
        return NAMES if self.few is None else READ_NAMES

    @cached_property
    def children(self) -> QuerySet:
        """Those seen, by whose they are where the index of names can be asked so."""
        if self.few is not None:
            return self.seen.filter(pk__in=self.few)
        return self.seen if self.told is None or self.user.acting is None else self.seen.kept_by(self.user, self.told)

    @property
    def places(self) -> list[tuple[str, int]]:
        """The authority or teams whose children an index has in the order of names; none where the person sees others."""
        return [] if self.told is None or self.user.acting is None else places_to_walk(self.user.acting)

    @property
    def walked(self) -> tuple[QuerySet, ...]:
        """The children of each of these."""
        return tuple(self.seen.filter(**{column: key}) for column, key in self.places)

    @property
    def given(self) -> QuerySet:
        """Those that somebody who was told of few was told of, from elsewhere too."""
        return self.seen.filter(pk__in={right.child for right in self.told})

    def asked(self, what: Hashable, make: Callable[..., QuerySet], *sent: str | int) -> list:
        """The records that a question gives; it is written once for all who stand so, of children, words and how many are shown."""
        return WRITTEN.ask(self.stands, (self.most, what), Records(make), *sent)

    def begun(self, name: Func, nth: int, letters: str) -> list[Child]:
        """The first few of one place, in the order of a name that begins so, and one more than are shown."""
        def make(pattern: str) -> QuerySet:
            return self.walked[nth].annotate(name=name).filter(name__as_pattern=pattern).order_by(AsIndexed(F("name")))[: self.most + 1]

        return self.asked((name, nth), make, f"{_plain(letters)}%")

    def with_parts(self, words: list[str], *, of_given: bool = False) -> list[Child]:
        """Those with every word in a name they have or had; the first that come, so that a common part costs no more."""
        def make(*patterns: str) -> QuerySet:
            rows = self.given.annotate(names=READ_NAMES) if of_given else self.children.annotate(names=self.names)
            for pattern in patterns:
                rows = rows.filter(names__as_pattern=pattern)
            return rows[:LOOKED_AT]

        return self.asked((len(words), of_given), make, *(f"%{'' if len(word) > 2 else ' '}{_plain(word)}%" for word in words))

    def numbered(self, typed: str) -> list[Child]:
        """Those whose reference or council number is what was typed."""
        def make(reference: str, *numbers: str) -> QuerySet:
            return children_numbered(self.children, reference, numbers, self.user.acting.authority_id)

        return self.asked("number", make, *_numbers(typed))

    def latest(self, children: list[Child]) -> dict[int, Referral]:
        """By child, the referral that moved last, among those this person may see."""
        def make(*keys: int) -> QuerySet:
            rows = Referral.objects.visible_to(self.user).filter(child__in=keys).only("child", "reference", "status", "released_at")
            return rows.order_by("child", "-status_since", "-pk").distinct("child")

        keys = [child.pk for child in children]
        rows = self.asked(("latest", *standing_in(self.user)), make, *keys, *keys[-1:] * (MOST_HITS - len(keys))) if keys else []
        return {row.child_id: row for row in rows}


def _numbers(typed: str) -> tuple[str, ...]:
    """What was typed as a reference, and as a council number in the ways that it may be written."""
    return tidy(typed), typed, typed.upper(), typed.lower()


def _plain(letters: str) -> str:
    """Letters as a pattern that means themselves."""
    return connection.ops.prep_for_like_query(letters)


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


def _found(among: Among, words: list[str]) -> list[Child]:
    """Those whose first or last name begins so, where that is many; else those with every word in a name."""
    begun = _by_beginning(among, words[0]) if among.places and len(words) == 1 else []
    if len(begun) > among.most or (among.places and words == [words[0][:1]]):
        return begun
    return list({child.pk: child for child in (*begun, *among.with_parts(words))}.values())


def _by_beginning(among: Among, letters: str) -> list[Child]:
    """Bounded walks along the indexes of last and first names, as long as there are too few; and a look at the few given from elsewhere."""
    rows = among.with_parts([letters], of_given=True) if among.told else []
    for name, nth in product((FAMILY, FIRST), range(len(among.places))):
        if len(rows) <= among.most:
            rows += among.begun(name, nth, letters)
    return list({child.pk: child for child in rows}.values())


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


def children_numbered(children, reference: str, numbers: Collection[str], authority_id: int) -> QuerySet:
    """Those with a reference, or with one of some council numbers."""
    return children.filter(Q(reference=reference) | Q(authority=authority_id, case_number__in=numbers))[:MOST_HITS]


def searched(user, most: int = MOST_HITS) -> Among:
    """The children a person may see, and how their names are looked for: by whose they are, or read where somebody was told of many and sees few."""
    return Among(user, most)


def _may_be_alike(typed: str) -> bool:
    """Whether there is enough in what was typed to look for names like it: three letters of a word, and no number."""
    return not any(sign.isdigit() for sign in typed) and any(len(word) > 2 for word in re.split(r"[\W_]+", typed))


def find_children(user, typed: str, alike: bool = False) -> Found:
    """Children by number or name, each with the latest of their referrals that this person may see."""
    read_before_search(user, typed)
    among = searched(user)
    by_number = among.numbered(typed)
    found, only_alike = (by_number, False) if by_number else children_named(among, typed, alike=alike)
    shown = found[:MOST_HITS]
    latest = among.latest(shown)
    return Found(
        [_child_hit(child, latest.get(child.pk), user) for child in shown],
        is_more=len(found) > MOST_HITS, is_only_alike=only_alike, is_exact=len(by_number) == 1,
        may_be_alike=not alike and not found and _may_be_alike(typed),
    )  # fmt: skip


def glance_at_children(user, typed: str) -> Found:
    """The first few children that what was typed so far would find, without where their referrals stand: for each letter typed."""
    read_before_search(user, typed)
    among = searched(user, GLANCED_AT)
    found = among.numbered(typed) if any(sign.isdigit() for sign in typed) else []
    found = found or children_named(among, typed)[0]
    return Found([Hit(child.full_name, child.get_absolute_url(), _facts(child)) for child in found[:GLANCED_AT]], is_more=len(found) > GLANCED_AT)


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
    reference, *numbers = _numbers(typed)
    children = children_numbered(Child.objects.log_open_to(user), reference, numbers, user.acting.authority_id)
    hits = [Hit(f"Who has looked at {child.reference}", f"/children/{child.reference}/access") for child in children]
    return Found(hits, is_exact=len(hits) == 1)


def _reads_logs_alone(user) -> bool:
    return user.can(Permission.SEE_AUDIT) and not user.can(Permission.SEE_CHILDREN)


add_finder(Finder("Children", "a child’s name, number or reference", lambda user: user.can(Permission.SEE_CHILDREN), find_children, glance_at_children, finds_parts=True))
add_finder(Finder("Referrals", "a referral’s reference", lambda user: user.can(Permission.SEE_REFERRALS), find_referrals, find_referrals))
add_finder(Finder("Reading logs", "a record’s number", _reads_logs_alone, find_logs, find_logs))
