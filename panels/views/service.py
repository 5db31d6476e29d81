"""Cancelling a meeting, and proof of what was served on whom."""

from core import clock
from core.roles import Permission
from core.views.bases import ActionView, Question, RecordDetail
from panels.actions.meeting import cancel_meeting, record_not_held
from panels.actions.service import record_bounce, record_service
from panels.choices import ServiceKind
from panels.forms.meeting import CancelMeetingForm, RecordServiceForm
from panels.models.room import people_served, representatives
from panels.models.served import business_of, why_breached
from panels.rules.notice import cancellation_is_in_time
from panels.views.meeting import ForTheChair, MeetingRecord

BOUNCED = "bounced"


class CancelMeeting(ForTheChair, ActionView):
    """Cancel in time, with each view; or record that it was not held."""

    form_class = CancelMeetingForm
    success_message = "Recorded, and everybody is being told."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "seats": representatives(self.record)}

    def get_context_data(self, **kwargs):
        meeting, rule = self.record, self.record.terms.cancellation_hours
        in_time = cancellation_is_in_time(meeting.starts_at, clock.now(), hours=rule or 0)
        return super().get_context_data(
            heading=f"Cancel {meeting}", submit_label="Cancel and tell members", in_time=in_time,
            hours_words=self._hours_words(meeting, rule, in_time), counts=self._counts(meeting),
            business=business_of(meeting, self.request.user), back_url=meeting.get_absolute_url(),
            back_label=str(meeting.panel), **kwargs,
        )  # fmt: skip

    def _hours_words(self, meeting, rule, in_time) -> str:
        """The hours that really go by until the start, against the rule."""
        hours = max(int((meeting.starts_at - clock.now()).total_seconds() // 3600), 0)
        if rule is None:
            return f"{hours} hours before it starts. These terms set no hours."
        verdict = f"meets the {rule}-hour rule" if in_time else f"is inside the {rule} hours, so it can only be recorded as not held"
        return f"{hours} hours before it starts: {verdict}."

    def _counts(self, meeting) -> str:
        """What is left of the year, where that is fewer than the terms ask for."""
        left = meeting.panel.meetings.counted(meeting.on.year).exclude(pk=meeting.pk).count()
        fewest = meeting.terms.fewest_a_year
        if fewest is None or left >= fewest:
            return ""
        return f"Without it {left} meetings count in {meeting.on.year}, and the terms ask for at least {fewest}. The reason is shown to the group."

    def act(self, form):
        said = form.cleaned_data
        if said["deed"] == "not held":
            record_not_held(self.record, reason=said["reason"], by=self.request.user)
            return
        cancel_meeting(
            self.record, reason=said["reason"], views=form.views(), is_lack_of_business=said["deed"] == "business",
            by=self.request.user,
        )  # fmt: skip


class ServiceProof(MeetingRecord, RecordDetail):
    """What was served on whom, where and when."""

    permission = Permission.RUN_MEETINGS

    def get_context_data(self, **kwargs):
        rows = self.object.services.select_related("person", "ends").order_by("served_at", "pk")[:500]
        return super().get_context_data(
            rows=rows, breaches=why_breached(self.object), **self.identity(self.object), **kwargs
        )


class RecordService(MeetingRecord, Question):
    """Write down by hand that something was served, or that a message came back."""

    permission = Permission.RUN_MEETINGS
    form_class = RecordServiceForm
    template_name = "panels/record_service.html"
    heading, submit_label, back_label = "Record service by hand", "Record it", "Proof of service"
    success_message = "Recorded. It is never edited."

    def back(self):
        return f"{self.record.get_absolute_url()}/service"

    def get_form_kwargs(self):
        self.people = {person.reference: person for _, person in people_served(self.record)}
        kinds = [choice for choice in ServiceKind.choices if choice[0] != ServiceKind.BOUNCE]
        came_back = [(f"{BOUNCED} {kind}", f"{label}: it came back undelivered") for kind, label in kinds]
        people = [(reference, person.full_name) for reference, person in self.people.items()]
        return {**super().get_form_kwargs(), "people": people, "kinds": [*kinds, *came_back]}

    def act(self, form):
        said = form.cleaned_data
        person, at = self.people[said["person"]], clock.moment(said["served_on"], said["served_at"])
        kind = said["kind"].removeprefix(f"{BOUNCED} ")
        facts = {"person": person, "kind": kind, "how": said["how"], "by": self.request.user}
        if kind == said["kind"]:
            record_service(self.record, served_at=at, **facts)
        else:
            record_bounce(self.record, came_back_at=at, **facts)
