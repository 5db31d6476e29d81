"""trust G10 and G13: a payment or a release happens once, with evidence, by three people; each with its control."""

import pytest

from contracts.actions import payment as deeds
from contracts.actions.payment import approve_payment, clear_payment, record_outcome
from contracts.actions.retention import decide_release, submit_evidence
from contracts.models import Move, Payment, Release
from contracts.models.books import of_budgets
from core import clock
from core.actions.person import give_role
from core.roles import Role
from tests import people
from tests.at_once.support import at_once, judged_together, posting, refusals
from tests.contracts import money
from tests.people import SINCE

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


@pytest.fixture
def town(transactional_db):
    """A borough with a contract and a confirmed budget for this year."""
    borough = people.a_borough()
    contract = money.a_priced_contract(borough, kinds=("core",))
    borough.people["budget"] = money.a_budget(contract, 120_000, by=borough.commissioner)
    borough.people["contract"] = contract
    return borough


def cleared(town):
    """Everything but the bank."""
    payment = approve_payment(money.an_invoiced_payment(town, town.contract), by=town.commissioner)
    return clear_payment(payment, by=town.finance)


def test_g10_a_payment_approved_at_once_by_four_presses_is_approved_once(town):
    payment = money.an_invoiced_payment(town, town.contract)

    refused = refusals(at_once(*[lambda: approve_payment(payment, by=town.commissioner)] * PRESSES))

    assert len(refused) == PRESSES - 1
    assert set(refused) == {"It was approved before."}


def test_g10_the_bank_pays_once_whoever_presses_at_once(town):
    payment = cleared(town)

    came_to = at_once(*[lambda: record_outcome(payment, outcome="paid", on=clock.today(), by=town.finance)] * PRESSES)

    assert len(refusals(came_to)) == PRESSES - 1
    assert sum(Move.objects.filter(target="paid").values_list("amount", flat=True)) == 28_500


def test_g10_without_the_lock_it_is_paid_more_than_once(town, monkeypatch):
    """The control: the same presses on a payment that nobody locks; each has judged before any of them writes."""
    payment = cleared(town)
    judged_together(monkeypatch, deeds, "why_not_pay", who=PRESSES)
    monkeypatch.setattr(deeds, "lock_payment", lambda one: Payment.objects.select_related("contract").get(pk=one.pk))

    at_once(*[lambda: record_outcome(payment, outcome="paid", on=clock.today(), by=town.finance)] * PRESSES)

    assert sum(Move.objects.filter(target="paid").values_list("amount", flat=True)) == 28_500 * PRESSES


def test_g10_parts_paid_at_once_never_come_to_more_than_is_due(town):
    payment = cleared(town)

    at_once(*[lambda: record_outcome(payment, outcome="part", amount=28_000, on=clock.today(), by=town.finance)] * PRESSES)

    assert sum(Move.objects.filter(target="paid").values_list("amount", flat=True)) == 28_000
    assert of_budgets([town.budget])[town.budget.pk].is_whole


def test_g10_a_release_decided_at_once_is_released_once(town):
    money.a_paid_payment(town, town.contract)
    with clock.held_at(town.budget.until_on):
        submit_evidence(town.budget, evidence="All of it.", by=town.provider_manager)
    # at_once holds the clock at its own day: the budget's year is over by then.
    type(town.budget).objects.filter(pk=town.budget.pk).update(from_on="2025-04-01", until_on="2026-04-01")
    town.budget.refresh_from_db()

    came_to = at_once(*[lambda: decide_release(town.budget, release="all", by=town.commissioner)] * PRESSES)

    assert refusals(came_to) == ["This was decided before."] * (PRESSES - 1)
    assert Payment.objects.filter(kind="retention").count() == 1
    assert sum(Move.objects.filter(source="retained").values_list("amount", flat=True)) == 1_500


def test_g10_a_direct_post_releases_nothing_without_evidence_or_before_the_quarter(town, client):
    money.a_paid_payment(town, town.contract)
    page = f"/contracts/art/retention/{town.budget.reference}"

    for data in ({"deed": "release", "release": "all"}, {"deed": "release", "release": "part", "amount": "1", "because": "x"}):
        answer = posting(town.commissioner, page, data)()
        assert answer.status_code == 200
        assert "has not sent evidence" in answer.content.decode()

    assert not Release.objects.exists()
    assert not Move.objects.filter(source="retained").exists()


def test_g10_a_direct_post_pays_nothing_before_its_steps_are_given(town):
    payment = money.a_raised_payment(town, town.contract)
    page = payment.get_absolute_url()

    for who, deed, more in (
        (town.commissioner, "approve", {}), (town.finance, "clear", {}),
        (town.finance, "outcome", {"outcome": "paid", "on": "24 11 2026"}),
        (town.provider_manager, "invoice", {"number": "1", "amount": "28500", "on": "24 11 2026"}),
    ):  # fmt: skip
        assert posting(who, page, {"deed": deed, **more})().status_code == 200

    payment.refresh_from_db()
    assert (payment.state, Move.objects.count()) == ("raised", 0)


def two_roles(town, person, role):
    """The same person holds a second role."""
    give_role(person, role, organisation=town.council, authority=town.authority, from_on=SINCE, by=None)
    return type(person).objects.get(pk=person.pk)


@pytest.mark.parametrize("second", [Role.FINANCE, Role.PROVIDER_MANAGER])
def test_g13_nobody_gives_two_of_the_three_steps_also_not_through_a_second_role(town, second):
    payment = approve_payment(money.an_invoiced_payment(town, town.contract), by=town.commissioner)
    person = two_roles(town, town.commissioner, second).acting_as(second)

    refused = refusals(at_once(lambda: clear_payment(payment, by=person)))

    assert len(refused) == 1
    assert "three different people" in refused[0]


def test_g13_a_replayed_approval_approves_nothing_more(town):
    payment = money.an_invoiced_payment(town, town.contract)
    press = posting(town.commissioner, payment.get_absolute_url(), {"deed": "approve", "idempotency_key": "one-press"})

    answers = at_once(*[press] * PRESSES)
    with clock.held_at(clock.today()):
        answers.append(press())

    assert {answer.status_code for answer in answers} == {302}
    payment.refresh_from_db()
    assert (payment.state, payment.cleared_by) == ("approved", None)


@pytest.mark.parametrize(("who", "deed"), [
    ("provider_manager", "approve"), ("provider_manager", "clear"), ("commissioner", "clear"), ("commissioner", "invoice"),
    ("finance", "approve"), ("finance", "invoice"), ("chair", "approve"), ("head_of_service", "clear"),
])  # fmt: skip
def test_g13_a_step_of_another_role_is_not_allowed_by_direct_post(town, who, deed):
    payment = money.an_invoiced_payment(town, town.contract)

    assert posting(town.people[who], payment.get_absolute_url(), {"deed": deed})().status_code == 403


def test_g13_with_the_rule_off_one_person_gives_two_steps_and_the_database_still_says_no(town, monkeypatch):
    """The control: without the rule the deed goes on until the constraint underneath."""
    payment = approve_payment(money.an_invoiced_payment(town, town.contract), by=town.commissioner)
    monkeypatch.setattr("contracts.actions.payment.gave_other_step", lambda *args: False)

    came_to = at_once(lambda: clear_payment(payment, by=town.commissioner))

    assert "nobody_invoices_and_approves_a_payment" in str(came_to[0])
