"""Meetings: listed, read, answered, cancelled, and proof of what was served."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission, Role
from core.tabs import tabs_for
from core.views.bases import ActionView, RecordDetail
from panels.actions.attendance import answer_invitation, name_delegate
from panels.choices import STILL_TO_COME
from panels.forms.meeting import AnswerForm, DelegateForm
from panels.models import Meeting
from panels.models.clocks import papers_due_on
from panels.models.delegates import delegates_for
from panels.models.room import may_chair, representatives
from panels.models.served import proclaimed_since, why_breached
from panels.models.slots import slot_times

READERS = (Permission.READ_PAPERS, Permission.DECLARE_INTERESTS)


class MeetingRecord:
    """What every page of one meeting shows at its head; pages for readers open to those who read this one."""

    model = Meeting

    def records(self):
        rows = super().records().select_related("panel__authority", "terms__panel", "chair")
        return rows.read_by(self.request.user) if self.permission in READERS else rows

    def reads(self, meeting) -> bool:
        """Whether this person reads the agenda, papers and minutes of this meeting, and not its day alone."""
        user = self.request.user
        return user.can(Permission.READ_PAPERS) and (
            self.permission in READERS or Meeting.objects.filter(pk=meeting.pk).read_by(user).exists()
        )

    def identity(self, meeting):
        """The identity bar and tabs."""
        return {
            "record_name": str(meeting.panel),
            "record_facts": [f"{meeting.on:%A} {meeting.on.day} {meeting.on:%B %Y}", meeting.venue],
            "status_label": meeting.status_choice.label,
            "status_tone": meeting.status_choice.tone,
            "tabs": tabs_for(
                "meeting", meeting.reference, user=self.request.user, path=self.request.path, without=() if self.reads(meeting) else READERS
            ),
        }

    def items_for(self, meeting):
        """The agenda as this person may read it: items kept from them by number only."""
        user = self.request.user
        if not self.reads(meeting):
            return []
        seen = set(meeting.items.papers_for(user).values_list("pk", flat=True))
        rows = list(meeting.items.standing().select_related("referral", "presenter").in_order()[:60])
        times, numbers = slot_times(meeting, rows), {i.pk: i.number for i in rows if i.pk in seen}
        return [
            {
                "number": i.number, "item": i if i.pk in seen else None, "at": times[i.pk],
                "shares_with": numbers.get(i.shares_slot_with_id) if i.pk in seen else None,
            }
            for i in rows
        ]  # fmt: skip


class ForTheChair(MeetingRecord):
    """A page for whoever takes the chair of this meeting, whatever role they hold it in; not found for anybody else."""

    permission = Permission.READ_PAPERS

    def load(self):
        """The meeting, for its chair."""
        meeting, user = super().load(), self.request.user
        if user.acting.role == Role.PANEL_ADMINISTRATOR or not may_chair(meeting, user):
            raise Http404
        return meeting


class MeetingDetail(MeetingRecord, RecordDetail):
    """One meeting: when, where, the notice, who is coming, what to do next."""

    permission = Permission.SEE_MEETINGS

    def get_context_data(self, **kwargs):
        meeting, user = self.object, self.request.user
        runs = user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)
        answers = {a.person_id: a.get_answer_display() for a in meeting.answers.all()}
        delegates = {d.holder_id: d.delegate for d in meeting.delegations.select_related("delegate")}
        seats = [
            {"seat": s, "answer": answers.get(s.holder.pk, "No answer yet"), "delegate": delegates.get(s.holder.pk)}
            for s in representatives(meeting)
        ]
        url, label = self._deed(meeting, user, runs)
        return super().get_context_data(
            items=self.items_for(meeting), seats=seats, papers_due=papers_due_on(meeting), runs=runs,
            reads=self.reads(meeting), answers=user.can(Permission.DECLARE_INTERESTS) and self.reads(meeting) and meeting.status in STILL_TO_COME,
            may_cancel=may_chair(meeting, user) and user.acting.role != Role.PANEL_ADMINISTRATOR and meeting.status in STILL_TO_COME,
            holds_seat=any(s["seat"].holder.pk == user.pk for s in seats), chairs=may_chair(meeting, user),
            moves=list(meeting.moves.order_by("-moved_at")[:10]),
            may_move=user.can(Permission.CALL_MEETINGS) and meeting.status in STILL_TO_COME and meeting.starts_at > clock.now(),
            deed_url=url, deed_label=label, warnings=[*proclaimed_since(meeting), *why_breached(meeting)], **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def _deed(self, meeting, user, runs):
        """The one next thing this person does with the meeting."""
        at = meeting.get_absolute_url()
        if not self.reads(meeting):
            return "", ""
        if not runs:
            return f"{at}/papers", "Read the papers"
        if meeting.status == "in progress":
            return f"{at}/live", "Run the meeting"
        if meeting.status in {"planned", "called", "agenda"} and user.can(Permission.RUN_MEETINGS):
            return f"{at}/agenda", "Build the agenda"
        if meeting.status == "circulated" and meeting.on <= clock.today():
            return f"{at}/live", "Begin the meeting"
        return f"{at}/papers", "Read the papers"


class AnswerInvitation(MeetingRecord, ActionView):
    """Attending, sending a delegate, or apologies."""

    permission = Permission.DECLARE_INTERESTS
    form_class = AnswerForm
    success_message = "Saved."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Are you coming to {self.record}?", submit_label="Save my answer",
            back_url=self.record.get_absolute_url(), back_label=str(self.record.panel), **kwargs,
        )  # fmt: skip

    def act(self, form):
        answer_invitation(self.record, answer=form.cleaned_data["answer"], by=self.request.user)
        if form.cleaned_data["answer"] == "delegate":
            return f"{self.record.get_absolute_url()}/delegates/{self.request.user.reference}"
        return None


class NameDelegate(MeetingRecord, ActionView):
    """Name who stands for a seat at this meeting."""

    permission = Permission.DECLARE_INTERESTS
    form_class = DelegateForm
    success_message = "Named. They have the papers as soon as they are circulated."

    def load(self):
        meeting = super().load()
        self.seats = [s for s in representatives(meeting) if s.holder.reference == self.kwargs["holder"]]
        self.seat = self.seats[0] if self.seats else None
        return meeting if self.seat else get_object_or_404(Meeting.objects.none())

    def get_form_kwargs(self):
        people = delegates_for(self.record.panel, self.seat).exclude(pk=self.seat.holder.pk).order_by("full_name")
        return {**super().get_form_kwargs(), "people": people, "seats": self.seats}

    def get_context_data(self, **kwargs):
        asked = self.seat.title if len(self.seats) == 1 else self.seat.holder.full_name
        return super().get_context_data(
            heading=f"Who stands for {asked}?", submit_label="Name the delegate",
            back_url=self.record.get_absolute_url(), back_label=str(self.record.panel), **kwargs,
        )  # fmt: skip

    def act(self, form):
        name_delegate(
            self.record, letter=form.cleaned_data.get("letter", self.seat.letter), holder=self.seat.holder,
            delegate=form.cleaned_data["delegate"], by=self.request.user,
        )  # fmt: skip
