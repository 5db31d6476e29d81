"""Exceptions to a contract's criteria: asked for by the writer, decided by a strategic manager."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.models import EligibilityException, Referral
from referrals.models.eligibility import findings_for
from referrals.models.holdings import strategic_managers
from referrals.rules.eligibility import why_not_allow, why_not_ask


@transaction.atomic
def ask_for_exception(referral: Referral, *, criterion: str, reason: str, by: User) -> EligibilityException:
    """Ask a strategic manager to allow what the contract's criteria do not."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    found = findings_for(referral)
    is_asked = referral.exceptions.filter(criterion=criterion, decided_at=None).exists()

    refuse_if(referral.why_not_edit() + why_not_ask(criterion, found, reason=reason, is_asked=is_asked))

    fact = next(f.fact for f in found if f.criterion == criterion)
    asked = EligibilityException.objects.create(
        referral=referral, criterion=criterion, fact=fact[:400], asked_because=reason, asked_by=by, asked_at=clock.now()
    )
    for person in strategic_managers(referral.authority_id).exclude(pk=by.pk).distinct().order_by("pk")[:10]:
        post.send(
            "exception.asked", key=f"exception:{asked.reference}:{person.pk}", to=person,
            subject=f"{referral.reference} asks for an exception", link=asked.get_absolute_url(), about=asked,
            body=f"Referral {referral.reference} does not meet one of its contract's criteria. Read why, and decide.",
        )  # fmt: skip

    audit.record(
        "exception.asked", on=asked, by=by, child=referral.child,
        sentence=f"Asked for an exception for {referral.reference}: {asked.get_criterion_display().lower()}.",
    )  # fmt: skip
    return asked


@transaction.atomic
def decide_exception(exception: EligibilityException, *, allowed: bool, reason: str, by: User) -> EligibilityException:
    """Allow an exception or not, with a reason; the writer is told."""
    exception = EligibilityException.objects.select_for_update(of=("self",)).select_related("referral__child").get(pk=exception.pk)
    referral = exception.referral
    is_strategic = any(held.role == Role.STRATEGIC_MANAGER and held.authority_id == referral.authority_id for held in by.current_roles)

    refuse_if(why_not_allow(
        reason=reason, is_strategic=is_strategic, is_author=by.pk in {referral.author_id, exception.asked_by_id},
        is_open=exception.decided_at is None,
    ))  # fmt: skip

    exception.is_allowed, exception.decided_because = allowed, reason
    exception.decided_by, exception.decided_at = by, clock.now()
    exception.save()
    word = "allowed" if allowed else "not allowed"
    post.send(
        "exception.decided", key=f"exception:{exception.reference}:decided", to=exception.asked_by,
        subject=f"The exception for {referral.reference} was {word}", about=exception,
        body=f"The exception you asked for is {word}. Its page says why.", link=f"{referral.get_absolute_url()}/eligibility",
    )  # fmt: skip

    audit.record(
        "exception.decided", on=exception, by=by, child=referral.child,
        sentence=f"An exception for {referral.reference} was {word}: {exception.get_criterion_display().lower()}.",
    )  # fmt: skip
    return exception
