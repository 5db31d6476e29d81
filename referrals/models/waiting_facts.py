"""What the database says of waiting children, so that a list of them is narrowed, sorted and counted there."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from core import clock
from core.dated import numbers_of
from referrals.choices import ProvisionKind
from referrals.models.holdings import IN_BANDS
from referrals.models.waiting import Banding, Contact
from referrals.models.waiting_list import MOST, in_line, who_wait
from referrals.rules.readings import CONTACT, LOOK_AGAIN


class Position(Func):
    """Where a key stands in a list of keys."""

    function, template, output_field = "array_position", "%(function)s(%(expressions)s)", IntegerField()


def _days(key: str, every: dict) -> Case:
    """A dated number of days, by each row's authority."""
    whens = [When(authority=authority, then=Value(found[key].number)) for authority, found in every.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _later(day, days) -> ExpressionWrapper:
    return ExpressionWrapper(day + days, output_field=DateField())


def numbered_rows(user):
    """Those who wait, with their number in line, when contact is due, and when the band is to be looked at."""
    rows = who_wait(user)
    light = rows.prefetch_related(None).select_related(None)
    light = list(light.only("pk", "authority", "wants", "status", "band", "waiting_since", "wait_order").order_by("waiting_since", "pk")[:MOST])
    line, every = in_line(light), numbers_of({row.authority_id for row in light}, CONTACT, LOOK_AGAIN)
    contacts = Contact.objects.filter(referral=OuterRef("pk")).order_by("-made_at", "-pk").values("next_contact_on")[:1]
    bandings = Banding.objects.filter(referral=OuterRef("pk")).order_by("-banded_at", "-pk").values("banded_at")[:1]
    since = TruncDate(Coalesce("waiting_since", "status_since"), tzinfo=clock.LONDON)
    rows = rows.annotate(
        service=Case(*[When(wants=kind, then=Value(at)) for at, kind in enumerate(ProvisionKind.values)], default=Value(9)),
        urgency=IN_BANDS,
        turn=_turn(list(line)),
        contact_due=Coalesce(Subquery(contacts), _later(since, _days(CONTACT, every))),
        look_again_on=_later(TruncDate(Subquery(bandings), tzinfo=clock.LONDON), _days(LOOK_AGAIN, every)),
    )  # fmt: skip
    return rows.order_by("service", "turn", "pk"), line


def _turn(keys: list[int]):
    """Each row's place among the keys, which are ours and whole numbers."""
    cast = Func(Value(",".join(map(str, keys))), Value(","), function="string_to_array", template="%(function)s(%(expressions)s)::bigint[]")
    return Position(cast, F("pk")) if keys else Value(0)


def overdue(today) -> Q:
    """Nobody has been in touch in time."""
    return Q(contact_due__lt=today)


def to_look_at(today) -> Q:
    """The band has never been looked at, or not in time."""
    return Q(look_again_on=None) | Q(look_again_on__lt=today)


def stats_of(rows) -> dict:
    """How many wait, since when the longest, and what is overdue, counted at once."""
    today = clock.today()
    return rows.order_by().aggregate(
        waiting=Count("pk"), longest=Min("waiting_since"), contacts=Count("pk", filter=overdue(today)),
        bands=Count("pk", filter=to_look_at(today)),
    )  # fmt: skip


def days_since(moment) -> int:
    """Whole days in England from a moment's day to today; 0 where there is none."""
    return (clock.today() - moment.astimezone(clock.LONDON).date()) // timedelta(days=1) if moment else 0
