"""What changed: a timeline of the records this person may see."""

from datetime import timedelta

from core import clock
from core.views.bases import ANYONE_SIGNED_IN, Page
from kpis.forms.activity import ActivityFilter
from kpis.measures.activity import MOST, changes


class Activity(Page):
    """Newest first, of 30 days, narrowed by kind, by time and by referral."""

    permission = ANYONE_SIGNED_IN
    template_name = "kpis/activity.html"

    def get_context_data(self, **kwargs):
        form = ActivityFilter(self.request.GET)
        said = form.cleaned_data if form.is_valid() else {}
        back = clock.today() - timedelta(days=int(said.get("days") or 30))
        events, is_more = [], False
        if form.is_valid():
            events, is_more = changes(
                self.request.user, kind=said["kind"], since=clock.moment(back, clock.MIDNIGHT), reference=said["reference"]
            )
        narrowed = any(said.values()) or not form.is_valid()
        return super().get_context_data(form=form, events=events, is_more=is_more, most=MOST, narrowed=narrowed, **kwargs)
