"""What falls on which day, for one person: meetings, papers, reviews, actions, stays that end."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.closures import holidays_of
from core.roles import Role
from panels.models import Action, Meeting
from panels.models.clocks import papers_due_on
from referrals.choices import StayState
from referrals.models import Referral, Stay

MOST = 200


@dataclass(frozen=True)
class Entry:
    """One thing on one day."""

    on: date
    words: str
    url: str
    kind: str
    at: str = ""


def entries(user, first: date, last: date) -> list[Entry]:
    """Everything from `first` up to but not including `last`, in order."""
    found = [*_meetings(user, first, last), *_actions(user, first, last), *_reviews(user, first, last)]
    if user.acting.role == Role.PROVIDER_MANAGER:
        found += _stays(user, first, last)
    return sorted(found, key=lambda entry: (entry.on, entry.at, entry.words))


def _clock_words(moment) -> str:
    local = moment.astimezone(clock.LONDON)
    return f"{local:%H:%M}"


def _meetings(user, first, last):
    """Meetings, and the last days for their papers, where they are still to come."""
    rows = Meeting.objects.visible_to(user).exclude(status__in=["cancelled", "not held"]).filter(
        starts_at__gte=clock.moment(first, clock.MIDNIGHT), starts_at__lt=clock.moment(last, clock.MIDNIGHT) + timedelta(days=31)
    )
    for meeting in rows.select_related("panel", "terms").soonest_first()[:MOST]:
        if meeting.on < last:
            yield Entry(meeting.on, str(meeting.panel), meeting.get_absolute_url(), "Meeting", _clock_words(meeting.starts_at))
        due = papers_due_on(meeting)
        if first <= due < last and meeting.circulated_at is None:
            yield Entry(due, f"Papers due for the {meeting.panel}", meeting.get_absolute_url(), "Papers")


def meetings_of(person) -> list[Meeting]:
    """The meetings of a person in every role they hold today, from a month ago for a year and a half, cancelled ones too."""
    first, last = clock.now() - timedelta(days=31), clock.now() + timedelta(days=550)
    found = {}
    for held in person.current_roles:
        person.acting = held
        rows = Meeting.objects.visible_to(person).filter(starts_at__gte=first, starts_at__lt=last)
        found |= {row.pk: row for row in rows.select_related("panel").soonest_first()[:MOST]}
    return sorted(found.values(), key=lambda meeting: (meeting.starts_at, meeting.pk))


def _actions(user, first, last):
    """What this person undertook."""
    rows = Action.objects.visible_to(user).open().filter(owner=user, due_on__gte=first, due_on__lt=last)
    return [Entry(a.due_on, a.what, f"/actions/{a.reference}/done", "Action") for a in rows.order_by("due_on", "pk")[:MOST]]


def _reviews(user, first, last):
    """Reviews of what panels agreed, for children whose referral the person may see."""
    if user.acting.role == Role.COMMISSIONER:
        return []
    rows = Referral.objects.visible_to(user).open().filter(review_on__gte=first, review_on__lt=last)
    return [
        Entry(row.review_on, f"Review of {row.reference}", row.get_absolute_url(), "Review")
        for row in rows.order_by("review_on", "pk")[:MOST]
    ]


def _stays(user, first, last):
    """Places that come free."""
    rows = Stay.objects.visible_to(user).filter(
        state=StayState.BEGUN, planned_end_on__gte=first, planned_end_on__lt=last
    )
    return [
        Entry(stay.planned_end_on, f"{stay.place} comes free", stay.get_absolute_url(), "Place")
        for stay in rows.select_related("place").order_by("planned_end_on", "pk")[:MOST]
    ]


def weeks_of(first: date, last: date, found: list[Entry], authority_id=None) -> list[list[dict]]:
    """A month as weeks of days, Monday first, with what falls on each."""
    today, holidays = clock.today(), holidays_of(authority_id)
    by_day: dict[date, list[Entry]] = {}
    for entry in found:
        by_day.setdefault(entry.on, []).append(entry)
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day < last:
        week = []
        for _ in range(7):
            week.append({
                "on": day, "entries": by_day.get(day, []), "is_today": day == today,
                "is_other": not first <= day < last, "is_holiday": day in holidays,
            })  # fmt: skip
            day += timedelta(days=1)
        weeks.append(week)
    return weeks
