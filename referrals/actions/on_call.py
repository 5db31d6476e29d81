"""On call: turns on the rota, and calls as they were answered."""

from datetime import datetime, timedelta

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import OnCallCall, OnCallTurn, Stay

LONGEST_TURN = timedelta(days=14)


@transaction.atomic
def name_on_call(*, authority, kind: str, person: User, telephone: str, from_at: datetime, until_at: datetime,
                 by: User | None) -> OnCallTurn:  # fmt: skip
    """Put somebody on the rota from a moment to another."""
    reasons = []
    if until_at <= from_at:
        reasons.append(FieldReason("until_on", "The turn must end after it starts."))
    elif until_at - from_at > LONGEST_TURN:
        reasons.append(FieldReason("until_on", "A turn is two weeks at most."))

    refuse_if(reasons)

    turn = OnCallTurn.objects.create(
        authority=authority, kind=kind, person=person, telephone=telephone, from_at=from_at, until_at=until_at,
        named_by=by, named_at=clock.now(),
    )  # fmt: skip

    audit.record("on_call.named", on=turn, by=by, authority=authority, sentence=f"{turn}: a turn was added to the rota.")
    return turn


@transaction.atomic
def log_call(*, authority, called_at: datetime, caller: str, about: str, done: str, minutes: int,
             went_out: bool = False, stay: Stay | None = None, by: User) -> OnCallCall:  # fmt: skip
    """Write down one call to whoever was on call, and what came of it."""
    refuse_if([FieldReason("called_on", "The call must be in the past.")] if called_at > clock.now() else [])

    call = OnCallCall.objects.create(
        authority=authority, called_at=called_at, caller=caller, stay=stay, child=stay.child if stay else None,
        about=about, done=done, minutes=minutes, went_out=went_out, answered_by=by, logged_at=clock.now(),
    )  # fmt: skip

    audit.record("call.logged", on=call, by=by, authority=authority, sentence=f"Logged call {call.reference}.")
    return call
