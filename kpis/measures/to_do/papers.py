"""Papers and interests that wait: what came late for the chair, and a register to look through once a year."""

from datetime import timedelta

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from panels.choices import STILL_TO_COME
from panels.models import AgendaItem, SeatHolder, Supplement
from panels.models.register import CONFIRM_EVERY_MONTHS, confirm_by, confirmed_on

AHEAD = timedelta(days=28)


def late_papers(user) -> list[Thing]:
    """Late papers that this chair takes or not, for meetings still to come and items they are not out of."""
    rows = Supplement.objects.to_answer().filter(
        meeting__chair=user, meeting__status__in=STILL_TO_COME, item__in=AgendaItem.objects.visible_to(user)
    )
    return [
        Thing(
            f"Take a late paper or not, for the {row.meeting.panel}", f"{row.meeting.get_absolute_url()}/late",
            f"For item {row.item.number} on {day_in_words(row.meeting.on)}.", working_days_after(row.offered_at, 1),
        )
        for row in rows.select_related("meeting__panel", "item").order_by("offered_at")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def register(user) -> list[Thing]:
    """One's register of interests, for whoever holds a seat: where it was never confirmed, and then four weeks before each year is over."""
    if not user.can(Permission.DECLARE_INTERESTS) or not SeatHolder.objects.filter(person=user, until_on=None).exists():
        return []
    last, due = confirmed_on(user), confirm_by(user)
    if due - clock.today() > AHEAD:
        return []
    why = f"Last confirmed on {day_in_words(last)}." if last else f"Then once every {CONFIRM_EVERY_MONTHS} months."
    return [Thing("Confirm your register of interests", "/account/interests", why, due if last else None)]
