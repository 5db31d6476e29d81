"""The waiting list as rows: who waits for what, since when, in touch when, and what is free."""

from dataclasses import dataclass, field
from datetime import date

from core import clock
from core.dated import numbers_of
from referrals.choices import ProvisionKind, ReferralStatus, StayState
from referrals.models.provision import Place, Provision
from referrals.models.referral import Referral
from referrals.rules.priority import Waiter, in_order, look_again_on
from referrals.rules.readings import CONTACT, LOOK_AGAIN
from referrals.rules.waiting import next_contact_due

MOST = 1_000
HELD = [StayState.OFFERED, StayState.PLANNED, StayState.BEGUN]


@dataclass
class Row:
    """One waiting child, with what somebody who keeps in touch needs to know."""

    referral: Referral
    position: int | None
    days: int
    last_contact: object
    contact_due: date
    banded_on: date | None
    look_again_on: date | None
    look_every: int
    plan: object = None
    free_place: str = ""

    @property
    def contact_is_overdue(self) -> bool:
        """Nobody has been in touch in time."""
        return self.contact_due < clock.today()

    @property
    def band_is_due(self) -> bool:
        """The band has never been looked at, or not in time."""
        return self.look_again_on is None or self.look_again_on < clock.today()


@dataclass
class Line:
    """Everybody who waits for one service, in order."""

    kind: str
    rows: list[Row] = field(default_factory=list)


def _day(moment) -> date:
    return moment.astimezone(clock.LONDON).date()


def who_wait(user):
    """Referrals that wait and this person may see, with whatever a row shows read at once."""
    rows = Referral.objects.visible_to(user).waiting().filter(child__died_on=None)
    rows = rows.select_related("child", "authority", "author", "team", "waiting_plan__agreed_by")
    return rows.prefetch_related("tasks", "contacts", "bandings")


def in_line(referrals) -> dict[int, int | None]:
    """Keys of those who wait, in order, service by service; each with its number, or none once a place is offered."""
    found: dict[int, int | None] = {}
    for kind in ProvisionKind.values:
        mine = [row for row in referrals if row.wants == kind]
        waits = [row for row in mine if row.status == ReferralStatus.WAITING]
        line = in_order([Waiter(row.pk, row.band, row.waiting_since, row.wait_order) for row in waits])
        found |= {waiter.key: at for at, waiter in enumerate(line, 1)}
        found |= {row.pk: None for row in mine if row.status != ReferralStatus.WAITING}
    return found


def rows_of(referrals, user, numbered=None) -> list[Row]:
    """Each referral's row, in the order given; the first in each line have what is free."""
    numbered = in_line(referrals) if numbered is None else numbered
    every = numbers_of({row.authority_id for row in referrals}, CONTACT, LOOK_AGAIN)
    free = _free_places(user) if referrals else {}
    rows = [_row(row, numbered.get(row.pk), every[row.authority_id]) for row in referrals]
    for row in rows:
        here = free.get(row.referral.wants, [])
        row.free_place = here[row.position - 1] if row.position and row.position <= len(here) else ""
    return rows


def waiting_lines(user) -> list[Line]:
    """Each service's line, in the order of the services; empty ones left out."""
    referrals = list(who_wait(user).order_by("waiting_since", "pk")[:MOST])
    numbered = in_line(referrals)
    by_key = {row.referral.pk: row for row in rows_of(referrals, user, numbered)}
    lines: dict[str, Line] = {}
    for key in numbered:
        row = by_key[key]
        lines.setdefault(row.referral.wants, Line(row.referral.wants)).rows.append(row)
    return list(lines.values())


def _row(referral, position, every) -> Row:
    """One child's row."""
    since = _day(referral.waiting_since or referral.status_since)
    last = max(referral.contacts.all(), key=lambda contact: (contact.made_at, contact.pk), default=None)
    banding = max(referral.bandings.all(), key=lambda judged: (judged.banded_at, judged.pk), default=None)
    banded_on, look_every = _day(banding.banded_at) if banding else None, every[LOOK_AGAIN].number
    return Row(
        referral, position, (clock.today() - since).days, last,
        next_contact_due(last.next_contact_on if last else None, since, every_days=every[CONTACT].number),
        banded_on, look_again_on(banded_on, every_days=look_every) if banded_on else None, look_every,
        getattr(referral, "waiting_plan", None),
    )  # fmt: skip


def _free_places(user) -> dict[str, list[str]]:
    """Names of the places nobody is in or is promised, by service; of the newest provision of each kind."""
    provisions = {p.kind: p for p in Provision.objects.visible_to(user).order_by("-pk")}
    free: dict[str, list[str]] = {}
    places = Place.objects.open_on(clock.today()).filter(provision__in=list(provisions.values())).select_related("provision")
    for place in places.exclude(stays__state__in=HELD).order_by("provision_id", "number"):
        free.setdefault(place.provision.kind, []).append(place.name)
    return free
