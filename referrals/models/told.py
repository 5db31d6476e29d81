"""What a person was given or is kept from by name, read once for a list: where it is little, the list names the keys and asks nothing more.

Whoever was told of many, a single record and every deed ask the rows themselves in each question, as they stand at that moment.
"""

from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q

from core import clock, once
from core.written import Written
from referrals.choices import Basis, Depth
from referrals.models.access import NAMED, Access

# Up to so many are named by their keys.
FEW = 200
COLUMNS = ("referral", "child", "basis", "depth", "withheld_because")


class Right(NamedTuple):
    """One right in force, or one withheld."""

    referral: int | None
    child: int
    basis: str
    depth: str
    withheld_because: str


def read_rights(user) -> list[Right] | None:
    """A person's rights in force, read for a list that asks about its rows several times; None where there are more than a few."""
    return once.once(_key(user), lambda: _few(user))


def rights_within(person: int, organisation: int | None, role: str, now: datetime) -> dict:
    """What `know_rights` takes, as expressions of a question that asks other things too: one more at the most than are few."""
    row, rows = Func(*COLUMNS, function="jsonb_build_array", output_field=JSONField()), Access.objects.current(now).given(person, organisation, role).order_by()
    special = rows.filter(~Q(withheld_because="") | Q(basis__in=NAMED))
    return {name: ArraySubquery(found.values(row=row)[: FEW + 1]) for name, found in (("rights", rows), ("special", special))}


def know_rights(user, found: dict) -> None:
    """A person's rights were read with something else, for this page; and of somebody who has many, those by name and those withheld, which are few."""
    once.know(_key(user), _unless_many(found["rights"]))
    once.know(("special", *_key(user)), _unless_many(found["special"]))


def few_rights(user) -> list[Right] | None:
    """What was read of them for this page; None where nothing was, in a deed, and where there are more than a few."""
    return once.known(_key(user))


def _key(user) -> tuple:
    return "rights", user.pk, user.acting and (user.acting.role, user.acting.organisation_id)


def few_special(user) -> list[Right] | None:
    """The rights by name, and those withheld, of somebody who has many others; None where they were not read, or are many too."""
    return once.known(("special", *_key(user)))


def few_told(user) -> list[Right] | None:
    """What a person was told of, for whoever looks where a list is; None where it is more than a few."""
    rights = read_rights(user)
    return rights if rights is None else [right for right in rights if not right.withheld_because]


def stands_as(user) -> tuple | None:
    """All by which it is decided what a person may see: who they are, the role they act in and for what, their rights and the day.

    None where they act in no role, were told of many, or nothing was read: then their rights are asked for in each question, as they stand at that moment.
    """
    rights, acting = few_rights(user), user.acting
    if rights is None or acting is None:
        return None
    return user.pk, acting.role, acting.authority_id, acting.organisation_id, tuple(acting.team_ids), tuple(rights), clock.today()


def _few(user) -> list[Right] | None:
    return _unless_many(list(_current(user).values_list(*COLUMNS)[: FEW + 1]))


def _current(user):
    return Access.objects.current().of(user).order_by()


def _unless_many(rows: list) -> list[Right] | None:
    return None if len(rows) > FEW else [Right(*row) for row in rows]


class Told:
    """Conditions on records by what one person was told of: `referral` and `child` say how a record names its own."""

    def __init__(self, user, *, referral: str = "", child: str) -> None:
        self.user, self.referral, self.child, self.rights = user, referral, child, few_rights(user)
        self.special = few_special(user) if self.rights is None else self.rights

    def of_the_referral(self) -> Q | Written:
        """The referral itself was shown to them."""
        if self.rights is None:
            return Written(Access.objects.granted(self.user).filter(referral=OuterRef(self.referral)))
        return Q(**{f"{self.referral}__in": {right.referral for right in self.rights if right.referral and not right.withheld_because}})

    def of_the_child(self, *bases: Basis) -> Q | Written:
        """The child's record was opened to them on one of these bases."""
        kept = self.special if set(bases) <= set(NAMED) else self.rights
        if kept is None:
            return Written(Access.objects.granted(self.user).filter(child=OuterRef(self.child), basis__in=bases))
        return Q(**{f"{self.child}__in": {right.child for right in kept if right.basis in bases and not right.withheld_because}})

    def kept_from(self) -> Q | Written:
        """The whole record, or this referral of it, is withheld from them."""
        if self.special is None:
            whole = Q(referral=None) | Q(referral=OuterRef(self.referral)) if self.referral else Q(referral=None)
            return Written(Access.objects.withheld(self.user).filter(whole, child=OuterRef(self.child)))
        found = Q(**{f"{self.child}__in": {right.child for right in self._withheld() if right.referral is None}})
        for right in self._withheld():
            if right.referral and self.referral:
                found |= Q(**{self.referral: right.referral, self.child: right.child})
        return found

    def _withheld(self) -> list[Right]:
        return [right for right in self.special if right.withheld_because and right.depth == Depth.RECORD]


def by_name(told: Told) -> Q | Written:
    """A restricted record was opened to them."""
    return told.of_the_child(*NAMED)
