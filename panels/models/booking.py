"""Booking: the meetings a referral can go to, their slots, and who waits for one."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum

from core import clock
from panels.choices import ItemKind, ItemState, PanelKind
from panels.models.agenda_item import AgendaItem
from panels.models.clocks import papers_due_on
from panels.models.meeting import Meeting
from panels.models.panel import SeatHolder
from panels.models.register import RegisterEntry
from referrals.models.access import Access

HEARS = (
    PanelKind.REFERRAL, PanelKind.RESOURCES, PanelKind.TRIPARTITE, PanelKind.ADDITIONAL, PanelKind.COMPLEX_CARE, PanelKind.HIGH_RISK,
)  # fmt: skip
GONE = ("ENDED", "WITHDRAWN")
OFFERED, LOOKED_AT = 3, 12


class WaitingSlotQuerySet(models.QuerySet):
    """Who waits, asked for in words."""

    def shown_to(self, user):
        """Those a meeting's administrator or chair reads, by reference: none kept from them, none restricted."""
        withheld = Access.objects.withheld(user).filter(
            Q(referral=OuterRef("referral")) | Q(referral=None), child=OuterRef("referral__child")
        )
        return self.filter(settled_at=None, referral__child__is_restricted=False).exclude(Exists(withheld))


class WaitingSlot(models.Model):
    """One referral that waits for a slot of a full meeting, first come first served."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="waiting_slots")
    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="waiting_slots")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = WaitingSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "referral"], name="a_referral_waits_for_a_meeting_once", condition=Q(settled_at=None)
            )
        ]

    def __str__(self):
        return f"Waits for {self.meeting}"


class HeldSlotQuerySet(models.QuerySet):
    """Slots held for referrals on their way to being signed, asked for in words."""

    def open(self):
        """Those that still take a slot."""
        return self.filter(settled_at=None).exclude(referral__status__in=GONE)


class HeldSlot(models.Model):
    """One slot of one meeting held for a referral that is not signed off yet; it is on no agenda until it is."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="held_slots")
    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="held_slots")
    held_at = models.DateTimeField(default=clock.now)
    held_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = HeldSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], name="one_slot_is_held_for_a_referral", condition=Q(settled_at=None))
        ]

    def __str__(self):
        return f"Held at {self.meeting}"


@dataclass(frozen=True)
class Slots:
    """One coming meeting as it is offered: what is left of it, by when, and whom the referral concerns."""

    meeting: Meeting
    left: int
    papers_by: date
    waiting: int = 0
    begins_at: datetime | None = None
    clashes: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Every slot is taken."""
        return self.left <= 0


def slots_of(meeting) -> int:
    """How many referrals a meeting hears: its terms' number, otherwise its body's."""
    return meeting.terms.thresholds.get("slots") or meeting.panel.slots


def slots_taken(meeting, *, besides=None) -> int:
    """How many slots of a meeting referrals take, those held among them; one that is held for `besides` is not counted."""
    held = meeting.held_slots.open().exclude(referral=besides) if besides is not None else meeting.held_slots.open()
    return meeting.items.slots_taken() + held.count()


def slot_minutes(meeting) -> int:
    """How long one referral is given: the terms' number of minutes, otherwise ten."""
    return meeting.terms.thresholds.get("slot minutes") or AgendaItem._meta.get_field("minutes").default


def review_minutes(meeting) -> int:
    """How long one review is given: the terms' number of minutes, otherwise half a slot."""
    return meeting.terms.thresholds.get("review minutes") or max(slot_minutes(meeting) // 2, 1)


def next_slots(user, referral) -> list[Slots]:
    """The next three meetings with a slot left, and those before them that are full.

    Only meetings that still take papers, of bodies of the referral's own authority that hear referrals.
    """
    found, with_room = [], 0
    for slots in _looked_at(user, referral):
        found.append(slots)
        with_room += not slots.is_full
        if with_room == OFFERED:
            break
    return found[: OFFERED * 2]


def _looked_at(user, referral):
    """Each coming meeting in turn."""
    own = Q(items__kind=ItemKind.REFERRAL, items__shares_slot_with=None)
    taken = Count("items", own & ~Q(items__state=ItemState.TAKEN_OFF), distinct=True)
    waits = Count("waiting_slots", Q(waiting_slots__settled_at=None), distinct=True)
    held = Count(
        "held_slots", Q(held_slots__settled_at=None) & ~Q(held_slots__referral__status__in=GONE) & ~Q(held_slots__referral=referral),
        distinct=True,
    )  # fmt: skip
    rows = Meeting.objects.visible_to(user).to_come().filter(
        panel__authority=referral.authority_id, panel__kind__in=HEARS, starts_at__gte=clock.now(), circulated_at=None
    )
    rows = list(rows.with_terms().select_related("chair").annotate(taken=taken + held, waits=waits).soonest_first()[:LOOKED_AT])
    seats, interests, minutes = _holders(rows), interested_in(referral), _minutes_taken(rows)
    for meeting in rows:
        due = papers_due_on(meeting)
        if due >= clock.today():
            holders = seats.get(meeting.panel_id, {})
            begins = meeting.starts_at + timedelta(minutes=minutes.get(meeting.pk, 0))
            left = slots_of(meeting) - meeting.taken
            yield Slots(meeting, left, due, meeting.waits, begins, clashes(referral, holders, interests))


def _minutes_taken(meetings) -> dict[int, int]:
    """By meeting, the minutes until its next free slot: of everything on its agenda but other business, and of slots held."""
    rows = AgendaItem.objects.standing().filter(meeting__in=meetings, shares_slot_with=None).exclude(kind=ItemKind.OTHER)
    taken = dict(rows.order_by().values_list("meeting").annotate(Sum("minutes")))
    held = dict(HeldSlot.objects.open().filter(meeting__in=meetings).order_by().values_list("meeting").annotate(Count("pk")))
    return {m.pk: taken.get(m.pk, 0) + held.get(m.pk, 0) * slot_minutes(m) for m in meetings}


def _holders(meetings) -> dict[int, dict]:
    """By body, the people who hold its seats today or later."""
    rows = SeatHolder.objects.filter(panel__in={m.panel_id for m in meetings}).exclude(until_on__lte=clock.today())
    found: dict[int, dict] = {}
    for row in rows.select_related("person"):
        found.setdefault(row.panel_id, {})[row.person_id] = row.person
    return found


def interested_in(referral) -> set[int]:
    """Whoever's register names the provider that the referral would go to."""
    terms = referral.provision_terms
    if terms is None:
        return set()
    rows = RegisterEntry.objects.current().filter(organisation=terms.provider_id)
    return set(rows.values_list("person_id", flat=True))


def clashes(referral, holders: dict, interests: set[int]) -> list[str]:
    """Which members have something to do with a referral, in words; never what it is."""
    presents = {referral.author_id, referral.joint_referrer_id}
    said = [f"{p.full_name} wrote this referral." for key, p in sorted(holders.items()) if key in presents]
    return said + [
        f"{p.full_name} has an interest in the register." for key, p in sorted(holders.items()) if key in interests
    ]
