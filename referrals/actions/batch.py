"""One deed done to several referrals: each in a transaction of its own inside one, each with its own outcome."""

from collections.abc import Collection

from django.db import transaction

from core import audit
from core.models import User
from core.several import Outcome, do_each
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.triage import make_ready
from referrals.models import Referral


@transaction.atomic
def make_several_ready(references: Collection[str], *, by: User) -> list[Outcome]:
    """Make each of several referrals ready for panel, in the band that its facts propose; a refusal stops none of the others."""
    outcomes = do_each(
        references, Referral.objects.visible_to(by), lambda referral: make_ready(referral, by=by), says="Ready for panel.", noun="referral"
    )

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "referrals.made_ready", on=by, by=by, sentence=f"Made {done} of {len(outcomes)} referrals ready for panel together."
    )
    return outcomes


@transaction.atomic
def name_several_leads(references: Collection[str], *, person: User, reason: str = "", by: User) -> list[Outcome]:
    """Name one lead worker for each of several referrals; a refusal stops none of the others."""
    deed = lambda referral: name_lead_worker(referral, person, reason=reason, by=by)  # noqa: E731
    outcomes = do_each(references, Referral.objects.visible_to(by), deed, says=f"{person.full_name} leads.", noun="referral")

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "referrals.lead_named", on=by, by=by, sentence=f"Named {person} to lead {done} of {len(outcomes)} referrals together."
    )
    return outcomes
