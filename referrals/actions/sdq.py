"""SDQ scores are written down."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import Child, SdqScore
from referrals.rules.care import why_not_sdq


@transaction.atomic
def add_sdq(child: Child, *, on: date, score: int | None = None, not_done_because: str = "", completed_by: str = "",
            by: User | None) -> SdqScore:  # fmt: skip
    """Keep a total score with who filled it in, or the reason there is none; bands are worked out, never typed."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    reasons = why_not_sdq(score, not_done_because, on=on, today=clock.today(), born_on=child.born_on)
    if score is not None and not completed_by:
        reasons.append(FieldReason("completed_by", "Select who filled it in."))
    if child.sdqs.filter(on=on, completed_by=completed_by).exists():
        reasons.append(FieldReason("on", "That questionnaire is written down for that day already."))
    refuse_if(reasons)

    row = SdqScore.objects.create(
        child=child, on=on, score=score, not_done_because=not_done_because, completed_by=completed_by, recorded_by=by,
        recorded_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "sdq.added", on=row, by=by, child=child, authority=child.authority,
        sentence=f"Wrote down an SDQ of {child.reference} for {day_in_words(on)}.",
    )  # fmt: skip
    return row
