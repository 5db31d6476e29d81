"""Benefits that wait: for their owner's word where they point to non-delivery, and for finance."""

from contracts.models import Benefit
from contracts.models.benefit_register import register
from core import clock
from core.dates import day_in_words
from core.roles import Permission
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing


def off_course(user) -> list[Thing]:
    """A person's own benefits that point to non-delivery and have not been put to the board."""
    own = Benefit.objects.visible_to(user).filter(owner=user, is_modelled=False, starts_on__lt=clock.today())
    rows = [row for row in register(own.order_by("starts_on", "pk")) if row.signs and row.escalation is None]
    return [
        Thing(f"Benefit {row.benefit.reference} points to non-delivery", row.benefit.get_absolute_url(), " ".join(row.signs))
        for row in rows[:MOST_OF_A_KIND]
    ]


def asked_of_the_board(user) -> list[Thing]:
    """A person's own benefits about which the board has been asked."""
    own = Benefit.objects.visible_to(user).filter(owner=user, escalations__decided_on=None, escalations__isnull=False)
    rows = own.distinct().prefetch_related("escalations").order_by("pk")[:MOST_OF_A_KIND]
    return [
        Thing(
            f"The board was asked about benefit {benefit.reference}", asked.get_absolute_url(),
            f"A decision is wanted by {day_in_words(asked.wanted_by)}.", asked.wanted_by, waits_for=asked.get_board_display(),
        )
        for benefit in rows
        for asked in benefit.escalations.all()
        if asked.decided_on is None
    ]  # fmt: skip


def to_validate(user) -> list[Thing]:
    """Benefits with a figure that finance has not validated, or that changed since."""
    if not user.can(Permission.VALIDATE_BENEFITS):
        return []
    waiting = Benefit.objects.visible_to(user).filter(is_modelled=False).exclude(entered_by=user).exclude(changed_by=user)
    rows = [
        row
        for row in register(waiting.order_by("starts_on", "pk"))
        if row.amount is not None and row.validation is None and (row.hub_price_confirmed or not row.is_of_the_hub)
    ]
    return [
        Thing(
            f"Validate the figure of benefit {row.benefit.reference}", f"{row.benefit.get_absolute_url()}/validate",
            "It changed since it was validated." if row.stale else "It is provisional until then.",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip
