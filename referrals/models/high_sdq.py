"""A year's high SDQ scores as the head of service goes through them."""

from datetime import date
from types import SimpleNamespace

from core.dated import number_by_day
from core.dates import months_after
from referrals.models.child import Child
from referrals.models.sdq import SdqScore
from referrals.rules.readings import HIGH_SDQ
from referrals.rules.sdq_look import Scored, high_scores

MOST = 5000


def year_of(day: date) -> date:
    """The first day of the financial year that a day is in."""
    return date(day.year if day.month > 3 else day.year - 1, 4, 1)


def scores_of(children, starts_on: date):
    """A year's scores of some children, with who looked at them."""
    rows = SdqScore.objects.filter(child__in=children, score__isnull=False, on__gte=starts_on, on__lt=months_after(starts_on, 12))
    return rows.select_related("child", "look__looked_by").order_by("on", "pk")


def high_of(children, starts_on: date, *, authority) -> list[SimpleNamespace]:
    """Each child's newest score of a year that was high on its day: the child, the score, and the look at it, or None."""
    rows = {row.pk: row for row in scores_of(children, starts_on)[:MOST]}
    found = high_scores([Scored(row.child_id, row.on, row.score, row.pk) for row in rows.values()], number_by_day(HIGH_SDQ, authority=authority))
    return [SimpleNamespace(child=rows[one.key].child, sdq=rows[one.key], look=getattr(rows[one.key], "look", None)) for one in found]


def high_for(user, starts_on: date) -> list[SimpleNamespace]:
    """The high scores of a year, of the children whose record a person may see."""
    return high_of(Child.objects.visible_to(user), starts_on, authority=user.acting.authority_id)
