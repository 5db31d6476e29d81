"""A child's page: what needs doing about their care, their words, and the figures at a glance."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.closures import working_days_of
from core.dated import numbers, numbers_from
from core.dates import day_in_words
from referrals.models.care_facts import care_of
from referrals.models.missing import MissingEpisode
from referrals.rules import care, missing
from referrals.rules.journey import monday
from referrals.rules.readings import OFTEN, OFTEN_IN, PATHWAY

IN_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Task:
    """One thing to do about a child's care: why, where, and whether it is late."""

    words: str
    url: str
    is_late: bool = False
    by: date | None = None


def own_words(said: list, referrals) -> tuple[str, date | None]:
    """The child's latest words and their day: from what was said in a week, the latest first, else from a referral."""
    if said:
        return said[0].words, said[0].on
    asked = next((referral for referral in referrals if referral.child_view), None)
    if asked is None:
        return "", None
    return asked.child_view, (asked.sent_at or asked.status_since).astimezone(clock.LONDON).date()


def began_days(child) -> list[date]:
    """The days on which the child's episodes of the last year began."""
    since = clock.now() - timedelta(days=366)
    return days_of(MissingEpisode.objects.filter(child=child, from_at__gte=since).values_list("from_at", flat=True))


def days_of(moments) -> list[date]:
    """The days, here, of some moments."""
    return [at.astimezone(clock.LONDON).date() for at in moments]


@dataclass(frozen=True)
class Often:
    """How many episodes began in the days that count, how many are many (in words), and whether these are."""

    recent: int
    since: date
    days: int
    many: str
    is_often: bool


def often_of(child, began: list[date], found: dict | None = None) -> Often:
    """Whether a child has been missing often, by the numbers in force today; `found` holds them where they were read already."""
    found, today = found or numbers(OFTEN, OFTEN_IN, authority=child.authority_id), clock.today()
    many, days = found[OFTEN].number, found[OFTEN_IN].number
    since = missing.window(today, days)
    return Often(
        recent=sum(day >= since for day in began), since=since, days=days, many=IN_WORDS[many],
        is_often=missing.is_often(began, today, many=many, days=days),
    )  # fmt: skip


def details_of(child):
    """The child's care details, or None."""
    return getattr(child, "care", None)


def pathway_of(child, details, today, found: dict | None = None) -> tuple[str, bool, date | None]:
    """What is missing of a pathway plan and adviser, whether that is late, and from when they are asked for, by the number in force."""
    months = (found or numbers(PATHWAY, authority=child.authority_id))[PATHWAY].number
    plan_on, has_adviser = (details.pathway_plan_on, bool(details.personal_adviser)) if details else (None, False)
    words, is_late = care.pathway_state(child.born_on, plan_on, has_adviser, today, months)
    return words, is_late, care.pathway_from(child.born_on, months) if child.born_on else None


def statutory_days(child) -> list[date]:
    """The days of the child's statutory reviews that were held."""
    rows = child.reviews.filter(kind="statutory").exclude(held_on=None)
    return sorted(rows.values_list("held_on", flat=True))


def review_due(child, held: list[date] | None = None) -> date | None:
    """When the next statutory review is due by law, after those that were `held`; None for a child not in care."""
    details = details_of(child)
    if details is None or details.in_care_since is None:
        return None
    calendar = working_days_of(child.authority_id)
    return care.next_statutory_review(details.in_care_since, statutory_days(child) if held is None else held, calendar.add)


def care_tasks(child, user) -> list[Task]:
    """What needs doing, late ones first; each leads to the page that does it."""
    return tasks_from(care_of(child, user), child)


def tasks_from(facts: dict, child) -> list[Task]:
    """The same, from what was read of the child already."""
    at, today = child.get_absolute_url(), clock.today()
    in_force = numbers_from(facts["numbers"], OFTEN, OFTEN_IN, PATHWAY)
    found = [*_missing_tasks(facts, child, at, in_force), *_home_tasks(facts, at), *_plan_tasks(facts, child, at, in_force)]
    found += [*_review_tasks(facts), *_week_tasks(facts, at, today)]
    return sorted(found, key=lambda task: not task.is_late)


def _missing_tasks(facts, child, at, in_force):
    for episode in facts["episodes"]:
        if episode.until_at is None:
            due = episode.review_due_at.astimezone(clock.LONDON)
            yield Task(f"Review while away, due {day_in_words(due.date())} at {due:%H:%M}", episode.get_absolute_url(), episode.is_review_late)
        elif episode.interview_accepted is not False:
            due = episode.interview_due_at.astimezone(clock.LONDON)
            words = f"Return interview: {episode.interview_words.lower()}"
            yield Task(words, episode.get_absolute_url(), episode.is_interview_late, due.date())
    often = often_of(child, days_of(facts["began"]), in_force)
    if often.is_often:
        yield Task(f"Missing or away {often.recent} times in {often.days} days: hold a meeting about it", f"{at}/missing", True)


def _home_tasks(facts, at):
    if not facts["open_homes"] and facts["first_home_on"]:
        yield Task("Where the child lives now is not written down", f"{at}/homes/move", True)
    for home in facts["open_homes"]:
        if home.stay and home.stay.ended_on:
            yield Task(f"{home.stay.place} is empty since {day_in_words(home.stay.ended_on)}: write down where the child lives now", f"{at}/homes/move", True)
        if home.is_registered is False:
            yield Task("Lives in a home that is not registered: head of service knows", f"{at}/homes", True)


def _plan_tasks(facts, child, at, in_force):
    details, today = details_of(child), clock.today()
    since = details.in_care_since if details else None
    words, is_late, asked_from = pathway_of(child, details, today, in_force)
    if is_late:
        yield Task(f"{words}: asked for from {day_in_words(asked_from)}", f"{at}/care", True)
    if since:
        words, is_late = care.permanence_state(facts["statutory"], details.permanence_plan_on)
        if is_late and details.permanence_plan_on is None:
            yield Task(words, f"{at}/care", True)
        words, is_late = care.sdq_state(since, child.born_on, facts["last_sdq_on"], today)
        if is_late:
            yield Task(f"SDQ: {words.lower()}", f"{at}/sdq/new", True)


def _review_tasks(facts):
    for review in facts["reviews"]:
        yield Task(f"{review.get_kind_display()}, {day_in_words(review.due_on)}", f"/reviews/{review.reference}", review.is_overdue, review.due_on)


def _week_tasks(facts, at, today):
    began = facts["first_home_on"] or facts["first_stay_on"]
    if facts["is_in_place"] and began and not facts["has_week"]:
        week = monday(today)
        yield Task("Record this week", f"{at}/journey/{week.isoformat()}", False, week + timedelta(days=4))


def permanence_sentence(child) -> str:
    """The child's permanence plan and whether it came by the second review, as a panel's paper says it; else nothing."""
    details = details_of(child)
    if details is None or details.in_care_since is None:
        return ""
    state, _ = care.permanence_state(statutory_days(child), details.permanence_plan_on)
    plan = f"{details.permanence_plan}, {day_in_words(details.permanence_plan_on)}. " if details.permanence_plan else ""
    return f"{plan}{state}."
