"""How many places are in use, closed and free now, by service: what a page of figures tells of the board, asked for in two questions."""

from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from core import clock
from referrals.choices import StayState
from referrals.models.board import Board, Group, monday
from referrals.models.out_of_use import OutOfUse
from referrals.models.provision import Place, ProvisionTerms
from referrals.models.stay import Stay


def places_now(provisions) -> Board:
    """Take provisions; give the board of today with each one's numbers and cost, a row for each place, and no week, stay or name."""
    today, provisions = clock.today(), list(provisions)
    terms = {row.provision_id: row for row in ProvisionTerms.objects.on(today).filter(provision__in=provisions)}
    places: dict[int, list[tuple]] = {}
    for provision, *place in _places(provisions, today):
        places.setdefault(provision, []).append(place)
    groups = [_group(provision, terms.get(provision.pk), places.get(provision.pk, [])) for provision in provisions]
    return Board([], monday(today), groups, None, None)


def _places(provisions, today):
    """Each open place: whose it is, the lowest age of its home, whether somebody is in it, and whether it is closed today."""
    begun = Stay.objects.filter(place=OuterRef("pk"), state=StayState.BEGUN)
    closed = OutOfUse.objects.filter(Q(until_on=None) | Q(until_on__gt=today), place=OuterRef("pk"), from_on__lte=today)
    rows = Place.objects.open_on(today).filter(provision__in=provisions)
    return rows.values_list("provision", "home__lowest_age", Exists(begun), Exists(closed))


def _group(provision, terms, places) -> Group:
    """One service's numbers, as the board has them."""
    used = [age for age, is_used, _ in places if is_used]
    return Group(
        name=provision.name, kind=provision.kind, slug=provision.slug, used=len(used), places=len(places),
        closed=sum(is_closed and not is_used for _, is_used, is_closed in places),
        rate=terms.weekly_rate if terms else None, basis=terms.rate_basis if terms else "",
        is_confirmed=bool(terms and terms.rate_is_confirmed), other_reading=terms.other_reading if terms else "",
        weekly=sum((terms.rate_of_home(age) for age in used), Decimal(0)) if terms else Decimal(0), rows=[None] * len(places),
    )  # fmt: skip
