"""Every pound: any deed about money in any order, against a model that counts by hand."""

import os
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from contracts.actions import payment as deeds
from contracts.actions import payment_change as changes
from contracts.actions import retention
from contracts.models import Budget, Move, Payment, Release
from contracts.models.books import Balance, of_budgets
from contracts.rules.quarters import quarters_of
from core import clock
from core.money import retention as held_of
from core.rules import RuleBroken
from kpis.actions.provider_return import review_return
from kpis.models import Return
from tests import people
from tests.contracts import money
from tests.kpis.returns import a_sent_return

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
EXAMPLES, STEPS = (500, 60) if FULL else (25, 25)
PICKS = st.integers(0, 50)
POUNDS = st.integers(-5_000_00, 40_000_00).map(lambda pennies: Decimal(pennies) / 100)
CHOICES = st.sampled_from(["all", "part", "none"])
REASON = "A reason."


class MoneyMachine(RuleBasedStateMachine):
    """Two lots over two financial years; returns, decisions, invoices, approvals, payments, releases and corrections.

    The oracle knows only what each deed asked for, and adds it up: what was due is at every moment paid, still to
    pay, held back or withheld, budget by budget. A refusal is sentences, and changes nothing.
    """

    borough = contract = None
    reached: Counter = Counter()

    @initialize(over=st.integers(1, 3))
    def begin(self, over):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.today = date(2027, 1, 5)
        self.corrected = Decimal(0)
        self.bank = Decimal(0)
        for quarter in quarters_of(date(2026, 4, 1), date(2027, 1, 1))[:over]:
            self.accept(quarter)

    def teardown(self):
        self.reached.update(Payment.objects.values_list("state", flat=True))
        self.reached.update(Payment.objects.exclude(kind="quarter").values_list("kind", flat=True))
        self.reached.update(f"{how} released" for how in Release.objects.exclude(release="").values_list("release", flat=True))
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def accept(self, quarter):
        """The provider's return, sent and accepted in whole."""
        of = self.deed(lambda: a_sent_return(self.borough, self.contract, quarter.slug))
        if of:
            verdicts = dict.fromkeys(of.rows.values_list("measure", flat=True), "accept")
            self.deed(lambda: review_return(of, verdicts=verdicts, challenges={}, by=self.borough.commissioner))

    def deed(self, do):
        """Do it on the machine's day; gives what it gave, or None where it was refused in sentences."""
        before = self.facts()
        with clock.held_at(self.today):
            try:
                with transaction.atomic():
                    return do()
            except RuleBroken as refusal:
                refused = refusal.reasons
        assert refused
        assert self.facts() == before
        return None

    def facts(self):
        return list(Move.objects.order_by("pk").values_list("pk", "amount")), list(Payment.objects.order_by("pk").values_list("pk", "state"))

    def pick(self, rows, pick):
        rows = list(rows.select_related("contract").order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    @rule(pick=PICKS)
    def accept_a_return(self, pick):
        quarters = quarters_of(date(2026, 4, 1), date(2028, 4, 1))
        quarter = quarters[pick % len(quarters)]
        self.accept(quarter)

    @rule(pick=PICKS, steps=st.integers(1, 5))
    def go_on(self, pick, steps):
        """The next steps of one payment, each by whoever gives it."""
        payment = self.pick(Payment.objects.exclude(state__in=["paid", "nothing"]), pick)
        for _ in range(steps if payment else 0):
            payment.refresh_from_db()
            self.next_step(payment)

    def next_step(self, payment):
        if payment.state == "raised":
            self.deed(lambda: deeds.decide_achievement(payment, achieved="all", by=self.borough.commissioner))
        elif payment.state == "decided":
            self.deed(lambda: money.invoiced(self.borough, payment))
        elif payment.state in {"invoiced", "approved"}:
            self.approve_one(payment, "approve" if payment.state == "invoiced" else "clear", other=False)
        elif payment.cleared_at:
            self.pay(payment, "paid", None)

    @rule(pick=PICKS, achieved=CHOICES, amount=POUNDS, why=st.sampled_from(["", REASON, REASON]))
    def decide(self, pick, achieved, amount, why):
        if payment := self.pick(Payment.objects.filter(state="raised"), pick):
            self.deed(lambda: deeds.decide_achievement(payment, achieved=achieved, withheld=amount, because=why, by=self.borough.commissioner))

    @rule(pick=PICKS, off=st.sampled_from([0, 0, 0, 1, -1]))
    def invoice(self, pick, off):
        if payment := self.pick(Payment.objects.exclude(state="raised"), pick):
            due = sum((m.amount if m.target == "to pay" else -m.amount for m in payment.moves.all() if "to pay" in (m.source, m.target)), Decimal(0))
            self.deed(lambda: deeds.record_invoice(payment, number="1", amount=due + off, on=self.today, by=self.borough.provider_manager))

    @rule(pick=PICKS, deed=st.sampled_from(["approve", "clear"]), other=st.booleans())
    def approve(self, pick, deed, other):
        if payment := self.pick(Payment.objects.all(), pick):
            self.approve_one(payment, deed, other)

    def approve_one(self, payment, deed, other):
        if payment:
            by = {"approve": self.borough.commissioner, "clear": self.borough.finance}[deed]
            by = self.borough.provider_manager if other else by
            self.deed(lambda: getattr(deeds, f"{deed}_payment")(payment, by=by))

    @rule(pick=PICKS, outcome=st.sampled_from(["paid", "part", "failed"]), amount=POUNDS)
    def bank_does(self, pick, outcome, amount):
        if payment := self.pick(Payment.objects.filter(cleared_at__isnull=False), pick):
            self.pay(payment, outcome, amount)

    def pay(self, payment, outcome, amount):
        before = self.paid()
        done = self.deed(lambda: deeds.record_outcome(
            payment, outcome=outcome, amount=amount, on=self.today, because=REASON, by=self.borough.finance
        ))  # fmt: skip
        self.bank += self.paid() - before if done else 0

    @rule(pick=PICKS, amount=POUNDS)
    def correct(self, pick, amount):
        if payment := self.pick(Payment.objects.filter(kind="quarter"), pick):
            done = self.deed(lambda: changes.correct_payment(payment, amount=amount, because=REASON, by=self.borough.commissioner))
            self.corrected += max(amount, 0) if done else 0

    @rule(pick=PICKS, goes_on=st.booleans())
    def dispute(self, pick, goes_on):
        if payment := self.pick(Payment.objects.all(), pick):
            deed = changes.resume_payment if goes_on else changes.pause_payment
            self.deed(lambda: deed(payment, because=REASON, by=self.borough.commissioner))

    @rule(pick=PICKS, release=CHOICES, amount=POUNDS, evidence=st.sampled_from([True, True, False]), waits=st.sampled_from([True, True, False]))
    def release(self, pick, release, amount, evidence, waits):
        budget = self.pick(Budget.objects.filter(moves__target="retained").distinct(), pick) or Budget.objects.latest("pk")
        if waits:
            self.today = max(self.today, budget.until_on)
        if evidence:
            self.deed(lambda: retention.submit_evidence(budget, evidence=REASON, by=self.borough.provider_manager))
        amount = amount / 20
        amount = amount.quantize(Decimal("0.01"))
        self.deed(lambda: retention.decide_release(budget, release=release, amount=amount, because=REASON, by=self.borough.commissioner))

    @rule(days=st.sampled_from([1, 30, 92, 365]))
    def time_goes_on(self, days):
        self.today = min(self.today + timedelta(days=days), date(2029, 1, 1))

    def paid(self):
        return sum(Move.objects.filter(target="paid").values_list("amount", flat=True), Decimal(0))

    @invariant()
    def every_pound_is_in_one_place(self):
        if not hasattr(self, "bank"):
            return
        budgets = list(Budget.objects.order_by("pk"))
        books = of_budgets(budgets)
        check_books(budgets, books)
        # What was due, worked out without the books: the shares of decided quarters, and corrections upwards.
        decided = Payment.objects.filter(kind="quarter", decided_at__isnull=False).values_list("starts_on", flat=True)
        quarters = sum((budget.amount / 4 for budget in budgets for day in decided if budget.from_on <= day < budget.until_on), Decimal(0))
        assert sum((one.due for one in books.values()), Decimal(0)) == quarters + self.corrected
        assert sum((one.paid for one in books.values()), Decimal(0)) == self.bank
        assert Payment.objects.filter(kind="quarter").count() == Return.objects.filter(state="accepted").count()


def check_books(budgets, books):
    """Paid, to pay, held back and withheld are what was due, and none is below nought; no more is held than may be."""
    for budget in budgets:
        balance = books[budget.pk]
        assert balance.paid + balance.to_pay + balance.retained + balance.withheld == balance.due
        assert min(balance.paid, balance.to_pay, balance.retained, balance.withheld) >= 0
        assert balance.retained <= held_of(budget.amount, budget.retention_percent)


@pytest.mark.parametrize("fault", ["lost", "below nought", "too much held"])
def test_the_hand_count_goes_red_where_a_pound_is_lost(fault):
    """The negative control: the oracle sees each kind of fault."""
    budget = Budget(pk=1, amount=Decimal(100), retention_percent=Decimal(5))
    sound = Balance(due=Decimal(25), to_pay=Decimal("23.75"), retained=Decimal("1.25"))
    faulty = {
        "lost": Balance(due=Decimal(25), to_pay=Decimal("23.74"), retained=Decimal("1.25")),
        "below nought": Balance(due=Decimal(25), to_pay=Decimal(-1), paid=Decimal(26)),
        "too much held": Balance(due=Decimal(25), to_pay=Decimal(19), retained=Decimal(6)),
    }[fault]

    check_books([budget], {1: sound})
    with pytest.raises(AssertionError):
        check_books([budget], {1: faulty})


def test_every_pound_is_accounted_for_whatever_the_order_of_deeds(db):
    """G6-G8, G27, H17: 25 examples of 25 deeds (500 of 60 with THROUGHLINE_FULL=1)."""
    borough = people.a_borough()
    contract = money.a_priced_contract(borough)
    for year in (2026, 2027):
        for kind, amount in (("core", 80_000), ("pilot", 40_000)):
            money.a_budget(
                contract, amount, kind=kind, from_on=date(year, 4, 1), until_on=date(year + 1, 4, 1), by=borough.commissioner
            )
    for person in borough.people.values():
        _ = getattr(person, "acting", None)
    MoneyMachine.borough, MoneyMachine.contract = borough, contract

    run_state_machine_as_test(
        MoneyMachine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=not FULL,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    # The machine went where money goes: else its silence says nothing.
    assert {"raised", "paid", "correction"} <= set(MoneyMachine.reached), MoneyMachine.reached
    assert {"all released", "part released", "none released"} & set(MoneyMachine.reached), MoneyMachine.reached
