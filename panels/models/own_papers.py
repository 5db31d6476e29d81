"""One reader's papers of a meeting: what they may open, what is left out, and the copy that was made of it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from core import clock, printing
from core.dates import day_in_words
from core.models import DocumentVersion
from core.models.document import Audience, read_by
from core.roles import Permission
from core.templatetags.ui import clock_time
from panels.choices import ItemKind
from panels.models.agenda_item import AgendaItem
from panels.models.attendance import Delegation
from panels.models.contents import last_time
from panels.models.meeting import Meeting
from panels.models.order import timetable
from panels.models.panel import SeatHolder
from panels.models.room import people_served
from referrals.models import Referral

KIND, MOST = "reader papers", 60


@read_by("minutes")
@read_by(KIND)
def meetings_read_by(user):
    """Meetings whose minutes and papers may be checked by this person: a check shows a title and hashes, and nothing of what they say."""
    return Meeting.objects.visible_to(user) if user.can(Permission.READ_PAPERS) else Meeting.objects.none()


def is_readable(item) -> bool:
    """Whether an item has something to read: its paper, or what was left by the last meeting."""
    return bool(item.paper_id) or (item.kind == ItemKind.LAST_MINUTES and item.meeting.circulated_at is not None)


def may_open(item, user) -> bool:
    """A referral's paper, where one sees the referral; the rest, where one serves or sits on the body."""
    if item.referral_id:
        return Referral.objects.visible_to(user).filter(pk=item.referral_id).exists()
    return user.can(Permission.RUN_MEETINGS) or any(person.pk == user.pk for _, person in people_served(item.meeting))


def served_on(user):
    """Meetings whose papers about no child this person opens: they run meetings, hold a seat there, or stand for one."""
    rows = Meeting.objects.visible_to(user).read_by(user)
    if user.can(Permission.RUN_MEETINGS):
        return rows
    seats = SeatHolder.objects.on(clock.today()).filter(person=user)
    return rows.filter(Q(panel__in=seats.values("panel")) | Q(pk__in=Delegation.objects.filter(delegate=user).values("meeting")))


def opened_by(items, user) -> list[AgendaItem]:
    """Those of one meeting's items, seen by this person already, whose paper they may open."""
    items = [item for item in items if is_readable(item)]
    seen = set(Referral.objects.visible_to(user).filter(pk__in=[i.referral_id for i in items if i.referral_id]).values_list("pk", flat=True))
    others = next((item for item in items if not item.referral_id), None)
    sits = others is not None and may_open(others, user)
    return [item for item in items if (item.referral_id in seen if item.referral_id else sits)]


def agenda_for(meeting, user) -> list[dict]:
    """Every item with when it begins, whether this person may open its paper and whether they leave for its decision.

    Those kept from them are there by number only.
    """
    seen = set(meeting.items.papers_for(user).values_list("pk", flat=True))
    takes_part = set(meeting.items.visible_to(user).values_list("pk", flat=True))
    items = list(meeting.items.standing().in_order().select_related("presenter", "meeting")[:MOST])
    opened = {item.pk for item in opened_by([item for item in items if item.pk in seen], user)}
    return [
        {
            "item": row.item if row.item.pk in seen else None, "number": row.item.number, "begins_at": row.begins_at,
            "readable": row.item.pk in opened, "leaves": row.item.pk in seen and row.item.pk not in takes_part,
        }
        for row in timetable(meeting, items)
    ]  # fmt: skip


def copy_facts(meeting, user) -> dict:
    """What one reader's copy holds, as JSON: the agenda as they read it, the frozen papers by key, what came late."""
    rows = agenda_for(meeting, user)
    opened = [row["item"].pk for row in rows if row["readable"]]
    late = meeting.supplements.accepted().filter(item__in=opened).order_by("first_page")
    return {
        "meeting": str(meeting.panel), "on": day_in_words(meeting.on), "at": clock_time(meeting.starts_at), "venue": meeting.venue,
        "reader": user.full_name, "circulated_on": day_in_words(meeting.circulated_at.astimezone(clock.LONDON).date()),
        "items": [_item_facts(row, meeting, user) for row in rows], "late": list(late.values_list("pk", flat=True)),
    }  # fmt: skip


def _item_facts(row: dict, meeting, user) -> dict:
    """One line of the agenda: a number alone, where the item is kept from the reader."""
    item = row["item"]
    if item is None:
        return {"number": row["number"], "kept": True}
    sections = last_time(meeting, user) if row["readable"] and not item.paper_id else []
    return {
        "number": item.number, "key": item.pk, "title": item.title, "begins_at": clock_time(row["begins_at"]),
        "presenter": item.presenter.full_name if item.presenter else "", "opened": row["readable"], "leaves": row["leaves"],
        "paper": item.paper_id if row["readable"] else None, "sections": sections,
    }  # fmt: skip


@dataclass
class Copy:
    """The newest copy one reader asked for, and whether what they may read has changed since."""

    version: DocumentVersion
    gone: bool  # something in it may no longer be opened: nobody downloads it
    more: bool  # something may be opened that is not in it

    @cached_property
    def printing(self) -> printing.Printing | None:
        """How far it is on its way to paper; None where it is printed, or given out no more."""
        return None if self.version.file_id or self.gone else printing.printing_of("papers.print", self.version.pk)

    @property
    def is_ready(self) -> bool:
        """Printed, and still all theirs to read."""
        return self.version.file_id is not None and not self.gone


def copy_of(meeting, user, rows: list[dict] | None = None) -> Copy | None:
    """The newest copy of one meeting's papers that this person asked for, held against what they may open now."""
    versions = DocumentVersion.objects.filter(
        document__kind=KIND, document__about_type="panels.meeting", document__about_id=str(meeting.pk),
        audience=Audience.PERSON, reader=user,
    )  # fmt: skip
    version = versions.select_related("file").order_by("-number").first()
    if version is None:
        return None
    rows = agenda_for(meeting, user) if rows is None else rows
    now = {row["item"].pk for row in rows if row["readable"]}
    held = {item["key"] for item in version.frozen["items"] if item.get("opened")}
    named = {item["key"] for item in version.frozen["items"] if not item.get("kept")}
    seen = {row["item"].pk for row in rows if row["item"]}
    late = set(meeting.supplements.accepted().filter(item__in=now).values_list("pk", flat=True))
    return Copy(version, gone=not (held <= now and named <= seen), more=bool(now - held or late - set(version.frozen["late"])))
