"""The waiting list as rows: who waits for what, since when, in touch when, and what is free."""

from dataclasses import dataclass, field
from datetime import date

from core import clock
from referrals.choices import ProvisionKind, ReferralStatus, StayState
from referrals.models.holdings import BANDS
from referrals.models.provision import Place, Provision
from referrals.models.referral import Referral
from referrals.rules.priority import Waiter, in_order, look_again_on
from referrals.rules.waiting import next_contact_due

MOST = 300
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
    plan: object = None
    free_place: str = ""

    @property
    def contact_is_overdue(self) -> bool:
        """Nobody has been in touch in time."""
        return self.contact_due < clock.today()

    @property
    def band_is_due(self) -> bool:
        """The band has not been looked at for 28 days."""
        return self.banded_on is None or look_again_on(self.banded_on) < clock.today()


@dataclass
class Line:
    """Everybody who waits for one service, in order."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    provision: Provision | None = None

    @property
    def name(self) -> str:
        """The service's name."""
        return ProvisionKind(self.kind).label


def _day(moment) -> date:
    return moment.astimezone(clock.LONDON).date()


def rows_for(user):
    """Referrals that wait, with whatever a row shows, read at once."""
    rows = Referral.objects.visible_to(user).waiting().filter(child__died_on=None)
    rows = rows.select_related("child", "authority", "author", "waiting_plan__agreed_by")
    return rows.prefetch_related("tasks", "contacts", "bandings").order_by("waiting_since", "pk")[:MOST]


def waiting_lines(user) -> list[Line]:
    """Each service's line, in the order of the services; empty ones left out."""
    lines: dict[str, list[Referral]] = {}
    for referral in rows_for(user):
        lines.setdefault(referral.wants, []).append(referral)
    provisions = {p.kind: p for p in Provision.objects.visible_to(user).order_by("-pk")}
    free = _free_places(provisions.values()) if lines else {}
    return [
        Line(kind, _rows(lines[kind], free.get(kind, [])), provisions.get(kind))
        for kind in ProvisionKind.values
        if kind in lines
    ]


def _rows(referrals, free) -> list[Row]:
    """One service's children in order, those offered a place after them; the first have what is free."""
    found = {r.pk: r for r in referrals if r.status == ReferralStatus.WAITING}
    line = in_order([Waiter(r.pk, r.band, r.waiting_since, r.wait_order) for r in found.values()])
    rows = [_row(found[waiter.key], at) for at, waiter in enumerate(line, 1)]
    for row, place in zip(rows, free, strict=False):
        row.free_place = place
    return rows + [_row(r, None) for r in referrals if r.status != ReferralStatus.WAITING]


def _row(referral, position) -> Row:
    """One child's row."""
    since = _day(referral.waiting_since or referral.status_since)
    last = max(referral.contacts.all(), key=lambda contact: (contact.made_at, contact.pk), default=None)
    banding = max(referral.bandings.all(), key=lambda judged: (judged.banded_at, judged.pk), default=None)
    return Row(
        referral, position, (clock.today() - since).days, last,
        next_contact_due(last.next_contact_on if last else None, since),
        _day(banding.banded_at) if banding else None, getattr(referral, "waiting_plan", None),
    )  # fmt: skip


def _free_places(provisions) -> dict[str, list[str]]:
    """Names of the places nobody is in or is promised, by service."""
    free: dict[str, list[str]] = {}
    places = Place.objects.open_on(clock.today()).filter(provision__in=list(provisions)).select_related("provision")
    for place in places.exclude(stays__state__in=HELD).order_by("provision_id", "number"):
        free.setdefault(place.provision.kind, []).append(place.name)
    return free


def sort_lines(lines: list[Line], by: str) -> None:
    """Sort each line otherwise than in order: by days waited, by contact due, or by band."""
    keys = {
        "days": lambda row: -row.days,
        "contact": lambda row: row.contact_due,
        "band": lambda row: (BANDS[row.referral.band], -row.days),
    }
    for line in lines if by in keys else []:
        line.rows.sort(key=keys[by])
