"""The parts of a record that a child's own page shows, read within the one question that its head asks."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from core import clock
from core.closures import days_closed
from core.rows_within import rows_within
from referrals.choices import TaskName
from referrals.models.care import Review
from referrals.models.care_facts import HERE, newest, statutory
from referrals.models.child import ChildPerson
from referrals.models.journey import JourneyEvent
from referrals.models.placement import Placement, PlacementPrice
from referrals.models.provision import ProvisionTerms
from referrals.models.referral import ReferralTask
from referrals.models.sdq import SdqScore
from referrals.models.stay import Stay
from referrals.models.worked_with import WorkedWith

MOST = 20


def page_parts(user) -> dict:
    """What a child's page asks of the child beside its head, by name."""
    return {"referrals": _referrals(user), **ABOUT_THE_CHILD, "stays": _stays(user)}


def _whatever_the_reader() -> dict:
    """Those parts that are the same for whoever may read the record, whenever."""
    reviews, scores = Review.objects.filter(held_on=None, **HERE), SdqScore.objects.filter(**HERE).exclude(score=None)
    said = JourneyEvent.objects.filter(kind="words", **HERE).exclude(words="")
    works_with_team = Exists(WorkedWith.objects.filter(person=OuterRef("pk")))
    return {
        "said": rows_within(said.order_by("-on", "-pk")[:1], "on", "words"),
        "scores": rows_within(scores.order_by("-on", "-pk")[:12], "on", "score"),
        "booked": rows_within(reviews.order_by("due_on")[:1], "kind", "due_on", "held_on", "chaired_by"),
        "statutory": statutory(),
        "closed": days_closed("authority"),
        "people": rows_within(
            ChildPerson.objects.filter(**HERE).order_by("pk")[:MOST], "full_name", "relationship", "has_parental_responsibility", works_with_team=works_with_team
        ),
        **_what_costs(),
    }  # fmt: skip


def _referrals(user):
    """The newest referrals, with the answers that say what is asked and what the child says."""
    said = ReferralTask.objects.filter(referral=OuterRef("pk"), name__in=[TaskName.REQUEST, TaskName.VIEWS])
    answers = ArraySubquery(said.values(said=JSONObject(name="name", answers="answers")))
    return newest(user, "reference", "sent_at", "status_since", most=MOST, said=answers)


def _stays(user):
    """The stays that this person may see, the latest first."""
    seen = Stay.objects.visible_to(user).filter(**HERE).order_by("-starts_on")[:MOST]
    return rows_within(seen, "reference", "state", "starts_on", "planned_end_on", "ended_on", "place__name")


def _what_costs() -> dict:
    """Homes with their prices, stays, and the terms of the services they are in: what a week's cost is made of."""
    stays = Stay.objects.filter(child=OuterRef("pk")).costing()
    inside = Stay.objects.filter(child=OuterRef(OuterRef("pk"))).costing().order_by()
    terms = ProvisionTerms.objects.filter(provision__in=inside.values("place__provision")).order_by("from_on")
    prices = rows_within(PlacementPrice.objects.filter(placement=OuterRef("pk")), "part", "from_on", "weekly_rate")
    return {
        "homes": rows_within(
            Placement.objects.filter(**HERE).oldest_first(), "child", "kind", "starts_on", "ends_on", "is_in_county", "is_registered", "stay", prices=prices
        ),
        "costing": rows_within(stays, "child", "state", "is_living", "starts_on", "planned_end_on", "ended_on", "place__provision__kind"),
        "terms": rows_within(terms, "provision", "from_on", "until_on", "weekly_rate", "rate_basis", "places"),
    }  # fmt: skip


# Made once, and not anew for each page.
ABOUT_THE_CHILD = _whatever_the_reader()


def home_now(homes: list):
    """The home lived in today, of a child's homes as they were read; None where none is."""
    today = clock.today()
    return next((home for home in homes if home.starts_on <= today and (home.ends_on is None or home.ends_on > today)), None)
