"""Priority: a band by a named person, with its working, its reason and who agreed."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from referrals.choices import Band, BandingBasis
from referrals.models import Banding, Referral
from referrals.models.need import proposed_priority, strategic_manager_agrees
from referrals.rules.priority import Asked, why_not_band


@transaction.atomic
def band_referral(referral: Referral, *, band: str, basis: str = BandingBasis.REVIEW, at_risk_in_days: int | None = None,
                  reason: str = "", agreed_by: User | None = None, by: User) -> Banding:  # fmt: skip
    """Judge how urgent a referral is: the working is kept beside the band that a person chose."""
    referral = Referral.objects.select_for_update(of=("self",)).select_related("child").get(pk=referral.pk)
    found = proposed_priority(referral, at_risk_in_days)
    agrees = strategic_manager_agrees(agreed_by, referral.authority_id)
    was = "" if basis == BandingBasis.TRIAGE else referral.band

    refuse_if(why_not_band(Asked(band, found.band, was, reason, agrees)))

    banding = Banding.objects.create(
        referral=referral, basis=basis, was=was, proposed=found.band, band=band, working=found.working,
        at_risk_in_days=at_risk_in_days, reason=reason, agreed_by=agreed_by if agrees else None,
        banded_at=clock.now(), banded_by=by,
    )  # fmt: skip
    Referral.objects.filter(pk=referral.pk).update(band=band)

    audit.record(
        "referral.banded", on=referral, by=by,
        sentence=f"{referral.reference} is {Band(band).label.lower()} priority, {banding.get_basis_display().lower()}.",
    )  # fmt: skip
    return banding
