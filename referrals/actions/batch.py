"""One deed done to several referrals: each in a transaction of its own inside one, each with its own outcome."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from core import audit
from core.models import User
from core.rules import RuleBroken, refuse_if
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.triage import make_ready
from referrals.models import Referral

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one of several."""

    reference: str
    url: str
    is_done: bool
    says: str


@transaction.atomic
def make_several_ready(references: Collection[str], *, by: User) -> list[Outcome]:
    """Make each of several referrals ready for panel, in the band that its facts propose; a refusal stops none of the others."""
    outcomes = _each(references, by, lambda referral: make_ready(referral, by=by), "Ready for panel.")

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "referrals.made_ready", on=by, by=by, sentence=f"Made {done} of {len(outcomes)} referrals ready for panel together."
    )
    return outcomes


@transaction.atomic
def name_several_leads(references: Collection[str], *, person: User, reason: str = "", by: User) -> list[Outcome]:
    """Name one lead worker for each of several referrals; a refusal stops none of the others."""
    deed = lambda referral: name_lead_worker(referral, person, reason=reason, by=by)  # noqa: E731
    outcomes = _each(references, by, deed, f"{person.full_name} leads.")

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "referrals.lead_named", on=by, by=by, sentence=f"Named {person} to lead {done} of {len(outcomes)} referrals together."
    )
    return outcomes


def _each(references: Collection[str], by: User, deed: Callable, says: str) -> list[Outcome]:
    """Do a deed to each of those this person sees, their rows locked in one order, so that two at once never wait for ever."""
    wanted = list(dict.fromkeys(references))

    refuse_if(["Tick at least one referral."] if not wanted else [])
    refuse_if([f"Tick at most {MOST_AT_ONCE} at once."] if len(wanted) > MOST_AT_ONCE else [])

    seen = Referral.objects.visible_to(by).filter(reference__in=wanted).values("pk")
    rows = Referral.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    found = {row.reference: row for row in rows}
    return [_one(found.get(reference), reference, deed, says) for reference in wanted]


def _one(referral: Referral | None, reference: str, deed: Callable, says: str) -> Outcome:
    """One of them: done, or why not, undone by itself."""
    if referral is None:
        return Outcome(reference[:7], "", False, "Not found among what you can see.")
    url = referral.get_absolute_url()
    try:
        with transaction.atomic():
            deed(referral)
    except RuleBroken as refusal:
        return Outcome(reference, url, False, str(refusal))
    return Outcome(reference, url, True, says)
