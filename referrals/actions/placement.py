"""Homes: a move, an earlier home, an ending, and what each costs a week from a day on."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock, post
from core.dated import setting
from core.dates import day_in_words
from core.models import User
from core.roles import Role
from core.rules import FieldReason, refuse_if
from referrals.choices import ProvisionKind
from referrals.models import Child, Placement, PlacementPrice, Stay
from referrals.rules import placement as rules


def _locked(child: Child) -> Child:
    """Lock the child's row, so that two homes are never written at once."""
    return Child.objects.select_for_update(of=("self",)).get(pk=child.pk)


def _periods(child: Child, *, besides=None) -> list[tuple[date, date | None]]:
    """The days of the child's other homes."""
    rows = Placement.objects.filter(child=child)
    return list((rows.exclude(pk=besides.pk) if besides else rows).values_list("starts_on", "ends_on"))


def _planned(child: Child, reason: str, said: bool | None) -> bool | None:
    """Whether an ending was planned, by the reading of reasons in force."""
    unplanned = setting("unplanned placement reasons", list(rules.UNPLANNED), authority=child.authority)
    return rules.is_planned(reason, said, unplanned=unplanned)


def _why_not_ending(child, home, on, reason, said) -> list[str]:
    """The reasons a home cannot end so."""
    planned = _planned(child, reason, said)
    return rules.why_not_end_home(reason, planned, starts_on=home.starts_on, on=on, today=clock.today())


def _close(home: Placement, on: date, reason: str, said: bool | None, note: str) -> None:
    """Write the end of a home."""
    home.ends_on, home.ending_reason, home.ending_note = on, reason, note[:300]
    home.was_planned = _planned(home.child, reason, said)
    home.save()


@transaction.atomic
def record_move(child: Child, *, kind: str, starts_on: date, ending_reason: str = "", was_planned: bool | None = None,
                ending_note: str = "", weekly_rate: Decimal | None = None, travel_rate: Decimal | None = None,
                price_source: str = "", by: User | None, **facts) -> Placement:  # fmt: skip
    """The child lives somewhere else from a day: the last home ends, with why, and the new one begins.

    Locks the child. A home that is not registered is never refused; head of service is told.
    """
    child = _locked(child)
    last = child.homes.filter(ends_on=None).first()
    reasons = rules.why_not_home(kind, is_registered=facts.get("is_registered"))
    if starts_on > clock.today():
        reasons.append(FieldReason("starts_on", "A move is recorded on the day it happens, or later."))
    if last is not None:
        ending = _why_not_ending(child, last, starts_on, ending_reason, was_planned)
        reasons += [FieldReason("starts_on", r) if getattr(r, "field", "") == "on" else r for r in ending if str(r) not in map(str, reasons)]
    reasons += rules.why_not_two_homes(starts_on, None, _periods(child, besides=last)) + _why_not_price(weekly_rate, travel_rate, price_source)
    refuse_if(reasons)

    if last is not None:
        _close(last, starts_on, ending_reason, was_planned, ending_note)
    home = Placement.objects.create(
        child=child, kind=kind, starts_on=starts_on, recorded_by=by, recorded_at=clock.now(), **facts
    )
    _first_prices(home, weekly_rate, travel_rate, price_source, by)
    _tell_unregistered(home)

    audit.record(
        "home.recorded", on=home, by=by, child=child, authority=child.authority,
        sentence=f"{child.reference} lives in a new home from {day_in_words(starts_on)}.",
    )  # fmt: skip
    return home


def _why_not_price(weekly_rate, travel_rate, source) -> list[str]:
    """A price is written with where it comes from."""
    if (weekly_rate is not None or travel_rate is not None) and not source.strip():
        return [FieldReason("price_source", "Say where the price comes from, for example the price list or an invoice.")]
    return []


def _first_prices(home, weekly_rate, travel_rate, source, by) -> None:
    """The prices a home begins with."""
    for part, rate in (("home", weekly_rate), ("travel", travel_rate)):
        if rate is not None:
            PlacementPrice.objects.create(
                placement=home, part=part, from_on=home.starts_on, weekly_rate=rate, source=source[:120], set_by=by,
                set_at=clock.now(),
            )  # fmt: skip


def _tell_unregistered(home: Placement) -> None:
    """Heads of service are told of a home that is not registered, by reference."""
    if home.is_registered is not False:
        return
    child = home.child
    for person in User.objects.holding(Role.HEAD_OF_SERVICE, authority=child.authority_id):
        post.send(
            "home.unregistered", key=f"unregistered:{home.reference}:{person.pk}", to=person,
            subject=f"{child.reference} lives in a home that is not registered",
            body=f"The home of {child.reference} from {day_in_words(home.starts_on)} is recorded as not registered.",
            link=home.get_absolute_url(), about=home,
        )  # fmt: skip


@transaction.atomic
def add_earlier_home(child: Child, *, kind: str, starts_on: date, ends_on: date, ending_reason: str,
                     was_planned: bool | None = None, ending_note: str = "", weekly_rate: Decimal | None = None,
                     travel_rate: Decimal | None = None, price_source: str = "", by: User | None, **facts) -> Placement:  # fmt: skip
    """Write down a home the child lived in before, with both its days and why it ended. Locks the child."""
    child = _locked(child)
    planned = _planned(child, ending_reason, was_planned)
    reasons = rules.why_not_two_homes(starts_on, ends_on, _periods(child))
    for reason in rules.why_not_end_home(ending_reason, planned, starts_on=starts_on, on=ends_on, today=clock.today()):
        field = getattr(reason, "field", "")
        reasons.append(FieldReason("ends_on" if field == "on" else field, str(reason)))
    reasons += rules.why_not_home(kind, is_registered=facts.get("is_registered")) + _why_not_price(weekly_rate, travel_rate, price_source)
    refuse_if({str(reason): reason for reason in reasons}.values())

    home = Placement.objects.create(
        child=child, kind=kind, starts_on=starts_on, ends_on=ends_on, ending_reason=ending_reason, was_planned=planned,
        ending_note=ending_note[:300], recorded_by=by, recorded_at=clock.now(), **facts,
    )  # fmt: skip
    _first_prices(home, weekly_rate, travel_rate, price_source, by)

    audit.record(
        "home.recorded", on=home, by=by, child=child, authority=child.authority,
        sentence=f"Wrote down an earlier home of {child.reference}, from {day_in_words(starts_on)}.",
    )  # fmt: skip
    return home


@transaction.atomic
def end_home(home: Placement, *, on: date, ending_reason: str, was_planned: bool | None = None, ending_note: str = "",
             by: User | None) -> Placement:  # fmt: skip
    """A home ends and no other begins: the child leaves care, or where they live now is not known. Locks the child."""
    _locked(home.child)
    home = Placement.objects.select_related("child__authority").get(pk=home.pk)
    reasons = _why_not_ending(home.child, home, on, ending_reason, was_planned)
    if home.ends_on is not None:
        reasons = ["This home has ended already."]
    refuse_if(reasons)

    _close(home, on, ending_reason, was_planned, ending_note)

    audit.record(
        "home.ended", on=home, by=by, child=home.child, authority=home.child.authority,
        sentence=f"A home of {home.child.reference} ended on {day_in_words(on)}.",
    )  # fmt: skip
    return home


def _why_not_ending_so(home, starts_on, ends_on, reason, planned) -> list[str]:
    """An ended home keeps an end, with its reason; an open one is ended by a deed of its own."""
    if home.ends_on is None:
        late = "This home has not ended. Record the move, or end it, first."
        return [FieldReason("ends_on", late)] if ends_on else []
    if ends_on is None:
        return [FieldReason("ends_on", "This home has ended. Enter the day it ended.")]
    found = rules.why_not_end_home(reason, planned, starts_on=starts_on, on=ends_on, today=clock.today())
    return [FieldReason("ends_on", str(r)) if r.field == "on" else r for r in found]


@transaction.atomic
def correct_home(home: Placement, *, why: str, starts_on: date, ends_on: date | None = None, ending_reason: str = "",
                 was_planned: bool | None = None, ending_note: str = "", by: User | None, **facts) -> Placement:  # fmt: skip
    """Put right what was written down wrongly about a home, with why; how it stood is kept in its history. Locks the child."""
    child = _locked(home.child)
    home = Placement.objects.select_related("child__authority").get(pk=home.pk)
    planned = _planned(child, ending_reason, was_planned)
    reasons = [] if why.strip() else [FieldReason("why", "Say what was wrong.")]
    if starts_on > clock.today():
        reasons.append(FieldReason("starts_on", "That day has not come yet."))
    reasons += _why_not_ending_so(home, starts_on, ends_on, ending_reason, planned)
    reasons += rules.why_not_two_homes(starts_on, ends_on, _periods(child, besides=home))
    refuse_if({str(reason): reason for reason in reasons}.values())

    for name, value in {"starts_on": starts_on, "ends_on": ends_on, "corrected_because": why[:300], **facts}.items():
        setattr(home, name, value)
    if ends_on is not None:
        home.ending_reason, home.was_planned, home.ending_note = ending_reason, planned, ending_note[:300]
    home.save()
    _tell_unregistered(home)

    audit.record(
        "home.corrected", on=home, by=by, child=child, authority=child.authority,
        sentence=f"Put right what was written down about a home of {child.reference}.",
    )  # fmt: skip
    return home


@transaction.atomic
def set_home_price(home: Placement, *, part: str = "home", from_on: date, weekly_rate: Decimal, source: str,
                   by: User | None) -> PlacementPrice:  # fmt: skip
    """A home, or the travel to it, costs this much a week from a day; the price before it stays as it was."""
    reasons = [] if source.strip() else [FieldReason("source", "Say where the price comes from.")]
    if home.stay_id:
        reasons.append("This home’s price is the contract’s, and follows it by itself.")
    if from_on < home.starts_on or (home.ends_on and from_on >= home.ends_on):
        reasons.append(FieldReason("from_on", "The price begins on a day the child lives there."))
    if home.prices.filter(part=part, from_on=from_on).exists():
        reasons.append(FieldReason("from_on", "There is a price from that day already. Choose the day it changes."))
    refuse_if(reasons)

    price = PlacementPrice.objects.create(
        placement=home, part=part, from_on=from_on, weekly_rate=weekly_rate, source=source[:120], set_by=by,
        set_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "home.priced", on=price, by=by, child=home.child, authority=home.child.authority,
        sentence=f"Set a weekly price of a home of {home.child.reference} from {day_in_words(from_on)}.",
    )  # fmt: skip
    return price


@transaction.atomic
def follow_stay(stay: Stay, *, by: User | None) -> Placement | None:
    """The child who has arrived in a bed or a room lives there from then; where that clashes, a person sorts it out."""
    child = _locked(stay.child)
    last = child.homes.filter(ends_on=None).first()
    clash = rules.why_not_two_homes(stay.starts_on, None, _periods(child, besides=last))
    if not stay.is_living or clash or (last is not None and last.starts_on >= stay.starts_on):
        return None

    if last is not None:
        _close(last, stay.starts_on, "CARPL", None, "Moved to a bed or a room a panel agreed.")
    kind = "hub" if stay.place.provision.kind == ProvisionKind.HUB else "property"
    home = Placement.objects.create(
        child=child, kind=kind, provider=stay.place.provision.provider.name, is_internal=False, is_in_county=True,
        is_registered=True, starts_on=stay.starts_on, stay=stay, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "home.recorded", on=home, by=by, child=child, authority=child.authority,
        sentence=f"{child.reference} lives in {stay.place} from {day_in_words(stay.starts_on)}.",
    )  # fmt: skip
    return home
