"""What sending, editing and signing share: whom to tell, and signatures that no longer stand."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from referrals.choices import ReferralStatus, Step
from referrals.models import Cover, Referral
from referrals.rules.sign_off import asked_again

WAITS_FOR = {
    ReferralStatus.WITH_TM: Step.TEAM_MANAGER,
    ReferralStatus.WITH_SM: Step.SERVICE_MANAGER,
    ReferralStatus.WITH_STRATEGIC: Step.STRATEGIC_MANAGER,
}
BACK_TO_SIGNING = {ReferralStatus.READY, ReferralStatus.BOOKED}


def signers_for(referral: Referral) -> list[User]:
    """Whoever may sign the step that the referral waits for, or covers for them; never its author."""
    step = WAITS_FOR.get(ReferralStatus(referral.status))
    if step is None:
        return []
    of_team = {} if step == Role.STRATEGIC_MANAGER else {"teams": referral.team_id}
    people = User.objects.holding(step, authority=referral.authority_id, **of_team)
    holders = list(people.exclude(pk=referral.author_id).order_by("pk")[:20])
    covers = Cover.objects.on(clock.today()).filter(away__in=holders, step=step, authority=referral.authority_id)
    acting = [row.acts for row in covers.select_related("acts").order_by("pk")[:20]]
    return list(dict.fromkeys([*holders, *[p for p in acting if p.pk != referral.author_id]]))


def tell_signers(referral: Referral) -> None:
    """Write to those whose signature is next."""
    moment = referral.status_since.isoformat()
    for person in signers_for(referral):
        post.send(
            "referral.to_sign", key=f"sign:{referral.reference}:{moment}:{person.pk}", to=person,
            subject=f"{referral.reference} needs your sign-off",
            body=f"Referral {referral.reference} is waiting for you to sign it off or return it.",
            link=f"/referrals/{referral.reference}/sign-off", about=referral,
        )  # fmt: skip


@transaction.atomic
def void_signatures(referral: Referral, *, because: str, task: str = "", by: User) -> int:
    """Void signatures that stand, keep them in the history, and ask for them again.

    With a task, only the steps that answer for it; without one, all.
    """
    standing = referral.signatures()
    if task:
        again = asked_again(task, [signature.step for signature in standing])
        standing = [signature for signature in standing if signature.step in again]

    for signature in standing:
        signature.voided_at, signature.voided_by = clock.now(), by
        signature.voided_because = because[:200]
        signature.save()
    if standing and referral.status in BACK_TO_SIGNING | set(WAITS_FOR):
        first = referral.next_signing_status()
        if first != referral.status:
            referral.move_to(first, by=by, reason=because)
        tell_signers(referral)

    if standing:
        audit.record(
            "sign_off.voided", on=referral, by=by,
            sentence=f"{len(standing)} signatures on {referral.reference} no longer stand: {because}",
        )  # fmt: skip
    return len(standing)
