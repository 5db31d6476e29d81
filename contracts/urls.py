"""Addresses of contracts."""

from django.urls import path

from contracts.views import contract, escalation

app_name = "contracts"

urlpatterns = [
    path("contracts", contract.ContractList.as_view(), name="contracts"),
    path("contracts/<slug:slug>", contract.ContractDetail.as_view(), name="contract"),
    path("contracts/<slug:slug>/confirm", contract.ConfirmPrice.as_view(), name="confirm_price"),
    path("escalations", escalation.EscalationList.as_view(), name="escalations"),
    path("escalations/new", escalation.Escalate.as_view(), name="escalate"),
    path("escalations/<ref:reference>", escalation.EscalationDetail.as_view(), name="escalation"),
    path("escalations/<ref:reference>/answer", escalation.RecordAnswer.as_view(), name="record_answer"),
]
