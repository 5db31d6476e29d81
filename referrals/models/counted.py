"""Who is counted for whom, in the parts that pages ask for apart; the whole rule is `Referral.objects.counted_for`."""

from django.db.models import Exists, OuterRef, Q

from core.roles import Role
from referrals.models.access import Access

COUNTED_FOR_ALL = Q(child__is_restricted=False)


def counts_own_alone(user) -> bool:
    """Whether counts shown to this person hold what they see and nothing else: a provider's manager's."""
    return user.acting is not None and user.acting.role == Role.PROVIDER_MANAGER


def counted_by_name(referrals, user):
    """Of children kept from most, those of whom something was given to this person: the only ones that the rule may add to the rest."""
    given = Access.objects.granted(user).filter(child=OuterRef("child"))
    return referrals.filter(Exists(given), child__is_restricted=True)
