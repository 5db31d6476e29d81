"""What fills a standing item by itself: each app above registers what it knows, by the item's title."""

from collections.abc import Callable

from django.db.models import Count

from panels.choices import RiskHeading
from panels.models.decision import Action
from panels.models.minutes import Minutes
from panels.models.risk import Risk
from referrals.choices import Band, ReferralStatus
from referrals.models import Referral

MOST = 40
ENGAGED = ("SUPPORTED", "STEP_DOWN")
CONSIDERED = ("SENT", "MORE_INFO", "READY", "BOOKED", "RECOMMENDED", "DEFERRED")
_fillers: dict[str, Callable] = {}


def fills(title: str) -> Callable:
    """Register what writes the contents of the standing item with this title; it takes the meeting."""

    def register(function: Callable) -> Callable:
        _fillers[title.lower()] = function
        return function

    return register


def contents_of(meeting, item) -> list[dict]:
    """What fills an item by itself: sections with a heading, words or rows; none where nothing does."""
    filler = _fillers.get(item.title.lower())
    return filler(meeting) if filler else []


def section(title: str, *, words: str = "", rows=()) -> dict:
    """One part of an item's contents."""
    return {"title": title, "words": words, "rows": [list(row) for row in rows]}


@fills("Risks and interdependencies")
def risks(meeting) -> list[dict]:
    """Each of the seven headings (000:40-48) with its open risks: whose, how grave, which way they move."""
    rows = list(Risk.objects.open().filter(panel=meeting.panel).order_by("heading", "pk")[:MOST])
    return [
        section(
            heading.label, words="" if any(r.heading == heading for r in rows) else "Nothing is open.",
            rows=[(r.text, f"{r.owner}. {r.get_rating_display()}, {r.get_trend_display().lower()}.") for r in rows if r.heading == heading],
        )
        for heading in RiskHeading
    ]  # fmt: skip


@fills("Referrals and capacity")
def referrals(meeting) -> list[dict]:
    """Children engaged, children being considered, and the priorities of those who wait (000:56-57), as counts."""
    rows = Referral.objects.filter(authority=meeting.panel.authority_id)
    by_status = dict(_counted(rows.open(), "status"))
    by_band = dict(_counted(rows.waiting(), "band"))
    return [
        section("Children ART works with", rows=_lines(ReferralStatus, ENGAGED, by_status)),
        section("Children being considered", rows=_lines(ReferralStatus, CONSIDERED, by_status)),
        section("Priorities of those who wait for a place", rows=_lines(Band, Band.values, by_band)),
    ]


def _counted(rows, name: str):
    """How many rows there are of each value."""
    return rows.order_by().values_list(name).annotate(Count("pk"))


def _lines(choices, values, counts) -> list[tuple[str, str]]:
    """A label and its count, noughts in words."""
    return [(choices(value).label, str(counts.get(value, 0) or "None")) for value in values]


@fills("Terms of reference and standing agenda")
def terms(meeting) -> list[dict]:
    """Which version governs, since when, and the agenda that it asks for (000:61)."""
    governing = meeting.terms
    standing = governing.standing_items.order_by("order")
    words = f"Version {governing.version} governs this meeting."
    return [section("Terms in force", words=words), section("Standing agenda", rows=[(i.title, f"{i.minutes} minutes") for i in standing])]


def last_time(meeting, reader) -> list[dict]:
    """The last minutes and the actions still open of this body, as one reader may read them."""
    last = meeting.panel.meetings.held().filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    minutes = Minutes.objects.filter(meeting=last).first() if last else None
    words = f"{last}: {minutes.get_state_display().lower()}." if minutes else "There are no minutes before this meeting."
    rows = Action.objects.visible_to(reader).open().filter(item__meeting__panel=meeting.panel)
    rows = rows.select_related("item__meeting__panel").order_by("due_on", "pk")[:MOST]
    actions = [(a.what, f"{a.owner_name}, by {a.due_on:%-d %B %Y}") for a in rows]
    return [
        {**section("Last minutes", words=words), "url": f"{last.get_absolute_url()}/minutes" if minutes else ""},
        section("Actions still open", rows=actions, words="" if actions else "None is open."),
    ]
