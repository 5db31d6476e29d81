"""Mental health services: how a child stands with them, recorded with the rule about a stable home."""

from django.db import transaction

from core import audit, clock
from core.dated import number
from core.models import User
from core.rules import refuse_if
from referrals.models import HealthLink, Referral
from referrals.models.need import latest_sdq
from referrals.rules.health import (
    has_priority_access,
    why_not_refer_to_health,
    why_not_share_care,
)
from referrals.rules.readings import SDQ_FROM


@transaction.atomic
def record_health_link(referral: Referral, *, state: str, home_is_stable: bool, unstable_plan: str = "",
                       shared_care_note: str = "", by: User) -> HealthLink:  # fmt: skip
    """Record how a child stands with mental health services today; earlier records stay."""
    referral = Referral.objects.select_related("child").get(pk=referral.pk)
    sdq = latest_sdq(referral)

    reasons = why_not_refer_to_health(state, home_is_stable=home_is_stable, plan=unstable_plan)
    refuse_if(reasons + why_not_share_care(state, shared_care_note))

    link = HealthLink.objects.create(
        referral=referral, state=state, sdq=sdq, home_is_stable=home_is_stable, unstable_plan=unstable_plan,
        has_priority_access=has_priority_access(sdq, is_looked_after=referral.child.is_looked_after, from_score=number(SDQ_FROM, authority=referral.authority_id)),
        shared_care_note=shared_care_note, recorded_at=clock.now(), recorded_by=by,
    )  # fmt: skip

    audit.record(
        "health_link.recorded", on=link, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Recorded how {referral.reference} stands with mental health services.",
    )  # fmt: skip
    return link
