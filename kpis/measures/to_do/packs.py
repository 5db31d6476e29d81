"""Packs of the steering group that wait: to write about, to approve, to mend, to read through; whose it is, and what is late."""

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
    found = []
    for pack in rows.select_related("meeting__panel", "meeting__terms", "meeting__chair").order_by("meeting__starts_at")[:MOST_OF_A_KIND]:
        found += _of(pack, user)
    return found


def corrections(user) -> list[Thing]:
    """Corrections of packs that wait: for whoever may take the chair and did not write them; for others they wait on the chair."""
    rows = PackCorrection.objects.visible_to(user).waiting().select_related("pack__meeting__panel", "pack__meeting__chair", "asked_by")
    found = []
    for row in rows.order_by("asked_at")[:MOST_OF_A_KIND]:
        meeting, mine = row.pack.meeting, row.asked_by_id != user.pk and user.can(Permission.APPROVE_PACKS) and may_chair(row.pack.meeting, user)
        waits = "" if mine else meeting.chair.full_name if meeting.chair_id else "Chair"
        why = f"For {meeting}. {row.asked_by.full_name} wrote it; it goes out once it is approved."
        found.append(Thing("Approve a correction of the pack", row.get_absolute_url() if mine else row.pack.get_absolute_url(), why, working_days_after(row.asked_at, 2), waits_for=waits))
    return found


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
