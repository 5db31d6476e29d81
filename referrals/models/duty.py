"""The duty page's facts: beds and rooms that are empty and lawful tonight, and who lives beside them."""

from dataclasses import dataclass
from datetime import timedelta

from core import clock
from referrals.choices import StayState
from referrals.models.holdings import counted
from referrals.models.home_words import home_words
from referrals.models.matching import ages_of
from referrals.models.places_now import first_free
from referrals.models.provision import Home, Place
from referrals.models.stay import Stay
from referrals.rules import capacity


@dataclass
class FreeHome:
    """One home with its empty places, whom the law lets live there, and who does."""

    home: Home
    words: str
    lawful: str
    places: list[Place]
    until: dict
    residents: list[str]
    is_lawful: bool


def free_now(provisions, user) -> list[FreeHome]:
    """Homes with a bed or room free tonight, in order; each with who lives there, by age."""
    today = clock.today()
    places = Place.objects.filter(provision__in=provisions, home__isnull=False).open_on(today)
    places = places.exclude(provision__kind="group homes").select_related("home", "provision").in_order()
    places = places.prefetch_related("out_of_use", "home__registrations", "home__kite_marks")
    seen = set(Stay.objects.visible_to(user).filter(state__in=["begun", "planned"]).values_list("pk", flat=True))
    stays: dict[int, list[Stay]] = {}
    rows = Stay.objects.filter(place__in=places, state__in=[StayState.BEGUN, StayState.PLANNED, StayState.OFFERED])
    for stay in rows.select_related("child", "referral").order_by("starts_on"):
        stays.setdefault(stay.place_id, []).append(stay)
    homes: dict[int, list[Place]] = {}
    for place in places:
        homes.setdefault(place.home_id, []).append(place)
    return [_home(rooms, stays, seen, today) for rooms in homes.values()]


def _home(rooms, stays, seen, today) -> FreeHome:
    home = rooms[0].home
    free, until = [], {}
    for place in rooms:
        spans = [counted(stay) for stay in stays.get(place.pk, [])]
        spans += [capacity.Stay(row.from_on, row.until_on) for row in place.out_of_use.all() if not row.is_over]
        if first_free(today, spans) == today:
            free.append(place)
            later = [span.starts_on for span in spans if span.starts_on > today]
            place.free_until = min(later) - timedelta(days=1) if later else None
    there = [stay for place in rooms for stay in stays.get(place.pk, []) if stay.state == StayState.BEGUN]
    registrations = [r for r in home.registrations.all() if r.from_on <= today and (r.until_on is None or today < r.until_on)]
    under = any(r.covers_under_16 and not r.is_application for r in registrations)
    return FreeHome(
        home, home_words(home, today), _lawful(home, registrations, under), free, until,
        [_resident(stay, seen) for stay in there], bool(registrations),
    )  # fmt: skip


def _lawful(home, registrations, under_16) -> str:
    """Whom the law lets live there tonight."""
    if not registrations:
        return "Nobody under 18: it has no registration or accepted application."
    said = f"{home.name} {ages_of(home)}."
    said += "" if under_16 else " Nobody under 16 may live here."
    return said + (" Looked-after children only." if home.looked_after_only else "")


def _resident(stay, seen) -> str:
    """Who lives there: a reference to whom may see it, else an age."""
    age = f"aged {stay.child.age}" if stay.child.age is not None else "age not known"
    who = stay.referral.reference if stay.referral and stay.pk in seen else "A child"
    return f"{who}, {age}"
