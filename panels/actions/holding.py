"""Slots held for referrals that are not signed off yet, and let go."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.actions.agenda import give_slot
from panels.choices import STILL_TO_COME
from panels.models import HeldSlot, Meeting
from panels.models.booking import slots_of, slots_taken
from panels.models.clocks import papers_due_on
from panels.rules.agenda import why_not_hold_slot
from referrals.models import Referral

ON_ITS_WAY = ("DRAFT", "WITH_TM", "WITH_SM", "WITH_STRATEGIC", "RETURNED", "SENT", "MORE_INFO")


@transaction.atomic
def hold_slot(referral: Referral, meeting: Meeting, *, by: User) -> HeldSlot:
    """Hold one slot of a meeting for a referral on its way to being signed; only once it is signed is it on the agenda."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)

    refuse_if(why_not_hold_slot(
        is_on_its_way=referral.status in ON_ITS_WAY, is_to_come=meeting.status in STILL_TO_COME,
        papers_are_open=meeting.circulated_at is None and clock.today() <= papers_due_on(meeting),
        is_held=HeldSlot.objects.filter(referral=referral, settled_at=None).exists(), slots=slots_of(meeting),
        taken=slots_taken(meeting),
    ))  # fmt: skip

    held = HeldSlot.objects.create(meeting=meeting, referral=referral, held_by=by)

    audit.record(
        "slot.held", on=held, by=by, child=referral.child, authority=meeting.panel.authority,
        sentence=f"A slot of {meeting} is held for {referral.reference}.",
    )  # fmt: skip
    return held


@transaction.atomic
def let_slot_go(held: HeldSlot, *, by: User) -> HeldSlot:
    """The slot is free again, and goes to whoever waits for one."""
    meeting = Meeting.objects.locked().get(pk=held.meeting_id)
    held = HeldSlot.objects.select_related("referral__child").get(pk=held.pk)
    refuse_if(["This slot is not held any more."] if held.settled_at else [])

    held.settled_at = clock.now()
    held.save()
    give_slot(meeting, by=by)

    audit.record(
        "slot.let_go", on=held, by=by, child=held.referral.child, authority=meeting.panel.authority,
        sentence=f"The slot of {meeting} held for {held.referral.reference} was let go.",
    )  # fmt: skip
    return held
