"""How full the service is and what a week costs; children waiting hidden where they must be."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from core.roles import Role
from kpis.rules.suppression import suppress
from referrals.models import Child, Provision, Referral
from referrals.models.access import Access
from referrals.models.board import Board, ordered_provisions
from referrals.models.in_use import places_now, with_numbers

HIDDEN = "c"


@dataclass(frozen=True)
class Capacity:
    """Places now, for one authority or provider; `waiting` is None where it is hidden."""

    drawn: Board
    waiting: int | None

    @property
    def free(self) -> int:
        """Places nobody is in, and that somebody could have."""
        return self.drawn.free

    @property
    def shown_waiting(self) -> str:
        """The count, or the sign that stands for 1 to 5."""
        return HIDDEN if self.waiting is None else str(self.waiting)

    @property
    def working(self) -> str:
        """The week's cost as a sum: "10 at £660 and 3 at £5,200"."""
        return " and ".join(f"{g.used} at £{g.rate:,.0f}" for g in self.drawn.groups if g.rate is not None)

    @property
    def other_cost(self) -> Decimal | None:
        """The same week if the hub's price is for the whole hub, as the other reading has it."""
        hub = next((g for g in self.drawn.groups if g.kind == "hub" and g.other_reading), None)
        return None if hub is None or hub.rate is None else self.drawn.cost - hub.cost + hub.rate


def provisions_for(user, *, hide: bool) -> list[Provision]:
    """The provisions this person sees, each with today's numbers of its places and of who waits for it: one question."""
    return list(with_numbers(Provision.objects.visible_to(user)).annotate(waits=ArraySubquery(_waits(None if hide else user))))


def capacity(user, *, hide: bool, kinds=None, provisions=None) -> Capacity:
    """Places of the provisions this person sees, of some kinds or (with the properties left out) of all; names never shown.

    `provisions` are those this person sees, where a page has asked for them before.
    """
    rows = provisions_for(user, hide=hide) if provisions is None else provisions
    shown = ordered_provisions([row for row in rows if kinds is None or row.kind in kinds], everything=kinds is not None)
    return Capacity(places_now(shown), _waiting(shown, hide=hide, user=user))


def _waits(user):
    """Who waits for a provision's kind of service: for a person, whether each is restricted, and whether that record was given to them."""
    rows = Referral.objects.waiting().filter(authority=OuterRef("authority"), wants=OuterRef("kind"))
    if user is None:
        return rows.values(row=JSONObject())
    kept = Exists(Child.objects.filter(pk=OuterRef("child"), is_restricted=True))
    given = Exists(Access.objects.granted(user).filter(child=OuterRef("child")))
    return rows.values(row=JSONObject(kept=kept, given=given))


def _waiting(provisions, *, hide: bool, user) -> int | None:
    """As `waiting_now`, of what was asked for with the provisions; whoever may see one that is restricted, or works for several councils, is asked for by name."""
    found = {(row.authority_id, row.kind): row.waits for row in provisions}
    waits = [one for some in found.values() for one in some]
    if len({authority for authority, _ in found}) > 1 or (not hide and _asks_by_name(user, waits)):
        return waiting_now(provisions, hide=hide, user=None if hide else user)
    if hide:
        return suppress([len(waits)]).cells[0]
    return sum(not one["kept"] for one in waits)


def _asks_by_name(user, waits) -> bool:
    """Whether a count for this person is of those they see, one by one."""
    return user.acting is None or user.acting.role == Role.PROVIDER_MANAGER or any(one["kept"] and one["given"] for one in waits)


def waiting_now(provisions, *, hide: bool, user=None) -> int | None:
    """Children waiting or offered a place, or None where 1 to 5 must be hidden; a person's count is of those they see."""
    rows = Referral.objects.waiting().filter(
        authority__in={p.authority_id for p in provisions}, wants__in={p.kind for p in provisions}
    )
    count = (rows.counted_for(user) if user else rows).count()
    return suppress([count]).cells[0] if hide else count
