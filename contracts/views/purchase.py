"""How the homes of one child were bought, and writing it down."""

from contracts.actions.purchase import record_purchase
from contracts.forms.purchase import PurchaseForm
from contracts.models import Purchase
from core.roles import Permission
from core.views.bases import Question, RecordDetail
from referrals.models import Placement
from referrals.views.child_head import ChildRecord

MOST = 100


class Purchases(ChildRecord, RecordDetail):
    """Each home of a child with the route it was bought by, the price and the reason."""

    permission = Permission.COMPARE_JOURNEYS
    template_name = "contracts/purchases.html"

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        homes = list(Placement.objects.visible_to(user).filter(child=child).order_by("-starts_on", "-pk")[:MOST])
        rows: dict[int, list] = {}
        for row in Purchase.objects.visible_to(user).filter(home__in=homes).order_by("-entered_at", "-pk")[: MOST * 5]:
            rows.setdefault(row.home_id, []).append(row)
        for home in homes:
            home.bought = rows.get(home.pk, [])
        return super().get_context_data(
            homes=homes, may_keep=user.can(Permission.KEEP_CARE_RECORDS), **self.identity(child), **kwargs
        )


class RecordPurchase(Question):
    """Write down how a home is bought."""

    permission = Permission.KEEP_CARE_RECORDS
    model = Placement
    form_class = PurchaseForm
    heading, submit_label, back_label = "How is this home bought?", "Save", "How homes were bought"
    success_message = "Saved. What was written before is kept."

    def records(self):
        return super().records().select_related("child__authority")

    def back(self):
        return f"{self.record.child.get_absolute_url()}/purchases"

    def get_initial(self):
        last = self.record.purchases.order_by("-entered_at", "-pk").first()
        price = self.record.prices.filter(part="home").order_by("-from_on").first()
        return {"route": last.route if last else None, "weekly_price": last.weekly_price if last else price.weekly_rate if price else None}

    def act(self, form):
        record_purchase(self.record, by=self.request.user, **form.cleaned_data)
