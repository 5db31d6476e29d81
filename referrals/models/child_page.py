"""A child's page: what needs doing about their care, their words, and the figures at a glance."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.dates import day_in_words
from core.working_days import WorkingDays, england_holidays
from referrals.models.journey import JourneyEvent, JourneyWeek
from referrals.models.journey_facts import in_place, journey_since
from referrals.models.missing import MissingEpisode
from referrals.rules import care, missing
from referrals.rules.journey import monday


@dataclass(frozen=True)
class Task:
    """One thing to do about a child's care: why, where, and whether it is late."""

    words: str
    url: str
    is_late: bool = False
    by: date | None = None


def own_words(child, referrals) -> tuple[str, date | None]:
    """The child's latest words and their day: from a week, else from a referral."""
    event = JourneyEvent.objects.filter(child=child, kind="words").exclude(words="").order_by("-on", "-pk").first()
    if event:
        return event.words, event.on
    said = next((referral for referral in referrals if referral.child_view), None)
    if said is None:
        return "", None
    return said.child_view, (said.sent_at or said.status_since).astimezone(clock.LONDON).date()


def began_days(child) -> list[date]:
    """The days on which the child's episodes of the last year began."""
    since = clock.now() - timedelta(days=366)
    rows = MissingEpisode.objects.filter(child=child, from_at__gte=since).values_list("from_at", flat=True)
    return [at.astimezone(clock.LONDON).date() for at in rows]


def details_of(child):
    """The child's care details, or None."""
    return getattr(child, "care", None)


def statutory_days(child) -> list[date]:
    """The days of the child's statutory reviews that were held."""
    rows = child.reviews.filter(kind="statutory").exclude(held_on=None)
    return sorted(rows.values_list("held_on", flat=True))


def review_due(child) -> date | None:
    """When the next statutory review is due by law; None for a child not in care."""
    details = details_of(child)
    if details is None or details.in_care_since is None:
        return None
    calendar = WorkingDays(england_holidays())
    return care.next_statutory_review(details.in_care_since, statutory_days(child), calendar.add)


def care_tasks(child, user) -> list[Task]:
    """What needs doing, late ones first; each leads to the page that does it."""
    at, today = child.get_absolute_url(), clock.today()
    found = [*_missing_tasks(child, at, today), *_home_tasks(child, at), *_plan_tasks(child, at, today)]
    found += [*_review_tasks(child, at, today), *_week_tasks(child, user, at, today)]
    return sorted(found, key=lambda task: not task.is_late)


def _missing_tasks(child, at, today):
    for episode in child.missing_episodes.filter(interview_done_at=None).prefetch_related("reviews").order_by("-from_at")[:20]:
        if episode.until_at is None:
            due = episode.review_due_at.astimezone(clock.LONDON)
            yield Task(f"Review while away, due {day_in_words(due.date())} at {due:%H:%M}", episode.get_absolute_url(), episode.is_review_late)
        elif episode.interview_accepted is not False:
            due = episode.interview_due_at.astimezone(clock.LONDON)
            words = f"Return interview: {episode.interview_words.lower()}"
            yield Task(words, episode.get_absolute_url(), episode.is_interview_late, due.date())
    days = began_days(child)
    if missing.is_often(days, today):
        recent = sum(day >= missing.window(today) for day in days)
        yield Task(f"Missing or away {recent} times in 90 days: hold a meeting about it", f"{at}/missing", True)


def _home_tasks(child, at):
    home = child.homes.filter(ends_on=None).first()
    if home is None and child.homes.exists():
        yield Task("Where the child lives now is not written down", f"{at}/homes/move", True)
    elif home is not None and home.stay_id and home.stay.ended_on:
        yield Task(f"{home.stay.place} is empty since {day_in_words(home.stay.ended_on)}: write down where the child lives now", f"{at}/homes/move", True)
    if home is not None and home.is_registered is False:
        yield Task("Lives in a home that is not registered: head of service knows", f"{at}/homes", True)


def _plan_tasks(child, at, today):
    details = details_of(child)
    since = details.in_care_since if details else None
    words, is_late = care.pathway_state(child.born_on, details.pathway_plan_on if details else None, bool(details and details.personal_adviser), today)
    if is_late:
        yield Task(f"{words}: asked for from {day_in_words(care.pathway_from(child.born_on))}", f"{at}/care", True)
    if since:
        words, is_late = care.permanence_state(statutory_days(child), details.permanence_plan_on)
        if is_late and details.permanence_plan_on is None:
            yield Task(words, f"{at}/care", True)
        last = child.sdqs.exclude(score=None).order_by("-on").values_list("on", flat=True).first()
        words, is_late = care.sdq_state(since, child.born_on, last, today)
        if is_late:
            yield Task(f"SDQ: {words.lower()}", f"{at}/sdq/new", True)


def _review_tasks(child, at, today):
    for review in child.reviews.filter(held_on=None, due_on__lte=today + timedelta(days=28)).order_by("due_on")[:5]:
        yield Task(f"{review.get_kind_display()}, {day_in_words(review.due_on)}", f"/reviews/{review.reference}", review.is_overdue, review.due_on)


def _week_tasks(child, user, at, today):
    week = monday(today)
    if not in_place(user, week).filter(pk=child.pk).exists() or journey_since(child) is None:
        return
    if not JourneyWeek.objects.filter(child=child, week_on=week).exists():
        yield Task("Record this week", f"{at}/journey/{week.isoformat()}", False, week + timedelta(days=4))


def permanence_sentence(child) -> str:
    """The child's permanence plan and whether it came by the second review, as a panel's paper says it; else nothing."""
    details = details_of(child)
    if details is None or details.in_care_since is None:
        return ""
    state, _ = care.permanence_state(statutory_days(child), details.permanence_plan_on)
    plan = f"{details.permanence_plan}, {day_in_words(details.permanence_plan_on)}. " if details.permanence_plan else ""
    return f"{plan}{state}."
