"""What is due on a day that is closed moves to the next Working Day."""

from datetime import date

from django.db import transaction

from core import audit
from core.closures import on_closed_day, working_days_of
from core.dates import day_in_words
from referrals.models import EmergencyStart, Telling


@on_closed_day
@transaction.atomic
def move_what_is_due(authority, on: date, *, by) -> int:
    """Second signatures and tellings still open that were due that day are due the next Working Day."""
    following = working_days_of(authority.pk).add(on, 1)
    unsigned = EmergencyStart.objects.unsigned().filter(due_on=on, stay__referral__authority=authority)
    untold = Telling.objects.filter(due_on=on, told_at=None, stopped_because="", referral__authority=authority)
    moved = [*unsigned.select_for_update(of=("self",)), *untold.select_for_update(of=("self",))]
    for row in moved:
        row.due_on = following
        row.save()

    audit.record_for_each("deadline.moved", moved, by=by, sentence=f"Due on {day_in_words(following)}: {day_in_words(on)} is closed.")
    return len(moved)
