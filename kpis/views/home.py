"""To do: what needs this person, grouped by when, with the next panel and the places beside it."""

from datetime import timedelta

from contracts.models import Contract
from core import clock
from core.roles import Permission, Role
from core.views.bases import ANYONE_SIGNED_IN, Page
from kpis.measures.capacity import capacity
from kpis.measures.to_do.things import grouped, things_for
from panels.models import Meeting
from panels.models.clocks import papers_due_on

SEES_PANELS = {Role.PANEL_ADMINISTRATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.HEAD_OF_SERVICE,
               Role.SERVICE_MANAGER, Role.PROVIDER_MANAGER}  # fmt: skip
SEES_PLACES = {Role.PANEL_ADMINISTRATOR, Role.PROVIDER_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE,
               Role.COMMISSIONER}  # fmt: skip


class ToDo(Page):
    """The first page of everybody."""

    permission = ANYONE_SIGNED_IN
    template_name = "kpis/to_do.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        things = things_for(user)
        overdue = sum(thing.late for thing in things)
        today = sum(thing.when == "Today" for thing in things)
        role = user.acting.role if user.acting else None
        return super().get_context_data(
            groups=grouped(things), overdue=overdue, due_today=today, day=clock.today(),
            next_panel=next_panel(user) if role in SEES_PANELS else None,
            capacity=capacity(user, hide=role == Role.COMMISSIONER) if role in SEES_PLACES else None,
            may_start=user.can(Permission.START_REFERRALS), contracts=kept_by(user), **kwargs,
        )  # fmt: skip


def kept_by(user) -> list:
    """The contracts in force whose registers this person keeps."""
    if not user.can(Permission.KEEP_ASSURANCE):
        return []
    return list(Contract.objects.visible_to(user).filter(state="active").order_by("starts_on", "pk")[:6])


def next_panel(user) -> dict | None:
    """The soonest meeting this person sees, with the steps to it."""
    now = clock.now()
    rows = Meeting.objects.visible_to(user).to_come().filter(starts_at__gte=now)
    meeting = rows.select_related("panel", "terms").soonest_first().first()
    if meeting is None:
        return None
    referrals = meeting.items.standing().filter(kind="referral").count()
    due = papers_due_on(meeting)
    days = (meeting.on - clock.today()).days
    steps = []
    if meeting.panel.kind == "referral":
        left = max(meeting.panel.slots - referrals, 0)
        steps.append({
            "label": f"Booked: {referrals} of {meeting.panel.slots} slots", "done": True,
            "detail": f"{left} slot{'s' if left != 1 else ''} left",
        })  # fmt: skip
    steps.append({
        "label": f"Papers out by {due.day} {due:%B}", "done": meeting.circulated_at is not None,
        "detail": _papers_in_words(meeting, due),
    })  # fmt: skip
    begins = meeting.starts_at.astimezone(clock.LONDON)
    steps.append({"label": "It meets", "done": False, "detail": f"{begins:%A}, {meeting.venue}"})
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return {"meeting": meeting, "steps": steps, "when": when, "ends": begins + timedelta(minutes=meeting.lasts_minutes)}


def _papers_in_words(meeting, due) -> str:
    """How far a meeting's papers are from going out."""
    if meeting.circulated_at:
        return "They are out"
    if due < clock.today():
        return "Late"
    return "They go out by themselves" if meeting.goes_out_on else f"{(due - clock.today()).days} days to go"
