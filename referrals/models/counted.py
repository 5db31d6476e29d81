"""Who is counted for whom, in the parts that pages ask for apart; the whole rule is `Referral.objects.counted_for`."""

from django.db.models import Exists, Q, QuerySet

from core.roles import Role
from referrals.models.child import Child

COUNTED_FOR_ALL = Q(child__is_restricted=False)


def counts_own_alone(user) -> bool:
    """Whether counts shown to this person hold what they see and nothing else: a provider's manager's."""
    return user.acting is not None and user.acting.role == Role.PROVIDER_MANAGER


def counted_for_all(referrals):
    """Those of children that nobody is kept from. Whose children are is looked up once among those who are kept from most,
    which are few, and not at each child: a dashboard counts a thousand who wait."""
    return referrals.exclude(child__in=Child.objects.filter(is_restricted=True).values("pk"))


def by_name(granted: QuerySet, **of_it) -> Exists:
    """Take rights of a person and what is asked of referrals of children kept from most; say whether one of those was given:
    they are the only ones that the rule may add to the rest."""
    return Exists(granted.filter(child__is_restricted=True, **{f"child__referrals__{name}": value for name, value in of_it.items()}))
