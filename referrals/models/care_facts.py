"""What the head of a child's record asks about their care and support, read in one query."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery

from core import clock
from referrals.models.care import Review
from referrals.models.child import Child
from referrals.models.journey import JourneyWeek
from referrals.models.journey_facts import BEGUN, in_place
from referrals.models.missing import MissingEpisode
from referrals.models.placement import Placement
from referrals.models.sdq import SdqScore
from referrals.models.stay import Stay
from referrals.rules.journey import monday

COMING = timedelta(days=28)
YEAR = timedelta(days=366)
HERE = {"child": OuterRef("pk")}


def standing_of(child, user) -> dict:
    """The status of the child's newest referral that this person may see, and whether its decision is released, by name."""
    return _facts(child, **_newest(user))


def care_of(child, user) -> dict:
    """That status, and all that a task about the child's care is judged by, by name."""
    today = clock.today()
    homes = Placement.objects.filter(**HERE)
    stays = Stay.objects.filter(state__in=BEGUN, **HERE).order_by("starts_on").values("starts_on")
    week = monday(today)
    return _facts(
        child,
        **_newest(user),
        first_home_on=Subquery(homes.order_by("starts_on").values("starts_on")[:1]),
        open_home=Subquery(homes.filter(ends_on=None).values("pk")[:1]),
        first_stay_on=Subquery(stays[:1]),
        is_in_place=Exists(in_place(user, week).filter(pk=OuterRef("pk"))),
        has_week=Exists(JourneyWeek.objects.filter(week_on=week, **HERE)),
        has_episodes=Exists(MissingEpisode.objects.filter(Q(interview_done_at=None) | Q(from_at__gte=clock.now() - YEAR), **HERE)),
        has_reviews=Exists(Review.objects.filter(held_on=None, due_on__lte=today + COMING, **HERE)),
        statutory=ArraySubquery(Review.objects.filter(kind="statutory", **HERE).exclude(held_on=None).order_by("held_on").values("held_on")),
        last_sdq_on=Subquery(SdqScore.objects.filter(**HERE).exclude(score=None).order_by("-on").values("on")[:1]),
    )


def _newest(user) -> dict:
    """The status of a child's newest referral that a person may see, and when its decision was released."""
    referrals = Child.referrals.rel.related_model.objects  # a referral's own words are built on this module
    newest = referrals.visible_to(user).filter(**HERE).newest_first()
    return {name: Subquery(newest.values(name)[:1]) for name in ("status", "released_at")}


def _facts(child, **expressions) -> dict:
    """The answers by name; `child` is known to be one the person sees."""
    return Child.objects.filter(pk=child.pk).values(**expressions).get()
