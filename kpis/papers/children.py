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


def may_read_children(meeting, user) -> bool:
    """Whether this person holds a seat at the meeting, or stands for one, and is not out of its item on referrals."""
    if "referrals" in parts_of(titles_kept_from(meeting, user)):
        return False
    return any(person.pk == user.pk for _, person in people_served(meeting))


def three_lists(meeting, user) -> ThreeLists:
    """The lists as they stand now, less restricted children and those whose item this person is out of."""
    out_of = Recusal.objects.filter(person=user, withdrawn_at=None, item__referral__isnull=False)
    rows = Referral.objects.filter(
        authority=meeting.panel.authority_id, child__is_restricted=False, child__died_on=None, status__in=[*ENGAGED, *CONSIDERED, *WAITING]
    ).exclude(pk__in=out_of.values("item__referral"))
    rows = list(rows.order_by("status_since", "pk")[:MOST])
    numbered = in_line([row for row in rows if row.status in WAITING])
    return ThreeLists(
        engaged=[_entry(row) for row in rows if row.status in ENGAGED],
        considered=[_entry(row) for row in rows if row.status in CONSIDERED],
        priorities=sorted((_entry(row, numbered) for row in rows if row.pk in numbered), key=_in_order),
    )


def _entry(row: Referral, numbered=None) -> Entry:
    """One line of a list; a child who has been offered a place stands in line no longer."""
    since = (row.waiting_since if numbered else None) or row.status_since
    return Entry(
        row, service=ProvisionKind(row.wants).label if row.wants else "Not said", state=row.get_status_display(),
        band=Band(row.band).label if row.band else "Not banded", place=str((numbered or {}).get(row.pk) or ""),
        days=(clock.today() - since.astimezone(clock.LONDON).date()).days,
    )  # fmt: skip


def _in_order(entry: Entry) -> tuple:
    """Service by service, in line, those with an offer first."""
    return (entry.service, int(entry.place or 0), entry.referral.pk)
