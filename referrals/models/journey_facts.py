"""What is written down about children's weeks, and the parts that cost, gathered in few queries."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Min

from core import clock
from core.roles import Role
from referrals.choices import RateBasis, StayState
from referrals.models.child import Child
from referrals.models.journey import EVENTS, IS_CONTACT, JourneyEvent
from referrals.models.missing import MissingEpisode
from referrals.models.placement import Placement
from referrals.models.provision import Provision, ProvisionTerms
from referrals.models.stay import Stay
from referrals.rules.cost import Part, Rate
from referrals.rules.journey import WEEK, WeekFacts

# Those to whom no other provider's price is told.
OWN_PRICES_ONLY = {Role.PROVIDER_MANAGER, Role.PRACTITIONER}
BEGUN = [StayState.BEGUN, StayState.ENDED]


def _moment(day: date) -> datetime:
    return clock.moment(day, time(0))


def week_facts(children, week: date) -> dict[int, WeekFacts]:
    """What each child's week holds, by the child's key; five queries however many there are."""
    keys = [child.pk for child in children]
    until = week + WEEK
    events: dict[int, list[str]] = {}
    for child, kind in JourneyEvent.objects.filter(child__in=keys, on__gte=week, on__lt=until).order_by("on", "pk").values_list("child", "kind"):
        events.setdefault(child, []).append(kind)
    away = set(MissingEpisode.objects.filter(child__in=keys).touching(_moment(week), _moment(until)).values_list("child", flat=True))
    moved = set(Placement.objects.filter(child__in=keys, starts_on__gte=week, starts_on__lt=until).values_list("child", flat=True))
    over = set(
        Stay.objects.filter(child__in=keys, state=StayState.BEGUN, planned_end_on__lt=until, planned_end_on__lte=clock.today())
        .values_list("child", flat=True)
    )  # fmt: skip
    return {
        key: WeekFacts(
            events=[EVENTS[kind].lower() for kind in events.get(key, []) if kind not in {*IS_CONTACT, "incident"}],
            incidents=events.get(key, []).count("incident"), missing=int(key in away), is_over_time=key in over,
            has_contact=any(kind in IS_CONTACT for kind in events.get(key, [])), moved=key in moved,
        )
        for key in keys
    }  # fmt: skip


def in_place(user, week: date):
    """Children in a place in a week whose record and stay this person may see."""
    return Child.objects.visible_to(user).filter(pk__in=stays_in(user, week).values("child"), died_on=None)


def stays_in(user, week: date):
    """Stays that this person may see of those who were in a place in a week."""
    begun = Stay.objects.visible_to(user).filter(state__in=BEGUN, starts_on__lt=week + WEEK, starts_on__lte=clock.today())
    return begun.exclude(ended_on__lte=week)


def journey_since(child) -> date | None:
    """The first day anything of the child's journey is written down for."""
    first = child.homes.aggregate(day=Min("starts_on"))["day"]
    stay = child.stays.filter(state__in=BEGUN).aggregate(day=Min("starts_on"))["day"]
    return min((day for day in (first, stay) if day), default=None)


def recorded_from(child) -> date | None:
    """The first day whose week somebody is expected to write down: support's or a bed's first, else the journey's."""
    stay = child.stays.filter(state__in=BEGUN).aggregate(day=Min("starts_on"))["day"]
    return stay or journey_since(child)


def parts_of(child, user) -> list[Part]:
    """What the child's journey is made of: homes, travel to them, support; each with its dated rates.

    A provider's people are not told another's prices: those parts come hidden.
    """
    return parts_of_each([child], priced_for(user))[child.pk]


def priced_for(user) -> set[int] | None:
    """The keys of the services whose prices a person may be told; None where they may be told any."""
    own_only = user.acting is not None and user.acting.role in OWN_PRICES_ONLY
    return set(Provision.objects.visible_to(user).values_list("pk", flat=True)) if own_only else None


def parts_of_each(children, mine: set[int] | None = None) -> dict[int, list[Part]]:
    """The same for some children at once, by the child's key; prices of services not among `mine` are hidden (None: no price is)."""
    keys = [child.pk for child in children]
    stays = list(Stay.objects.filter(child__in=keys).costing().select_related("place__provision"))
    terms = ProvisionTerms.objects.filter(provision__in={stay.place.provision_id for stay in stays}).order_by("from_on")
    return {key: [] for key in keys} | parts_made_of(Placement.objects.filter(child__in=keys).oldest_first().prefetch_related("prices"), stays, terms, mine)


def parts_made_of(homes, stays, terms, mine: set[int] | None = None) -> dict[int, list[Part]]:
    """The same from homes with their prices, stays in order and the terms of their services, as they were read; by the child's key."""
    terms, by_pk = _rates_by_provision(terms), {stay.pk: stay for stay in stays}
    found: dict[int, list[Part]] = {}
    for home in homes:
        found.setdefault(home.child_id, []).extend(_home_parts(home, by_pk.get(home.stay_id), terms, mine))
    for stay in stays:
        if not stay.is_living:
            hidden = mine is not None and stay.place.provision_id not in mine
            label = f"{stay.place.provision.get_kind_display()}"
            found.setdefault(stay.child_id, []).append(
                Part(label, "support", stay.starts_on, _stay_end(stay), terms.get(stay.place.provision_id, ()), hidden)
            )
    return found


def _stay_end(stay) -> date | None:
    """The day a stay ended or is planned to; past its plan a begun stay goes on until tomorrow."""
    end = stay.ended_on or stay.planned_end_on
    if stay.state == StayState.BEGUN and end is not None:
        return max(end, clock.today() + timedelta(days=1))
    return end


def _home_parts(home, stay, terms, mine) -> list[Part]:
    """One home and the travel to it; one that is a bed costs what its contract says."""
    ends = home.ends_on or (stay.ended_on if stay else None)
    rates = {"home": [], "travel": []}
    for price in home.prices.all():
        rates[price.part].append(Rate(price.from_on, price.weekly_rate))
    if stay is not None:
        rates["home"] = terms.get(stay.place.provision_id, [])
    elif home.kind == "home" and not rates["home"]:
        rates["home"] = [Rate(home.starts_on, Decimal(0))]
    hidden = mine is not None and not (stay and stay.place.provision_id in mine)
    parts = [Part(home.words, "home", home.starts_on, ends, rates["home"], hidden, home.is_in_county, home.is_family)]
    if rates["travel"]:
        parts.append(Part(f"Travel to {home.words.lower()}", "travel", home.starts_on, ends, rates["travel"], mine is not None, home.is_in_county))
    return parts


def _rates_by_provision(terms) -> dict[int, list[Rate]]:
    """What a child costs a week in each provision, from day to day, as contracts told it."""
    found: dict[int, list[Rate]] = {}
    for row in terms:
        if row.rate_basis == RateBasis.BLOCK:
            continue
        share = row.places if row.rate_basis == RateBasis.SERVICE_WEEK and row.places else 1
        found.setdefault(row.provision_id, []).append(Rate(row.from_on, row.weekly_rate / share, row.until_on))
    return found
