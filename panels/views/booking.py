"""Booking a referral onto a panel."""

from django.shortcuts import get_object_or_404

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from core.templatetags.ui import clock_time, weekday
from core.views.bases import ActionView, ButtonDeed
from panels.actions.booking import book_on_panel, wait_for_slot
from panels.actions.holding import ON_ITS_WAY, hold_slot, let_slot_go
from panels.forms.agenda import BookForm
from panels.models import HeldSlot, Meeting
from panels.models.booking import next_slots
from referrals.models import Referral
from referrals.models.linked import ready_beside

WAIT = "wait "


class BookReferral(ActionView):
    """Choose panel, meeting and slot for a referral on one page, or join the line of a full meeting.

    For one that is not signed off yet, a slot is held.
    """

    permission = Permission.RUN_MEETINGS
    model = Referral
    form_class = BookForm

    @property
    def slots(self):
        """The meetings offered, read once."""
        if not hasattr(self, "_slots"):
            self._slots = next_slots(self.request.user, self.record)
        return self._slots

    @property
    def is_signed(self) -> bool:
        """Whether it can go on an agenda; otherwise a slot is held for it."""
        return self.record.status not in ON_ITS_WAY

    def get_form_kwargs(self):
        beside = [(one.reference, f"{one.reference}: {one.ask_sentence}") for one in self.ready_beside()]
        return {**super().get_form_kwargs(), "slots": [_choice(slots) for slots in self.offered()], "beside": beside, "is_signed": self.is_signed}

    def offered(self):
        """The meetings that may be chosen: a full one has a line, in which only a signed referral waits."""
        return [slots for slots in self.slots if self.is_signed or not slots.is_full]

    def ready_beside(self):
        """Referrals of linked children that could go to the same meeting."""
        return list(ready_beside(self.record, self.request.user)[:10]) if self.is_signed else []

    def get_context_data(self, **kwargs):
        held = self.record.held_slots.filter(settled_at=None).select_related("meeting__panel").first()
        verb, label = ("Book", "Book the referral") if self.is_signed else ("Hold a slot for", "Hold the slot")
        return super().get_context_data(
            heading=f"{verb} {self.record.reference}{' on a panel' if self.is_signed else ''}", lead=self.record.ask_sentence,
            submit_label=label, back_url=self.record.get_absolute_url(), back_label=self.record.reference,
            slots=self.offered(), held=held, is_signed=self.is_signed,
            full=[slots.meeting.panel for slots in self.slots if slots.is_full], **kwargs,
        )  # fmt: skip

    def act(self, form):
        chosen = form.cleaned_data["meeting"]
        meetings = Meeting.objects.visible_to(self.request.user)
        meeting = get_object_or_404(meetings, reference=chosen.removeprefix(WAIT))
        if not self.is_signed:
            hold_slot(self.record, meeting, by=self.request.user)
            self.success_message = f"A slot is held on {day_in_words(meeting.on)}. It is booked once the referral is signed off and ready."
            return f"{self.record.get_absolute_url()}/panel"
        if chosen.startswith(WAIT):
            wait_for_slot(self.record, meeting, by=self.request.user)
            self.success_message = f"It waits for a slot on {day_in_words(meeting.on)}, and is booked when one comes free."
        else:
            chosen_beside = form.cleaned_data.get("beside", [])
            beside = [one for one in self.ready_beside() if one.reference in chosen_beside]
            book_on_panel(self.record, meeting, beside=beside, place=form.cleaned_data.get("place"), by=self.request.user)
            self.success_message = f"Booked for {day_in_words(meeting.on)}."
        return f"{meeting.get_absolute_url()}/agenda"


class LetSlotGo(ButtonDeed):
    """The slot that is held for a referral is free again."""

    permission = Permission.RUN_MEETINGS
    model = Referral
    success_message = "The slot is free again."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/book"

    def act(self, form):
        let_slot_go(get_object_or_404(HeldSlot, referral=self.record, settled_at=None), by=self.request.user)


def _choice(slots) -> tuple[str, str, str]:
    """One meeting as a radio button: its value, its label, and what to know."""
    meeting, many = slots.meeting, slots.left + slots.meeting.taken
    day = f"{weekday(meeting.on)}, {clock_time(meeting.starts_at)}"
    hint = [f"{meeting.panel}. Papers by {weekday(slots.papers_by)}."]
    hint += [f"{meeting.chair.full_name} takes the chair."] if meeting.chair else []
    hint += slots.clashes
    hint += [f"The next free slot begins about {clock_time(slots.begins_at.astimezone(clock.LONDON))}."] if not slots.is_full else []
    if not slots.is_full:
        return meeting.reference, f"{day}: {slots.left} of {many} slots left", " ".join(hint)
    waits = f"{slots.waiting} {'waits' if slots.waiting == 1 else 'wait'} already." if slots.waiting else "Nobody waits yet."
    return f"{WAIT}{meeting.reference}", f"{day}: full. Wait for a slot", " ".join([waits, *hint])
