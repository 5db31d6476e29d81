"""A referral against its contract's criteria, as pages show it."""

from core import clock
from core.dated import number
from referrals.models.eligibility import allowed_for, criteria_for, findings_for
from referrals.rules.eligibility import nearly_grown_up, why_not_eligible
from referrals.rules.readings import BEFORE_18


def eligibility_rows(referral) -> list[dict]:
    """Each criterion with the fact, and whether it is met, allowed or neither."""
    allowed, rows = allowed_for(referral), []
    for found in findings_for(referral):
        is_allowed = (found.criterion, found.fact) in allowed
        word, tone = ("Met", "good") if not found.reasons else ("Allowed", "good") if is_allowed else ("Not met", "attention")
        if found.reasons and not found.fact:
            word, tone = "Not known yet", "waiting"
        rows.append({"asks": found.asks, "fact": found.fact, "word": word, "tone": tone, "reasons": found.reasons})
    return rows


def eligibility_facts(referral) -> dict:
    """What a page says of a referral's eligibility today."""
    found, allowed = findings_for(referral), allowed_for(referral)
    asked = set(referral.exceptions.filter(decided_at=None).values_list("criterion", flat=True))
    return {
        "criteria": criteria_for(referral),
        "eligibility": eligibility_rows(referral),
        "grown_up": nearly_grown_up(
            referral.facts().get("born_on"), on=clock.today(), months_before=number(BEFORE_18, authority=referral.authority_id)
        ),
        "may_ask": [
            f for f in found
            if f.reasons and f.may_be_allowed and f.criterion not in asked and (f.criterion, f.fact) not in allowed
        ],
        "unmet": why_not_eligible(found, allowed),
    }  # fmt: skip


def unmet_links(referral) -> list[dict]:
    """What the contract's criteria still stand in the way of, each with the page that asks for an exception."""
    reasons = why_not_eligible(findings_for(referral), allowed_for(referral))
    return [{"label": reason, "url": f"/referrals/{referral.reference}/eligibility"} for reason in reasons]
