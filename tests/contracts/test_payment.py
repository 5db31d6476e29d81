"""A payment: rules by their codes, and the way from an accepted return to the bank."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from contracts.actions.payment import (
    approve_payment,
    clear_payment,
    decide_achievement,
    raise_payment,
    record_invoice,
    record_outcome,
)
from contracts.actions.payment_change import (
    correct_payment,
    name_invoice_officer,
    pause_payment,
    resume_payment,
)
from contracts.models import Move, Payment
from contracts.models.books import of_budgets, of_payment
from contracts.rules import payment as rules
from contracts.rules.quarters import quarter_from
from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from tests.contracts import money

pytestmark = pytest.mark.django_db
D = Decimal
TODAY = date(2026, 11, 24)


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def test_PAY1_a_quarter_is_raised_once_in_arrears_on_evidence():
    assert rules.why_not_raise(ended=True, raised=False, evidence="hash") == []
    assert len(rules.why_not_raise(ended=False, raised=True, evidence="")) == 3


def test_PAY2_achievement_is_decided_once_with_amount_and_reason():
    asks = {"withheld": None, "because": "", "due": D(100), "unconfirmed": []}
    assert rules.why_not_decide("raised", achieved="all", **asks) == []
    assert fields(rules.why_not_decide("raised", achieved="", **asks)) == ["achieved"]
    assert fields(rules.why_not_decide("raised", achieved="part", **asks)) == ["withheld", "because"]
    for wrong in (D(0), D(100), D(-1)):
        assert fields(rules.why_not_decide("raised", achieved="part", **asks | {"withheld": wrong, "because": "x"})) == ["withheld"]
    assert fields(rules.why_not_decide("raised", achieved="none", **asks)) == ["because"]
    assert "indicative" in rules.why_not_decide("raised", achieved="all", **asks | {"unconfirmed": ["Core 2026/27"]})[0]
    assert rules.why_not_decide("raised", achieved="all", **asks | {"due": D(0)}) == ["No budget covers this quarter. Enter one first."]
    assert len(rules.why_not_decide("decided", achieved="all", **asks)) == 1


def test_PAY3_an_invoice_says_what_it_is_and_is_nobody_elses_step():
    asks = {"number": "1", "amount": D(1), "on": TODAY, "today": TODAY, "mine": False}
    assert rules.why_not_invoice("decided", **asks) == rules.why_not_invoice("invoiced", **asks) == []
    assert fields(rules.why_not_invoice("decided", **asks | {"number": " ", "amount": D(0), "on": TODAY + timedelta(days=1)})) == ["number", "amount", "on"]
    assert rules.why_not_invoice("decided", **asks | {"mine": True}) == [rules.SECOND]
    assert len(rules.why_not_invoice("approved", **asks)) == len(rules.why_not_invoice("raised", **asks)) == 1


def test_PAY4_an_invoice_is_approved_once_and_to_the_penny():
    assert rules.why_not_approve_payment("invoiced", invoice=D(100), due=D(100), mine=False) == []
    assert "£0.01" in rules.why_not_approve_payment("invoiced", invoice=D("100.01"), due=D(100), mine=False)[0]
    assert rules.why_not_approve_payment("invoiced", invoice=D(1), due=D(1), mine=True) == [rules.SECOND]
    assert rules.why_not_approve_payment("cleared", invoice=D(1), due=D(1), mine=False) == ["It was approved before."]
    assert rules.why_not_approve_payment("decided", invoice=None, due=D(1), mine=False) == ["There is no invoice to approve yet."]


def test_PAY5_finance_is_second_and_approves_once():
    assert rules.why_not_clear("approved", mine=False) == []
    assert rules.why_not_clear("approved", mine=True) == [rules.SECOND]
    assert rules.why_not_clear("invoiced", mine=False) == ["Finance approves after the commissioner."]
    assert rules.why_not_clear("paid", mine=False) == ["Finance approved it before."]


def test_PAY6_never_more_is_paid_than_is_left():
    asks = {"left": D(100), "on": TODAY, "today": TODAY, "because": "", "amount": None}
    assert rules.why_not_pay("cleared", outcome="paid", **asks) == []
    for wrong in (D(100), D(101), D(0), None):
        assert fields(rules.why_not_pay("cleared", outcome="part", **asks | {"amount": wrong})) == ["amount"]
    assert fields(rules.why_not_pay("failed", outcome="failed", **asks)) == ["because"]
    assert fields(rules.why_not_pay("cleared", outcome="", **asks | {"on": TODAY + timedelta(days=1)})) == ["outcome", "on"]
    assert rules.why_not_pay("paid", outcome="paid", **asks) == ["It was paid before."]
    assert rules.why_not_pay("approved", outcome="paid", **asks) == ["Nothing is paid before finance has approved it."]


def test_PAY7_a_dispute_pauses_every_step():
    assert rules.why_not_pause("invoiced", paused=False, because="x") == []
    assert fields(rules.why_not_pause("invoiced", paused=False, because=" ")) == ["because"]
    assert len(rules.why_not_pause("paid", paused=False, because="x")) == 1
    assert rules.why_not_pause("invoiced", paused=True, because="x") == [rules.PAUSED]
    assert rules.why_not_clear("approved", mine=False, paused=True) == [rules.PAUSED]


def test_PAY8_it_goes_on_when_it_is_said_how_it_was_settled():
    assert rules.why_not_resume(paused=True, because="x") == []
    assert len(rules.why_not_resume(paused=False, because="x")) == 1
    assert fields(rules.why_not_resume(paused=True, because="")) == ["because"]


def test_PAY9_a_correction_has_an_amount_and_a_reason_and_takes_only_what_is_open():
    asks = {"settled": True, "because": "x", "open_to_take": D(50)}
    assert rules.why_not_correct(amount=D(10), **asks) == rules.why_not_correct(amount=D(-50), **asks) == []
    assert fields(rules.why_not_correct(amount=D("-50.01"), **asks)) == ["amount"]
    assert fields(rules.why_not_correct(amount=D(0), **asks | {"because": ""})) == ["amount", "because"]
    assert len(rules.why_not_correct(amount=D(1), **asks | {"settled": False})) == 1


def test_PAY10_the_invoice_officer_may_read_what_is_sent():
    assert rules.why_not_name_officer(may_read=True) == []
    assert fields(rules.why_not_name_officer(may_read=False)) == ["person"]


@pytest.fixture
def contract(borough):
    """£80,000 and £40,000 for 2026/27, confirmed."""
    made = money.a_priced_contract(borough)
    money.a_budget(made, 80_000, by=borough.commissioner)
    money.a_budget(made, 40_000, kind="pilot", by=borough.commissioner)
    return made


def sums(payment):
    balance = of_payment(payment)
    assert balance.is_whole
    return {"due": balance.due, "to pay": balance.to_pay, "retained": balance.retained, "withheld": balance.withheld, "paid": balance.paid}


def test_g6_a_quarter_is_paid_in_arrears_on_achievement(borough, contract):
    payment = money.a_raised_payment(borough, contract)
    assert sums(payment)["due"] == 0
    assert (payment.evidence_reference, payment.evidence_sha256) == ("K4D-7QX", money.HASH)

    payment = decide_achievement(payment, achieved="all", by=borough.commissioner)
    assert sums(payment) == {"due": 30_000, "to pay": 28_500, "retained": 1_500, "withheld": 0, "paid": 0}

    payment = money.paid(borough, money.invoiced(borough, payment))
    assert sums(payment) == {"due": 30_000, "to pay": 0, "retained": 1_500, "withheld": 0, "paid": 28_500}
    verbs = AuditEvent.objects.filter(subject_type="contracts.payment").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"payment.{deed}" for deed in ("raised", "decided", "invoiced", "approved", "cleared", "paid")]


def test_g6_not_before_the_quarter_has_ended_and_not_twice(borough, contract):
    with pytest.raises(RuleBroken, match="has not ended"):
        money.a_raised_payment(borough, contract, "2026-27-q3")
    with clock.held_at(date(2027, 1, 1)):
        money.a_raised_payment(borough, contract, "2026-27-q3")
        with pytest.raises(RuleBroken, match="raised before"):
            money.a_raised_payment(borough, contract, "2026-27-q3")
    with pytest.raises(RuleBroken, match="no accepted return"):
        raise_payment(contract, quarter_from("2026-27-q2"), evidence_reference="", evidence_sha256="", by=borough.commissioner)


def test_g7_5_percent_of_2018_19_is_4500_over_its_three_quarters(borough):
    contract, second = money.stoke_year(borough)
    with clock.held_at(date(2019, 4, 20)):
        for quarter in (second, second.following, second.following.following):
            money.a_paid_payment(borough, contract, quarter.slug)

    books = of_budgets(contract.budgets.all()).values()
    assert sum(one.retained for one in books) == 4_500
    assert sum(one.paid for one in books) == 85_500
    assert sum(one.due for one in books) == 90_000


def test_g33_no_quarter_pays_by_itself(borough, contract):
    payment = money.a_raised_payment(borough, contract)

    for deed in (
        lambda: decide_achievement(payment, achieved="", by=borough.commissioner),
        lambda: record_invoice(payment, number="1", amount=D(28_500), on=clock.today(), by=borough.provider_manager),
        lambda: approve_payment(payment, by=borough.commissioner),
        lambda: clear_payment(payment, by=borough.finance),
        lambda: record_outcome(payment, outcome="paid", on=clock.today(), by=borough.finance),
    ):
        with pytest.raises(RuleBroken):
            deed()

    assert not Move.objects.exists()


def test_part_and_none_are_withheld_with_amount_and_reason_across_the_lots(borough, contract):
    part = decide_achievement(
        money.a_raised_payment(borough, contract), achieved="part", withheld=D("1000.01"), because="Late plans.", by=borough.commissioner
    )
    assert sums(part) == {"due": 30_000, "to pay": D("27499.99"), "retained": 1_500, "withheld": D("1000.01"), "paid": 0}
    assert set(part.moves.filter(target="withheld").values_list("amount", "why")) == {(D("666.67"), "Late plans."), (D("333.34"), "Late plans.")}

    none = decide_achievement(
        money.a_raised_payment(borough, contract, "2026-27-q1"), achieved="none", because="Nothing was done.", by=borough.commissioner
    )
    assert (none.state, sums(none)["withheld"]) == ("nothing", 28_500)


def test_g5_a_quarter_is_not_paid_from_an_indicative_budget(borough):
    contract = money.a_priced_contract(borough)
    money.a_budget(contract, 80_000)
    payment = money.a_raised_payment(borough, contract)

    with pytest.raises(RuleBroken, match="indicative"):
        decide_achievement(payment, achieved="all", by=borough.commissioner)


def test_g27_an_invoice_that_differs_is_not_approved_and_a_right_one_takes_its_place(borough, contract):
    payment = decide_achievement(money.a_raised_payment(borough, contract), achieved="all", by=borough.commissioner)
    payment = record_invoice(payment, number="A", amount=D(30_000), on=clock.today(), by=borough.provider_manager)
    with pytest.raises(RuleBroken, match=r"£1,500.00, 5.3% more"):
        approve_payment(payment, by=borough.commissioner)

    payment = approve_payment(money.invoiced(borough, payment), by=borough.commissioner)

    with pytest.raises(RuleBroken, match="before it is approved"):
        record_invoice(payment, number="B", amount=D(1), on=clock.today(), by=borough.provider_manager)


def test_g27_paid_in_part_failed_and_paid_after_all(borough, contract):
    payment = clear_payment(approve_payment(money.an_invoiced_payment(borough, contract), by=borough.commissioner), by=borough.finance)

    payment = record_outcome(payment, outcome="part", amount=D("500.50"), on=clock.today(), by=borough.finance)
    assert (payment.state, sums(payment)["paid"], sums(payment)["to pay"]) == ("part paid", D("500.50"), D("27999.50"))
    payment = record_outcome(payment, outcome="failed", because="The account was closed.", on=clock.today(), by=borough.finance)
    assert (payment.state, payment.failed_because) == ("failed", "The account was closed.")
    payment = record_outcome(payment, outcome="paid", on=clock.today(), by=borough.finance)
    assert (payment.state, sums(payment)["paid"], payment.failed_because) == ("paid", 28_500, "")


def test_a_dispute_under_clause_59_pauses_and_goes_on(borough, contract):
    payment = pause_payment(money.an_invoiced_payment(borough, contract), because="Two counts differ.", by=borough.commissioner)
    with pytest.raises(RuleBroken, match="clause 59"):
        approve_payment(payment, by=borough.commissioner)

    payment = resume_payment(payment, because="Counted together.", by=borough.commissioner)

    assert "Settled: Counted together." in payment.paused_because
    assert approve_payment(payment, by=borough.commissioner).state == "approved"


def test_h17_a_correction_is_a_dated_adjustment_and_the_quarter_is_not_edited(borough, contract):
    first = money.a_paid_payment(borough, contract, "2026-27-q1")
    before = list(first.moves.values_list("pk", "amount"))
    second = money.an_invoiced_payment(borough, contract)

    correct_payment(first, amount=D("-300.00"), because="A home was counted twice.", by=borough.commissioner)
    more = correct_payment(first, amount=D("250.00"), because="A plan was on time.", by=borough.commissioner)

    assert list(first.moves.values_list("pk", "amount")) == before
    assert (more.kind, sums(more)["to pay"]) == ("correction", 250)
    assert (sums(second)["to pay"], sums(second)["withheld"]) == (28_200, 300)
    assert money.paid(borough, money.invoiced(borough, more)).state == "paid"
    with pytest.raises(RuleBroken, match="more than can be taken"):
        correct_payment(first, amount=D(-28_201), because="Too much.", by=borough.commissioner)


def test_a_correction_that_takes_all_that_is_open_leaves_nothing_to_pay(borough, contract):
    first = money.a_paid_payment(borough, contract, "2026-27-q1")
    second = money.an_invoiced_payment(borough, contract)

    correct_payment(first, amount=D(-28_500), because="All of it was wrong.", by=borough.commissioner)

    second.refresh_from_db()
    assert (second.state, sums(second)["withheld"]) == ("nothing", 28_500)


def test_g10_invoices_go_to_a_named_officer_who_can_be_changed(borough, contract):
    with pytest.raises(RuleBroken, match="Choose a commissioner"):
        name_invoice_officer(contract, person=borough.social_worker, by=borough.commissioner)
    name_invoice_officer(contract, person=borough.finance, by=borough.commissioner)

    money.an_invoiced_payment(borough, contract)

    assert list(Message.objects.filter(kind="payment.invoiced").values_list("person", flat=True)) == [borough.finance.pk]


def test_the_provider_is_told_when_both_have_approved_and_finance_when_it_is_their_turn(borough, contract):
    payment = approve_payment(money.an_invoiced_payment(borough, contract), by=borough.commissioner)
    assert list(Message.objects.filter(kind="payment.to_clear").values_list("person", flat=True)) == [borough.finance.pk]
    assert not Message.objects.filter(kind="payment.approved").exists()

    clear_payment(payment, by=borough.finance)

    letter = Message.objects.get(kind="payment.approved")
    assert (letter.person, letter.link) == (borough.provider_manager, "/contracts/art/payments/2026-27-q2")
    assert payment.reference in letter.subject


def test_the_database_refuses_what_no_action_would_write(borough, contract):
    payment = money.an_invoiced_payment(borough, contract)
    for facts in (
        {"approved_by": payment.invoiced_by, "approved_at": clock.now()},
        {"state": "paid"}, {"cleared_at": clock.now()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**facts)
    for deed in (lambda: Move.objects.update(amount=1), lambda: Move.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
