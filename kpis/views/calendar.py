"""The calendar: a month as a table, the same as a list, and a link by which one's own calendar reads it."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from core import clock
from core.actions.told import make_calendar_link, revoke_calendar_link
from core.dates import months_after
from core.forms import HouseForm
from core.models import CalendarFeed
from core.views.bases import ANYONE_SIGNED_IN, ActionView, Page
from kpis.measures.diary import entries, meetings_of, weeks_of
from panels.papers import feed


class CalendarMonth(Page):
    """What falls on which day of a month."""

    permission = ANYONE_SIGNED_IN
    template_name = "kpis/calendar_month.html"

    def get_context_data(self, **kwargs):
        first = self._first(kwargs.get("month", ""))
        last = months_after(first, 1)
        user = self.request.user
        authority_id = user.acting.authority_id if user.acting else None
        found = entries(user, first, last) if user.acting else []
        return super().get_context_data(
            first=first, entries=found, weeks=weeks_of(first, last, found, authority_id), before=months_after(first, -1),
            after=last, **kwargs,
        )  # fmt: skip

    def _first(self, month: str) -> date:
        """The first day of the month that the address names, or of this one."""
        if not month:
            return clock.today().replace(day=1)
        year, number = (int(part) for part in month.split("-"))
        if not (2000 <= year <= 2100 and 1 <= number <= 12):
            raise Http404
        return date(year, number, 1)


class WhichForm(HouseForm):
    """Which of the page's two buttons was pressed."""

    deed = forms.ChoiceField(choices=[("make", "Make a link"), ("revoke", "Take it back")], widget=forms.HiddenInput)


class CalendarLink(ActionView):
    """A link to one's own meetings, to make, copy, and take back."""

    permission = ANYONE_SIGNED_IN
    form_class = WhichForm

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        link = self.request.user.calendar_feeds.filter(revoked_at=None).first()
        address = f"{settings.SITE_URL}{link.get_absolute_url()}" if link else ""
        return super().get_context_data(link=link, address=address, **kwargs)

    def act(self, form):
        deed = make_calendar_link if form.cleaned_data["deed"] == "make" else revoke_calendar_link
        deed(by=self.request.user)


@login_not_required
@require_safe
def calendar_feed(request, token: str):
    """The meetings of whoever was given this address: titles, times and links, nothing about a child."""
    link = CalendarFeed.of(token)
    if link is None:
        raise Http404
    if link.revoked_at or not link.person.is_active:
        return HttpResponse("This link has been taken back.", status=410, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(feed(meetings_of(link.person)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return answer
