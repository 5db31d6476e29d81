"""The confidential part of a pack: who is supported, considered and waiting, by reference, for those who hold a seat."""

from dataclasses import dataclass

from core import clock
from kpis.papers.copies import parts_of, titles_kept_from
from panels.models.interest import Recusal
from panels.models.room import people_served
from referrals.choices import Band, ProvisionKind, ReferralStatus
from referrals.models import Referral
from referrals.models.waiting_list import in_line

MOST = 500
ENGAGED = (ReferralStatus.SUPPORTED, ReferralStatus.STEP_DOWN)
CONSIDERED = (
    ReferralStatus.SENT, ReferralStatus.MORE_INFO, ReferralStatus.READY, ReferralStatus.BOOKED, ReferralStatus.RECOMMENDED,
    ReferralStatus.DEFERRED,
)  # fmt: skip
WAITING = (ReferralStatus.WAITING, ReferralStatus.OFFERED)
GROUPS = ("engaged", "considered", "priorities")
WORDS = ("service", "state", "band", "place", "days")


@dataclass(frozen=True)
class Entry:
    """One child by reference: the service, where the referral has got to, its band, its place in line, and the days so far."""

    referral: Referral
    service: str
    state: str
    band: str
    place: str
    days: int


@dataclass(frozen=True)
class ThreeLists:
    """Children engaged, being considered, and in the order in which places should be given (000 L56-57)."""

    engaged: list[Entry]
    considered: list[Entry]
    priorities: list[Entry]

    @property
    def referrals(self) -> list[Referral]:
        """Every referral that stands in them."""
        return [entry.referral for entry in (*self.engaged, *self.considered, *self.priorities)]


def may_read_children(pack, user) -> bool:
    """Whether lists were frozen with this pack, and this person holds a seat at its meeting, or stands for one, and is not out of its item on referrals."""
    if pack.children is None or "referrals" in parts_of(titles_kept_from(pack.meeting, user)):
        return False
    return any(person.pk == user.pk for _, person in people_served(pack.meeting))


def frozen_children(authority_id: int) -> list[dict]:
    """The lists as they stand now, in words and numbers, to be kept with a pack: no name, each referral by its key alone.

    Gives one dictionary a child: referral, group, service, state, band, place and days. Restricted children are not in it.
    """
    rows = Referral.objects.filter(
        authority=authority_id, child__is_restricted=False, child__died_on=None, status__in=[*ENGAGED, *CONSIDERED, *WAITING]
    )
    rows = list(rows.order_by("status_since", "pk")[:MOST])
    numbered = in_line([row for row in rows if row.status in WAITING])
    return [_kept(row, numbered) for row in rows]


def three_lists(pack, user) -> ThreeLists:
    """The lists as they were frozen with the pack, less children restricted or dead since, and those whose item this person is out of."""
    out_of = Recusal.objects.filter(person=user, withdrawn_at=None, item__referral__isnull=False)
    rows = Referral.objects.filter(
        pk__in=[kept["referral"] for kept in pack.children], authority=pack.meeting.panel.authority_id, child__is_restricted=False,
        child__died_on=None,
    ).exclude(pk__in=out_of.values("item__referral"))
    found = {row.pk: row for row in rows}
    by_group: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    for kept in pack.children:
        if kept["referral"] in found:
            by_group[kept["group"]].append(Entry(found[kept["referral"]], **{name: kept[name] for name in WORDS}))
    return ThreeLists(**{**by_group, "priorities": sorted(by_group["priorities"], key=_in_order)})


def _kept(row: Referral, numbered: dict) -> dict:
    """One child as the pack keeps it; a child who has been offered a place stands in line no longer."""
    waits = row.status in WAITING
    since = (row.waiting_since if waits else None) or row.status_since
    return {
        "referral": row.pk, "group": "priorities" if waits else "engaged" if row.status in ENGAGED else "considered",
        "service": ProvisionKind(row.wants).label if row.wants else "Not said", "state": row.get_status_display(),
        "band": Band(row.band).label if row.band else "Not banded", "place": str(numbered.get(row.pk) or "") if waits else "",
        "days": (clock.today() - since.astimezone(clock.LONDON).date()).days,
    }  # fmt: skip


def _in_order(entry: Entry) -> tuple:
    """Service by service, in line, those with an offer first."""
    return (entry.service, int(entry.place or 0), entry.referral.pk)
