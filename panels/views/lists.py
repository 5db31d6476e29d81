"""Meetings and actions, listed: narrowed, sorted, kept under a name and taken away like any list."""

from itertools import groupby

from django.db.models import F

from core import clock
from core.lists import Column, Queue
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN
from core.views.lists import FilteredList
from panels.filters import ActionFilter, MeetingFilter
from panels.models import Action, Meeting


def _papers(meeting):
    """The day the papers went out."""
    return meeting.circulated_at.astimezone(clock.LONDON).date() if meeting.circulated_at else None


class MeetingList(FilteredList):
    """Meetings to come and meetings held, the latest first."""

    permission = Permission.SEE_MEETINGS
    model = Meeting
    filterset_class = MeetingFilter
    template_name = "panels/meeting_list.html"
    noun = "meeting"
    extra_context = {"heading": "Meetings", "no_match": "No meetings match these filters"}
    columns = (
        Column("Meets on", lambda m, u: m.on, sort="day", by=("starts_at",)),
        Column("Body", lambda m, u: str(m.panel), sort="body", by=("panel__name", "-starts_at")),
        Column("Kind", lambda m, u: m.get_kind_display()),
        Column("Where", lambda m, u: m.venue),
        Column("Papers sent", lambda m, u: _papers(m), sort="papers", by=("circulated_at",)),
        Column("Status", lambda m, u: m.status_choice.label),
    )

    def records(self):
        return super().records().select_related("panel").order_by("-starts_at", "-pk")

    def prepared(self, rows):
        for meeting in rows:
            meeting.papers_on = _papers(meeting)
        return rows


def group_of(action) -> str:
    """Overdue, due or done."""
    if action.done_at:
        return "Done"
    return "Overdue" if action.due_on < clock.today() else "Due"


class ActionList(FilteredList):
    """One's own actions, and those of meetings whose papers one reads: overdue, due and done."""

    permission = ANYONE_SIGNED_IN
    model = Action
    filterset_class = ActionFilter
    template_name = "panels/action_list.html"
    noun = "action"
    extra_context = {"heading": "Actions", "no_match": "No actions match these filters"}
    queues = (
        Queue("mine", "Mine", lambda rows, user: rows.filter(owner=user)), Queue("all", "All you may read", lambda rows, user: rows, holds_all=True),
    )  # fmt: skip
    columns = (
        Column("Action", lambda a, u: a.what, says_who=True),
        Column("Owner", lambda a, u: a.owner_name, sort="owner", by=("owner_name", "due_on")),
        Column("Due", lambda a, u: a.due_on, sort="due", by=("due_on",)),
        Column("From", lambda a, u: str(a.item.meeting), sort="meeting", by=("item__meeting__starts_at",)),
        Column("State", lambda a, u: group_of(a)),
    )

    def records(self):
        rows = super().records().select_related("item__meeting__panel", "item__referral", "owner")
        return rows.order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")

    def prepared(self, rows):
        user, meetings = self.request.user, {action.item.meeting_id for action in rows}
        seen = Meeting.objects.visible_to(user).filter(pk__in=meetings) if user.can(Permission.SEE_MEETINGS) else Meeting.objects.none()
        seen = set(seen.values_list("pk", flat=True))
        for action in rows:
            action.group, action.reads_meeting = group_of(action), action.item.meeting_id in seen
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows, sorted_by = context["object_list"], self.request.GET.get("sort", "")
        groups = [("", rows)] if sorted_by else [(name, list(found)) for name, found in groupby(rows, lambda a: a.group)]
        return {**context, "groups": groups}
