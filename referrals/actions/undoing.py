"""Undoing a death that was entered by mistake: one manager asks, another agrees."""

from django.db import transaction
from django.db.models import Q

from core import audit, clock, outbox, post
from core.models import User
from core.roles import Permission, Role
from core.rules import refuse_if
from referrals.choices import ReferralStatus, StayState
from referrals.models import Child, ChildClosing, Referral, UndoneClosing
from referrals.rules.closing import why_not_ask_to_undo, why_not_undo

UNDONE = "A death entered by mistake was undone"
# A place that was offered is not held while a record is closed, nor an item on an agenda.
BACK_TO = {ReferralStatus.OFFERED: ReferralStatus.WAITING, ReferralStatus.BOOKED: ReferralStatus.READY}
IN_SUPPORT = {ReferralStatus.SUPPORTED, ReferralStatus.STEP_DOWN}


def _locked(child: Child) -> tuple[Child, ChildClosing]:
    """Lock the child, then the closing of their record; without one there is nothing to undo."""
    child = Child.objects.select_for_update(of=("self",)).select_related("authority").get(pk=child.pk)
    closing = ChildClosing.objects.select_for_update(of=("self",)).select_related("undo_asked_by").filter(child=child).first()
    refuse_if([] if closing else ["This record is not closed."])
    return child, closing


@transaction.atomic
def ask_to_undo_death(child: Child, *, because: str, by: User) -> ChildClosing:
    """A manager says that a death was entered by mistake, and why; other managers are told."""
    child, closing = _locked(child)

    refuse_if(
        why_not_ask_to_undo(
            kind=closing.kind, is_asked=closing.undo_asked_at is not None, because=because,
            is_manager=by.can(Permission.CLOSE_RECORDS),
        )
    )  # fmt: skip

    closing.undo_because, closing.undo_asked_by, closing.undo_asked_at = because.strip()[:300], by, clock.now()
    closing.save()
    post.send_each(
        "death.undo_asked", _other_managers(child, by), key=f"undo:{closing.pk}:{closing.undo_asked_at.isoformat()}",
        subject=f"The closing of {child.reference} is to be undone",
        body=f"{by.full_name} says that it was entered by mistake. A second manager has to agree.",
        link=f"{child.get_absolute_url()}/death/undo", about=closing,
    )  # fmt: skip

    audit.record(
        "death.undo_asked", on=closing, by=by, child=child, authority=child.authority,
        sentence=f"Asked for the closing of {child.reference} to be undone.",
    )  # fmt: skip
    return closing


def _other_managers(child: Child, by: User) -> list[User]:
    """Managers of the child's team, and heads of service: those who may agree."""
    of_team = User.objects.holding(Role.TEAM_MANAGER, Role.SERVICE_MANAGER, authority=child.authority_id, teams=child.team_id)
    heads = User.objects.holding(Role.HEAD_OF_SERVICE, authority=child.authority_id)
    rows = User.objects.filter(Q(pk__in=of_team.values("pk")) | Q(pk__in=heads.values("pk")))
    return list(rows.exclude(pk=by.pk).order_by("pk")[:20])


@transaction.atomic
def undo_death(child: Child, *, by: User) -> UndoneClosing:
    """A second manager agrees: referrals stand where they stood, and what is still due is asked for again.

    A begun stay was never ended, so the child is in their place as before, unless it was released meanwhile.
    """
    child, closing = _locked(child)

    refuse_if(_why_not_answer(closing, by))

    _put_back(closing, by)
    child.died_on = None
    child.save()
    undone = UndoneClosing.objects.create(
        child=child, happened_on=closing.happened_on, closed_by=closing.closed_by, closed_at=closing.closed_at,
        because=closing.undo_because, asked_by=closing.undo_asked_by, asked_at=closing.undo_asked_at, agreed_by=by,
    )  # fmt: skip
    closing.delete()

    audit.record(
        "death.undone", on=undone, by=by, child=child, authority=child.authority,
        sentence=f"Undid the closing of {child.reference}, as {undone.asked_by.full_name} asked.",
    )  # fmt: skip
    return undone


@transaction.atomic
def keep_closed(child: Child, *, by: User) -> ChildClosing:
    """A second manager does not agree: the record stays closed, and may be asked about again."""
    child, closing = _locked(child)

    refuse_if(_why_not_answer(closing, by))

    closing.undo_because, closing.undo_asked_by, closing.undo_asked_at = "", None, None
    closing.save()

    audit.record(
        "death.undo_refused", on=closing, by=by, child=child, authority=child.authority,
        sentence=f"Did not agree to undo the closing of {child.reference}.",
    )  # fmt: skip
    return closing


def _why_not_answer(closing: ChildClosing, by: User) -> list[str]:
    """What stands in the way of this person answering."""
    return why_not_undo(
        is_asked=closing.undo_asked_at is not None, is_asker=closing.undo_asked_by_id == by.pk,
        is_manager=by.can(Permission.CLOSE_RECORDS),
    )  # fmt: skip


def _put_back(closing: ChildClosing, by: User) -> None:
    """Everything that the closing stopped and that is still to come, as it was."""
    stopped, child = closing.stopped, closing.child
    referrals = _reopen(stopped.get("referrals", {}), by)
    child.decisions_to_tell.filter(pk__in=stopped.get("tellings", [])).update(stopped_because="")
    child.residencies.filter(pk__in=stopped.get("residencies", [])).update(moved_out_on=None)
    child.checks.filter(pk__in=stopped.get("checks", [])).update(stopped_because="")
    open_again = [child, *referrals, *child.stays.filter(state=StayState.BEGUN)]
    post.start_again_about(open_again, references=stopped.get("messages", []))
    outbox.start_again([record.reference for record in open_again], keys=stopped.get("jobs", []))


def _reopen(statuses: dict[str, str], by: User) -> list[Referral]:
    """The referrals that the closing ended, each at the status it had."""
    rows = Referral.objects.select_for_update(of=("self",)).filter(pk__in=[int(key) for key in statuses])
    found = [referral for referral in rows.order_by("pk") if not referral.is_open]
    for referral in found:
        was = _stands_at(referral, ReferralStatus(statuses[str(referral.pk)]))
        referral.ended_at = None
        referral.move_to(was, by=by, reason=UNDONE, undone=True)
    return found


def _stands_at(referral: Referral, was: ReferralStatus) -> ReferralStatus:
    """The status it had; or the one before, where the place or the slot it had is gone meanwhile."""
    if was in IN_SUPPORT and not referral.stays.filter(state=StayState.BEGUN).exists():
        return ReferralStatus.WAITING
    return BACK_TO.get(was, was)
