"""Complaints, incidents and compliments of one contract, quarter by quarter."""

from contracts.models import Complaint, Compliment
from contracts.models.complaint import reads_words
from contracts.views.register import RegisterPage
from core.roles import Permission
from kpis.measures.complaints import by_quarter, open_and_late
from kpis.views.dashboard import hides

MOST = 25


class Complaints(RegisterPage):
    """What was received and what is open; rows for those who look after the service, figures for those who watch it."""

    template_name = "kpis/complaints.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        hide = hides(user)
        opened, late = open_and_late(contract, hide=hide)
        rows = Complaint.objects.visible_to(user).filter(contract=contract).open()
        compliments = Compliment.objects.visible_to(user).filter(contract=contract).select_related("given_by")
        return super().get_context_data(
            quarters=by_quarter(contract, user, hide=hide), opened=opened, late=late, hides=hide, reads=reads_words(user),
            complaints=[] if hide else rows.order_by("due_on", "pk")[:MOST], compliments=compliments.order_by("-given_at", "-pk")[:MOST],
            may_log=user.can(Permission.LOG_COMPLAINTS), **kwargs,
        )  # fmt: skip
