"""Packs of the steering group that wait: to write about, to approve, to mend, to read through; whose it is, and what is late."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from core import clock
from core.dates import day_in_words
from core.roles import Permission, Role
from kpis.choices import PackState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from kpis.models import Pack, PackCommentary, PackCorrection
from panels.models.clocks import papers_due_on
from panels.models.room import may_chair

MAKING = [PackState.DRAFTED, PackState.FROZEN, PackState.APPROVED, PackState.STOPPED]


def packs(user) -> list[Thing]:
    """Packs being made: to approve, or stopped, or waiting for the chair."""
    rows = Pack.objects.visible_to(user).filter(state__in=MAKING)
    return [thing for pack in _with_meetings(rows) for thing in _of(pack, user)]


def packs_and_corrections(user) -> list[Thing]:
    """Packs being made, and circulated ones whose correction waits, for whoever follows both: asked for in one question."""
    waiting = PackCorrection.objects.waiting().select_related("asked_by").order_by("asked_at")
    rows = Pack.objects.visible_to(user).filter(Q(state__in=MAKING) | Exists(waiting.filter(pack=OuterRef("pk"))))
    found = []
    for pack in _with_meetings(rows.prefetch_related(Prefetch("corrections", waiting, to_attr="asked_for"))):
        found += _of(pack, user) if pack.state in MAKING else []
        found += [_correction(row, pack, user) for row in pack.asked_for]
    return found


def corrections(user) -> list[Thing]:
    """Corrections of packs that wait: for whoever may take the chair and did not write them; for others they wait on the chair."""
    rows = PackCorrection.objects.visible_to(user).waiting().select_related("pack__meeting__panel", "pack__meeting__chair", "asked_by")
    return [_correction(row, row.pack, user) for row in rows.order_by("asked_at")[:MOST_OF_A_KIND]]


def _with_meetings(rows):
    return rows.select_related("meeting__panel", "meeting__terms", "meeting__chair").order_by("meeting__starts_at")[:MOST_OF_A_KIND]


def _correction(row: PackCorrection, pack: Pack, user) -> Thing:
    """One correction: to be answered, or waiting on the chair."""
    meeting, mine = pack.meeting, row.asked_by_id != user.pk and user.can(Permission.APPROVE_PACKS) and may_chair(pack.meeting, user)
    return Thing(
        "Approve a correction of the pack", row.get_absolute_url() if mine else pack.get_absolute_url(),
        f"For {meeting}. {row.asked_by.full_name} wrote it; it goes out once it is approved.", working_days_after(row.asked_at, 2),
        waits_for="" if mine else meeting.chair.full_name if meeting.chair_id else "Chair",
    )  # fmt: skip


def _of(pack: Pack, user) -> list[Thing]:
    """What one pack asks of this person, or of somebody else, by name."""
    due, at = papers_due_on(pack.meeting), pack.get_absolute_url()
    if pack.state == PackState.STOPPED:
        return [Thing(f"Mend the pack for {pack.meeting}", at, pack.problem, due)]
    if pack.state == PackState.FROZEN and user.can(Permission.APPROVE_PACKS):
        return [Thing("Approve the steering group pack", at, f"For {pack.meeting}. Its figures are frozen: read it, and approve it.", due)]
    if user.acting.role != Role.PANEL_ADMINISTRATOR:
        return []
    chair = pack.meeting.chair.full_name if pack.meeting.chair_id else "Chair"
    waits = chair if pack.state == PackState.FROZEN and pack.meeting.terms.pack_needs_approval else ""
    return [Thing(f"Read through the pack for {pack.meeting}", at, f"{pack.get_state_display()}.", due, waits_for=waits)]


def commentary_to_write(user) -> list[Thing]:
    """Commentary that this person was asked for and has not written; for whoever builds packs, also what others owe."""
    rows = PackCommentary.objects.visible_to(user).missing().select_related("pack__meeting__panel", "asked_of")
    rows = rows if user.acting.role == Role.PANEL_ADMINISTRATOR else rows.filter(asked_of=user)
    return [
        Thing(
            f"Write on {row.about} for the pack" if row.asked_of_id == user.pk
            else f"{row.get_part_display()}: commentary for the pack",
            row.get_absolute_url(), f"For {row.pack.meeting}. Figures are frozen on {day_in_words(row.due_on)}.", row.due_on,
            waits_for="" if row.asked_of_id == user.pk else row.asked_of.full_name,
            detail=f"Late, and {row.asked_of.full_name}’s" if row.asked_of_id != user.pk and row.due_on < clock.today() else "",
        )
        for row in rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip
