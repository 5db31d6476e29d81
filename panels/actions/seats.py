"""Seats by date: left, given back its authority in writing, and who stands for them at any meeting."""

from datetime import date, timedelta

from django.db import transaction

from core import audit
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.actions.chairs import pass_the_chair
from panels.actions.joining import see_out
from panels.models import Panel, SeatHolder, StandingDelegate, TermsOfReference
from panels.rules.seats import Span, why_not_leave

ONE_DAY = timedelta(days=1)


@transaction.atomic
def leave_seat(held: SeatHolder, *, until_on: date, by: User) -> SeatHolder:
    """Somebody holds a seat no longer from a day: what they were lent for meetings from then on ends with it."""
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=held.panel_id)
    held = SeatHolder.objects.select_related("person").get(pk=held.pk)
    span = Span(held.person.full_name, held.from_on, held.until_on)
    refuse_if(FieldReason("until_on", reason) for reason in why_not_leave(span, until_on))

    held.until_on = until_on
    held.save()
    see_out(panel, held.person, from_on=until_on, by=by)
    pass_the_chair(panel, leaves=held.person)

    audit.record(
        "seat.left", on=held, by=by, authority=panel.authority,
        sentence=f"{held.person.full_name} leaves seat {held.letter} of {panel} on {day_in_words(until_on)}.",
    )  # fmt: skip
    return held


@transaction.atomic
def retire_seats(terms: TermsOfReference, *, by: User) -> int:
    """A version of the terms governs: whoever holds a seat it does not have leaves it.

    A meeting whose notice was served under older terms is still theirs, so they leave after the last of those.
    """
    letters = set(terms.seats.values_list("letter", flat=True))
    gone = terms.panel.seat_holders.exclude(letter__in=letters).filter(until_on=None)
    older = terms.panel.meetings.to_come().exclude(terms=terms).soonest_first().last()
    until = max(terms.in_force_from, older.on + ONE_DAY if older else terms.in_force_from)
    rows = list(gone.select_related("person").order_by("letter", "pk"))
    for held in rows:
        leave_seat(held, until_on=max(until, held.from_on + ONE_DAY), by=by)
    return len(rows)


@transaction.atomic
def record_authority(held: SeatHolder, *, because: str, by: User) -> SeatHolder:
    """Write down why a Representative may decide for those they represent: who said so, and when."""
    refuse_if([] if because.strip() else [FieldReason("may_decide_because", "Say who authorised them, and when.")])

    held.may_decide_because = because.strip()
    held.save()

    audit.record(
        "seat.authorised", on=held, by=by, authority=held.panel.authority,
        sentence=f"Recorded the authority of {held.person.full_name} in seat {held.letter} of {held.panel}.",
    )  # fmt: skip
    return held


@transaction.atomic
def end_standing_delegate(row: StandingDelegate, *, until_on: date, by: User) -> StandingDelegate:
    """Somebody stands for a seat at every meeting no longer, from a day."""
    span = Span(row.person.full_name, row.from_on, row.until_on)
    refuse_if(FieldReason("until_on", reason) for reason in why_not_leave(span, until_on))

    row.until_on = until_on
    row.save()

    audit.record(
        "delegate.ended", on=row, by=by, authority=row.panel.authority,
        sentence=f"{row.person.full_name} stands for seat {row.letter} of {row.panel} until {day_in_words(until_on)}.",
    )  # fmt: skip
    return row
