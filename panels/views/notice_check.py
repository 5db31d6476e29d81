"""A form with a date that is judged before it is sent: the last day for notice, by both readings."""

from core import clock
from core.closures import working_days_of
from panels.rules.notice import last_days_for_notice


class ChecksNotice:
    """A second button, "check", that shows the page again with the last days for the date typed."""

    def last_days(self, panel, terms, on):
        """Both readings of the last day for notice on the day typed, or on the first that could be; None without terms of notice."""
        if terms is None or terms.notice_working_days is None:
            return None
        calendar = working_days_of(panel.authority_id)
        on = on or calendar.add(clock.today(), terms.notice_working_days + 1)
        clear, counting = last_days_for_notice(on, terms.notice_working_days, calendar)
        return {"on": on, "clear": clear, "counting": counting, "today": clock.today()}

    def post(self, request, *args, **kwargs):
        if "check" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)
