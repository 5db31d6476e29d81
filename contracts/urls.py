"""Addresses of contracts."""

from django.urls import path

from contracts.views import contract

app_name = "contracts"

urlpatterns = [
    path("contracts", contract.ContractList.as_view(), name="contracts"),
    path("contracts/<slug:slug>", contract.ContractDetail.as_view(), name="contract"),
    path("contracts/<slug:slug>/confirm", contract.ConfirmPrice.as_view(), name="confirm_price"),
]
