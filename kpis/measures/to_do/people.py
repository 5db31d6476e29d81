"""Roles that were asked for and wait for a second person."""

from core.models import RoleProposal
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after


def roles_to_agree(user) -> list[Thing]:
    """Roles that this person may agree or turn down, by the day they are to begin, or within a Working Day."""
    rows = RoleProposal.objects.to_agree(user).select_related("person", "proposed_by").order_by("from_on", "pk")
    return [
        Thing(
            f"Agree or turn down a role: {row.person.full_name}, {row.get_role_display().lower()}", row.get_absolute_url(),
            f"Asked for by {row.proposed_by.full_name}.", max(row.from_on, working_days_after(row.proposed_at, 1)),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip
