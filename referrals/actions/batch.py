"""One deed done to several referrals: each in a transaction of its own inside one, each with its own outcome."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from core import audit
from core.models import User
from core.rules import RuleBroken, refuse_if
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
    wanted = list(dict.fromkeys(references))

    refuse_if(["Tick at least one referral."] if not wanted else [])
    refuse_if([f"Tick at most {MOST_AT_ONCE} at once."] if len(wanted) > MOST_AT_ONCE else [])

    # The rows are locked in one order, so that two who do this at once wait for each other and never for ever.
    seen = Referral.objects.visible_to(by).filter(reference__in=wanted).values("pk")
    rows = Referral.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    found = {row.reference: row for row in rows}
    outcomes = [_one(found.get(reference), reference, by) for reference in wanted]

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record(
        "referrals.made_ready", on=by, by=by, sentence=f"Made {done} of {len(outcomes)} referrals ready for panel together."
    )
    return outcomes


def _one(referral: Referral | None, reference: str, by: User) -> Outcome:
    """One of them: done, or why not, undone by itself."""
    if referral is None:
        return Outcome(reference[:7], "", False, "Not found among what you can see.")
    url = referral.get_absolute_url()
    try:
        with transaction.atomic():
            make_ready(referral, by=by)
    except RuleBroken as refusal:
        return Outcome(reference, url, False, str(refusal))
    return Outcome(reference, url, True, "Ready for panel.")
