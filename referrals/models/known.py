"""What a list knows of many referrals at once: since when each stands where a reader knows it to stand, what it asks for, its moves.

The day of a decision is not known before its release.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from referrals.choices import ReferralStatus, TaskName
from referrals.models.referral import Referral, ReferralTask, StatusChange
from referrals.models.referral_facts import NOT_RELEASED, sees_decisions


def since_known_to(user):
    """When the status that this person reads began; to sort, to show and to count days by."""
    if sees_decisions(user):
        return F("status_since")
    booked = StatusChange.objects.filter(referral=OuterRef("pk"), now=ReferralStatus.BOOKED).order_by("-at", "-pk")
    known = Coalesce(Subquery(booked.values("at")[:1]), F("started_at"))
    return Case(When(NOT_RELEASED, then=known), default=F("status_since"))


def with_turns(rows):
    """Referrals with what they ask for and every move, in the same question: two lines of each, where a list would read forty."""
    asked = ReferralTask.objects.filter(referral=OuterRef("pk"), name=TaskName.REQUEST).values("answers")
    moves = StatusChange.objects.filter(referral=OuterRef("pk")).order_by("at", "pk").values(told=JSONObject(now="now", at="at"))
    return rows.annotate(asked=Subquery(asked[:1]), moved=ArraySubquery(moves))


def tell_turns(referrals: list[Referral]) -> None:
    """Give each referral that was read with its turns what it asks for, as a page of one would read it; its moves it finds itself where they are asked for."""
    for referral in referrals:
        referral.task_answers = {TaskName.REQUEST: referral.asked or {}}
