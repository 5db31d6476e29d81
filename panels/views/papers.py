"""Papers: the list with what one has read, the reader with one's own notes, and what comes late."""

from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core import clock
from core.reading import record_read
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, RecordDetail, RecordList
from panels.actions.booking import take_late_referral
from panels.actions.paper import accept_supplement, mark_paper, offer_supplement, refuse_supplement
from panels.forms.agenda import LatePaperForm, MarkForm
from panels.models import AgendaItem, Supplement, WaitingSlot
from panels.models.clocks import papers_due_on
from panels.models.contents import last_time
from panels.models.own_papers import (
    agenda_for,
    copy_of,
    is_readable,
    may_open,
    opened_by,
    served_on,
)
from panels.models.reading import marks_of
from panels.models.room import may_chair
from panels.views.meeting import MeetingRecord
from referrals.models import Referral
from referrals.views.uploads import named_bytes

WORDS_A_MINUTE = 220
OFFERS = "A late paper is offered here and waits for the chair."
NOT_OUT = "These papers have not gone out yet: put what is new with them."


class Papers(MeetingRecord, RecordDetail):
    """The agenda with its papers, as this person may read them, and which of them they have read."""

    permission = Permission.READ_PAPERS

    def get_context_data(self, **kwargs):
        meeting, user = self.object, self.request.user
        rows, marks = self._rows(meeting), marks_of(user, meeting)
        for row in rows:
            row["mark"] = marks.get(row["item"].pk) if row["item"] else None
        papers = [row for row in rows if row["readable"]]
        first = next((row for row in papers if not (row["mark"] and row["mark"].read_at)), None)
        return super().get_context_data(
            items=rows, papers=len(papers), read=sum(1 for row in papers if row["mark"] and row["mark"].read_at), first=first,
            copy=copy_of(meeting, user, rows) if papers else None, is_out=meeting.circulated_at is not None, due=papers_due_on(meeting),
            kept=[row["number"] for row in rows if row["item"] is None],
            may_late=user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user), **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def _rows(self, meeting) -> list[dict]:
        """Every item as this reader has it, with whose slot it shares and what came late."""
        rows = agenda_for(meeting, self.request.user)
        numbers = {row["item"].pk: row["number"] for row in rows if row["item"]}
        late: dict[int, list] = {}
        for one in meeting.supplements.accepted().filter(item__in=numbers).select_related("file").order_by("first_page"):
            late.setdefault(one.item_id, []).append(one)
        for row in rows:
            item = row["item"]
            row["shares_with"] = numbers.get(item.shares_slot_with_id) if item else None
            row["late"] = late.get(item.pk, []) if item else []
        return rows


class PaperDetail(MeetingRecord, ActionView):
    """One paper as it went out, what came after it, and the reader's own notes."""

    permission = Permission.READ_PAPERS
    form_class = MarkForm

    def load(self):
        meeting, user = super().load(), self.request.user
        self.item = meeting.items.standing().papers_for(user).filter(number=self.kwargs["number"]).select_related(
            "paper", "referral__child", "high_risk_request__child", "meeting__panel", "meeting__terms"
        ).first()
        if self.item is None or not is_readable(self.item) or not may_open(self.item, user):
            raise Http404
        return meeting

    def get(self, request, *args, **kwargs):
        about = self.item.referral or self.item.child
        if about is not None and request.user.can(self.permission):
            record_read(about, by=request.user)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        mark = marks_of(self.request.user, self.record).get(self.item.pk)
        return {"note": mark.note if mark else ""}

    def get_context_data(self, **kwargs):
        meeting, item, user = self.record, self.item, self.request.user
        numbers = self._numbers()
        at = numbers.index(item.number)
        paper = item.paper.frozen if item.paper else {"sections": last_time(meeting, user)}
        return super().get_context_data(
            meeting=meeting, item=item, paper=paper, version=item.paper, place=at + 1, many=len(numbers),
            before=numbers[at - 1] if at else None, after=numbers[at + 1] if at + 1 < len(numbers) else None,
            minutes=max(1, round(_words_in(paper) / WORDS_A_MINUTE)),
            late=item.supplements.accepted().select_related("file").order_by("first_page"), **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def _numbers(self) -> list[int]:
        """The numbers of the items this reader has something to read of, in order."""
        rows = self.record.items.standing().papers_for(self.request.user).in_order().select_related("meeting__panel", "meeting__terms")
        return [item.number for item in opened_by(rows[:60], self.request.user)]

    def act(self, form):
        deed = self.request.POST.get("deed", "")
        mark_paper(self.item, note=form.cleaned_data["note"], has_read=deed == "next", by=self.request.user)
        at = f"{self.record.get_absolute_url()}/papers"
        after = next((n for n in self._numbers() if n > self.item.number), None)
        if deed == "next":
            return f"{at}/{after}" if after else at
        return self.request.path


def _words_in(value) -> int:
    """How many words a frozen paper has."""
    if isinstance(value, dict):
        return sum(_words_in(part) for part in value.values())
    if isinstance(value, list):
        return sum(_words_in(part) for part in value)
    return len(value.split()) if isinstance(value, str) else 0


class LatePapers(MeetingRecord, ActionView):
    """What came late: the administrator offers it, the chair takes it or not, members are told."""

    permission = Permission.SEE_MEETINGS
    form_class = LatePaperForm
    success_message = "Sent to the chair."

    def load(self):
        meeting, user = super().load(), self.request.user
        if not (user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)):
            raise Http404
        return meeting

    def _seen(self):
        return self.record.items.standing().visible_to(self.request.user).in_order()

    def get_form_kwargs(self):
        rows = [(str(item.pk), f"{item.number}. {item.title}") for item in self._seen()[:60]]
        return {**super().get_form_kwargs(), "items": rows}

    def get_context_data(self, **kwargs):
        meeting, user = self.record, self.request.user
        late = meeting.supplements.filter(item__in=self._seen()).select_related("item", "file", "offered_by", "accepted_by", "refused_by")
        waits = WaitingSlot.objects.shown_to(user).filter(meeting=meeting)
        return super().get_context_data(
            meeting=meeting, late=late.order_by("-offered_at")[:60], waits=waits.select_related("referral").prefetch_related("referral__tasks").order_by("asked_at")[:20],
            chairs=may_chair(meeting, user) and user.acting.role != "PA", runs=user.can(Permission.RUN_MEETINGS),
            is_out=meeting.circulated_at is not None, nothing=OFFERS if meeting.circulated_at else NOT_OUT, **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        deed, _, key = request.POST.get("deed", "").partition(" ")
        if deed not in {"accept", "refuse", "take"}:
            return super().post(request, *args, **kwargs)
        if not key.isascii() or not key.isdigit() or len(key) > 9:
            raise Http404
        try:
            self._answer(deed, int(key))
        except RuleBroken as refusal:
            return self.render_to_response(self.get_context_data(form=LatePaperForm(items=self.get_form_kwargs()["items"]), refusals=refusal.reasons))
        return HttpResponseRedirect(request.path)

    def _answer(self, deed: str, key: int) -> None:
        """The chair's answer to one late paper or one late referral."""
        user = self.request.user
        if deed == "take":
            rows = WaitingSlot.objects.shown_to(user).select_related("referral__child", "referral__author", "meeting__panel")
            take_late_referral(get_object_or_404(rows, pk=key, meeting=self.record), by=user)
            return
        late = get_object_or_404(Supplement, pk=key, meeting=self.record, item__in=self._seen())
        if deed == "accept":
            accept_supplement(late, by=user)
        else:
            refuse_supplement(late, because=self.request.POST.get("because", "").replace("\x00", "")[:1000], by=user)

    def act(self, form):
        said = form.cleaned_data
        item = get_object_or_404(self._seen(), pk=said["item"])
        upload = named_bytes(said["file"]) if said["file"] else None
        offer_supplement(item, words=said["words"], change_note=said["change_note"], upload=upload, by=self.request.user)
        return self.request.path


class MyPapers(RecordList):
    """Papers of meetings to come that this person may read."""

    permission = Permission.READ_PAPERS
    model = AgendaItem
    template_name = "panels/my_papers.html"

    def records(self):
        rows = self.model.objects.papers_for(self.request.user).filter(paper__isnull=False, meeting__starts_at__gte=clock.now())
        rows = rows.filter(Q(referral__in=Referral.objects.visible_to(self.request.user)) | Q(referral=None, meeting__in=served_on(self.request.user)))
        return rows.select_related("meeting__panel", "referral").order_by("meeting__starts_at", "number")
