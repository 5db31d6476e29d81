"""The places board as plain rows: what a page, a commissioner's page and a pack draw."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.roles import Role
from referrals.choices import ProvisionKind, RateBasis, StayState
from referrals.models.provision import ProvisionTerms
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


@dataclass
class Row:
    """One place and its thirteen weeks."""

    name: str
    bars: list[Bar]


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

    @property
    def free(self) -> int:
        """Places nobody is in."""
        return self.places - self.used

    @property
    def cost(self) -> Decimal:
        """What a week costs: places in use at the rate, or the whole service's price."""
        if self.rate is None:
            return Decimal(0)
        return self.rate if self.basis == RateBasis.SERVICE_WEEK else self.rate * self.used


@dataclass
class Board:
    """All of it, with the five figures above."""

    weeks: list[date]
    this_week: date
    groups: list[Group]
    waiting: int | None
    longest_wait: int | None

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
    groups = [_group(p, terms.get(p.pk), stays, days, today, names) for p in provisions]
    waiting = _waiting(provisions, user) if names else []
    longest = max(((today - w.astimezone(clock.LONDON).date()).days for w in waiting), default=None)
    return Board(days, monday(today), groups, len(waiting) if names else None, longest)


def _waiting(provisions, user) -> list:
    """Since when each child waits for one of these provisions."""
    kinds = {p.kind for p in provisions}
    authorities = {p.authority_id for p in provisions}
    rows = Referral.objects.counted_for(user).waiting().filter(wants__in=kinds, authority__in=authorities)
    return [since for since in rows.values_list("waiting_since", flat=True) if since]


def _group(provision, terms, stays, days, today, names) -> Group:
    places = list(provision.places.open_on(today).order_by("number"))
    used = sum(any(s.state == StayState.BEGUN for s in stays.get(p.pk, [])) for p in places)
    group = Group(
        name=provision.name, kind=provision.kind, used=used, places=len(places),
        rate=terms.weekly_rate if terms else None, basis=terms.rate_basis if terms else "",
        is_confirmed=bool(terms and terms.rate_is_confirmed), other_reading=terms.other_reading if terms else "",
    )  # fmt: skip
    group.rows = [Row(p.name, _bars(p, provision, stays.get(p.pk, []), days, today, names)) for p in places]
    return group


def _bars(place, provision, stays, days, today, names) -> list[Bar]:
    """A place's weeks as runs: each stay, and what is free between and after."""
    bars, at = [], 0
    for stay in stays:
        start, end = _weeks_of(stay, days, today)
        start = max(start, at)
        if end <= start:
            continue
        if start > at:
            bars.append(_free(place, days, at, start, today, names))
        bars.append(_taken(stay, provision, end - start, today, stay.is_named))
        at = end
    if at < len(days):
        bars.append(_free(place, days, at, len(days), today, names))
    return bars


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
    now = days[at] <= today
    words = "Free now" if now else f"Free from {days[at].day} {days[at]:%b}"
    url = f"/places/allocate?place={place.reference}" if names else ""
    return Bar(until - at, words, "bar--free", url)


def _taken(stay, provision, weeks, today, names) -> Bar:
    """One stay in words: who, which week, and whether anything is late."""
    css = CLASSES[provision.kind]
    who = stay.referral.reference if names and stay.referral else "In use"
    until = "" if names or not stay.planned_end_on else f" to {_last(stay)}"
    url = stay.get_absolute_url() if names else ""
    if stay.state != StayState.BEGUN:
        held = stay.follows is not None
        words = f"Held for {who}" if names and held else ("Held" if held else f"Planned: {who}" if names else "Planned")
        return Bar(weeks, f"{words} from {stay.starts_on.day} {stay.starts_on:%b}", f"{css} bar--{'held' if held else 'planned'}", url)
    if names and stay.child.died_on is not None:
        return Bar(weeks, "Closed by manager", f"{css} bar--held", url)
    words = f"{who} week {stay.week_number}" if names else f"{who}{until}"
    if stay.planned_end_on and stay.planned_end_on <= today:
        return Bar(weeks, f"{words} – over its planned time", f"{css} bar--late", url)
    if stay.review_on and stay.review_on < today:
        return Bar(weeks, f"{words} – review overdue", f"{css} bar--late", url)
    if stay.referral and stay.referral.status == "STEP_DOWN":
        return Bar(weeks, f"{words} – step-down planned", f"{css} bar--ending", url)
    return Bar(weeks, words, css, url)


def _last(stay) -> str:
    """The last day of a stay, in short."""
    last = stay.planned_end_on - timedelta(days=1)
    return f"{last.day} {last:%b}"


def shown_provisions(provisions, *, everything: bool = False):
    """Outreach and hub; with everything asked for, the properties too."""
    kinds = list(ProvisionKind.values) if everything else ["outreach", "hub"]
    order = {"outreach": 0, "hub": 1, "properties": 2}
    return sorted(provisions.filter(kind__in=kinds), key=lambda p: (order[p.kind], p.pk))
