"""Since when a referral stands where a reader knows it to stand: the day of a decision is not known before its release."""

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from referrals.choices import ReferralStatus
from referrals.models.referral import StatusChange
from referrals.models.referral_facts import NOT_RELEASED, sees_decisions


def since_known_to(user):
    """When the status that this person reads began; to sort, to show and to count days by."""
    if sees_decisions(user):
        return F("status_since")
    booked = StatusChange.objects.filter(referral=OuterRef("pk"), now=ReferralStatus.BOOKED).order_by("-at", "-pk")
    known = Coalesce(Subquery(booked.values("at")[:1]), F("started_at"))
    return Case(When(NOT_RELEASED, then=known), default=F("status_since"))
