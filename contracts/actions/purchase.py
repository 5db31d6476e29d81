"""How a child's home is bought, written down."""

from decimal import Decimal

from django.db import transaction

from contracts.models import Purchase
from contracts.models.purchase import PurchaseRoute
from contracts.rules.assurance import why_not_record_purchase
from core import audit
from core.models import User
from core.rules import refuse_if
from referrals.models import Placement


@transaction.atomic
def record_purchase(home: Placement, *, route: str, weekly_price: Decimal | None, reason: str, agreed_by: str, by: User) -> Purchase:
    """Keep by which route a home is bought, at what price a week and why; an earlier one is kept beside it."""
    refuse_if(why_not_record_purchase(reason, agreed_by, weekly_price=weekly_price))

    purchase = Purchase.objects.create(
        home=home, route=PurchaseRoute(route), weekly_price=weekly_price, reason=reason.strip(), agreed_by=agreed_by.strip(), entered_by=by
    )

    audit.record(
        "home.bought", on=home, by=by, authority=home.child.authority,
        sentence=f"Recorded how home {home.reference} is bought: {purchase.get_route_display().lower()}.",
    )  # fmt: skip
    return purchase
