"""The shape of how a home is bought."""

from django import forms

from contracts.models.purchase import PurchaseRoute
from core.forms import HouseForm, LongTextField, MoneyField, TextField


class PurchaseForm(HouseForm):
    """Route, price, why, and who agreed."""

    route = forms.ChoiceField(label="How is it bought?", choices=PurchaseRoute, widget=forms.RadioSelect)
    weekly_price = MoneyField(label="Price a week", max_digits=9)
    reason = LongTextField(label="Why this way?", rows=3, max_length=2000, help_text="For off the framework and spot: what was tried first, and why it would not do")
    agreed_by = TextField(label="Who agreed it?", max_length=120)
