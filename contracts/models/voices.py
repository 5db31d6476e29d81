"""What young people said of the difference made, told to the page of their plan."""

from contracts.models.feedback import FeedbackAnswer
from core.roles import Permission
from referrals.models.plan_voices import Voice

MOST = 5


def voices(child, user) -> list[Voice]:
    """One child's own evaluations, the newest first; where they go into the plan, for whoever may put them there."""
    rows = FeedbackAnswer.objects.filter(child=child).exclude(impact="").order_by("-given_on", "-pk")[:MOST]
    puts = set(FeedbackAnswer.objects.visible_to(user).filter(child=child).values_list("pk", flat=True)) if user.can(Permission.ADD_FEEDBACK) else set()
    return [
        Voice(row.given_on, row.impact, row.used_on, row.used_how, f"/feedback/evaluations/{row.reference}" if row.pk in puts else "")
        for row in rows
    ]
