"""What is held back: the ledger, and its release in quarter 1 of the next year, on evidence and a decision."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.retention import decide_release, reply_to_release, submit_evidence
from contracts.models import Release
from contracts.models.books import of_budgets, of_payment
from contracts.models.payment_page import held_back
from contracts.rules import retention as rules
from core import clock
from core.models import Message
from core.rules import RuleBroken
from tests.contracts import money

pytestmark = pytest.mark.django_db
D = Decimal
APRIL, JUNE = date(2027, 4, 1), date(2027, 6, 30)


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def test_RET1_evidence_is_sent_from_quarter_1_of_the_next_year():
    asks = {"opens": APRIL, "held": D(1), "evidence": "x", "decided": False}
    assert rules.why_not_submit_evidence(today=APRIL, **asks) == []
    assert len(rules.why_not_submit_evidence(today=date(2027, 3, 31), **asks)) == 1
    assert len(rules.why_not_submit_evidence(today=APRIL, **asks | {"held": D(0), "evidence": ""})) == 2
    assert len(rules.why_not_submit_evidence(today=APRIL, **asks | {"decided": True})) == 1


def test_RET2_a_release_has_evidence_a_decider_and_no_more_than_is_held():
    asks = {"opens": APRIL, "today": APRIL, "evidence": "x", "amount": None, "held": D(100), "because": "", "decided": False, "mine": False}
    assert rules.why_not_release(release="all", **asks) == []
    assert rules.why_not_release(release="all", **asks | {"today": date(2030, 1, 1)}) == []
    assert len(rules.why_not_release(release="all", **asks | {"today": date(2027, 3, 31), "evidence": ""})) == 2
    assert len(rules.why_not_release(release="all", **asks | {"mine": True})) == 1
    for wrong in (None, D(0), D(100), D(101)):
        assert fields(rules.why_not_release(release="part", **asks | {"amount": wrong, "because": "x"})) == ["amount"]
    assert fields(rules.why_not_release(release="none", **asks)) == ["because"]
    assert fields(rules.why_not_release(release="", **asks)) == ["release"]
    assert len(rules.why_not_release(release="all", **asks | {"decided": True})) == 1


def test_RET3_the_provider_replies_once_to_part_or_none():
    assert rules.why_not_reply(release="part", replied=False, reply="x") == []
    assert fields(rules.why_not_reply(release="none", replied=False, reply=" ")) == ["reply"]
    assert len(rules.why_not_reply(release="all", replied=False, reply="x")) == 1
    assert len(rules.why_not_reply(release="none", replied=True, reply="x")) == 1


def test_g8_what_is_held_is_released_by_30_june_of_the_next_year():
    assert (rules.opens_on(date(2019, 4, 1)), rules.due_on(date(2019, 4, 1))) == (date(2019, 4, 1), date(2019, 6, 30))
    assert rules.due_on(date(2021, 7, 1)) == date(2022, 6, 30)


def test_g9_the_line_of_2020_21_is_expected_in_quarter_1_of_2021_22():
    """The document prints quarter 1 of 2020/21 (002:952), inside the year itself."""
    assert rules.opens_on(date(2021, 4, 1)) == date(2021, 4, 1)


@pytest.fixture
def held(borough):
    """Two quarters of 2026/27 paid: £1,000 of the core lot held back each."""
    contract = money.a_priced_contract(borough)
    budget = money.a_budget(contract, 80_000, by=borough.commissioner)
    for period in ("2026-27-q1", "2026-27-q2"):
        money.a_paid_payment(borough, contract, period)
    return budget


def stands(budget):
    balance = of_budgets([budget])[budget.pk]
    assert balance.is_whole
    return balance.retained, balance.to_pay, balance.withheld, balance.paid


def test_g8_all_is_released_on_evidence_and_paid_in_the_same_three_steps(borough, held):
    with clock.held_at(APRIL):
        submit_evidence(held, evidence="Both returns were accepted.", by=borough.provider_manager)
        row = decide_release(held, release="all", by=borough.commissioner)
        assert stands(held) == (0, 2_000, 0, 38_000)
        payment = money.paid(borough, money.invoiced(borough, row.payment))

    assert stands(held) == (0, 0, 0, 40_000)
    assert (payment.kind, of_payment(payment).paid) == ("retention", 2_000)


def test_g8_part_with_a_reason_and_a_reply_and_the_rest_is_withheld(borough, held):
    with clock.held_at(JUNE):
        submit_evidence(held, evidence="Most of it.", by=borough.provider_manager)
        decide_release(held, release="part", amount=D("1200.50"), because="One outcome was not shown.", by=borough.commissioner)
        row = reply_to_release(held, reply="It was shown in March.", by=borough.provider_manager)

    assert stands(held) == (0, D("1200.50"), D("799.50"), 38_000)
    assert (row.because, row.reply) == ("One outcome was not shown.", "It was shown in March.")
    assert Message.objects.filter(kind="retention.reply", person=borough.commissioner).exists()


def test_none_is_released_and_no_payment_is_made(borough, held):
    with clock.held_at(date(2028, 1, 10)):
        submit_evidence(held, evidence="Late.", by=borough.provider_manager)
        row = decide_release(held, release="none", because="Nothing was shown.", by=borough.commissioner)

    assert (row.payment, stands(held)) == (None, (0, 0, 2_000, 38_000))


def test_a_release_larger_than_what_is_held_changes_nothing(borough, held):
    with clock.held_at(APRIL):
        submit_evidence(held, evidence="All.", by=borough.provider_manager)
        with pytest.raises(RuleBroken, match=r"less than the £2,000.00 that is held"):
            decide_release(held, release="part", amount=D("2000.01"), because="More.", by=borough.commissioner)

    assert stands(held) == (2_000, 0, 0, 38_000)
    assert Release.objects.get().decided_at is None


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 3, 31)])
def test_nothing_is_released_before_the_quarter_or_without_evidence(borough, held, day):
    with clock.held_at(day):
        with pytest.raises(RuleBroken, match="from 1 April 2027 on"):
            submit_evidence(held, evidence="Early.", by=borough.provider_manager)
        with pytest.raises(RuleBroken, match="has not sent evidence"):
            decide_release(held, release="all", by=borough.commissioner)

    assert stands(held) == (2_000, 0, 0, 38_000)


def test_the_last_three_months_hold_nothing_back(borough):
    contract = money.a_priced_contract(borough, starts_on=date(2018, 7, 1))
    budget = money.a_budget(contract, 30_000, from_on=date(2021, 4, 1), until_on=date(2021, 7, 1), percent=0, by=borough.commissioner)
    with clock.held_at(date(2021, 7, 10)):
        money.a_paid_payment(borough, contract, "2021-22-q1")
    with clock.held_at(date(2022, 4, 2)), pytest.raises(RuleBroken, match="Nothing is held back"):
        submit_evidence(budget, evidence="x", by=borough.provider_manager)

    assert stands(budget) == (0, 0, 0, 30_000)


def test_it_works_after_the_contract_has_ended(borough, held):
    contract = held.contract
    contract.ends_on, contract.state = date(2027, 3, 31), "ended"
    contract.save()
    with clock.held_at(JUNE):
        submit_evidence(held, evidence="All.", by=borough.provider_manager)
        row = decide_release(held, release="all", by=borough.commissioner)
        assert money.paid(borough, money.invoiced(borough, row.payment)).state == "paid"


def test_what_is_held_back_of_a_quarter_that_came_late_is_released_in_a_second_round(borough, held):
    with clock.held_at(APRIL):
        submit_evidence(held, evidence="Two quarters.", by=borough.provider_manager)
        first = decide_release(held, release="part", amount=D(1_500), because="One outcome.", by=borough.commissioner)
        with pytest.raises(RuleBroken, match="decided before"):
            submit_evidence(held, evidence="Again.", by=borough.provider_manager)
        money.a_paid_payment(borough, held.contract, "2026-27-q4")
        assert stands(held)[0] == 1_000

        submit_evidence(held, evidence="The late quarter.", by=borough.provider_manager)
        second = decide_release(held, release="all", by=borough.commissioner)

    assert stands(held) == (0, 2_500, 500, 57_000)
    assert first.payment_id != second.payment_id
    row = held_back([type(held).objects.select_related("release", "lot").get(pk=held.pk)])[0]
    assert (row.held, row.freed, row.kept, row.balance.retained) == (3_000, 2_500, 500, 0)
