"""How long drafts lie untouched, as each authority has settled it."""

from core import clock
from core.dated import numbers
from core.models import Authority
from referrals.models.referral import Referral
from referrals.rules.drafts import DraftDays
from referrals.rules.readings import LET_GO, REMIND


def draft_days(authority) -> DraftDays:
    """The days in force today for an authority (or its key)."""
    found = numbers(REMIND, LET_GO, authority=authority)
    return DraftDays(found[REMIND].number, found[LET_GO].number)


def drafts_left_lying():
    """Drafts that their writers are to be reminded of, each authority by its own days; the oldest first."""
    now = clock.now()
    for authority in Authority.objects.order_by("pk"):
        rows = Referral.objects.filter(authority=authority).old_drafts(now - draft_days(authority).remind)
        yield from rows.order_by("edited_at", "pk")[:500]
