"""The timetable's part in agendas and minutes: it drafts what was left undrafted, and reminds whoever must act, each once."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import Message, User
from core.roles import Role
from panels.actions.minutes import draft_minutes
from panels.models import Meeting
from panels.models.clocks import calendar_of
from panels.models.reminders import how_it_stands
from panels.rules.reminders import CHAIR, reminder_due

# Of each letter: its subject, what it asks, and the page that it leads to. {0} is the meeting, {1} the day its papers go out.
LETTERS = {
    "agenda-drafted": ("The agenda of {0} is drafted", "Look it through. It goes out by {1}.", "/agenda"),
    "agenda-due": ("The agenda of {0} goes out today", "Check it and circulate it today.", "/circulate"),
    "agenda-late": ("The agenda of {0} is late", "It was due out on {1} and has not been circulated.", "/agenda"),
    "meeting-open": ("{0} has not been closed", "Its minutes were drafted of what is recorded so far. Close it, and send them to the chair.", "/minutes"),
    "minutes-due": ("The minutes of {0} go to the chair today", "The draft is written of what was recorded. Read it and send it.", "/minutes"),
    "minutes-late": ("The minutes of {0} are late", "The draft was due with the chair the Working Day after the meeting.", "/minutes"),
    "minutes-unchecked": ("The minutes of {0} wait for you", "The draft was sent to you more than three Working Days ago.", "/minutes"),
}


@transaction.atomic
def tend_papers(meeting: Meeting, *, by: User | None = None) -> str:
    """Draft minutes that nobody drafted, and send the reminder that is due for a meeting, once for ever; gives which, or nothing."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    stands = how_it_stands(meeting)
    due = reminder_due(clock.today(), stands, calendar_of(meeting))
    key = f"remind:{due.what}:{meeting.reference}:{meeting.on}" if due else ""
    if due is None or Message.objects.filter(key__startswith=f"{key}:").exists():
        return ""

    if stands.is_held and not stands.has_minutes:
        draft_minutes(meeting, by=by)
    subject, body, at = LETTERS[due.what]
    post.send_each(
        "meeting.reminder", _people(meeting, due.to), key=key, subject=subject.format(meeting)[:200],
        body=body.format(meeting, day_in_words(stands.due_on)), link=f"{meeting.get_absolute_url()}{at}", about=meeting,
    )  # fmt: skip

    audit.record(
        "meeting.reminded", on=meeting, by=by, authority=meeting.panel.authority, sentence=f"{subject.format(meeting)}: whoever must act was told."
    )
    return due.what


def _people(meeting: Meeting, to: tuple[str, ...]) -> list[User]:
    """The authority's panel administrators, or the meeting's chair, or both; each once."""
    rows = User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=meeting.panel.authority)
    found = [] if to == (CHAIR,) else list(rows.order_by("pk"))
    chair = meeting.chair if CHAIR in to else None
    return [*found, chair] if chair is not None and chair not in found else found
