"""What panels tell a referral: booked, taken off, decided, released."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.actions.access import give_access
from referrals.actions.telling import ask_to_tell
from referrals.choices import Basis, ReferralStatus
from referrals.models import Provision, Referral
from referrals.rules.progress import why_not_move

OUTCOMES = {
    "agree": ReferralStatus.AGREED,
    "conditions": ReferralStatus.CONDITIONS,
    "part": ReferralStatus.PART,
    "defer": ReferralStatus.DEFERRED,
    "not agreed": ReferralStatus.DECLINED,
    "redirect": ReferralStatus.REDIRECTED,
    "recommended": ReferralStatus.RECOMMENDED,
}
NEEDS_A_PLACE = {ReferralStatus.AGREED, ReferralStatus.CONDITIONS, ReferralStatus.PART}


def _locked(referral: Referral) -> Referral:
    """The referral with whoever hears of it, its row held until the deed is done."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("child__social_worker", "author", "authority")
    return rows.get(pk=referral.pk)


@transaction.atomic
def book_referral(referral: Referral, *, meeting: str, by: User) -> Referral:
    """A meeting's agenda now holds this referral."""
    referral = _locked(referral)

    refuse_if(why_not_move(referral.status, ReferralStatus.BOOKED))

    referral.move_to(ReferralStatus.BOOKED, by=by, reason=meeting)

    audit.record(
        "referral.booked", on=referral, by=by, sentence=f"{referral.reference} booked for {meeting}."
    )
    return referral


@transaction.atomic
def unbook_referral(referral: Referral, *, reason: str, by: User) -> Referral:
    """The item was taken off, adjourned or inquorate, or the meeting is not to be."""
    referral = _locked(referral)

    refuse_if(why_not_move(referral.status, ReferralStatus.READY))

    referral.move_to(ReferralStatus.READY, by=by, reason=reason)

    audit.record(
        "referral.unbooked", on=referral, by=by, sentence=f"{referral.reference} is ready for panel again."
    )
    return referral


@transaction.atomic
def record_panel_outcome(referral: Referral, *, outcome: str, weeks: int | None = None,
                         outreach_weeks: int | None = None, review_on=None, by: User) -> Referral:  # fmt: skip
    """The chair agreed a decision about this referral: the panel's own word, and the weeks of support, and of outreach after a bed."""
    referral = _locked(referral)
    status = OUTCOMES[outcome]

    refuse_if(why_not_move(referral.status, status))

    referral.decided_at, referral.released_at = clock.now(), None
    referral.agreed_weeks, referral.outreach_weeks, referral.review_on = weeks, outreach_weeks, review_on
    referral.move_to(status, by=by)

    audit.record(
        "referral.decided", on=referral, by=by, sentence=f"A decision on {referral.reference} was agreed."
    )
    return referral


@transaction.atomic
def take_back_outcome(referral: Referral, *, reason: str, by: User) -> Referral:
    """What was agreed does not stand, and nobody outside was told: the referral is booked for panel again."""
    referral = _locked(referral)

    refuse_if(why_not_move(referral.status, ReferralStatus.BOOKED, taken_back=True))

    referral.decided_at = referral.agreed_weeks = referral.review_on = None
    referral.move_to(ReferralStatus.BOOKED, by=by, reason=reason, taken_back=True)

    audit.record(
        "referral.taken_back", on=referral, by=by, sentence=f"What was agreed of {referral.reference} is to be agreed again."
    )
    return referral


@transaction.atomic
def release_outcome(referral: Referral, *, by: User) -> Referral:
    """The decision is released: the referrer is told, and where a place is needed it waits for one."""
    referral = _locked(referral)
    status = ReferralStatus(referral.status)

    referral.released_at = clock.now()
    referral.save(update_fields=["released_at"])
    if status in NEEDS_A_PLACE:
        referral.waiting_since = clock.now()
        referral.move_to(ReferralStatus.WAITING, by=by)
        for provision in Provision.objects.filter(
            authority=referral.authority_id, kind=referral.wants
        ).select_related("provider"):
            give_access(
                referral, organisation=provision.provider, roles=[Role.PROVIDER_MANAGER],
                basis=Basis.RELEASED, told_by="release", by=by,
            )  # fmt: skip
    ask_to_tell(referral, status=status, by=by)
    moment = referral.status_since.isoformat()
    for person in referral.referrers():
        post.send(
            "referral.decided", key=f"decided:{referral.reference}:{moment}:{person.pk}",
            to=person, subject=f"A decision on {referral.reference} has been released",
            body=f"The panel's decision on {referral.reference} can be read on its page.",
            link=referral.get_absolute_url(), about=referral,
        )  # fmt: skip

    audit.record(
        "referral.released", on=referral, by=by, sentence=f"The decision on {referral.reference} was released."
    )
    return referral


@transaction.atomic
def present_again(referral: Referral, *, reason: str, by: User) -> Referral:
    """Take a deferred, redirected or declined referral to a panel again, with a reason."""
    referral = _locked(referral)

    reasons = why_not_move(referral.status, ReferralStatus.READY)
    refuse_if(reasons + ([] if reason.strip() else ["Say why it is presented again."]))

    referral.move_to(ReferralStatus.READY, by=by, reason=reason)

    audit.record(
        "referral.presented_again", on=referral, by=by, sentence=f"{referral.reference} is to be presented again."
    )
    return referral


@transaction.atomic
def end_referral(referral: Referral, *, reason: str, by: User) -> Referral:
    """What was agreed is over, or nothing was agreed."""
    referral = _locked(referral)

    reasons = why_not_move(referral.status, ReferralStatus.ENDED)
    if referral.status in {ReferralStatus.SUPPORTED, ReferralStatus.STEP_DOWN}:
        reasons.append("Support ends with the stay, once its exit plan is written.")
    refuse_if(reasons + ([] if reason.strip() else ["Say why it ends."]))

    referral.ended_at = clock.now()
    referral.move_to(ReferralStatus.ENDED, by=by, reason=reason)

    audit.record("referral.ended", on=referral, by=by, sentence=f"{referral.reference} ended.")
    return referral
