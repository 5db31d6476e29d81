"""Booking a referral onto a panel."""

from django.shortcuts import get_object_or_404

from core.dates import day_in_words
from core.roles import Permission
from core.templatetags.ui import clock_time, weekday
from core.views.bases import ActionView
from panels.actions.agenda import list_referral
from panels.actions.booking import wait_for_slot
from panels.forms.agenda import BookForm
from panels.models import Meeting
from panels.models.booking import next_slots
from referrals.models import Referral
from referrals.models.linked import ready_beside

WAIT = "wait "


class BookReferral(ActionView):
    """Choose one of the next meetings for a referral, or join the line of a full one."""

    permission = Permission.RUN_MEETINGS
    model = Referral
    form_class = BookForm

    @property
    def slots(self):
        """The meetings offered, read once."""
        if not hasattr(self, "_slots"):
            self._slots = next_slots(self.request.user, self.record)
        return self._slots

    def get_form_kwargs(self):
        beside = [(one.reference, f"{one.reference}: {one.ask_sentence}") for one in self.ready_beside()]
        return {**super().get_form_kwargs(), "slots": [_choice(slots) for slots in self.slots], "beside": beside}

    def ready_beside(self):
        """Referrals of linked children that could go to the same meeting."""
        return list(ready_beside(self.record, self.request.user)[:10])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Book {self.record.reference} for a panel", lead=self.record.ask_sentence, submit_label="Book the referral",
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, slots=self.slots,
            full=[slots.meeting.panel for slots in self.slots if slots.is_full], **kwargs,
        )  # fmt: skip

    def act(self, form):
        chosen = form.cleaned_data["meeting"]
        meetings = Meeting.objects.visible_to(self.request.user)
        meeting = get_object_or_404(meetings, reference=chosen.removeprefix(WAIT))
        if chosen.startswith(WAIT):
            wait_for_slot(self.record, meeting, by=self.request.user)
            self.success_message = f"It waits for a slot on {day_in_words(meeting.on)}, and is booked when one comes free."
        else:
            beside = form.cleaned_data.get("beside", [])
            for referral in [self.record, *[one for one in self.ready_beside() if one.reference in beside]]:
                list_referral(referral, meeting, by=self.request.user)
            self.success_message = f"Booked for {day_in_words(meeting.on)}."
        return f"{meeting.get_absolute_url()}/agenda"


def _choice(slots) -> tuple[str, str, str]:
    """One meeting as a radio button: its value, its label, and what to know."""
    meeting, many = slots.meeting, slots.left + slots.meeting.taken
    day = f"{weekday(meeting.on)}, {clock_time(meeting.starts_at)}"
    hint = [f"{meeting.panel}. Papers by {weekday(slots.papers_by)}."]
    hint += [f"{meeting.chair.full_name} takes the chair."] if meeting.chair else []
    hint += slots.clashes
    if not slots.is_full:
        return meeting.reference, f"{day}: {slots.left} of {many} slots left", " ".join(hint)
    waits = f"{slots.waiting} {'waits' if slots.waiting == 1 else 'wait'} already." if slots.waiting else "Nobody waits yet."
    return f"{WAIT}{meeting.reference}", f"{day}: full. Wait for a slot", " ".join([waits, *hint])
