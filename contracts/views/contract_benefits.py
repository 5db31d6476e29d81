"""The benefits that stand under one contract."""

from contracts.choices import BenefitKind
from contracts.models import Benefit
from contracts.models.benefit_page import shown_to
from contracts.models.benefit_register import register
from contracts.models.sums import difference
from contracts.models.totals import totals
from contracts.views.head import ContractRecord
from core.roles import Permission
from core.views.bases import RecordDetail


class ContractBenefits(ContractRecord, RecordDetail):
    """A contract's benefits by kind, as far as this person reads the register."""

    permission = Permission.SEE_BENEFITS
    template_name = "contracts/contract_benefits.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        rows = register(Benefit.objects.visible_to(user).filter(contract=contract).in_order())
        here = shown_to(user, rows)
        groups = [(label, [each for each in here if each.benefit.heading == label]) for label in (*BenefitKind.labels, "Modelled")]
        is_saved = any(row.benefit.kind == BenefitKind.CONTRACT and row.realised for row in rows)
        sees_before = self.model.objects.visible_to(user).filter(pk=contract.follows_id).exists()
        return super().get_context_data(
            **self.identity(contract), totals=totals(rows), groups=[group for group in groups if group[1]],
            query=difference(contract) if sees_before and not is_saved else "", may_keep=user.can(Permission.KEEP_BENEFITS), **kwargs,
        )  # fmt: skip
