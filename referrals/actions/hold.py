"""Legal holds: asked for, agreed, asked to be lifted, lifted; each step by somebody else than the last."""

from django.db import transaction

from core import audit, clock
from core.models import Team, User
from core.roles import Permission
from core.rules import refuse_if
from referrals.models import Child, Hold, Provision
from referrals.models.hold import HoldState
from referrals.rules.holds import (
    why_not_answer_hold,
    why_not_ask_hold,
    why_not_ask_lift,
    why_not_lift,
)


def _locked(hold: Hold) -> Hold:
    return Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)


def _may(by: User, permission: Permission, authority_id: int) -> bool:
    return by.can(permission) and by.acting.authority_id == authority_id


@transaction.atomic
def ask_for_hold(*, because: str, child: Child | None = None, team: Team | None = None, provision: Provision | None = None, by: User) -> Hold:
    """Keep every record of a child, a team, a service or (with none of them) the council; it keeps them from now on."""
    authority_id = by.acting.authority_id
    named = (child, team and team.organisation, provision)

    refuse_if(why_not_ask_hold(
        may=by.can(Permission.PROPOSE_DISPOSAL), because=because, is_ours=all(one is None or one.authority_id == authority_id for one in named),
    ))  # fmt: skip

    if child is not None:
        Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    reaches = next((word for word, one in (("child", child), ("team", team), ("service", provision)) if one), "council")
    hold = Hold.objects.create(
        authority_id=authority_id, child=child, team=team, provision=provision, reaches=reaches, because=because.strip()[:300], asked_by=by
    )

    audit.record("hold.asked", on=hold, by=by, child=child, authority=hold.authority, sentence=f"Asked for legal hold {hold.reference}: {hold.get_reaches_display().lower()}.")
    return hold


@transaction.atomic
def answer_hold(hold: Hold, *, agrees: bool, by: User) -> Hold:
    """A second person agrees to a hold, or turns it down."""
    hold = _locked(hold)

    refuse_if(why_not_answer_hold(
        may=_may(by, Permission.AGREE_DISPOSAL, hold.authority_id), waits=hold.state == HoldState.ASKED, is_asker=hold.asked_by_id == by.pk
    ))  # fmt: skip

    hold.state = HoldState.STANDS if agrees else HoldState.TURNED_DOWN
    hold.answered_at, hold.answered_by = clock.now(), by
    hold.save()

    word = "Agreed to" if agrees else "Turned down"
    audit.record("hold.answered", on=hold, by=by, child=hold.child, authority=hold.authority, sentence=f"{word} legal hold {hold.reference}.")
    return hold


@transaction.atomic
def ask_to_lift(hold: Hold, *, because: str, by: User) -> Hold:
    """Ask for a hold to be lifted; it keeps everything until a second person agrees."""
    hold = _locked(hold)

    refuse_if(why_not_ask_lift(
        may=_may(by, Permission.PROPOSE_DISPOSAL, hold.authority_id), stands=hold.state == HoldState.STANDS, because=because
    ))  # fmt: skip

    hold.state, hold.lift_because = HoldState.LIFTING, because.strip()[:300]
    hold.lift_asked_at, hold.lift_asked_by = clock.now(), by
    hold.save()

    audit.record("hold.lift_asked", on=hold, by=by, child=hold.child, authority=hold.authority, sentence=f"Asked to lift legal hold {hold.reference}.")
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, agrees: bool, by: User) -> Hold:
    """A second person lifts a hold, or lets it stand."""
    hold = _locked(hold)

    refuse_if(why_not_lift(
        may=_may(by, Permission.AGREE_DISPOSAL, hold.authority_id), waits=hold.state == HoldState.LIFTING, is_asker=hold.lift_asked_by_id == by.pk
    ))  # fmt: skip

    hold.state = HoldState.LIFTED if agrees else HoldState.STANDS
    hold.lifted_at, hold.lifted_by = (clock.now(), by) if agrees else (None, None)
    hold.save()

    word = "Lifted" if agrees else "Let stand"
    audit.record("hold.lifted" if agrees else "hold.kept", on=hold, by=by, child=hold.child, authority=hold.authority, sentence=f"{word} legal hold {hold.reference}.")
    return hold
