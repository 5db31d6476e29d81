"""Triage: ready for panel, more information needed, or not for this service."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.rules import refuse_if
from referrals.actions.priority import band_referral
from referrals.actions.signing import void_signatures
from referrals.choices import BandingBasis, ReferralStatus
from referrals.models import Referral
from referrals.models.need import proposed_priority
from referrals.rules.progress import why_not_move
from referrals.rules.triage import why_not_ask, why_not_triage, why_not_turn_away


def _locked(referral: Referral) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)


def _why_not(referral: Referral, status: str, by: User) -> list[str]:
    """What stands in the way of any of the three."""
    signed = referral.sign_offs.standing().filter(person=by).exists()
    return why_not_move(referral.status, status) + why_not_triage(signed_by_them=signed)


@transaction.atomic
def make_ready(referral: Referral, *, band: str | None = None, at_risk_in_days: int | None = None, reason: str = "",
               agreed_by: User | None = None, by: User) -> Referral:  # fmt: skip
    """Let a signed referral go to a panel, in a priority band: the one proposed where none is named."""
    referral = _locked(referral)

    refuse_if(_why_not(referral, ReferralStatus.READY, by))

    chosen = proposed_priority(referral, at_risk_in_days).band if band is None else band
    banding = band_referral(
        referral, band=chosen, basis=BandingBasis.TRIAGE, at_risk_in_days=at_risk_in_days, reason=reason,
        agreed_by=agreed_by, by=by,
    )  # fmt: skip
    referral.band = banding.band
    referral.move_to(ReferralStatus.READY, by=by, reason=reason)

    audit.record(
        "referral.made_ready", on=referral, by=by,
        sentence=f"{referral.reference} is ready for panel, {banding.get_band_display().lower()} priority.",
    )  # fmt: skip
    return referral


@transaction.atomic
def ask_for_more(referral: Referral, *, question: str, tasks=(), answer_by: date | None = None, by: User) -> Referral:
    """Ask the social worker for more; the tasks named show the question, and triage's clock stops."""
    referral = _locked(referral)

    reasons = _why_not(referral, ReferralStatus.MORE_INFO, by)
    refuse_if(reasons + why_not_ask(question, answer_by, clock.today()))

    referral.tasks.filter(name__in=list(tasks)).update(to_mend=question)
    referral.answer_by = answer_by
    referral.move_to(ReferralStatus.MORE_INFO, by=by, reason=question)
    _tell_author(referral, "more_info", "needs more information", "Its tasks show the question.", "/tasks")

    audit.record(
        "referral.more_asked", on=referral, by=by, sentence=f"More was asked about {referral.reference}."
    )
    return referral


@transaction.atomic
def turn_away(referral: Referral, *, reason: str, by: User) -> Referral:
    """Say that a referral is not for this service: it goes back with the reason, and no signature stands."""
    referral = _locked(referral)

    refuse_if(_why_not(referral, ReferralStatus.RETURNED, by) + why_not_turn_away(reason))

    referral.move_to(ReferralStatus.RETURNED, by=by, reason=reason)
    void_signatures(referral, because="It was not for this service.", by=by)
    _tell_author(referral, "turned_away", "is not for this service", "Its page says why.")

    audit.record(
        "referral.turned_away", on=referral, by=by, sentence=f"{referral.reference} is not for this service."
    )
    return referral


@transaction.atomic
def give_more(referral: Referral, *, by: User) -> Referral:
    """Send what was asked for back to triage."""
    referral = _locked(referral)

    refuse_if(why_not_move(referral.status, ReferralStatus.SENT))

    referral.answer_by = None
    referral.move_to(ReferralStatus.SENT, by=by)

    audit.record(
        "referral.more_given", on=referral, by=by, sentence=f"Answered what was asked about {referral.reference}."
    )
    return referral


def _tell_author(referral: Referral, kind: str, what: str, more: str, page: str = "") -> None:
    """Write to the social worker, by reference only."""
    post.send(
        f"referral.{kind}", key=f"{kind}:{referral.reference}:{referral.status_since.isoformat()}", to=referral.author,
        subject=f"{referral.reference} {what}", body=f"Referral {referral.reference} {what}. {more}",
        link=f"{referral.get_absolute_url()}{page}", about=referral,
    )  # fmt: skip
