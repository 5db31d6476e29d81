"""High SDQ scores are looked at by the head of service, with what is done."""

from django.db import transaction

from core import audit, clock
from core.dated import number
from core.models import User
from core.rules import refuse_if
from referrals.models import SdqLook, SdqScore
from referrals.rules.readings import HIGH_SDQ
from referrals.rules.sdq_look import why_not_look_at_sdq


@transaction.atomic
def look_at_sdq(sdq: SdqScore, *, action_taken: str, by: User) -> SdqLook:
    """Keep that a high score was looked at, and what is done for the child (004:4689-4691)."""
    sdq = SdqScore.objects.select_for_update(of=("self",)).select_related("child__authority").get(pk=sdq.pk)
    child = sdq.child
    refuse_if(why_not_look_at_sdq(
        sdq.score, from_score=number(HIGH_SDQ, authority=child.authority_id, on=sdq.on),
        is_looked_at=SdqLook.objects.filter(sdq=sdq).exists(), action_taken=action_taken,
    ))  # fmt: skip

    row = SdqLook.objects.create(child=child, sdq=sdq, action_taken=action_taken.strip(), looked_at=clock.now(), looked_by=by)

    audit.record(
        "sdq.looked_at", on=row, by=by, child=child, authority=child.authority,
        sentence=f"Looked at a high SDQ of {child.reference} and said what is done.",
    )  # fmt: skip
    return row
