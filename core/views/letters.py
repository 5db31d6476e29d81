"""Letters that lead to papers: opened by their reader alone, listed with who opened them, recalled from the wrong person."""

from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render

from core import clock, letters
from core.actions.recall import recall_letter, settle_recall
from core.forms import HouseForm, LongTextField
from core.models import Message, Recall
from core.reading import record_file_read
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN, ActionView, Question, RecordDetail, RecordList


class OpenLetter(RecordDetail):
    """The link of an email: leads its own reader on, says so where it opens no more, and is not there for anybody else."""

    permission = ANYONE_SIGNED_IN
    model = Message

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        rows = self.records().select_related("recall").filter(reference=kwargs["reference"])
        message = rows.first()
        if message is None or not letters.is_of_papers(message.kind):
            raise Http404
        acting = request.user.acting
        until = letters.lasts_until(message, acting.authority if acting else None)
        gone = letters.why_not_open(is_recalled=hasattr(message, "recall"), until=until, today=clock.today())
        if gone:
            return render(request, "core/letter_gone.html", {"why": gone, "subject": message.subject}, status=410)
        record_file_read(message, by=request.user)
        return HttpResponseRedirect(message.link)


class Letters(RecordList):
    """Letters that lead to papers, the newest first, each with whether it was opened."""

    permission = Permission.RECALL_LETTERS
    model = Message
    template_name = "core/letters.html"

    def records(self):
        return letters.may_be_recalled(self.request.user).order_by("-created_at", "-pk")


class RecallForm(HouseForm):
    """Why a letter is recalled."""

    because = LongTextField(
        label="What happened?", max_length=1000, rows=4, help_text="Who should have had it, and how it came to go to somebody else. No child’s name.",
        error_messages={"required": "Say what happened"},
    )  # fmt: skip


class RecallLetter(Question):
    """Record that a letter went to the wrong person."""

    permission = Permission.RECALL_LETTERS
    model = Message
    form_class = RecallForm
    heading, submit_label, back_label = "Sent to the wrong person", "Recall this letter", "Letters"
    success_message = "Recalled. Its link and what it led to are closed to them, and information governance has been told."

    @property
    def lead(self):
        """Whose letter it is, and whether they opened it."""
        said = "has opened it" if self.record.opened else "has not opened it"
        return f"“{self.record.subject}”, to {self.record.person.full_name}, who {said}. They read it no more from the moment you recall it."

    def records(self):
        return letters.may_be_recalled(self.request.user)

    def back(self):
        return "/letters"

    def why_not(self):
        return letters.why_not_recall(is_recalled=hasattr(self.record, "recall"))

    def act(self, form):
        recall_letter(self.record, because=form.cleaned_data["because"], by=self.request.user)


class SettleForm(HouseForm):
    """What was found."""

    finding = LongTextField(
        label="What did you find, and what was done?", max_length=2000, rows=5, help_text="Whether it is a breach to be reported, and who was told.",
        error_messages={"required": "Say what you found"},
    )  # fmt: skip


class RecallPage(ActionView):
    """One recall: what happened, and what the information governance officer found."""

    permission = Permission.RECALL_LETTERS
    model = Recall
    form_class = SettleForm
    template_name = "core/recall.html"
    success_message = "Kept."
    extra_context = {"heading": "A letter that went to the wrong person", "submit_label": "Save what was found"}

    def records(self):
        return super().records().select_related("message__person", "recorded_by", "settled_by", "authority")

    def why_not(self):
        same = self.record.recorded_by_id == self.request.user.pk
        return letters.why_not_settle_recall(is_settled=self.record.settled_at is not None, is_same=same)

    def act(self, form):
        settle_recall(self.record, finding=form.cleaned_data["finding"], by=self.request.user)
