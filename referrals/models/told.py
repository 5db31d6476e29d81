"""What a person was given or is kept from by name, read once for a list: where it is little, the list names the keys and asks nothing more.

Whoever was told of many, a single record and every deed ask the rows themselves in each question, as they stand at that moment.
"""

from typing import NamedTuple

from django.db.models import OuterRef, Q

from core import once
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


def few_rights(user) -> list[Right] | None:
    """What was read of them for this page; None where nothing was, in a deed, and where there are more than a few."""
    return once.known(_key(user))


def _key(user) -> tuple:
    return "rights", user.pk, user.acting and (user.acting.role, user.acting.organisation_id)


def few_told(user) -> list[Right] | None:
    """What a person was told of, for whoever looks where a list is; None where it is more than a few."""
    rights = read_rights(user)
    return rights if rights is None else [right for right in rights if not right.withheld_because]


def _few(user) -> list[Right] | None:
    rows = [Right(*row) for row in Access.objects.current().of(user).order_by().values_list(*COLUMNS)[: FEW + 1]]
    return None if len(rows) > FEW else rows


class Told:
    """Conditions on records by what one person was told of: `referral` and `child` say how a record names its own."""

    def __init__(self, user, *, referral: str = "", child: str) -> None:
        self.user, self.referral, self.child, self.rights = user, referral, child, few_rights(user)

    def of_the_referral(self) -> Q | Written:
        """The referral itself was shown to them."""
        if self.rights is None:
            return Written(Access.objects.granted(self.user).filter(referral=OuterRef(self.referral)))
        return Q(**{f"{self.referral}__in": {right.referral for right in self._granted() if right.referral}})

    def of_the_child(self, *bases: Basis) -> Q | Written:
        """The child's record was opened to them on one of these bases."""
        if self.rights is None:
            return Written(Access.objects.granted(self.user).filter(child=OuterRef(self.child), basis__in=bases))
        return Q(**{f"{self.child}__in": {right.child for right in self._granted() if right.basis in bases}})

    def kept_from(self) -> Q | Written:
        """The whole record, or this referral of it, is withheld from them."""
        if self.rights is None:
            whole = Q(referral=None) | Q(referral=OuterRef(self.referral)) if self.referral else Q(referral=None)
            return Written(Access.objects.withheld(self.user).filter(whole, child=OuterRef(self.child)))
        found = Q(**{f"{self.child}__in": {right.child for right in self._withheld() if right.referral is None}})
        for right in self._withheld():
            if right.referral and self.referral:
                found |= Q(**{self.referral: right.referral, self.child: right.child})
        return found

    def _granted(self) -> list[Right]:
        return [right for right in self.rights if not right.withheld_because]

    def _withheld(self) -> list[Right]:
        return [right for right in self.rights if right.withheld_because and right.depth == Depth.RECORD]


def by_name(told: Told) -> Q | Written:
    """A restricted record was opened to them."""
    return told.of_the_child(*NAMED)
