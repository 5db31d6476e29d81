"""The places board as plain rows: what a page, a commissioner's page and a pack draw."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.roles import Role
from referrals.choices import RateBasis, StayState
from referrals.models.home_words import covers, home_words
from referrals.models.provision import Place, ProvisionTerms
from referrals.models.referral import Referral
from referrals.models.stay import Stay

WEEK = timedelta(days=7)
SHOWN = [StayState.OFFERED, StayState.PLANNED, StayState.BEGUN]
CLASSES = {"outreach": "", "hub": "bar--bed", "properties": "bar--property"}


@dataclass
class Bar:
    """A run of weeks of one place, in words."""

    weeks: int
    words: str
    css: str = ""
    url: str = ""
    short: str = ""  # what fits where the run is short; the rest is for those who listen

    @property
    def rest(self) -> str:
        """What of the words is left out of the short form, for screen readers."""
        return self.words.removeprefix(self.short) if self.short else ""

    @property
    def shown(self) -> str:
        """What stands in the bar."""
        return self.short or self.words


@dataclass
class Row:
    """One place and its thirteen weeks."""

    name: str
    bars: list[Bar]
    place: object = None
    section: str = ""  # the home these rooms are in, said once above its first


@dataclass
class Group:
    """One provision's places, with how many are in use."""

    name: str
    kind: str
    used: int
    places: int
    rate: Decimal | None
    basis: str
    is_confirmed: bool
    other_reading: str
    rows: list[Row] = field(default_factory=list)
    closed: int = 0
    weekly: Decimal = Decimal(0)
    slug: str = ""

    @property
    def free(self) -> int:
        """Places nobody is in, and that somebody could have."""
        return self.places - self.used - self.closed

    @property
    def cost(self) -> Decimal:
        """What a week costs: places in use at the rate, or the whole service's price."""
        if self.rate is None:
            return Decimal(0)
        return self.rate if self.basis == RateBasis.SERVICE_WEEK else self.weekly


@dataclass
class Board:
    """All of it, with the five figures above."""

    weeks: list[date]
    this_week: date
    groups: list[Group]
    waiting: int | None
    longest_wait: int | None
    over: int = 0
    reviews_overdue: int = 0
    held: int = 0

    @property
    def free(self) -> int:
        """Places that somebody could have now."""
        return sum(group.free for group in self.groups)

    @property
    def used(self) -> int:
        """Places in use now."""
        return sum(group.used for group in self.groups)

    @property
    def places(self) -> int:
        """Places open now."""
        return sum(group.places for group in self.groups)

    @property
    def cost(self) -> Decimal:
        """What this week costs."""
        return sum((group.cost for group in self.groups), Decimal(0))


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def board(provisions, *, from_week: date | None = None, weeks: int = 13, user=None, names: bool = True) -> Board:
    """Draw provisions from a week on; `names` shows references and links, else only dates.

    `user` None or a commissioner gets no references and no count of who waits; a stay that
    the person may not see is shown as anybody's.
    """
    today = clock.today()
    first = monday(from_week or today)
    names = names and user is not None and user.acting.role != Role.COMMISSIONER
    days = [first + WEEK * n for n in range(weeks)]
    provisions = list(provisions)
    terms = {t.provision_id: t for t in ProvisionTerms.objects.on(today).filter(provision__in=provisions)}
    stays: dict[int, list[Stay]] = {}
    seen = set(Stay.objects.visible_to(user).filter(state__in=SHOWN).values_list("pk", flat=True)) if names else set()
    rows = Stay.objects.filter(place__provision__in=provisions, state__in=SHOWN)
    for stay in rows.select_related("referral", "follows__referral", "child").order_by("starts_on", "pk"):
        stay.is_named = stay.pk in seen
        stays.setdefault(stay.place_id, []).append(stay)
    places = _places(provisions, today)
    groups = [_group(p, places.get(p.pk, []), terms.get(p.pk), stays, days, today, names) for p in provisions]
    waiting = _waiting(provisions, user) if names else []
    longest = max(((today - w.astimezone(clock.LONDON).date()).days for w in waiting), default=None)
    shown = [stay for of_place in stays.values() for stay in of_place]
    return Board(
        days, monday(today), groups, len(waiting) if names else None, longest,
        over=sum(is_over(stay, today) for stay in shown), reviews_overdue=sum(is_late(stay, today) for stay in shown),
        held=sum(stay.follows_id is not None and stay.state != StayState.BEGUN for stay in shown),
    )  # fmt: skip


def is_over(stay, today) -> bool:
    """Past its planned end, and still there."""
    return stay.state == StayState.BEGUN and stay.planned_end_on is not None and stay.planned_end_on <= today


def is_late(stay, today) -> bool:
    """Its review was due before today."""
    return stay.state == StayState.BEGUN and stay.review_on is not None and stay.review_on < today


def _waiting(provisions, user) -> list:
    """Since when each child waits for one of these provisions."""
    kinds = {p.kind for p in provisions}
    authorities = {p.authority_id for p in provisions}
    rows = Referral.objects.counted_for(user).waiting().filter(wants__in=kinds, authority__in=authorities)
    return [since for since in rows.values_list("waiting_since", flat=True) if since]


def _places(provisions, today) -> dict[int, list[Place]]:
    """The places that are open, in their order, by the key of their provision."""
    rows = Place.objects.filter(provision__in=provisions).open_on(today).select_related("home").prefetch_related("out_of_use")
    found: dict[int, list[Place]] = {}
    for place in rows.prefetch_related("home__registrations", "home__kite_marks").order_by("number"):
        found.setdefault(place.provision_id, []).append(place)
    return found


def _group(provision, places, terms, stays, days, today, names) -> Group:
    used = [p for p in places if any(s.state == StayState.BEGUN for s in stays.get(p.pk, []))]
    closed = [p for p in places if p not in used and any(covers(row, today) for row in p.out_of_use.all())]
    group = Group(
        name=provision.name, kind=provision.kind, slug=provision.slug, used=len(used), places=len(places), closed=len(closed),
        rate=terms.weekly_rate if terms else None, basis=terms.rate_basis if terms else "",
        is_confirmed=bool(terms and terms.rate_is_confirmed), other_reading=terms.other_reading if terms else "",
        weekly=sum((terms.rate_of(p) for p in used), Decimal(0)) if terms else Decimal(0),
    )  # fmt: skip
    before = None
    for place in places:
        section = home_words(place.home, today) if provision.kind == "properties" and place.home_id != before else ""
        bars = _bars(place, provision, stays.get(place.pk, []), days, today, names)
        group.rows.append(Row(place.name, bars, place, section))
        before = place.home_id
    return group


def _bars(place, provision, stays, days, today, names) -> list[Bar]:
    """A place's weeks as runs: each stay, each closing, and what is free between and after."""
    runs = [(*_weeks_of(stay, days, today), stay) for stay in stays]
    runs += [(*_weeks_shut(row, days), row) for row in place.out_of_use.all()]
    bars, at = [], 0
    for start, end, what in sorted(runs, key=lambda run: run[:2]):
        start = max(start, at)
        if end <= start:
            continue
        if start > at:
            bars.append(_free(place, days, at, start, today, names))
        is_stay = isinstance(what, Stay)
        bars.append(_taken(what, provision, end - start, today, what.is_named) if is_stay else _shut(what, end - start))
        at = end
    if at < len(days):
        bars.append(_free(place, days, at, len(days), today, names))
    return bars


def _weeks_shut(row, days) -> tuple[int, int]:
    """The first week a closing takes and the first it does not."""
    start = (row.from_on - days[0]).days // 7
    until = len(days) if row.until_on is None else -(-(row.until_on - days[0]).days // 7)
    return max(start, 0), min(until, len(days))


def _shut(row, weeks) -> Bar:
    """A closing in words, with the day it is over."""
    words = row.get_kind_display()
    until = f" until {row.until_on.day} {row.until_on:%b}" if row.until_on else ""
    return Bar(weeks, f"{words}{until}", "bar--shut", short=words if weeks < 3 else "")


def _weeks_of(stay, days, today) -> tuple[int, int]:
    """The first week a stay takes and the first it does not; an open end takes them all."""
    end = stay.planned_end_on
    if stay.state == StayState.BEGUN and end is not None:
        end = max(end, today + timedelta(days=1))
    start = (stay.starts_on - days[0]).days // 7
    until = len(days) if end is None else -(-(end - days[0]).days // 7)
    return max(start, 0), min(until, len(days))


def _free(place, days, at, until, today, names) -> Bar:
    """Free weeks, with a link to give them to somebody where that may be done."""
    now = days[at] <= today < days[at] + WEEK * (until - at)
    words = "Free now" if now else f"Free from {days[at].day} {days[at]:%b}"
    short = "" if now or until - at > 2 else ("Free" if until - at == 1 else f"Free {days[at].day} {days[at]:%b}")
    url = f"/places/allocate?place={place.reference}" if names else ""
    if days[at] + WEEK * (until - at) <= today:
        words, short, url = "Was free", "", ""
    return Bar(until - at, words, "bar--free", url, short)


def _taken(stay, provision, weeks, today, names) -> Bar:
    """One stay in words: who, which week, and whether anything is late."""
    who = stay.referral.reference if names and stay.referral else "In use"
    url = stay.get_absolute_url() if names else ""
    words, mark = _said_of(stay, who, today, names)
    short = who if weeks < 3 and names and words.startswith(who) else ""
    return Bar(weeks, words, f"{CLASSES[provision.kind]} {mark}".strip(), url, short)


def _said_of(stay, who, today, names) -> tuple[str, str]:
    """What a bar says of a stay, and the mark at its edge."""
    if stay.state != StayState.BEGUN:
        held = stay.follows_id is not None
        words = f"Held for {who}" if names and held else ("Held" if held else f"Planned: {who}" if names else "Planned")
        return f"{words} from {stay.starts_on.day} {stay.starts_on:%b}", f"bar--{'held' if held else 'planned'}"
    if names and stay.child.died_on is not None:
        return "Closed by manager", "bar--held"
    until = "" if names or not stay.planned_end_on else f" to {_last(stay)}"
    words = f"{who} week {stay.week_number}" if names else f"{who}{until}"
    for is_so, more, mark in _remarks(stay, today):
        if is_so:
            return f"{words} – {more}", mark
    return words, ""


def _remarks(stay, today) -> list[tuple[bool, str, str]]:
    """What there may be to say of a stay in progress, the most pressing first."""
    return [
        (is_over(stay, today), "over its planned time", "bar--late"),
        (is_late(stay, today), "review overdue", "bar--late"),
        (stay.kept_for_id is not None and stay.kept_decided_at is None, "held while in a bed", "bar--held"),
        (stay.referral is not None and stay.referral.status == "STEP_DOWN", "step-down planned", "bar--ending"),
    ]


def _last(stay) -> str:
    """The last day of a stay, in short."""
    last = stay.planned_end_on - timedelta(days=1)
    return f"{last.day} {last:%b}"


def shown_provisions(provisions, *, everything: bool = False):
    """Outreach and hub; with everything asked for, the properties too."""
    return ordered_provisions(provisions, everything=everything)


def ordered_provisions(provisions, *, everything: bool = False) -> list:
    """The same of provisions that were read."""
    kinds = ["outreach", "hub", "properties"] if everything else ["outreach", "hub"]
    return sorted((each for each in provisions if each.kind in kinds), key=lambda each: (kinds.index(each.kind), each.pk))
