"""Agendas: built, booked onto, and the papers read."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core import clock
from core.reading import record_read
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, RecordDetail, RecordList
from panels.actions.agenda import add_item, list_referral, move_item, take_off_item
from panels.actions.slots import share_slot, split_slot
from panels.choices import ItemKind
from panels.forms.meeting import AddItemForm, BookForm
from panels.models import AgendaItem, Meeting
from panels.models.clocks import papers_due_on
from panels.views.meeting import MeetingRecord
from referrals.models import Referral
from referrals.models.linked import pairs_among, ready_beside

SLOTS = {"share": share_slot, "split": split_slot}


class BuildAgenda(MeetingRecord, ActionView):
    """The agenda in order: move, take off, add a referral or other business."""

    permission = Permission.RUN_MEETINGS
    form_class = AddItemForm

    def get_context_data(self, **kwargs):
        meeting, user = self.record, self.request.user
        ready = Referral.objects.visible_to(user).filter(status="READY").select_related("child", "authority")
        rows = _with_linked(meeting, self.items_for(meeting), user)
        minutes = sum(row["item"].minutes for row in rows if row["item"])
        return super().get_context_data(
            meeting=meeting, items=rows, minutes=minutes, over=minutes - meeting.lasts_minutes,
            ready=ready.prefetch_related("tasks").order_by("status_since", "pk")[:50],
            papers_due=papers_due_on(meeting), **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if "deed" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = AddItemForm()
        try:
            self._do(*request.POST["deed"].split(" ", 2))
        except (RuleBroken, ValueError, TypeError) as refusal:
            reasons = getattr(refusal, "reasons", ["That cannot be done to this agenda."])
            return self.render_to_response(self.get_context_data(form=form, refusals=reasons))
        return HttpResponseRedirect(request.path)

    def _do(self, deed, key, to=""):
        """One button of the agenda: list a referral, take an item off, move it."""
        user, meeting = self.request.user, self.record
        if deed == "list":
            referral = get_object_or_404(Referral.objects.visible_to(user), reference=key)
            list_referral(referral, meeting, by=user)
            return
        item = get_object_or_404(meeting.items.visible_to(user), pk=int(key))
        if deed in SLOTS:
            SLOTS[deed](item, by=user)
        elif deed == "off":
            take_off_item(item, reason="Taken off by the administrator.", by=user)
        else:
            move_item(item, to=int(to), by=user)

    def act(self, form):
        add_item(
            self.record, kind=ItemKind.REPORT, title=form.cleaned_data["title"],
            is_reserved=form.cleaned_data["is_reserved"], by=self.request.user,
        )  # fmt: skip
        return self.request.path


def _with_linked(meeting, rows, user) -> list[dict]:
    """The agenda's rows, each with whether it could share a linked child's slot, or be split from one."""
    referrals = {row["item"].pk: row["item"].referral for row in rows if row["item"] and row["item"].referral}
    seen = meeting.items.visible_to(user).standing().values("referral__child")
    linked = {child for pair in pairs_among(seen) for child in pair}
    is_out = meeting.circulated_at is not None
    heads = {row["item"].shares_slot_with_id for row in rows if row["item"]}
    for row in rows:
        item = row["item"]
        if is_out or item is None or item.pk not in referrals:
            continue
        row["may_split"] = bool(row["shares_with"]) or item.pk in heads
        row["may_share"] = referrals[item.pk].child_id in linked and not row["may_split"]
    return rows


class BookReferral(ActionView):
    """Choose one of the next meetings for a referral."""

    permission = Permission.RUN_MEETINGS
    model = Referral
    form_class = BookForm
    success_message = "Booked."

    def meetings(self):
        """The next three meetings of bodies that hear referrals."""
        rows = Meeting.objects.visible_to(self.request.user).to_come().filter(
            panel__kind__in=["referral", "resources"], starts_at__gte=clock.now()
        )
        return list(rows.select_related("panel", "terms").soonest_first()[:3])

    def get_form_kwargs(self):
        choices = []
        for meeting in self.meetings():
            left = meeting.panel.slots - meeting.items.slots_taken()
            due = papers_due_on(meeting)
            choices.append(
                (meeting.reference, f"{meeting}: {left} of {meeting.panel.slots} slots left, papers by {due.day} {due:%B}")
            )
        beside = [(one.reference, f"{one.reference}: {one.ask_sentence}") for one in self.ready_beside()]
        return {**super().get_form_kwargs(), "meetings": choices, "beside": beside}

    def ready_beside(self):
        """Referrals of linked children that could go to the same meeting."""
        return list(ready_beside(self.record, self.request.user)[:10])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Book {self.record.reference} for a panel", submit_label="Book the referral",
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        meeting = get_object_or_404(
            Meeting.objects.visible_to(self.request.user), reference=form.cleaned_data["meeting"]
        )
        chosen = form.cleaned_data.get("beside", [])
        for referral in [self.record, *[one for one in self.ready_beside() if one.reference in chosen]]:
            list_referral(referral, meeting, by=self.request.user)
        return f"{meeting.get_absolute_url()}/agenda"


class Papers(MeetingRecord, RecordDetail):
    """The agenda with its papers, as this person may read them."""

    permission = Permission.READ_PAPERS

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            items=self.items_for(self.object), **self.identity(self.object), **kwargs
        )


class PaperDetail(MeetingRecord, RecordDetail):
    """One paper, frozen when it was circulated: the child's own view first."""

    permission = Permission.READ_PAPERS

    def get_object(self, queryset=None):
        meeting = super().get_object(queryset)
        number = self.kwargs["number"]
        item = meeting.items.standing().visible_to(self.request.user).filter(number=number).first()
        if item is None or item.paper is None:
            raise Http404
        if not Referral.objects.visible_to(self.request.user).filter(pk=item.referral_id).exists():
            raise Http404
        record_read(item.referral, by=self.request.user)
        self.item = item
        return meeting

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            item=self.item, paper=self.item.paper.frozen, version=self.item.paper,
            **self.identity(self.object), **kwargs,
        )  # fmt: skip


class MyPapers(RecordList):
    """Papers of meetings to come that this person may read."""

    permission = Permission.READ_PAPERS
    model = AgendaItem
    template_name = "panels/my_papers.html"

    def records(self):
        rows = super().records().filter(paper__isnull=False, meeting__starts_at__gte=clock.now())
        rows = rows.filter(referral__in=Referral.objects.visible_to(self.request.user))
        return rows.select_related("meeting__panel", "referral").order_by("meeting__starts_at", "number")
