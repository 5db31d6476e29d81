"""Children's journeys that wait: the weekly round, those who are missing, interviews and reviews due."""

from datetime import timedelta

from core import clock
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from referrals.models import JourneyWeek, MissingEpisode, Review
from referrals.models.journey_facts import in_place
from referrals.rules.journey import monday


def weekly_round(user) -> list[Thing]:
    """This week's children in place who are not confirmed yet."""
    week = monday(clock.today())
    number = in_place(user, week).exclude(pk__in=JourneyWeek.objects.filter(week_on=week).values("child")).count()
    if not number:
        return []
    who = "1 child" if number == 1 else f"{number} children"
    return [
        Thing(f"Confirm the week for {who}", "/journey/week", f"In place since Monday {week.day} {week:%B}.", week + timedelta(days=4))
    ]


def missing(user) -> list[Thing]:
    """Children who are away and are reviewed daily, and return interviews not done yet."""
    rows = MissingEpisode.objects.visible_to(user).filter(interview_done_at=None).exclude(interview_accepted=False)
    rows = rows.select_related("child").prefetch_related("reviews").order_by("-from_at")
    found = []
    for episode in rows[:MOST_OF_A_KIND]:
        at, due = episode.get_absolute_url(), episode.review_due_at or episode.interview_due_at
        on = due.astimezone(clock.LONDON).date()
        if episode.until_at is None:
            found.append(Thing(f"Review {episode.child.reference} while away", at, "Reviewed at 24 hours and daily.", on))
        else:
            found.append(Thing(f"Return interview for {episode.child.reference}", at, episode.interview_words + ".", on))
    return found


def reviews(user) -> list[Thing]:
    """Reviews of a social worker's own children in the next four weeks, and those overdue."""
    soon = clock.today() + timedelta(days=28)
    rows = Review.objects.visible_to(user).filter(held_on=None, due_on__lte=soon, child__social_worker=user)
    return [
        Thing(f"{row.get_kind_display()} for {row.child.reference}", f"/reviews/{row.reference}", "Write it up when it is held.", row.due_on)
        for row in rows.select_related("child").order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]
