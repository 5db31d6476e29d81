"""Lists with names that wait for a second person, and one's own that are ready."""

from core.models import NamedExport
from core.models.named_export import ExportState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after


def to_agree(user) -> list[Thing]:
    """Lists with names that this person may agree or refuse, within a Working Day."""
    rows = NamedExport.objects.to_agree(user).select_related("person").order_by("asked_at", "pk")
    return [
        Thing(
            f"Agree or refuse export {row.reference}", row.get_absolute_url(), f"A list with names, asked for by {row.person.full_name}.",
            working_days_after(row.asked_at, 1),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def to_take(user) -> list[Thing]:
    """One's own lists with names that are ready, while they last."""
    rows = NamedExport.objects.visible_to(user).open().filter(person=user, state=ExportState.READY, taken_at=None)
    return [
        Thing(f"Download export {row.reference}", row.get_absolute_url(), "It is ready.", row.until_at.date())
        for row in rows.order_by("until_at", "pk")[:MOST_OF_A_KIND]
    ]
