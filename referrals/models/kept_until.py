"""Which records have come due for disposal: the evidence of each life, found together."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery

from core import clock
from core.dated import numbers
from referrals.choices import StayState
from referrals.models.care import CareDetails
from referrals.models.child import Child
from referrals.models.hold import IsHeld
from referrals.models.referral import Referral
from referrals.models.stay import Stay
from referrals.models.transition import ChildClosing
from referrals.rules.readings import FROM_BIRTH, FROM_CLOSING, FROM_DEATH, FROM_ORDER
from referrals.rules.retention import Kept, Life, Schedule, kept


@dataclass(frozen=True)
class Due:
    """One child's record and until when it is kept."""

    child: Child
    kept: Kept
    is_open: bool
    is_held: bool


def schedule_of(authority) -> Schedule:
    """The years in force today for an authority (or its key)."""
    found = numbers(FROM_BIRTH, FROM_DEATH, FROM_ORDER, FROM_CLOSING, authority=authority)
    return Schedule(*(found[key].number for key in (FROM_BIRTH, FROM_DEATH, FROM_ORDER, FROM_CLOSING)))


def with_evidence(children):
    """Children with what the length of keeping depends on, in one question."""
    history = apps.get_model("referrals.ChildEvent").objects.filter(pgh_obj_id=OuterRef("pk"), is_looked_after=True)
    referrals, stays = Referral.objects.filter(child=OuterRef("pk")), Stay.objects.filter(child=OuterRef("pk"))
    latest = {
        "last_ended": referrals.values("child").annotate(last=Max("ended_at")).values("last"),
        "last_moved": referrals.values("child").annotate(last=Max("status_since")).values("last"),
        "last_stay": stays.values("child").annotate(last=Max("ended_on")).values("last"),
    }
    in_care = CareDetails.objects.filter(child=OuterRef("pk"), in_care_since__isnull=False)
    was = Q(is_looked_after=True) | Exists(in_care) | Exists(stays.filter(is_living=True)) | Exists(history)
    return children.annotate(
        **{name: Subquery(found) for name, found in latest.items()},
        was_looked_after=ExpressionWrapper(was, output_field=BooleanField()),
        adopted_on=Subquery(ChildClosing.objects.filter(child=OuterRef("pk"), kind="adoption").values("happened_on")),
        has_open=Exists(referrals.open()) | Exists(stays.exclude(state__in=[StayState.ENDED, StayState.RELEASED])),
        held=IsHeld(F("pk")),
    )


def due_of(child: Child, schedule: Schedule) -> Due:
    """Take a child with evidence; give until when its record is kept."""
    moments = [moment.astimezone(clock.LONDON).date() for moment in (child.added_at, child.last_ended, child.last_moved) if moment]
    days = [day for day in (*moments, child.last_stay, child.died_on) if day]
    life = Life(
        born_on=child.born_on, died_on=child.died_on, adopted_on=child.adopted_on, was_looked_after=child.was_looked_after,
        closed_on=None if child.has_open else max(days),
    )  # fmt: skip
    return Due(child, kept(life, schedule), child.has_open, child.held)


def come_due(authority_id: int, *, most: int = 100) -> list[Due]:
    """The records of an authority whose day has come, the longest due first; those on hold and open ones among them."""
    today, years = clock.today(), schedule_of(authority_id)
    may_be = (
        Q(born_on__lte=_before(today, years.from_birth))
        | Q(died_on__lte=_before(today, years.from_death))
        | Q(closing__kind="adoption", closing__happened_on__lte=_before(today, years.from_order))
        | Q(added_at__date__lte=_before(today, years.from_closing))
    )
    rows = with_evidence(Child.objects.filter(may_be, authority=authority_id)).order_by("born_on", "pk")
    found = [due_of(child, years) for child in rows[: most * 2]]
    return sorted((due for due in found if due.kept.is_due(today)), key=lambda due: (due.kept.until, due.child.pk))[:most]


def _before(today: date, years: int) -> date:
    """The latest day that can be so many years ago; a 29 February and a 1 March both are."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 3, 1)
