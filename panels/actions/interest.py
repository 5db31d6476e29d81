"""Interests: declared, and with them who is out of which item, everywhere."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.models import AgendaItem, Decision, Interest, Meeting, Recusal
from referrals.actions.access import end_access, withhold_access
from referrals.choices import Depth


@transaction.atomic
def declare_interest(meeting: Meeting, *, person: User, item: AgendaItem | None = None,
                     nature: str = "", is_none: bool = False, depth: str = Depth.RECORD,
                     by: User) -> Interest:  # fmt: skip
    """Declare an interest in an item, or none; with one, the person is out of that item.

    They no longer see its paper, title, notes or decision, and referrals are told to keep
    the record from them. An interest declared after they recorded a decision is in the trail.
    """
    reasons = []
    if by.pk != person.pk and by.acting.role not in {"PA", "CH"}:
        reasons.append("Only the chair or the administrator declares for somebody else.")
    if item is not None and item.meeting_id != meeting.pk:
        reasons.append("That item is not on this agenda.")
    refuse_if(reasons)

    interest = Interest.objects.create(
        meeting=meeting, item=item, person=person, nature=nature, is_none=is_none,
        declared_at=clock.now(), declared_by=by,
    )  # fmt: skip
    if item is not None and not is_none:
        _recuse(item, interest, depth, by)

    audit.record(
        "interest.declared", on=interest, by=by, authority=meeting.panel.authority,
        sentence=f"{person.full_name} declared {'no interest' if is_none else 'an interest'} at {meeting}.",
    )  # fmt: skip
    return interest


def _recuse(item: AgendaItem, interest: Interest, depth: str, by: User) -> None:
    """Out of the item, once; a referral's record is kept from them as deeply as is needed."""
    recusal, is_new = Recusal.objects.get_or_create(
        item=item, person=interest.person, withdrawn_at=None,
        defaults={"interest": interest, "depth": depth, "recorded_by": by, "recorded_at": clock.now()},
    )  # fmt: skip
    if is_new and recusal.item.meeting.started_at:
        recusal.left_at = clock.now()
        recusal.save()
    if is_new and item.referral_id:
        withhold_access(
            item.referral, person=interest.person, because="interest", depth=depth,
            told_by=item.meeting.reference, by=by,
        )  # fmt: skip


@transaction.atomic
def withdraw_interest(recusal: Recusal, *, by: User) -> Recusal:
    """An interest was declared by mistake, before the item was decided."""
    decided = Decision.objects.filter(item=recusal.item).exists()
    reasons = ["This item has been decided."] if decided else []
    if by.acting.role not in {"PA", "CH"}:
        reasons.append("Only the chair or the administrator takes back an interest.")

    refuse_if(reasons)

    recusal.withdrawn_at = clock.now()
    recusal.save()
    if recusal.item.referral_id:
        end_access(recusal.item.referral, person=recusal.person, withheld=True, by=by)

    audit.record(
        "interest.withdrawn", on=recusal, by=by, authority=recusal.item.meeting.panel.authority,
        sentence=f"An interest of {recusal.person.full_name} was taken back.",
    )  # fmt: skip
    return recusal
