"""Moving a called meeting to another day, time or place."""

from core import clock
from core.roles import Permission
from core.views.bases import ActionView
from panels.actions.moving import move_meeting
from panels.forms.meeting import MoveMeetingForm
from panels.views.meeting import MeetingRecord
from panels.views.notice_check import ChecksNotice


class MoveMeeting(ChecksNotice, MeetingRecord, ActionView):
    """When and where it is to be instead; the last day for notice of that day is shown before anything is sent."""

    permission = Permission.CALL_MEETINGS
    form_class = MoveMeetingForm
    success_message = "Moved. New notice is on its way to every Representative, and the old day is off their calendars."

    def get_initial(self):
        meeting = self.record
        at = meeting.starts_at.astimezone(clock.LONDON)
        return {"on": meeting.on, "at": f"{at:%H:%M}", "lasts_minutes": meeting.lasts_minutes, "venue": meeting.venue,
                "seen": meeting.sequence}  # fmt: skip

    def get_context_data(self, **kwargs):
        meeting, form = self.record, kwargs.get("form") or self.get_form()
        terms = meeting.panel.terms_on(clock.today()) or meeting.terms
        on = form.cleaned_data.get("on") if form.is_bound and (form.is_valid() or form.cleaned_data) else None
        return super().get_context_data(
            heading=f"Move {meeting}", lead=f"{meeting.on:%A} {meeting.on.day} {meeting.on:%B %Y}, {meeting.venue}",
            submit_label="Move the meeting and serve notice", back_url=meeting.get_absolute_url(),
            back_label=str(meeting.panel), terms=terms, check=self.last_days(meeting.panel, terms, on), asked_on=on,
            **{**kwargs, "form": form},
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        move_meeting(
            self.record, starts_at=clock.moment(said["on"], said["at"]), venue=said["venue"],
            lasts_minutes=said["lasts_minutes"], reason=said["reason"], seen_sequence=said["seen"], by=self.request.user,
        )  # fmt: skip
