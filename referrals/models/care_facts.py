"""What the head of a child's record asks about their care and support, read in one query; what a page asks besides comes with it."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery

from core import clock
from core.dated import numbers_within
from core.rows_within import rows_within
from referrals.models.care import Review
from referrals.models.child import Child
from referrals.models.journey import JourneyWeek
from referrals.models.journey_facts import BEGUN, stays_in
from referrals.models.missing import MissingEpisode, MissingReview
from referrals.models.placement import Placement
from referrals.models.sdq import SdqScore
from referrals.models.stay import Stay
from referrals.rules.journey import monday
from referrals.rules.readings import OFTEN, OFTEN_IN, PATHWAY

COMING = timedelta(days=28)
YEAR = timedelta(days=366)
HERE = {"child": OuterRef("pk")}
ASKED = "asked_"  # what is asked may be called as a child's own columns are


def standing_of(child, user, **more) -> dict:
    """The child's newest referral that this person may see, and whatever more is asked of the child, by name."""
    return _facts(child, **{"referrals": more.get("referrals") or newest(user)} | more)


def care_of(child, user, **more) -> dict:
    """That referral, all that a task about the child's care is judged by, and whatever more is asked of the child, by name."""
    today = clock.today()
    homes = Placement.objects.filter(**HERE)
    stays = Stay.objects.filter(state__in=BEGUN, **HERE).order_by("starts_on").values("starts_on")
    week = monday(today)
    asked = {
        "referrals": more.get("referrals") or newest(user),
        "first_home_on": Subquery(homes.order_by("starts_on").values("starts_on")[:1]),
        "open_homes": rows_within(homes.filter(ends_on=None), "is_registered", "stay__ended_on", "stay__place__name"),
        "first_stay_on": Subquery(stays[:1]),
        "is_in_place": Exists(stays_in(user, week).filter(child__died_on=None, **HERE)),
        "has_week": Exists(JourneyWeek.objects.filter(week_on=week, **HERE)),
        "episodes": _open_episodes(),
        "began": ArraySubquery(MissingEpisode.objects.filter(from_at__gte=clock.now() - YEAR, **HERE).values("from_at")),
        "reviews": rows_within(Review.objects.filter(held_on=None, due_on__lte=today + COMING, **HERE).order_by("due_on")[:5], "reference", "kind", "due_on", "held_on"),
        "statutory": more.get("statutory") or statutory(),
        "last_sdq_on": Subquery(SdqScore.objects.filter(**HERE).exclude(score=None).order_by("-on").values("on")[:1]),
        "numbers": numbers_within("authority", OFTEN, OFTEN_IN, PATHWAY),
    }
    return _facts(child, **asked | more)


def newest(user, *columns: str, most: int = 1, **more):
    """A child's newest referrals that a person may see, with these columns and what a status is read by."""
    referrals = Child.referrals.rel.related_model.objects  # a referral's own words are built on this module
    seen = referrals.visible_to(user).filter(**HERE).newest_first()[:most]
    return rows_within(seen, "status", "released_at", *columns, **more)


def statutory():
    """The days of the child's statutory reviews that were held, the first before the last."""
    held = Review.objects.filter(kind="statutory", **HERE).exclude(held_on=None)
    return ArraySubquery(held.order_by("held_on").values("held_on"))


def _open_episodes():
    """Episodes whose return interview is not done, the latest first, with when each was looked at."""
    open_yet = MissingEpisode.objects.filter(interview_done_at=None, **HERE).order_by("-from_at")[:20]
    columns = ("reference", "from_at", "until_at", "interview_hours", "interview_offered_at", "interview_accepted", "interview_done_at")
    return rows_within(open_yet, *columns, reviews=rows_within(MissingReview.objects.filter(episode=OuterRef("pk")), "at"))


def _facts(child, **expressions) -> dict:
    """The answers by name; `child` is known to be one the person sees."""
    asked = Child.objects.filter(pk=child.pk).values(**{f"{ASKED}{name}": asked for name, asked in expressions.items()})
    return {name.removeprefix(ASKED): answer for name, answer in asked.get().items()}
