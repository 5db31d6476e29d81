"""Triage: ready for panel, or more information needed."""

from django.db import transaction

from core import audit, post
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.choices import Band, ReferralStatus
from referrals.models import Referral
from referrals.rules.progress import why_not_move


@transaction.atomic
def make_ready(referral: Referral, *, band: str = Band.STANDARD, by: User) -> Referral:
    """Let a signed referral go to a panel, in a priority band."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    reasons = why_not_move(referral.status, ReferralStatus.READY)
    if band not in Band.values:
        reasons.append(FieldReason("band", "Select how urgent this is."))
    refuse_if(reasons)

    referral.band = band
    referral.move_to(ReferralStatus.READY, by=by)

    audit.record(
        "referral.made_ready", on=referral, by=by,
        sentence=f"{referral.reference} is ready for panel, {Band(band).label.lower()} priority.",
    )  # fmt: skip
    return referral


@transaction.atomic
def ask_for_more(referral: Referral, *, question: str, tasks=(), by: User) -> Referral:
    """Ask the social worker for more; the tasks named show the question."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    reasons = why_not_move(referral.status, ReferralStatus.MORE_INFO)
    if not question.strip():
        reasons.append(FieldReason("question", "Say what you need to know."))
    refuse_if(reasons)

    referral.tasks.filter(name__in=list(tasks)).update(to_mend=question)
    referral.move_to(ReferralStatus.MORE_INFO, by=by, reason=question)
    post.send(
        "referral.more_info", key=f"more:{referral.reference}:{referral.status_since.isoformat()}",
        to=referral.author, subject=f"{referral.reference} needs more information",
        body=f"Triage needs to know more about {referral.reference}. Its tasks show the question.",
        link=f"/referrals/{referral.reference}/tasks", about=referral,
    )  # fmt: skip

    audit.record(
        "referral.more_asked", on=referral, by=by, sentence=f"More was asked about {referral.reference}."
    )
    return referral


@transaction.atomic
def give_more(referral: Referral, *, by: User) -> Referral:
    """Send what was asked for back to triage."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    refuse_if(why_not_move(referral.status, ReferralStatus.SENT))

    referral.move_to(ReferralStatus.SENT, by=by)

    audit.record(
        "referral.more_given", on=referral, by=by, sentence=f"Answered what was asked about {referral.reference}."
    )
    return referral
