"""What a young person said and did, in the order it happened, in words they would use."""

from core import clock
from referrals.models.ending import Ending
from referrals.models.plan import PlanAction, PlanReview, SupportPlan
from referrals.models.referral import Referral
from referrals.models.stay import Stay
from referrals.models.transition import Telling

MOST = 60


def _day(moment):
    return moment.astimezone(clock.LONDON).date()


def own_path(child, user) -> list[dict]:
    """Every step as day, what was done, and what the child said; the first first."""
    steps = [*_asked(child, user), *_told(child, user), *_lived(child, user), *_planned(child, user), *_ended(child, user)]
    return sorted(steps, key=lambda step: step["on"])[:MOST]


def _asked(child, user) -> list[dict]:
    """What they said when help was first asked for."""
    rows = Referral.objects.visible_to(user).filter(child=child, first_sent_at__isnull=False)
    return [
        {"on": _day(row.first_sent_at), "what": "You were asked what you wanted.", "said": row.child_view}
        for row in rows.prefetch_related("tasks").order_by("pk")[:10]
        if row.child_view
    ]


def _told(child, user) -> list[dict]:
    """What they were told, and what they said."""
    rows = Telling.objects.visible_to(user).filter(child=child, told_on__isnull=False).order_by("pk")[:10]
    return [{"on": row.told_on, "what": row.words, "said": row.child_said} for row in rows]


def _lived(child, user) -> list[dict]:
    """When they came to a place, and when support there began."""
    rows = Stay.objects.visible_to(user).filter(child=child, state__in=["begun", "ended"]).select_related("place__home")
    steps = []
    for stay in rows.order_by("starts_on")[:10]:
        home = stay.place.home
        steps.append({"on": stay.starts_on, "what": f"You moved in at {home}." if home else "People from the team began to help you.", "said": ""})
    return steps


def _planned(child, user) -> list[dict]:
    """What was planned with them, what got done, and what they said when it was looked at."""
    plans = SupportPlan.objects.visible_to(user).filter(child=child)
    steps = [{"on": _day(plan.started_at), "what": "You made a plan together.", "said": plan.child_words} for plan in plans.order_by("pk")[:5]]
    done = PlanAction.objects.filter(plan__in=plans, done_on__isnull=False).order_by("done_on")[:20]
    steps += [{"on": action.done_on, "what": f"Done: {action.what}", "said": ""} for action in done]
    looked = PlanReview.objects.filter(plan__in=plans).order_by("held_on")[:20]
    return steps + [{"on": row.held_on, "what": "You looked at the plan together.", "said": row.child_view} for row in looked]


def _ended(child, user) -> list[dict]:
    """How a place ended, and what they said about it; a move on with the same support is no end."""
    stays = Stay.objects.visible_to(user).filter(child=child, state="ended")
    rows = Ending.objects.filter(stay__in=stays, finished_at__isnull=False).select_related("stay__place__home", "stay__followed_by").order_by("stay__ended_on")[:10]
    return [
        {"on": row.stay.ended_on, "what": _end_in_words(row), "said": row.child_feedback}
        for row in rows
    ]  # fmt: skip


def _end_in_words(ending) -> str:
    """Moved on, where support went on after; else the end, and who is there next."""
    if getattr(ending.stay, "followed_by", None) is not None:
        return f"You moved on from {ending.stay.place.home or 'there'}."
    return f"It came to an end. Next: {ending.supports_next}" if ending.supports_next else "It came to an end."
