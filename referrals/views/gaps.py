"""What the records of children lack, case by case (002:914)."""

from core.lists import Column, Queue
from core.roles import Permission, Role
from core.views.lists import FilteredList
from referrals.models import Child
from referrals.models.gaps import gaps_of, with_gaps


class RecordGaps(FilteredList):
    """Children whose record this person may see and which lacks something that returns and reports ask for."""

    permission = Permission.SEE_CHILDREN
    model = Child
    template_name = "referrals/record_gaps.html"
    noun = "record,records"
    extra_context = {"heading": "Gaps in records", "lead": "What returns and reports ask for and a child’s record does not say."}
    queues = (
        Queue("mine", "Mine", lambda rows, user: rows.filter(social_worker=user)),
        Queue("team", "Team", lambda rows, user: rows.filter(team__in=user.acting.team_ids) if user.acting.team_ids else rows),
        Queue("all", "All", lambda rows, user: rows, holds_all=True),
    )
    default_queue = {Role.SOCIAL_WORKER: "mine"}
    columns = (
        Column("Child", lambda c, u: c.called, says_who=True),
        Column("Reference", lambda c, u: c.reference, sort="reference"),
        Column("Social worker", lambda c, u: c.social_worker.full_name if c.social_worker else "", sort="worker", by=("social_worker__full_name",)),
        Column("Gaps", lambda c, u: len(c.gaps), numeric=True),
        Column("Not recorded", lambda c, u: "; ".join(c.gaps)),
    )

    def records(self):
        return with_gaps(super().records()).select_related("social_worker").order_by("reference", "pk")

    def prepared(self, rows):
        for child in rows:
            child.gaps = gaps_of(child)
        return rows
