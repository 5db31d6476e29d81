"""Places as they are today: when each is free, who is in it, how much it was used, what a stay costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core import clock
from core.money import cost_of_stay
from core.roles import Role
from referrals.choices import OutOfUseKind, RateBasis, StayState
from referrals.models.board import SHOWN, is_late, is_over
from referrals.models.holdings import counted
from referrals.models.provision import Place, ProvisionTerms
from referrals.models.stay import Stay
from referrals.rules import capacity
from referrals.rules.utilisation import Utilisation, utilisation, year_to


@dataclass
class Line:
    """One place today, as the list shows it."""

    place: Place
    free_from: date | None
    now: str
    stay: Stay | None
    marks: list[str]


def lines(provisions, user) -> list[Line]:
    """Every open place with who is in it and from when it is free; names only to whom may see them."""
    today = clock.today()
    rows = Place.objects.filter(provision__in=provisions).open_on(today).select_related("provision", "home").in_order()
    names = user.acting is not None and user.acting.role != Role.COMMISSIONER
    seen = set(Stay.objects.visible_to(user).filter(state__in=SHOWN).values_list("pk", flat=True)) if names else set()
    stays: dict[int, list[Stay]] = {}
    for stay in Stay.objects.filter(place__in=rows, state__in=SHOWN).select_related("referral").order_by("starts_on"):
        stays.setdefault(stay.place_id, []).append(stay)
    return [_line(place, stays.get(place.pk, []), seen, today) for place in rows.prefetch_related("out_of_use")]


def _line(place, stays, seen, today) -> Line:
    here = next((stay for stay in stays if stay.state == StayState.BEGUN), None)
    next_up = next((stay for stay in stays if stay.state != StayState.BEGUN), None)
    shut = next((row for row in place.out_of_use.all() if row.from_on <= today and not row.is_over), None)
    spans = [counted(stay) for stay in stays]
    spans += [capacity.Stay(row.from_on, row.until_on) for row in place.out_of_use.all() if not row.is_over]
    marks = [words for is_so, words in _marks(here, next_up, today) if is_so]
    free = first_free(today, spans)
    stay = here or next_up
    named = stay if stay is not None and stay.pk in seen else None
    return Line(place, free, _now(here, shut, free, today), named, marks)


def _marks(here, next_up, today):
    """What wants an eye, in words."""
    return [
        (here is not None and is_over(here, today), "Over its planned time"),
        (here is not None and is_late(here, today), "Review overdue"),
        (next_up is not None and next_up.follows_id is not None, "Held for later"),
        (next_up is not None and next_up.follows_id is None, "Next child planned"),
    ]


def _now(here, shut, free, today) -> str:
    if here is not None:
        return "In use"
    if shut is not None:
        return shut.get_kind_display()
    return "Free now" if free == today else "Promised"


def first_free(today: date, spans) -> date | None:
    """The first day from today on which nobody holds a place; None where no end is known."""
    day = today
    for span in sorted(spans, key=lambda span: span.starts_on):
        if span.holds(day):
            if span.ends_on is None:
                return None
            day = span.ends_on
    return day


def used_in_a_year(place) -> Utilisation:
    """A place's last twelve months, day by day."""
    within = year_to(clock.today())
    is_open = capacity.Stay(place.opens_on, place.closes_on)
    stays = Stay.objects.filter(place=place, state__in=[StayState.BEGUN, StayState.ENDED])
    rows = list(place.out_of_use.all())

    def spans(is_decided):
        return [capacity.Stay(r.from_on, r.until_on) for r in rows if (r.kind == OutOfUseKind.HELD_FOR_ONE) == is_decided]

    return utilisation(within, is_open, [_was_there(stay) for stay in stays], spans(True), spans(False))


def _was_there(stay) -> capacity.Stay:
    """The days a child was there up to today."""
    return capacity.Stay(stay.starts_on, stay.ended_on or max(clock.today(), stay.starts_on) + clock.ONE_DAY)


@dataclass(frozen=True)
class CostLine:
    """One line of what a stay has cost so far."""

    label: str
    weekly: Decimal
    from_on: date
    until_on: date
    amount: Decimal
    is_indicative: bool = False


def costs(stay) -> list[CostLine]:
    """What a stay has cost up to today: the place at each price in force, then extra support."""
    end = stay.ended_on or clock.today() + clock.ONE_DAY
    if stay.state not in {StayState.BEGUN, StayState.ENDED} or end <= stay.starts_on:
        return []
    found = []
    terms = ProvisionTerms.objects.filter(provision=stay.place.provision_id).exclude(rate_basis=RateBasis.SERVICE_WEEK)
    for row in terms.order_by("from_on"):
        rate, indicative = row.rate_of(stay.place), not row.rate_is_confirmed
        found += _cost(f"{stay.place}", rate, stay.starts_on, end, row.from_on, row.until_on, indicative)
    for row in stay.extra_support.order_by("from_on", "pk"):
        found += _cost(row.what, row.weekly_price, stay.starts_on, end, row.from_on, row.until_on)
    return found


def _cost(label, weekly, first, end, from_on, until_on, is_indicative=False) -> list[CostLine]:
    """The part of a stay that a price covers, or nothing."""
    start, stop = max(first, from_on), min(end, until_on or end)
    if stop <= start:
        return []
    return [CostLine(label, weekly, start, stop, cost_of_stay(weekly, start, stop), is_indicative)]
