"""How full the service is and what a week costs; children waiting hidden where they must be."""

from dataclasses import dataclass
from decimal import Decimal

from kpis.rules.suppression import suppress
from referrals.models import Provision, Referral
from referrals.models.board import Board, board, shown_provisions

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


def capacity(user, *, hide: bool, kinds=None) -> Capacity:
    """Places of the provisions this person sees, of some kinds or (with the properties left out) of all; names never shown."""
    rows = Provision.objects.visible_to(user)
    rows = rows if kinds is None else rows.filter(kind__in=kinds)
    provisions = list(shown_provisions(rows, everything=kinds is not None))
    return Capacity(board(provisions, user=user, names=False), waiting_now(provisions, hide=hide, user=None if hide else user))


def waiting_now(provisions, *, hide: bool, user=None) -> int | None:
    """Children waiting or offered a place, or None where 1 to 5 must be hidden; a person's count is of those they see."""
    rows = Referral.objects.counted_for(user) if user else Referral.objects.all()
    rows = rows.waiting().filter(
        authority__in={p.authority_id for p in provisions}, wants__in={p.kind for p in provisions}
    )
    count = rows.count()
    return suppress([count]).cells[0] if hide else count
