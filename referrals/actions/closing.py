"""Closing a child's whole record: after a death, after an adoption, or for another council."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db import transaction

from core import audit, clock, outbox, post
from core.models import Authority, User
from core.roles import Permission
from core.rules import FieldReason, refuse_if
from referrals.actions.restriction import name_person, restrict_child
from referrals.choices import Basis, Ground, ReferralStatus, StayState
from referrals.models import Access, Child, ChildClosing, CouncilHeld, Provision, Referral, Stay
from referrals.rules.closing import (
    keep_until,
    why_not_hand_to_council,
    why_not_record_death,
    why_not_release_place,
    why_not_seal,
)
from referrals.rules.progress import NEXT

CLOSED = "Closed by a manager"
_told: list[Callable] = []


def on_closed(function: Callable) -> Callable:
    """Register what an upper app does when referrals are closed; it takes them and who closed them."""
    _told.append(function)
    return function


def _locked(child: Child) -> Child:
    """Lock the provisions of the child's stays, always in the same order, then the child."""
    keys = child.stays.exclude(state=StayState.ENDED).values("place__provision")
    list(Provision.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    return Child.objects.select_for_update(of=("self",)).select_related("authority").get(pk=child.pk)


@transaction.atomic
def record_death(child: Child, *, died_on: date, hold_because: str = "", by: User) -> ChildClosing:
    """A child has died: every reminder and invitation stops now, and the place is closed until released."""
    child = _locked(child)

    refuse_if(
        why_not_record_death(
            died_on=died_on, born_on=child.born_on, today=clock.today(), is_closed=_is_closed(child),
            is_manager=by.can(Permission.CLOSE_RECORDS),
        )
    )  # fmt: skip

    child.died_on = died_on
    child.hold_because = hold_because.strip()[:200] or child.hold_because
    child.save()
    keep = keep_until(born_on=child.born_on, died_on=died_on)
    return _close(child, "death", died_on, keep, by)


@transaction.atomic
def record_adoption(child: Child, *, ordered_on: date, named: Sequence[User], by: User) -> ChildClosing:
    """A child was adopted: the record is sealed to the people named, and knows nothing of the new identity."""
    child = _locked(child)
    reasons = why_not_seal(
        ordered_on=ordered_on, born_on=child.born_on, today=clock.today(), is_closed=_is_closed(child),
        is_manager=by.can(Permission.CLOSE_RECORDS), named=len(named),
    )  # fmt: skip
    if child.stays.filter(state=StayState.BEGUN).exists():
        reasons.append("The child has a place: end the stay first.")

    refuse_if(reasons)

    child.social_worker = child.social_worker if child.social_worker in named else None
    child.save()
    Access.objects.current().filter(child=child, withheld_because="").update(until_at=clock.now())
    _seal(child, named, by)
    return _close(child, "adoption", ordered_on, keep_until(born_on=child.born_on, ordered_on=ordered_on), by)


def _seal(child: Child, named: Sequence[User], by: User) -> None:
    """Keep the record to the people named, anew where it was kept to others before."""
    because = "Adopted: sealed to named people"
    standing = child.restrictions.standing().first()
    if standing is None:
        restrict_child(child, ground=Ground.ADOPTION, because=because, people=named, by=by)
        return
    standing.ground, standing.because = Ground.ADOPTION, because
    standing.save()
    for person in named:
        name_person(standing, person=person, because=because, by=by)


def _is_closed(child: Child) -> bool:
    return ChildClosing.objects.filter(child=child).exists()


def _close(child: Child, kind: str, on: date, keep: date | None, by: User) -> ChildClosing:
    """Write the closing, stop all that was to come, and tell whoever registered."""
    closing = ChildClosing.objects.create(
        child=child, kind=kind, happened_on=on, keep_until_on=keep, closed_by=by, closed_at=clock.now()
    )
    closing.stopped, referrals = _stop_what_was_to_come(child, on, by)
    closing.save()
    for tell in _told:
        tell(referrals, by=by)

    audit.record(
        "record.closed", on=closing, by=by, child=child, authority=child.authority,
        sentence=f"Closed the record of {child.reference}: every reminder and invitation is stopped.",
    )  # fmt: skip
    return closing


def _stop_what_was_to_come(child: Child, on: date, by: User) -> tuple[dict, list[Referral]]:
    """Stop everything that was to come; give what was stopped, by key, and the referrals that were open."""
    statuses = dict(Referral.objects.filter(child=child).open().values_list("pk", "status"))
    referrals, stays = _end_referrals(child, by), list(child.stays.all())
    child.stays.filter(state__in=[StayState.OFFERED, StayState.PLANNED]).update(
        state=StayState.RELEASED, ending_reason=CLOSED
    )
    Access.objects.current().filter(child=child, basis=Basis.PAPER, withheld_because="").update(until_at=clock.now())
    about = [child, *child.referrals.all(), *stays]
    stopped = {
        "referrals": statuses,
        "tellings": _changed(child.decisions_to_tell.filter(told_at=None, stopped_because=""), stopped_because=CLOSED),
        "residencies": _changed(child.residencies.filter(moved_out_on=None, moved_in_on__lte=on), moved_out_on=on),
        "checks": _changed(child.checks.filter(checked_at=None, stopped_because=""), stopped_because=CLOSED),
        "messages": post.stop_about(about),
        "jobs": outbox.stop([record.reference for record in about]),
    }
    return stopped, referrals


def _changed(rows, **facts) -> list[int]:
    """Change rows, and give their keys."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=keys).update(**facts)
    return keys


def _end_referrals(child: Child, by: User) -> list[Referral]:
    """Every open referral ends, or is withdrawn where it never began."""
    rows = list(Referral.objects.select_for_update(of=("self",)).filter(child=child).open().order_by("pk"))
    for referral in rows:
        referral.ended_at = clock.now()
        ends = ReferralStatus.ENDED in NEXT[referral.status]
        referral.move_to(ReferralStatus.ENDED if ends else ReferralStatus.WITHDRAWN, by=by, reason=CLOSED)
    return rows


@transaction.atomic
def release_place(stay: Stay, *, by: User) -> Stay:
    """A place that was closed by a manager is free again; the child's days in it end with the day they died."""
    Provision.objects.select_for_update(of=("self",)).get(places=stay.place_id)
    stay = Stay.objects.select_for_update(of=("self",)).select_related("place__provision", "child").get(pk=stay.pk)

    refuse_if(why_not_release_place(is_closed=stay.child.died_on is not None, is_begun=stay.state == StayState.BEGUN))

    last = max(stay.child.died_on, stay.starts_on)
    stay.state, stay.ended_on, stay.ending_reason = StayState.ENDED, last + timedelta(days=1), CLOSED
    stay.save()

    audit.record(
        "place.released", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place} is released.",
    )  # fmt: skip
    return stay


@transaction.atomic
def hand_to_council(child: Child, *, council: Authority, from_on: date, because: str, by: User) -> CouncilHeld:
    """Another council is responsible for the child from a day; this one keeps what it did before."""
    child = _locked(child)
    last = child.councils.order_by("-pk").first()
    has_place = child.stays.filter(state__in=[StayState.BEGUN, StayState.PLANNED, StayState.OFFERED]).exists()
    reasons = why_not_hand_to_council(
        from_on=from_on, last_from_on=last.from_on if last else None, today=clock.today(),
        is_same=council.pk == child.authority_id, has_place=has_place, because=because,
    )  # fmt: skip
    if Referral.objects.filter(child=child).open().exists():
        reasons.append(FieldReason("council", "A referral of the child is open: end or withdraw it first"))

    refuse_if(reasons)

    before = last or CouncilHeld.objects.create(child=child, authority=child.authority)
    CouncilHeld.objects.filter(pk=before.pk).update(until_on=from_on, case_number=child.case_number)
    row = CouncilHeld.objects.create(child=child, authority=council, from_on=from_on, because=because)
    was = child.authority
    child.authority, child.team, child.social_worker, child.case_number = council, None, None, ""
    child.save()

    audit.record(
        "child.handed_over", on=row, by=by, child=child, authority=was,
        sentence=f"Another council is responsible for {child.reference} from {from_on:%-d %B %Y}.",
    )  # fmt: skip
    return row
