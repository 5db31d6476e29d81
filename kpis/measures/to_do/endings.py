"""Support that waits: to tell a child, to look at a plan, to write a late exit plan, to ask how things are."""

from datetime import timedelta

from core import clock
from core.dated import number
from core.dates import birthday, day_in_words, months_after
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from referrals.choices import StayState
from referrals.models import (
    Child,
    Disengagement,
    Ending,
    Stay,
    SupportPlan,
    SustainedCheck,
    Telling,
)
from referrals.rules.readings import BEFORE_18
from referrals.rules.transition import half_way

SUPPORTED = ("SUPPORTED", "STEP_DOWN")


def children_to_tell(user) -> list[Thing]:
    """Decisions this person is to tell a child."""
    rows = Telling.objects.visible_to(user).filter(teller=user, told_at=None, stopped_because="").select_related("referral")
    return [
        Thing(
            f"Tell the child what was decided on {row.referral.reference}", f"{row.referral.get_absolute_url()}/tell",
            "In plain words. Write down what they said.", row.due_on,
        )
        for row in rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def exit_plans_due(user) -> list[Thing]:
    """Stays that ended unplanned: the exit plan is due."""
    rows = Ending.objects.unfinished().filter(stay__in=Stay.objects.visible_to(user))
    return [
        Thing(
            f"Write the exit plan for {row.stay.referral.reference if row.stay.referral else row.stay.reference}",
            f"{row.stay.get_absolute_url()}/end",
            f"{row.stay.place} ended on {day_in_words(row.stay.ended_on)} without a plan.", row.exit_due_on,
        )
        for row in rows.select_related("stay__referral", "stay__place").order_by("exit_due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def plans_to_review(user) -> list[Thing]:
    """Support plans to be looked at in the next week, or already past their day."""
    rows = SupportPlan.objects.visible_to(user).filter(
        referral__status__in=SUPPORTED, review_on__lte=clock.today() + timedelta(days=7), child__died_on=None
    )
    return [
        Thing(
            f"Look at the support plan of {row.child.reference} again", row.get_absolute_url(),
            "With the child and those who care for them.", row.review_on,
        )
        for row in rows.select_related("child").order_by("review_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def checks_after(user) -> list[Thing]:
    """Three, six or twelve months after support ended."""
    rows = SustainedCheck.objects.visible_to(user).filter(
        checked_at=None, stopped_because="", due_on__lte=clock.today() + timedelta(days=7)
    )
    return [
        Thing(
            f"Ask how things are, {row.months} months after {row.referral.reference}",
            f"{row.referral.get_absolute_url()}/after", "Has the move held? Have they come into care again?", row.due_on,
        )
        for row in rows.select_related("referral").order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def steps_to_agree(user) -> list[Thing]:
    """Support not taken up, with no next steps agreed."""
    rows = Disengagement.objects.visible_to(user).filter(next_steps="", child__died_on=None, referral__status__in=SUPPORTED)
    return [
        Thing(
            f"Agree what happens next for {row.child.reference}", f"{row.child.get_absolute_url()}/moving-on",
            f"Support has not been taken up since {day_in_words(row.noticed_on)}.", working_days_after(row.shared_at, 5),
        )
        for row in rows.select_related("child").order_by("shared_at", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def handovers_to_plan(user) -> list[Thing]:
    """Young people supported who are seventeen and a half (or the months in force before 18) or more, with no handover written."""
    today, months = clock.today(), number(BEFORE_18, authority=user.acting.authority_id)
    rows = Child.objects.visible_to(user).filter(
        referrals__status__in=SUPPORTED, handover=None, died_on=None, born_on__lte=months_after(today, months + 1 - 18 * 12)
    )
    return [
        Thing(
            f"Plan the handover of {row.reference} to adult services", f"{row.get_absolute_url()}/moving-on",
            f"They are 18 on {day_in_words(birthday(row.born_on, 18))}.", half_way(row.born_on, months) + timedelta(weeks=4),
        )
        for row in rows.distinct().order_by("born_on", "pk")[:MOST_OF_A_KIND]
        if half_way(row.born_on, months) <= today
    ]  # fmt: skip


def places_to_release(user) -> list[Thing]:
    """Places that a manager closed: kept until somebody says that they are free."""
    rows = Stay.objects.visible_to(user).filter(state=StayState.BEGUN, child__died_on__isnull=False)
    return [
        Thing(f"{stay.place} is closed by a manager", stay.get_absolute_url(), "It is kept until somebody releases it.")
        for stay in rows.select_related("place").order_by("pk")[:MOST_OF_A_KIND]
    ]
