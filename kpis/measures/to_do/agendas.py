"""Agendas that wait: the chair's acts to do and to ratify, referrals in line for a slot, and slots held."""

from core import clock
from core.dates import day_in_words
from core.roles import Role
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from panels.choices import OPEN_FOR_BUSINESS, STILL_TO_COME, ItemKind
from panels.models import AgendaItem, HeldSlot, HighRiskRequest, Meeting, WaitingSlot
from panels.models.clocks import papers_due_on
from referrals.models import Referral


def _acts(user, **facts):
    """Items of the chair's acts that this person sees, of meetings still open."""
    rows = AgendaItem.objects.visible_to(user).standing().filter(
        kind=ItemKind.ACT, referral__child__died_on=None, **{"meeting__status__in": OPEN_FOR_BUSINESS, **facts}
    )
    return rows.select_related("referral", "meeting__panel").order_by("meeting__starts_at", "number")[:MOST_OF_A_KIND]


def acts_to_do(user) -> list[Thing]:
    """Papers sent to every member on which this chair has not acted yet."""
    return [
        Thing(
            f"Act on {item.referral.reference} before the panel meets", f"{item.meeting.get_absolute_url()}/act/{item.number}",
            f"The members have the paper. The {item.meeting.panel} meets on {day_in_words(item.meeting.on)}.", item.meeting.on,
        )
        for item in _acts(user, decision=None, meeting__status__in=STILL_TO_COME, meeting__chair=user)
    ]  # fmt: skip


def acts_to_ratify(user) -> list[Thing]:
    """What the chair decided between meetings and no meeting has ratified, varied or ended."""
    rows = _acts(user, decision__agreed_at__isnull=False, decision__settled_as="")
    waits = "" if user.acting.role in {Role.PANEL_ADMINISTRATOR, Role.CHAIR} else "Panel"
    return [
        Thing(
            f"Have the chair’s act on {item.referral.reference} ratified", f"{item.meeting.get_absolute_url()}/live/{item.number}",
            f"First business after interests. The {item.meeting.panel} meets on {day_in_words(item.meeting.on)}.", item.meeting.on,
            waits_for=waits,
        )
        for item in rows
    ]  # fmt: skip


def slots_waited_for(user) -> list[Thing]:
    """Referrals in line for a slot: the administrator's until papers close, then the chair's to take late."""
    meetings = Meeting.objects.visible_to(user).to_come().filter(starts_at__gte=clock.now())
    rows = WaitingSlot.objects.shown_to(user).filter(meeting__in=meetings, referral__child__died_on=None)
    rows = rows.select_related("referral", "meeting__panel", "meeting__terms").order_by("meeting__starts_at", "asked_at", "pk")
    is_chair, today, found = user.acting.role == Role.CHAIR, clock.today(), []
    for row in rows[:MOST_OF_A_KIND]:
        due = papers_due_on(row.meeting)
        is_closed = row.meeting.circulated_at is not None or today > due
        if is_chair and is_closed and row.meeting.chair_id == user.pk:
            at, said = f"{row.meeting.get_absolute_url()}/late", f"Take {row.referral.reference} late, or leave it for the next meeting"
            found.append(Thing(said, at, f"{row.meeting}. Papers have closed.", row.meeting.on))
        elif not is_chair:
            waits = "Chair" if is_closed else ""
            at = f"{row.meeting.get_absolute_url()}/agenda"
            found.append(Thing(f"{row.referral.reference} waits for a slot", at, f"{row.meeting} is full.", due, waits_for=waits))
    return found


def young_people_to_put(user) -> list[Thing]:
    """What the high risk panel was asked and is on no agenda."""
    rows = HighRiskRequest.objects.visible_to(user).filter(item=None, child__died_on=None, child__closing=None)
    return [
        Thing(
            f"Find {row.child.reference} a meeting of the high risk panel", f"/high-risk/{row.reference}",
            f"{row.asked_by.full_name} asked.", working_days_after(row.asked_at, 5),
        )
        for row in rows.select_related("child", "asked_by").order_by("asked_at", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def slots_held(user) -> list[Thing]:
    """Slots held for referrals that are not ready yet, until their papers close."""
    rows = HeldSlot.objects.open().filter(
        meeting__in=Meeting.objects.visible_to(user).to_come(), referral__in=Referral.objects.visible_to(user), referral__child__died_on=None
    )
    rows = rows.select_related("referral", "meeting__panel", "meeting__terms").order_by("meeting__starts_at", "pk")
    return [
        Thing(
            f"A slot is held for {row.referral.reference}", f"{row.referral.get_absolute_url()}/book",
            f"{row.meeting}. It is {row.referral.get_status_display().lower()}.", papers_due_on(row.meeting),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip
