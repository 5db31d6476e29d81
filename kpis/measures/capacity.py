"""How full the service is and what a week costs; children waiting hidden where they must be."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from core.roles import Role
from kpis.rules.suppression import suppress
from referrals.models import Child, Provision, Referral
from referrals.models.access import Access
from referrals.models.board import Board, ordered_provisions
from referrals.models.in_use import places_now

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


def capacity(user, *, hide: bool, kinds=None, provisions=None) -> Capacity:
    """Places of the provisions this person sees, of some kinds or (with the properties left out) of all; names never shown.

    `provisions` are those this person sees, where a page has asked for them before.
    """
    rows = list(Provision.objects.visible_to(user)) if provisions is None else provisions
    rows = [row for row in rows if kinds is None or row.kind in kinds]
    shown = ordered_provisions(rows, everything=kinds is not None)
    return Capacity(places_now(shown), waiting_now(shown, hide=hide, user=None if hide else user))


def waiting_now(provisions, *, hide: bool, user=None) -> int | None:
    """Children waiting or offered a place, or None where 1 to 5 must be hidden; a person's count is of those they see."""
    rows = Referral.objects.waiting().filter(
        authority__in={p.authority_id for p in provisions}, wants__in={p.kind for p in provisions}
    )
    count = _counted_for(user, rows) if user else rows.count()
    return suppress([count]).cells[0] if hide else count


def _counted_for(user, rows) -> int:
    """How many of these a count shown to this person holds: as `counted_for` says, which is asked only of what it may keep from them.

    A restricted record is open to nobody to whom it was not given, so that only those that were are looked at.
    """
    if user.acting is None or user.acting.role == Role.PROVIDER_MANAGER:
        return rows.counted_for(user).count()
    kept = Child.objects.filter(pk=OuterRef("child"), is_restricted=True)
    given = Access.objects.granted(user).filter(child=OuterRef("child"))
    found = list(rows.values_list("pk", Exists(kept), Exists(kept) & Exists(given)))
    asked = [key for key, _, is_given in found if is_given]
    seen = Referral.objects.visible_to(user).filter(pk__in=asked).count() if asked else 0
    return sum(not is_kept for _, is_kept, _ in found) + seen
