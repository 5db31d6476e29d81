"""Children who belong together, as far as one of them may be known by the other's record."""

from django.db.models import Q

from referrals.choices import ReferralStatus
from referrals.models.child import Child
from referrals.models.referral import Referral
from referrals.models.transition import ChildLink, ClosingKind


def linked_to(child):
    """The children linked to this one, either way round; a record sealed after an adoption is linked to nobody."""
    rows = ChildLink.objects.filter(Q(child=child) | Q(other=child)).values_list("child_id", "other_id")
    keys = {key for pair in rows for key in pair} - {child.pk}
    return Child.objects.filter(pk__in=keys).exclude(closing__kind=ClosingKind.ADOPTION)


def ready_beside(referral, user):
    """Referrals of linked children that are ready for a panel too, as far as this person sees them."""
    rows = Referral.objects.visible_to(user).filter(child__in=linked_to(referral.child), status=ReferralStatus.READY)
    return rows.select_related("child", "authority").prefetch_related("tasks").order_by("pk")


def pairs_among(children) -> set[frozenset[int]]:
    """Which of these children (a query of their keys) are linked to each other, as pairs; one query, also for none."""
    rows = ChildLink.objects.filter(child__in=children, other__in=children)
    rows = rows.exclude(child__closing__kind=ClosingKind.ADOPTION).exclude(other__closing__kind=ClosingKind.ADOPTION)
    return {frozenset(pair) for pair in rows.values_list("child_id", "other_id")}
