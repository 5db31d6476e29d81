"""What happened to a child, from every record that says so, in one order."""

from dataclasses import dataclass
from datetime import date, datetime

from core import clock
from referrals.models.care import Review
from referrals.models.journey import JourneyEvent
from referrals.models.missing import MissingEpisode
from referrals.models.sdq import SdqScore
from referrals.models.stay import Stay
from referrals.rules.care import change_words

MOST = 400


@dataclass(frozen=True)
class Happening:
    """One thing on one day, in a sentence."""

    on: date
    words: str
    kind: str
    by: str = ""
    at: datetime | None = None

    @property
    def sentence(self) -> str:
        """What a timeline's line says."""
        return self.words


def happenings(child, first: date, until: date, *, with_contact: bool = True) -> list[Happening]:
    """Everything between two days, oldest first: events, moves, support, SDQs, reviews, episodes."""
    found = [*_events(child, first, until, with_contact), *_homes(child, first, until), *_support(child, first, until)]
    found += [*_sdqs(child, first, until), *_reviews(child, first, until), *_missing(child, first, until)]
    return sorted(found, key=lambda happening: happening.on)


def _events(child, first, until, with_contact):
    rows = JourneyEvent.objects.filter(child=child, on__gte=first, on__lt=until).select_related("recorded_by")
    if not with_contact:
        rows = rows.exclude(kind="contact")
    for event in rows.order_by("on", "pk")[:MOST]:
        words = f"“{event.words}”" if event.kind == "words" else event.words or event.get_kind_display()
        yield Happening(event.on, words, event.kind, event.recorded_by.full_name if event.recorded_by else "")


def _homes(child, first, until):
    for home in child.homes.filter(starts_on__gte=first, starts_on__lt=until):
        yield Happening(home.starts_on, f"Moved: {home.words.lower()}", "move")
    for home in child.homes.filter(ends_on__gte=first, ends_on__lt=until, was_planned=False):
        why = home.ending_note or home.get_ending_reason_display().lower()
        yield Happening(home.ends_on, f"The home ended early: {why}", "move")


def _support(child, first, until):
    rows = Stay.objects.filter(child=child, is_living=False, state__in=["begun", "ended"]).select_related("place")
    for stay in rows:
        if first <= stay.starts_on < until:
            yield Happening(stay.starts_on, f"Support began: {stay.place.name.lower()}", "support")
        if stay.ended_on and first <= stay.ended_on < until:
            yield Happening(stay.ended_on, "Support ended", "support")


def _sdqs(child, first, until):
    earlier = None
    for row in SdqScore.objects.filter(child=child, on__lt=until).exclude(score=None).order_by("on", "pk"):
        if row.on >= first:
            moved = "" if earlier is None else f" ({change_words(earlier, row.score).lower()})"
            yield Happening(row.on, f"SDQ {row.score}{moved}", "sdq")
        earlier = row.score


def _reviews(child, first, until):
    for review in Review.objects.filter(child=child, held_on__gte=first, held_on__lt=until):
        yield Happening(review.held_on, f"{review.get_kind_display()} held", "review")


def _missing(child, first, until):
    began, ended = clock.moment(first), clock.moment(until)
    for episode in MissingEpisode.objects.filter(child=child).touching(began, ended)[:MOST]:
        on = episode.from_at.astimezone(clock.LONDON).date()
        if not first <= on < until:
            continue
        away = "not back yet" if episode.until_at is None else f"back after {_long(episode.days)}"
        what = "Missing from home" if episode.kind == "missing" else "Away without agreement"
        yield Happening(on, f"{what}, {away}", "missing")


def _long(days: int) -> str:
    return "less than a day" if days <= 1 else f"{days} days"
