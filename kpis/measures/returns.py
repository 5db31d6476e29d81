"""What a provider's return counts, each from the service's own records, with how."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q

from contracts.models import Contract
from contracts.rules.quarters import Quarter, quarter_before
from core import clock
from core.figures import median, percentage
from kpis.measures.contract_registers import answered_in_time, compliments_given, received, said_by
from kpis.measures.service import Count
from referrals.models import (
    Consultation,
    JourneyWeek,
    Place,
    Provision,
    Referral,
    Session,
    Stay,
    SupportPlan,
    TeamPost,
)

CORE, DATA, OTHER, SAID, WRONG = "delivery", "data", "other", "satisfaction", "complaints"
MARK = "of 5"  # the unit of an average mark
POSTS = "posts-filled"  # counted in tenths of a post
WAITING = "children-waiting"  # counted on the day it is sent, so that counting again later says nothing
# The seven topics of a performance review (002:884-890), and what stands under each in a return.
TOPICS = [
    (CORE, "Delivery and outcomes, core"), ("pilot", "Delivery and outcomes, pilot"), (DATA, "Performance data of the quarter"),
    ("reviews", "Results of data reviews"), (SAID, "Satisfaction and feedback"), (WRONG, "Complaints"),
    (OTHER, "Any other issues"),
]  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """Whose records are counted: one contract's services and registers, its provider, between two days (the last left out)."""

    contract: int
    provisions: tuple[int, ...]
    provider: int
    authority: int
    starts_on: date
    ends_on: date

    def stays(self):
        """Stays in the contract's services that were begun."""
        return Stay.objects.filter(place__provision__in=self.provisions, state__in=["begun", "ended"])


@dataclass(frozen=True)
class Asked:
    """One measure that a return asks for."""

    slug: str
    name: str
    topic: str
    unit: str
    better: str
    counts: str
    counts_children: bool
    how: str
    count: Callable[[Scope], Count] = field(compare=False)


def scope_of(contract, starts_on: date, ends_on: date) -> Scope:
    """What a contract's return counts for a period."""
    rows = Provision.objects.filter(prices__lot__contract=contract).distinct().order_by("pk")
    return Scope(contract.pk, tuple(rows.values_list("pk", flat=True)), contract.provider_id, contract.authority_id, starts_on, ends_on)


def _days(spans, scope: Scope) -> int:
    """Days of some spans (first day, day after the last or None) that fall in the period."""
    return sum(
        max((min(last or scope.ends_on, scope.ends_on) - max(first, scope.starts_on)).days, 0) for first, last in spans
    )


def in_use(kind: str) -> Callable[[Scope], Count]:
    """Place-days in use over place-days open, of one kind of service."""

    def count(scope: Scope) -> Count:
        here = {"provision__in": scope.provisions, "provision__kind": kind}
        open_days = _days(Place.objects.filter(**here).values_list("opens_on", "closes_on"), scope)
        used = _days(scope.stays().filter(place__provision__kind=kind).values_list("starts_on", "ended_on"), scope)
        return Count(percentage(used, open_days, 1), used, open_days)

    return count


def days_to_place(scope: Scope) -> Count:
    """From the day first sent to the first day of the stay, for stays that began in the period."""
    began = scope.stays().filter(starts_on__gte=scope.starts_on, starts_on__lt=scope.ends_on, follows=None)
    pairs = began.values_list("referral__first_sent_at", "starts_on")
    days = [(first - sent.astimezone(clock.LONDON).date()).days for sent, first in pairs if sent]
    return Count(median(days, places=0), len(days), len(pairs))


def ended_as_planned(scope: Scope) -> Count:
    """Of stays that ended, those that did not end before their planned day."""
    ended = scope.stays().filter(ended_on__gte=scope.starts_on, ended_on__lt=scope.ends_on)
    planned = ended.filter(Q(planned_end_on=None) | Q(ended_on__gte=F("planned_end_on"))).count()
    whole = ended.count()
    return Count(percentage(planned, whole, 1), planned, whole)


def with_a_plan(scope: Scope) -> Count:
    """Of children in place at the end, those with a support plan that was written by then."""
    last = scope.ends_on - timedelta(days=1)
    children = set(
        scope.stays().filter(Q(ended_on=None) | Q(ended_on__gt=last), starts_on__lte=last).values_list("child_id", flat=True)
    )
    have = SupportPlan.objects.filter(child__in=children).values("child").distinct().count()
    return Count(percentage(have, len(children), 1), have, len(children))


def weeks_confirmed(scope: Scope) -> Count:
    """Of children's weeks in place, those that somebody has written down."""
    asked = set()
    for child, first, last in scope.stays().filter(starts_on__lt=scope.ends_on).values_list("child_id", "starts_on", "ended_on"):
        day = max(first, scope.starts_on)
        day += timedelta(days=-day.weekday() % 7)
        while day < min(last or scope.ends_on, scope.ends_on):
            asked.add((child, day))
            day += timedelta(days=7)
    rows = JourneyWeek.objects.filter(week_on__gte=scope.starts_on, week_on__lt=scope.ends_on)
    written = len(asked & set(rows.values_list("child_id", "week_on")))
    return Count(percentage(written, len(asked), 1), written, len(asked))


def sessions_held(scope: Scope) -> Count:
    """Sessions that the provider's people wrote down."""
    rows = Session.objects.filter(
        recorded_by__organisation=scope.provider, held_on__gte=scope.starts_on, held_on__lt=scope.ends_on
    )
    return _number(rows.count())


def consultations_given(scope: Scope) -> Count:
    """Advice given without a referral."""
    rows = Consultation.objects.filter(organisation=scope.provider, on__gte=scope.starts_on, on__lt=scope.ends_on)
    return _number(rows.count())


def posts_filled(scope: Scope) -> Count:
    """Of the team's posts on the last day, how much is filled, in tenths of a post."""
    posts = TeamPost.objects.filter(provision__in=scope.provisions).on(scope.ends_on - timedelta(days=1))
    filled, there = (sum((getattr(post, name) for post in posts), Decimal(0)) for name in ("filled", "posts"))
    return Count(percentage(filled, there, 1), int(filled * 10), int(there * 10))


def waiting_now(scope: Scope) -> Count:
    """Children who wait for these services, or were offered a place, when it is counted."""
    kinds = Provision.objects.filter(pk__in=scope.provisions).values("kind")
    rows = Referral.objects.waiting().filter(authority=scope.authority, wants__in=kinds)
    return _number(rows.count())


def _number(counted: int) -> Count:
    return Count(Decimal(counted), counted, counted)


_USE = "Days on which a place was in use, over days on which a place was open, to the end of the quarter."
MEASURES = [
    Asked("outreach-in-use", "Outreach places in use", CORE, "%", "high", "place-days", False, _USE, in_use("outreach")),
    Asked("beds-in-use", "Hub assessment beds in use", CORE, "%", "high", "place-days", False, _USE, in_use("hub")),
    Asked("rooms-in-use", "Rooms of the properties in use", CORE, "%", "high", "place-days", False, _USE, in_use("properties")),
    Asked("days-to-place", "Days from referral to place", CORE, "days", "low", "placed", True,
          "Calendar days from the day the referral was first sent to the first day of a stay that began in the quarter. "
          "The middle value is shown; what follows a bed is not counted again.", days_to_place),
    Asked("ended-as-planned", "Support that ended as planned", CORE, "%", "high", "ended", True,
          "Of stays that ended in the quarter, those that did not end before their planned day.", ended_as_planned),
    Asked("plans-written", "Children with a support plan", CORE, "%", "high", "children in place", True,
          "Of children in place on the last day, those for whom a support plan was written.", with_a_plan),
    Asked("sessions-held", "Sessions held", DATA, "sessions", "high", "sessions", False,
          "Sessions written down by the provider’s people and held in the quarter.", sessions_held),
    Asked("consultations-given", "Consultations given", DATA, "consultations", "high", "consultations", False,
          "Advice to those round a child, logged in the quarter without a referral.", consultations_given),
    Asked("weeks-confirmed", "Weeks confirmed", DATA, "%", "high", "child-weeks", True,
          "Of the weeks that children were in place, those that somebody confirmed or wrote down.", weeks_confirmed),
    Asked(WAITING, "Children waiting", DATA, "children", "low", "waiting", True,
          "Children waiting for these services or offered a place, on the day the return was sent.", waiting_now),
    Asked("carers-say", "What carers say", SAID, MARK, "high", "answers", True,
          "The average of every mark from 1 to 5 that carers gave in the six months to the end of the quarter. The questions are the "
          "same each time.", said_by("carers")),
    Asked("young-people-say", "What young people say", SAID, MARK, "high", "answers", True,
          "The average of every mark from 1 to 5 that young people gave in the six months to the end of the quarter.", said_by("young people")),
    Asked("complaints-received", "Complaints received", WRONG, "complaints", "low", "complaints", True,
          "Complaints in the contract’s register by the day they were received, open or closed.", received("complaint")),
    Asked("incidents-received", "Incidents received", WRONG, "incidents", "low", "incidents", True,
          "Incidents in the contract’s register by the day they were received, open or closed.", received("incident")),
    Asked("answered-in-time", "Complaints and incidents answered in time", WRONG, "%", "high", "answers due", True,
          "Of complaints and incidents whose answer was due in the quarter, those that were answered by that day.", answered_in_time),
    Asked("compliments-given", "Compliments", WRONG, "compliments", "high", "compliments", False,
          "Compliments about the service that somebody passed on in the quarter, from whatever page.", compliments_given),
    Asked(POSTS, "Posts filled", OTHER, "%", "high", "tenths of a post", False,
          "Of the posts of the team on the last day of the quarter, how much was filled.", posts_filled),
]  # fmt: skip
BY_SLUG = {asked.slug: asked for asked in MEASURES}
OF_A_KIND = {"outreach-in-use": "outreach", "beds-in-use": "hub", "rooms-in-use": "properties"}


def asked_of(contract) -> list[Asked]:
    """The measures that a contract's return has: those of services that it pays for."""
    kinds = set(Provision.objects.filter(prices__lot__contract=contract).values_list("kind", flat=True))
    return [asked for asked in MEASURES if OF_A_KIND.get(asked.slug) in kinds | {None}]


def returns_to_open() -> list[tuple[Contract, Quarter]]:
    """Contracts in force in the quarter that ended last, of which nobody has opened the return yet."""
    quarter = quarter_before(clock.today())
    rows = Contract.objects.filter(state="active", starts_on__lt=quarter.ends_on, lots__prices__isnull=False)
    rows = rows.exclude(returns__period=quarter.slug).select_related("authority").distinct()
    return [(contract, quarter) for contract in rows.order_by("pk")[:200]]
