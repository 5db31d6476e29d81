"""Who represents which seat, who is in the room, and what that makes of the quorum."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from core import clock
from core.alone import while_alone
from core.models import User
from panels.models.attendance import Delegation
from panels.models.interest import Recusal
from panels.models.panel import SeatHolder, StandingDelegate
from panels.models.terms import CompositionSeat, QuorumLimb
from panels.models.turns import takes_the_turn
from panels.rules.quorum import Attendee, Seat, seats_filled, why_not_quorate


@dataclass(frozen=True)
class Representative:
    """One lettered seat at one meeting: who holds it, and the delegates who may stand for it."""

    letter: str
    title: str
    holder: object
    limb: str
    is_chair: bool
    is_provider: bool


def representatives(meeting) -> list[Representative]:
    """Those who hold a seat of the composition on the day, invitees left out, in seat order."""
    seats = {s.letter: s for s in meeting.terms.seats_read if not s.is_invitee}
    return [
        Representative(
            letter=row.letter,
            title=seats[row.letter].title,
            holder=row.person,
            limb=seats[row.letter].limb.role if seats[row.letter].limb else "",
            is_chair=seats[row.letter].is_chair,
            is_provider=seats[row.letter].is_provider,
        )
        for row in _holders(meeting)
        if row.letter in seats
    ]


def _holders(meeting) -> list[SeatHolder]:
    """Who holds which seat of the body on the day, in seat order: `seated` where the meeting's terms have that seat, and not for an invitee."""
    seats = CompositionSeat.objects.filter(terms=meeting.terms_id, letter=OuterRef("letter"), is_invitee=False)
    rows = SeatHolder.objects.on(meeting.on).filter(panel=meeting.panel_id).annotate(seated=Exists(seats))
    rows = rows.select_related("person").order_by("letter", "pk")
    return while_alone(("holders", meeting.panel_id, meeting.terms_id, meeting.on), lambda: list(rows), SeatHolder, CompositionSeat, User)


def _delegates(meeting) -> list[tuple[str, User]]:
    """Those named to stand for somebody at this meeting, each with the seat."""
    named = meeting.delegations.select_related("delegate")
    return while_alone(("delegates", meeting.pk), lambda: [(row.letter, row.delegate) for row in named], Delegation, User)


def people_served(meeting) -> list[tuple[str, User]]:
    """Every Representative and every delegate named for this meeting, once each, with the seat."""
    return _served(meeting, _holders(meeting))


def _served(meeting, holders) -> list[tuple[str, User]]:
    rows = [(row.letter, row.person) for row in holders if row.seated] + _delegates(meeting)
    seen = set()
    return [(letter, p) for letter, p in rows if not (p.pk in seen or seen.add(p.pk))]


def standing_delegates(meeting) -> dict[str, list]:
    """By seat, those who may stand for it at any meeting."""
    found: dict[str, list] = {}
    rows = StandingDelegate.objects.on(meeting.on).filter(panel=meeting.panel_id)
    for row in rows.select_related("person"):
        found.setdefault(row.letter, []).append(row.person)
    return found


def chairs_of(meeting) -> set[int]:
    """Keys of those who may take the chair: the meeting's chair, the chair's seat, its named and standing delegates."""
    letters = {s.letter for s in meeting.terms.seats_read if s.is_chair}
    named = Delegation.objects.filter(meeting=meeting, letter__in=letters).order_by().values_list("delegate", flat=True)
    others = [
        kept.objects.on(meeting.on).filter(panel=meeting.panel_id, letter__in=letters).order_by().values_list("person", flat=True)
        for kept in (SeatHolder, StandingDelegate)
    ]
    asked_of = (Delegation, SeatHolder, StandingDelegate)
    found = while_alone(("chairs", meeting.pk, meeting.on), lambda: frozenset(named.union(*others)), *asked_of)
    return found | ({meeting.chair_id} if meeting.chair_id else set())


def may_chair(meeting, person) -> bool:
    """The meeting's chair, the holder of the chair's seat, or its named or standing delegate."""
    return meeting.chair_id == person.pk or person.pk in chairs_of(meeting) or takes_the_turn(meeting, person)


def holds_the_chair(panel, person) -> bool:
    """Whether somebody holds the seat that takes the chair of a body today, or stands for it at any meeting."""
    terms, today = panel.terms_on(clock.today()), clock.today()
    letters = [seat.letter for seat in terms.seats.all() if seat.is_chair] if terms else []
    return any(
        kept.objects.on(today).filter(panel=panel, letter__in=letters, person=person).exists() for kept in (SeatHolder, StandingDelegate)
    )


def people_copied(meeting) -> list[tuple[str, User]]:
    """Everybody served, and whoever else it was agreed has copies: holders of invitees' seats."""
    holders = _holders(meeting)
    served = _served(meeting, holders)
    invited = {s.letter for s in meeting.terms.seats_read if s.is_invitee}
    known = {person.pk for _, person in served}
    more = [(row.letter, row.person) for row in holders if row.letter in invited]
    return served + [(letter, person) for letter, person in more if not (person.pk in known or known.add(person.pk))]


def _limbs(meeting) -> list[Seat]:
    """What the quorum asks of those in the room, in the order of the meeting's terms."""
    limbs = QuorumLimb.objects.filter(terms=meeting.terms_id).order_by("order")
    return while_alone(("limbs", meeting.terms_id), lambda: [Seat(limb.role, limb.needed) for limb in limbs], QuorumLimb)


class Room:
    """One meeting's room, read once: presences, seats, delegations and recusals."""

    def __init__(self, meeting):
        self.meeting = meeting
        self.limbs = _limbs(meeting)
        self.seats = representatives(meeting)
        self.present = list(meeting.presences.in_the_room().select_related("person", "stands_for"))
        self.chairs = chairs_of(meeting)
        if meeting.terms.chair_rotation:
            self.chairs |= {p.person_id for p in self.present if takes_the_turn(meeting, p.person)}
        self.out: dict[int, set[int]] = {}
        rows = Recusal.objects.filter(item__meeting=meeting, withdrawn_at=None)
        for item, person in rows.values_list("item_id", "person_id"):
            self.out.setdefault(item, set()).add(person)

    def _limbs_of(self, presence) -> frozenset[str]:
        """The limbs one person in the room may fill: their own seats', and those they stand for."""
        return frozenset(s.limb for s in self.seats if s.limb and self._sits_in(presence, s))

    def _sits_in(self, presence, seat) -> bool:
        """Whether somebody sits here for a seat; a seat its delegate sits in is not its holder's too."""
        if seat.holder.pk == presence.person_id:
            return not any(self._stands_in(other, seat) for other in self.present)
        return self._stands_in(presence, seat)

    def _stands_in(self, presence, seat) -> bool:
        """Whether somebody stands for this seat: the one they were named for, else any of that holder's."""
        if seat.holder.pk != presence.stands_for_id:
            return False
        theirs = {s.letter for s in self.seats if s.holder.pk == presence.stands_for_id}
        return presence.letter not in theirs or presence.letter == seat.letter

    def attendees(self, item=None) -> list[Attendee]:
        """Those in the room who are not out of this item."""
        out = self.out.get(item.pk, set()) if item is not None else set()
        return [
            Attendee(p.person.full_name, self._limbs_of(p))
            for p in self.present
            if p.person_id not in out and not (item is not None and item.is_reserved and self._is_provider(p))
        ]  # fmt: skip

    def _is_provider(self, presence) -> bool:
        """Reserved items are taken without the provider: whoever holds its seat, and whoever stands for it."""
        who = {presence.person_id, presence.stands_for_id}
        return any(s.is_provider and s.holder.pk in who for s in self.seats)

    def chair_is_here(self, item=None) -> bool:
        """Whether somebody who may take the chair is in the room and not out of the item."""
        out = self.out.get(item.pk, set()) if item is not None else set()
        return any(p.person_id not in out and p.person_id in self.chairs for p in self.present)

    def why_not_quorate(self, item=None) -> list[str]:
        """Reasons an item cannot be decided with the people in the room."""
        if not self.limbs:
            return [] if self.chair_is_here(item) else ["The chair is not in the room."]
        return why_not_quorate(self.attendees(item), self.limbs)

    def light(self, item=None) -> dict:
        """The quorum as it is for an item: state, a sentence, and who fills what."""
        reasons = self.why_not_quorate(item)
        filled = seats_filled(self.attendees(item), self.limbs)
        delegates = {p.person.full_name for p in self.present if p.stands_for_id}
        by_delegate = sum(1 for f in filled if f.attendee and f.attendee.name in delegates)
        return {
            "quorate": not reasons,
            "sentence": self._sentence(reasons, len(filled), by_delegate),
            "reasons": reasons,
            "seats": [
                {"seat": f.seat.role, "filled_by": f.attendee.name if f.attendee else ""}
                for f in filled
            ],
            "by_delegate": by_delegate,
        }

    def _sentence(self, reasons, seats, by_delegate) -> str:
        if reasons:
            return " ".join(reasons) + " It can be discussed, and not decided."
        if not self.limbs:
            return "The chair is in the room; these terms name no quorum seats."
        extra = f", {by_delegate} of them by a delegate" if by_delegate else ""
        return f"All {seats} seats are filled{extra}."
