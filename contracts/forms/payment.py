"""The shapes of deeds about money."""

from django import forms

from contracts.choices import Achieved
from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField
from core.models import User
from core.roles import Role


class SignedMoneyField(MoneyField):
    """Pounds that may be less than nothing."""

    def __init__(self, **kwargs):
        super().__init__(min_value=None, **kwargs)

    def to_python(self, value):
        return super().to_python(value.replace("−", "-") if isinstance(value, str) else value)


class DecideForm(HouseForm):
    """What was achieved, and what is withheld."""

    achieved = forms.ChoiceField(
        label="How much of what was agreed was achieved?", widget=forms.RadioSelect, required=False, choices=[
            (Achieved.ALL, "All: pay what is due"), (Achieved.PART, "Part: withhold some of it"),
            (Achieved.NONE, "None: withhold it all"),
        ],
    )  # fmt: skip
    withheld = MoneyField(label="If part, how much is withheld?", required=False)
    because = LongTextField(
        label="If not all, what was not achieved?", rows=3, required=False, max_length=2000, help_text="The provider reads it."
    )


class InvoiceForm(HouseForm):
    """The invoice."""

    number = forms.CharField(label="Invoice number", max_length=40, required=False)
    amount = MoneyField(label="Amount", max_digits=12, required=False)
    on = HouseDateField(label="Day of the invoice", required=False)


class ApproveForm(HouseForm):
    """Nothing is typed: the button says it all."""


class OutcomeForm(HouseForm):
    """What the bank did."""

    outcome = forms.ChoiceField(
        label="What did the bank do?", widget=forms.RadioSelect, required=False,
        choices=[("paid", "Paid what was left"), ("part", "Paid part of it"), ("failed", "The payment failed")],
    )  # fmt: skip
    on = HouseDateField(label="On which day?", required=False)
    amount = MoneyField(label="If part, how much?", max_digits=12, required=False)
    because = LongTextField(label="If it failed, why?", rows=2, required=False, max_length=2000)


class ReasonForm(HouseForm):
    """Why."""

    because = LongTextField(label="In a few words", rows=4, required=False, max_length=2000, help_text="The provider reads it.")


class CorrectForm(HouseForm):
    """By how much a quarter is corrected, and why."""

    amount = SignedMoneyField(
        label="By how much?", max_digits=12, required=False,
        help_text="With a minus sign where too much was due: −300 is then taken from payments that nobody has approved yet.",
    )  # fmt: skip
    because = LongTextField(label="What is corrected, and why?", rows=4, required=False, max_length=2000, help_text="The provider reads it.")


class OfficerForm(HouseForm):
    """To whom invoices go."""

    person = forms.ModelChoiceField(label="Who gets this contract’s invoices by email?", queryset=None, widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, authority=None, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.holding(Role.COMMISSIONER, Role.FINANCE, authority=authority)
        self.fields["person"].queryset = people.order_by("full_name", "pk")


class EvidenceForm(HouseForm):
    """What shows that outcomes were achieved."""

    evidence = LongTextField(
        label="What shows that outcomes were achieved?", rows=5, required=False, max_length=4000,
        help_text="Name nobody. The accepted returns of the year are listed beside this, and need not be written again.",
    )  # fmt: skip


class ReleaseForm(HouseForm):
    """How much is released."""

    release = forms.ChoiceField(
        label="How much of what is held back is released?", widget=forms.RadioSelect, required=False,
        choices=[(Achieved.ALL, "All"), (Achieved.PART, "Part"), (Achieved.NONE, "None")],
    )  # fmt: skip
    amount = MoneyField(label="If part, how much is released?", required=False)
    because = LongTextField(
        label="If not all, why?", rows=3, required=False, max_length=2000, help_text="The provider reads it, and may reply."
    )


class ReplyForm(HouseForm):
    """The provider's reply."""

    reply = LongTextField(label="Your reply", rows=4, required=False, max_length=4000, help_text="It is kept beside the decision, and the commissioner is told.")
