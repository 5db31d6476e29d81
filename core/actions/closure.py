"""Days on which an authority does not work: closed ahead, and opened again."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.closures import tell_change
from core.dates import day_in_words
from core.models import Authority, Closure, User
from core.once import forget
from core.rules import FieldReason, refuse_if
from core.working_days import SATURDAY, england_holidays


def _why_not_close(authority: Authority, on: date, name: str) -> list[str]:
    """Only a Working Day to come is closed, once, with what it is called."""
    day = day_in_words(on)
    found = []
    if on <= clock.today():
        found.append(f"{day} is not to come: what was due by then was judged by the calendar of its day.")
    elif on.weekday() >= SATURDAY:
        found.append(f"{day} is a {on:%A}, which does not count already.")
    elif on in england_holidays():
        found.append(f"{day} is a bank holiday already.")
    elif Closure.objects.standing().filter(authority=authority, on=on).exists():
        found.append(f"{day} is closed already.")
    reasons = [FieldReason("on", said) for said in found]
    return reasons if name.strip() else [*reasons, FieldReason("name", "Say why this day does not count.")]


@transaction.atomic
def close_day(authority: Authority, *, on: date, name: str, kind: str = "closure", by: User) -> Closure:
    """A day to come is no Working Day here: open deadlines follow, meetings already served keep their calendar."""
    authority = Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    refuse_if(_why_not_close(authority, on, name))

    closure = Closure.objects.create(authority=authority, on=on, name=name.strip(), kind=kind, added_by=by)
    forget()
    tell_change(authority, on, by=by)

    audit.record(
        "day.closed", on=closure, by=by, authority=authority, sentence=f"{day_in_words(on)} is no Working Day here."
    )
    return closure


@transaction.atomic
def reopen_day(closure: Closure, *, by: User) -> Closure:
    """A day that was closed counts again; that it was closed stays in the record."""
    closure = Closure.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    reasons = [f"{day_in_words(closure.on)} is open already."] if closure.removed_at else []
    if closure.on <= clock.today():
        reasons.append(f"{day_in_words(closure.on)} is not to come, so it stays as it was.")
    refuse_if(reasons)

    closure.removed_at, closure.removed_by = clock.now(), by
    closure.save()
    forget()

    audit.record(
        "day.reopened", on=closure, by=by, authority=closure.authority,
        sentence=f"{day_in_words(closure.on)} is a Working Day again.",
    )  # fmt: skip
    return closure
