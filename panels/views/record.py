"""What meetings leave behind: minutes, decisions, actions."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from core.files import FileDamaged, read
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN, ActionView, ButtonDeed, RecordDetail, RecordList
from panels.actions.decision import enter_on_case_system, finish_action
from panels.actions.minutes import (
    agree_minutes,
    check_minutes,
    draft_minutes,
    send_minutes_to_chair,
)
from panels.models import Action, Decision, Meeting, Minutes
from panels.models.remit import high_cost_limit
from panels.models.room import may_chair
from panels.views.meeting import MeetingRecord


class ReadMinutes(MeetingRecord, ActionView):
    """The minutes as this person may read them, and the next step for whoever has it."""

    permission = Permission.READ_PAPERS

    def load(self):
        meeting = super().load()
        self.minutes = Minutes.objects.select_related("checked_by", "agreed_at_meeting").filter(meeting=meeting).first()
        return meeting

    def get_context_data(self, **kwargs):
        meeting, user, minutes = self.record, self.request.user, self.minutes
        words = dict(minutes.words) if minutes else None
        if words:
            seen = set(meeting.items.visible_to(user).values_list("pk", flat=True))
            words["items"] = [
                item if item["key"] in seen else {"number": item["number"], "withheld": True, "left": item["left"]}
                for item in words["items"]
            ]
        chairs = may_chair(meeting, user) and user.acting.role != "PA"
        later = meeting.panel.meetings.filter(
            starts_at__gt=meeting.starts_at, started_at__isnull=False
        ).soonest_first().first()
        version = minutes.document.versions.order_by("-number").first() if minutes and minutes.document else None
        whole = words is not None and not any(item.get("withheld") for item in words["items"])
        return super().get_context_data(
            meeting=meeting, minutes=minutes, words=words, chairs=chairs, later=later,
            runs=user.can(Permission.RUN_MEETINGS), version=version if whole else None,
            **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def act(self, form):
        user, deed = self.request.user, self.request.POST.get("deed", "")
        if self.minutes is None:
            raise Http404
        if deed == "send":
            send_minutes_to_chair(self.minutes, by=user)
        elif deed == "compose":
            draft_minutes(self.record, by=user)
        elif deed == "check":
            check_minutes(self.minutes, by=user)
        elif deed == "agree":
            later = get_object_or_404(Meeting.objects.visible_to(user), reference=self.request.POST.get("at", "").replace("\x00", "")[:7])
            agree_minutes(self.minutes, at_meeting=later, by=user)
        return self.request.path


class MinutesFile(MeetingRecord, RecordDetail):
    """The latest printed minutes, for somebody out of no item of them."""

    permission = Permission.READ_PAPERS

    def get(self, request, *args, **kwargs):
        meeting = self.get_object()
        if meeting.items.standing().exclude(pk__in=meeting.items.visible_to(request.user)).exists():
            raise Http404
        minutes = get_object_or_404(Minutes, meeting=meeting, document__isnull=False)
        version = minutes.document.versions.exclude(file=None).order_by("-number").first()
        if version is None:
            raise Http404
        try:
            content = read(version.file)
        except FileDamaged as damage:
            raise Http404 from damage
        headers = {"Content-Disposition": f'attachment; filename="{version.file.name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


class DecisionList(RecordList):
    """Decisions this person may read, the newest first."""

    permission = Permission.SEE_REFERRALS
    model = Decision

    def records(self):
        rows = super().records().select_related("item__meeting__panel", "item__referral")
        return rows.order_by("-recorded_at", "-pk")


class HighCost(RecordList):
    """Placements whose weekly cost is above the dated threshold, fed by what panels decided."""

    permission = Permission.READ_PAPERS
    model = Decision
    template_name = "panels/high_cost.html"

    def records(self):
        limit = high_cost_limit(self.request.user.acting.authority)
        rows = super().records().filter(agreed_at__isnull=False, outcome__in=["agree", "conditions", "part"])
        rows = rows.filter(item__meeting__in=Meeting.objects.visible_to(self.request.user))
        rows = rows.filter(weekly_cost__gt=limit) if limit is not None else rows.none()
        return rows.select_related("item__meeting__panel", "item__referral").order_by("-weekly_cost", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(limit=high_cost_limit(self.request.user.acting.authority), **kwargs)


class DecisionDetail(RecordDetail):
    """One decision, with the words to copy onto the case system."""

    permission = Permission.SEE_REFERRALS
    model = Decision

    def records(self):
        return super().records().select_related(
            "item__meeting__panel", "item__referral__child", "agreed_by", "on_case_system_by"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            actions=Action.objects.visible_to(self.request.user).filter(item=self.object.item).order_by("pk"),
            runs=self.request.user.can(Permission.RUN_MEETINGS), **kwargs,
        )  # fmt: skip


class EnterDecision(ButtonDeed):
    """Say that a decision is on the council's case system."""

    permission = Permission.RUN_MEETINGS
    model = Decision
    success_message = "Recorded."

    def act(self, form):
        enter_on_case_system(self.record, by=self.request.user)


class FinishAction(ButtonDeed):
    """Mark something as done."""

    permission = ANYONE_SIGNED_IN
    model = Action
    success_message = "Done."

    def get_success_url(self):
        return "/actions"

    def act(self, form):
        finish_action(self.record, by=self.request.user)
