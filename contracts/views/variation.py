"""A variation: proposed, read, agreed by each party, or not."""

from contracts.actions.variation import agree_variation, propose_variation, refuse_variation
from contracts.choices import VariationKind
from contracts.forms.variation import BecauseForm, VariationForm
from contracts.models import Contract, Variation
from contracts.views.head import ContractDeed, head_of
from core.roles import Permission, Role
from core.views.bases import ButtonDeed, Question, RecordDetail


class ProposeVariation(ContractDeed):
    """Put a change of the contract in writing; the address says which kind, and the page asks what that kind needs."""

    permission = Permission.AGREE_VARIATIONS
    template_name = "contracts/propose_variation.html"
    form_class = VariationForm
    heading, submit_label = "Propose a variation", "Propose it"
    lead = "It holds from its day once the council and the provider have both agreed."
    success_message = "Proposed. Each party agrees on this page."

    @property
    def kind(self) -> str:
        """The kind in the address, or the usual one."""
        typed = self.request.GET.get("kind", "")
        return typed if typed in VariationKind.values else VariationKind.PLACES.value

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "contract": self.record, "kind": self.kind}

    def get_context_data(self, **kwargs):
        kinds = [{"label": label, "url": f"?kind={value}", "current": value == self.kind} for value, label in VariationKind.choices]
        return super().get_context_data(kinds=kinds, **kwargs)

    def act(self, form):
        return propose_variation(self.record, kind=self.kind, by=self.request.user, **form.cleaned_data).get_absolute_url()


class VariationDetail(RecordDetail):
    """One variation; a council that bought places reads the sale, and not the contract."""

    permission = Permission.SEE_CONTRACTS
    model = Variation

    def records(self):
        people = ("proposed_by", "council_agreed_by", "provider_agreed_by", "refused_by")
        return super().records().select_related("contract__provider", "contract__authority", "price", "buyer", *people)

    def get_context_data(self, **kwargs):
        variation, user = self.object, self.request.user
        contract = Contract.objects.visible_to(user).select_related("provider", "authority").filter(pk=variation.contract_id).first()
        return super().get_context_data(
            **(head_of(contract, self.request) if contract else {}), sees_contract=contract is not None,
            may_answer=contract is not None and user.can(Permission.AGREE_VARIATIONS) and not (variation.applied_at or variation.refused_at),
            has_agreed=bool(variation.provider_agreed_at if _is_provider(user) else variation.council_agreed_at),
            # Who the selling parties' people are is not the buyer's to read.
            rows=_facts(variation), **kwargs,
        )  # fmt: skip


def _is_provider(user) -> bool:
    """True for somebody who acts for the provider."""
    return user.acting.role == Role.PROVIDER_MANAGER


def _facts(variation) -> list[tuple]:
    """What it changes, as label, value and how the page writes it; what is not its kind's is left out."""
    rows = [
        ("Kind", variation.get_kind_display(), ""), ("From", variation.from_on, "day"), ("Until", variation.until_on, "day"),
        ("Places", variation.places, ""), ("Price a week", variation.weekly_rate, "money"),
        ("Before", variation.price if variation.kind == "places" else None, ""), ("Buyer", variation.buyer, ""),
        ("New last day", variation.new_end_on, "day"),
    ]  # fmt: skip
    return [row for row in rows if row[1] is not None]


class _Answered:
    """A variation of a contract that the person may see; a sale that was bought is not theirs to answer."""

    permission = Permission.AGREE_VARIATIONS
    model = Variation

    def records(self):
        mine = Contract.objects.visible_to(self.request.user)
        return super().records().filter(contract__in=mine).select_related("contract")


class AgreeVariation(_Answered, ButtonDeed):
    """One party agrees."""

    success_message = "Agreed."

    def act(self, form):
        agree_variation(self.record, by=self.request.user)


class RefuseVariation(_Answered, Question):
    """One party says no."""

    form_class = BecauseForm
    heading, submit_label, back_label = "Do not agree", "Do not agree", "Variation"
    success_message = "Saved. Nothing changes."

    def act(self, form):
        refuse_variation(self.record, by=self.request.user, **form.cleaned_data)
