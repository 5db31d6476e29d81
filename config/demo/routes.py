"""A young person put to the high risk panel, and what health decided of continuing care for another."""

from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.dates import birthday
from panels.actions.routes import ask_high_risk_panel, record_health_decision
from panels.rules.routes import YOUNGEST
from referrals.models import Child, Referral


def go_on(story) -> None:
    """Both in the last fortnight."""
    borough, today = story.borough, story.today
    story.at(today - timedelta(days=2), 15.5, lambda: _ask(borough, today))
    story.at(today - timedelta(days=9), 12, lambda: _health(borough))


def _ask(borough, today: date) -> None:
    """The oldest of the social worker's young people, on the day somebody asks."""
    young = Child.objects.filter(social_worker=borough.sw, died_on=None, closing=None, born_on__isnull=False).order_by("born_on", "pk").first()
    if young is not None and birthday(young.born_on, YOUNGEST) <= today:
        ask_high_risk_panel(
            young, by=borough.sw,
            why="No family to go to, and three addresses in a year. Health, housing and the police each know a part of it.",
        )  # fmt: skip


def _health(borough) -> None:
    """The referral that was sent to another panel; health decided the day before it is written down."""
    sent_on = Referral.objects.filter(status="REDIRECTED").order_by("pk").first()
    if sent_on is not None:
        record_health_decision(
            sent_on, decided_by="The integrated care board, lead for continuing care", decided_on=clock.today() - timedelta(days=1), outcome="joint",
            share=Decimal(40), by=borough.pa,
        )  # fmt: skip
