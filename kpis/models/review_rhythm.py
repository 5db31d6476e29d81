"""How a contract's lots stand with their reviews: how often each, when the last was, and when the next is due."""

from dataclasses import dataclass
from datetime import date, time

from contracts.models import Lot
from core import clock
from core.dates import months_after
from core.models import User
from kpis.models.contract_review import ReviewFinding
from kpis.rules.reviews import Rhythm, months_between, next_due_on
from panels.choices import MeetingStatus

CALLS = "b"  # the seat of the commissioner of the contract
GONE = (MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD)
MOST = 200


@dataclass(frozen=True)
class LotReviews:
    """One lot with its rhythm, its last review and the next."""

    lot: Lot
    rhythm: Rhythm
    months: int
    due_on: date
    called_for: date | None = None
    last_called_for: date | None = None

    @property
    def next_on(self) -> date:
        """When the review after those that are called is due."""
        return months_after(self.last_called_for, self.months) if self.last_called_for else self.due_on

    @property
    def is_late(self) -> bool:
        """Whether the next review's day has passed, and none is called."""
        return self.called_for is None and self.due_on < clock.today()

    @property
    def how_often(self) -> str:
        """How often, in words."""
        return "Each month" if self.months == 1 else "Every three months"


def lots_of(plan) -> list[LotReviews]:
    """Every lot of a plan's contract, in a fixed number of questions."""
    today = clock.today()
    held = _meetings(plan)
    settled, found = _settled(plan, today), _found(plan)
    rows = []
    for lot in plan.contract.lots.order_by("pk"):
        days = held.get(lot.pk, [])
        past = [day for day, is_to_come in days if not is_to_come]
        rhythm = Rhythm(
            lot.starts_on, settled.get(lot.pk, 1), found.get(lot.pk), max(past) if past else None, kept_from=plan.begun_on,
        )  # fmt: skip
        coming = [day for day, is_to_come in days if is_to_come]
        soonest, latest = (min(coming), max(coming)) if coming else (None, None)
        rows.append(LotReviews(lot, rhythm, months_between(rhythm, today), next_due_on(rhythm, today), soonest, latest))
    return rows


def callers_of(plan) -> list[User]:
    """Whose a review is to call: whoever holds the commissioner's seat on its panel today."""
    rows = plan.panel.seat_holders.on(clock.today()).filter(letter=CALLS).select_related("person").order_by("from_on", "pk")
    return [row.person for row in rows]


def usual_of(plan) -> tuple[time, str]:
    """The time and the place of the review that was called last; ten o'clock, and no place, before the first."""
    last = plan.reviews.exclude(meeting__status__in=GONE).select_related("meeting").order_by("-meeting__starts_at").first()
    return (last.meeting.starts_at.astimezone(clock.LONDON).time(), last.meeting.venue) if last else (clock.TEN, "")


def _meetings(plan) -> dict[int, list[tuple[date, bool]]]:
    """By lot, the days of its reviews that were held or are to come, and which of the two."""
    reviews = plan.reviews.exclude(meeting__status__in=GONE).select_related("meeting").prefetch_related("lots")
    found: dict[int, list[tuple[date, bool]]] = {}
    for review in reviews.order_by("-meeting__starts_at")[:MOST]:
        is_to_come = review.meeting.started_at is None
        for lot in review.lots.all():
            found.setdefault(lot.pk, []).append((review.meeting.on, is_to_come))
    return found


def _settled(plan, today: date) -> dict[int, int]:
    """By lot, the months settled last for a day that has come."""
    rows = plan.rhythms.filter(from_on__lte=today).order_by("from_on", "settled_at", "pk")
    return dict(rows.values_list("lot_id", "months")[:MOST])


def _found(plan) -> dict[int, bool]:
    """By lot, what its last review found."""
    rows = ReviewFinding.objects.filter(review__plan=plan).order_by("review__meeting__starts_at", "pk")
    return dict(rows.values_list("lot_id", "is_satisfactory"))
