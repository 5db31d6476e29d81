"""What the pages of a contract's registers share."""

from contracts.models import Contract
from contracts.views.head import ContractRecord
from core.roles import Permission
from core.views.bases import Question, RecordDetail


class RegisterPage(ContractRecord, RecordDetail):
    """A tab of a contract with one of its registers."""

    permission = Permission.SEE_ASSURANCE

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **self.identity(self.object), may_keep=self.request.user.can(Permission.KEEP_ASSURANCE), **kwargs
        )


class RegisterQuestion(Question):
    """Something more for a register of one contract, asked on a page of its own; declare `tab`."""

    permission = Permission.KEEP_ASSURANCE
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    tab = ""
    success_message = "Saved."

    def records(self):
        return super().records().select_related("authority", "provider")

    def back(self):
        return f"{self.record.get_absolute_url()}/{self.tab}"
