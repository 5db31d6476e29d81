"""The calendar: a month as a table, and the same as a list."""

from datetime import date

from django.http import Http404

from core import clock
from core.dates import months_after
from core.views.bases import ANYONE_SIGNED_IN, Page
from kpis.measures.diary import entries, weeks_of


class CalendarMonth(Page):
    """What falls on which day of a month."""

    permission = ANYONE_SIGNED_IN
    template_name = "kpis/calendar_month.html"

    def get_context_data(self, **kwargs):
        first = self._first(kwargs.get("month", ""))
        last = months_after(first, 1)
        user = self.request.user
        found = entries(user, first, last) if user.acting else []
        return super().get_context_data(
            first=first, entries=found, weeks=weeks_of(first, last, found), before=months_after(first, -1),
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
