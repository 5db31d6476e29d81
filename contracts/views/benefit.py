"""The register of benefits, and one benefit: its sum, what finance validated, and what the board was asked."""

from django.db.models import Q

from contracts.actions.benefit import (
    change_benefit,
    close_benefit,
    enter_benefit,
    state_actual,
    validate_benefit,
)
from contracts.actions.escalation import escalate
from contracts.choices import BenefitKind, Board
from contracts.forms.benefit import AskBoardForm, BenefitForm, CloseForm, StateForm, ValidateForm
from contracts.models import Benefit, Contract, Price
from contracts.models.benefit_page import a_full_year, evidence, lines, shown_to, this_year
from contracts.models.benefit_register import (
    MOST,
    by_the_other_reading,
    fingerprint,
    register,
    rows_of,
    to_validate,
)
from contracts.models.sums import differences
from contracts.models.totals import totals
from contracts.rules.benefit import why_not_ask_again, why_not_state, why_not_validate
from core import clock
from core.bars import Bar, bar_chart
from core.roles import Permission
from core.templatetags.ui import money
from core.views.bases import Question, RecordDetail, RecordList
from referrals.choices import ProvisionKind
from referrals.models import Child

REGISTER = "/benefits"


class BenefitList(RecordList):
    """The register: cashable, non-cashable and contract savings apart, and what is modelled apart from all."""

    permission = Permission.SEE_BENEFITS
    model = Benefit

    def records(self):
        return super().records().in_order()

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = register(self.records())
        by_key = {each.benefit.pk: each for each in shown_to(user, rows)}
        context = super().get_context_data(
            totals=totals(rows), queries=_queries(user, rows), late=sum(bool(row.signs) for row in rows), most=MOST,
            asked=[row for row in rows if row.escalation], may_keep=user.can(Permission.KEEP_BENEFITS), **kwargs,
        )  # fmt: skip
        here = [by_key[each.pk] for each in context["object_list"] if each.pk in by_key]
        groups = [(label, [each for each in here if each.benefit.heading == label]) for label in (*BenefitKind.labels, "Modelled")]
        return {**context, "groups": [group for group in groups if group[1]]}


def _queries(user, rows) -> list[str]:
    """Differences between contracts that finance has not confirmed as savings: shown, and counted nowhere."""
    confirmed = {row.benefit.contract_id for row in rows if row.benefit.kind == BenefitKind.CONTRACT and row.realised}
    contracts = Contract.objects.visible_to(user).filter(follows__isnull=False).exclude(pk__in=confirmed).select_related("follows")
    return differences(list(contracts.order_by("pk")[:5]))


class OneBenefit:
    """A benefit, joined as its row needs, and its row."""

    model = Benefit

    def records(self):
        joined = super().records().select_related("child", "provision", "contract", "owner", "entered_by", "changed_by")
        return joined.prefetch_related("escalations")


class BenefitDetail(OneBenefit, RecordDetail):
    """One benefit: the sum with its working, the chart, validations, evidence, and questions to the board."""

    permission = Permission.SEE_BENEFITS

    def get_context_data(self, **kwargs):
        user, row = self.request.user, rows_of([self.object])[0]
        (shown,) = shown_to(user, [row])
        return super().get_context_data(
            row=row, shown=shown, lines=lines(row), chart=_chart(row), this_year=this_year(row), full_year=a_full_year(row),
            other_reading=_other_reading(row), checks=evidence(self.object), last_day=row.ending.on - clock.ONE_DAY,
            validations=self.object.validations.select_related("validated_by").order_by("-validated_at", "-pk")[:10],
            may_keep=user.can(Permission.KEEP_BENEFITS), may_validate=user.can(Permission.VALIDATE_BENEFITS),
            may_ask=user.can(Permission.RAISE_ESCALATIONS), **kwargs,
        )  # fmt: skip


def _chart(row):
    """Baseline against actual cost; nothing where it is not known."""
    if row.amount is None or row.figure is None:
        return ""
    found, nothing = row.figure, 0 * row.figure.baseline
    bars = [Bar("Baseline", nothing, found.baseline, money(found.baseline), "baseline")]
    bars.append(Bar("Actual", nothing, found.actual, money(found.actual)))
    return bar_chart(bars, title_id="chart-title")


def _other_reading(row):
    """A bed's benefit were the hub's price for the whole hub, while nobody has confirmed which it is."""
    if not row.is_of_the_hub or row.hub_price_confirmed:
        return None
    price = Price.objects.filter(provision__kind=ProvisionKind.HUB, provision__authority=row.benefit.authority_id, until_on=None).first()
    return by_the_other_reading(row, price.places) if price else None


class EnterBenefit(Question):
    """Enter a benefit in the register."""

    permission = Permission.KEEP_BENEFITS
    form_class = BenefitForm
    heading, submit_label, back_label = "Record a benefit", "Save the benefit", "Benefits"
    lead = "It is provisional until finance validates a figure of it."
    success_message = "Recorded. It is provisional until finance validates it."

    def back(self):
        return REGISTER

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        typed = form.cleaned_data
        made = enter_benefit(
            typed["contract"], entry=form.entry(), child=typed.get("child"), outcome=form.happened, provision=typed["provision"],
            owner=typed["owner"], by=self.request.user,
        )  # fmt: skip
        return made.get_absolute_url()


class BenefitDeed(OneBenefit, Question):
    """A deed about one benefit."""

    permission = Permission.KEEP_BENEFITS
    back_label = "Benefit"
    success_message = "Saved."

    @property
    def row(self):
        """The benefit as it stands."""
        if not hasattr(self, "_row"):
            self._row = rows_of([self.record])[0]
        return self._row


class ChangeBenefit(BenefitDeed):
    """Change what was entered."""

    form_class = BenefitForm
    heading, submit_label = "Change a benefit", "Save the changes"
    lead = "A figure that finance validated stands only while nothing it was made of has changed."

    def records(self):
        """Words typed about a child are changed only by whoever may open the record."""
        return super().records().filter(Q(child=None) | Q(child__in=Child.objects.visible_to(self.request.user)))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "about": self.record}

    def get_initial(self):
        asked = {name for name in BenefitForm.base_fields if hasattr(self.record, name)} - {"child", "contract", "provision"}
        return {name: getattr(self.record, name) for name in asked} | {"begun_from": self.record.version}

    def act(self, form):
        typed = form.cleaned_data
        change_benefit(
            self.record, entry=form.entry(), outcome=form.happened, owner=typed["owner"], begun_from=typed["begun_from"], by=self.request.user
        )


class StateActual(BenefitDeed):
    """State what came of a benefit that is not a child's."""

    form_class = StateForm
    heading, submit_label = "What did it come to?", "Save the figure"

    def get_initial(self):
        return {"amount": self.record.stated, "until": self.record.stated_until, "source": self.record.stated_source}

    def why_not(self):
        facts = {"amount": 0, "until": self.record.starts_on + clock.ONE_DAY, "source": "x", "starts_on": self.record.starts_on}
        return [
            reason
            for reason in why_not_state(
                is_of_a_child=self.record.child_id is not None, is_modelled=self.record.is_modelled, today=clock.today(), **facts
            )
            if not hasattr(reason, "field")
        ]

    def act(self, form):
        state_actual(self.record, by=self.request.user, **form.cleaned_data)


class CloseBenefit(BenefitDeed):
    """Stop counting a benefit from a day."""

    form_class = CloseForm
    heading, submit_label = "Stop counting a benefit", "Stop counting it"
    lead = "What came before that day stays counted. Nothing is taken away."

    def act(self, form):
        close_benefit(self.record, by=self.request.user, **form.cleaned_data)


class ValidateBenefit(BenefitDeed):
    """Finance validates the figure it is shown."""

    permission = Permission.VALIDATE_BENEFITS
    form_class = ValidateForm
    template_name = "contracts/validate_benefit.html"
    heading, submit_label = "Validate a figure", "Validate this figure"
    success_message = "Validated, and frozen with today’s date and your name."

    def why_not(self):
        return why_not_validate(to_validate(self.row, shown=None, by=self.request.user))

    def get_initial(self):
        return {"shown": fingerprint(self.row)}

    def get_context_data(self, **kwargs):
        (shown,) = shown_to(self.request.user, [self.row])
        last_day = self.row.until - clock.ONE_DAY
        return super().get_context_data(row=self.row, shown=shown, lines=lines(self.row), last_day=last_day, **kwargs)

    def act(self, form):
        validate_benefit(self.record, by=self.request.user, **form.cleaned_data)


class AskBoard(BenefitDeed):
    """Put what points to non-delivery to the Benefits Monitoring Board."""

    permission = Permission.RAISE_ESCALATIONS
    form_class = AskBoardForm
    heading, submit_label = "Put it to the Benefits Monitoring Board", "Put it to the board"
    success_message = "Put to the board. It stands in its next report."

    def why_not(self):
        return why_not_ask_again(is_open=self.row.escalation is not None)

    def get_initial(self):
        return AskBoardForm.begun(self.row)

    def act(self, form):
        escalate(self.record.authority, board=Board.BENEFITS, benefit=self.record, by=self.request.user, **form.cleaned_data)
