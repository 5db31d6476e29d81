"""Rebasing: the limits of one chart begin afresh, from a day and for a reason."""

from django.shortcuts import get_object_or_404

from core.roles import Permission
from core.views.bases import Question
from kpis.actions.rebase import rebase_chart
from kpis.forms.rebase import RebaseForm
from kpis.measures.service import BY_SLUG
from kpis.models import Indicator


class RebaseChart(Question):
    """Asked of the commissioner, who keeps the indicators."""

    permission = Permission.CHANGE_CONTRACTS
    form_class = RebaseForm
    heading, submit_label = "Begin limits afresh", "Begin limits afresh"
    lead = (
        "Only where the way of working, or of counting, changed: limits are never moved because figures look better or worse. "
        "The lines break there, no run crosses, and the reason stands under the chart."
    )
    success_message = "Limits begin afresh from that day. The reason stands under the chart."

    @property
    def slug(self) -> str:
        """The measure or indicator of the address."""
        return self.kwargs["figure"]

    @property
    def name(self) -> str:
        """What it is called; not found where nothing of ours has that name."""
        if self.slug in BY_SLUG:
            return BY_SLUG[self.slug].name
        return get_object_or_404(Indicator.objects.visible_to(self.request.user), slug=self.slug).name

    def back(self):
        return f"/kpis/{self.slug}"

    def get_context_data(self, **kwargs):
        self.back_label = self.name
        return super().get_context_data(**kwargs)

    def act(self, form):
        said = form.cleaned_data
        rebase_chart(
            self.request.user.acting.authority, slug=self.slug, name=self.name, from_on=said["from_on"], reason=said["reason"],
            by=self.request.user,
        )  # fmt: skip
