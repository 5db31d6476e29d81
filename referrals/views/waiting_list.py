"""The waiting list: who waits, service by service in order, narrowed, sorted and taken away like any list."""

from core.dated import numbers
from core.lists import Column
from core.roles import Permission
from core.views.lists import FilteredList
from referrals.filters import WaitingFilter
from referrals.models import Referral
from referrals.models.waiting_facts import days_since, numbered_rows, stats_of
from referrals.models.waiting_list import rows_of
from referrals.rules.readings import CONTACT, LOOK_AGAIN

LEAD = "In order: as it was set by hand, then by band, then by date."


def _meanwhile(row) -> str:
    """Whether there is a plan, and whether it is agreed."""
    if row.plan is None:
        return "No plan yet"
    return f"Agreed with {row.plan.agreed_by.full_name}" if row.plan.agreed_at else "Waits for agreement"


def _last_contact(row) -> str:
    """Whom somebody was last in touch with."""
    return row.last_contact.get_with_whom_display() if row.last_contact else "None yet"


class WaitingList(FilteredList):
    """Who waits, in order; the provider sees what was agreed for its provision."""

    permission = Permission.SEE_WAITING_LIST
    model = Referral
    filterset_class = WaitingFilter
    template_name = "referrals/waiting_list.html"
    noun = "child waiting,children waiting"
    extra_context = {"heading": "Waiting list", "lead": LEAD, "no_match": "Nobody who waits matches these filters"}
    columns = (
        Column("Order", lambda r, u: r.position or "Place offered", sort="order", by=("turn",)),
        Column("Referral", lambda r, u: r.referral.reference, sort="reference"),
        Column("Child", lambda r, u: r.referral.child.called, says_who=True),
        Column("Service", lambda r, u: r.referral.get_wants_display()),
        Column("Priority", lambda r, u: r.referral.get_band_display(), sort="band", by=("urgency", "waiting_since")),
        Column("Days waiting", lambda r, u: r.days, sort="days", by=("-waiting_since",), numeric=True),
        Column("Last contact", lambda r, u: _last_contact(r)),
        Column("Next contact by", lambda r, u: r.contact_due, sort="contact", by=("contact_due",)),
        Column("Meanwhile", lambda r, u: _meanwhile(r)),
        Column("Free place", lambda r, u: r.free_place or "None free"),
    )
    shown = ("Order", "Referral", "Priority", "Days waiting", "Next contact by", "Meanwhile", "Free place")

    def records(self):
        rows, self.numbered = numbered_rows(self.request.user)
        return rows

    def _sorted(self, rows):
        """Sorted inside each service: two services are never one queue."""
        rows = super()._sorted(rows)
        return rows.order_by("service", *[by for by in rows.query.order_by if by != "service"])

    def prepared(self, rows):
        return rows_of(rows, self.request.user, self.numbered)

    def heads(self):
        return [head for head in super().heads() if head["label"] in self.shown]

    def get_context_data(self, **kwargs):
        user, found = self.request.user, stats_of(self.object_list)
        number, longest, contacts, bands = found["waiting"], days_since(found["longest"]), found["contacts"], found["bands"]
        return super().get_context_data(
            may_contact=user.can(Permission.LOG_CONTACTS), may_order=user.can(Permission.ORDER_WAITING),
            reads_report=user.can(Permission.SEE_WAITING_REPORT),
            in_force=numbers(CONTACT, LOOK_AGAIN, authority=user.acting.authority_id).values(),
            stats=[
                {"figure": number, "noun": "child waiting" if number == 1 else "children waiting"},
                {"figure": longest, "noun": "day, the longest wait" if longest == 1 else "days, the longest wait"},
                {"figure": contacts, "noun": "contact overdue" if contacts == 1 else "contacts overdue"},
                {"figure": bands, "noun": "band to look at again" if bands == 1 else "bands to look at again"},
            ], **kwargs,
        )  # fmt: skip
