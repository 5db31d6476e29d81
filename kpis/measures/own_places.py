"""Facts of places: when each was open, and each stay in one."""

from datetime import date

from kpis.measures.facts import Fact
from referrals.choices import StayState
from referrals.models import Place, Stay


def places_and_stays(authority, _first: date, last: date) -> list[Fact]:
    """Each place with the days it is open, which is not in use by itself; and each stay with the days it used one."""
    places = Place.objects.filter(provision__authority=authority)
    stays = Stay.objects.filter(
        place__provision__authority=authority, state__in=[StayState.BEGUN, StayState.ENDED], starts_on__lt=last
    )
    return [
        Fact(opens, counted=False, until=closes, record="place", reference=reference, service=kind)
        for opens, closes, reference, kind in places.values_list("opens_on", "closes_on", "reference", "provision__kind")
    ] + [
        Fact(starts, until=ended, record="stay", reference=reference, service=kind)
        for starts, ended, reference, kind in stays.values_list("starts_on", "ended_on", "reference", "place__provision__kind")
    ]
