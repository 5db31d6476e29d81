"""What is doubtful about a budget as it is printed, settled by somebody named."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.price import set_budget, settle_query
from contracts.models import Budget
from contracts.models.payment_page import held_back
from contracts.rules.price import Settling, why_not_settle_query
from core.models import AuditEvent
from core.rules import RuleBroken
from tests.contracts import money
from tests.people import a_borough

pytestmark = pytest.mark.django_db
UNTIL = date(2021, 4, 1)
SLIP = "Printed as paid in quarter 1 of 2020/21, inside the same year."


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def test_BUD3_a_query_is_settled_once_with_why_and_a_day_in_the_next_year():
    def found(because="So.", due=date(2021, 6, 30), holds_back=True, **facts):
        return fields(why_not_settle_query(Settling(because, due, UNTIL, holds_back), **{"is_open": True, "may": True, **facts}))

    assert found() == found(due=date(2021, 4, 1)) == found(due=None, holds_back=False) == []
    assert found(because=" ", due=None) == ["because", "due_on"]
    assert found(due=date(2021, 3, 31)) == ["due_on"]
    assert found(is_open=False) == found(may=False) == [""]


@pytest.fixture
def budget(borough):
    contract = money.a_priced_contract(borough, starts_on=date(2018, 7, 1))
    return set_budget(
        contract, lot=contract.lots.first(), amount=Decimal(80_000), from_on=date(2020, 4, 1), until_on=UNTIL, query=SLIP, by=borough.commissioner
    )


def test_g9_the_slip_is_settled_with_who_why_and_when_and_stands_beside_the_answer(borough, budget, sign_in):
    client = sign_in(borough.commissioner)
    page = client.get("/contracts/art/prices").content.decode()
    assert SLIP in page
    url = f"/contracts/art/budgets/{budget.reference}/query"
    assert url in page
    asked = client.get(url).content.decode()
    assert "30 June 2021" in asked or 'value="2021"' in asked

    refused = client.post(url, {"because": "Copied line.", "due_on": "31 3 2021"}).content.decode()
    assert "1 April 2021 or later" in refused
    assert "Copied line." in refused
    client.post(url, {"because": "A copied line: it follows the two years before.", "due_on": "31 5 2021"})

    budget.refresh_from_db()
    assert (budget.query, budget.query_settled_by, budget.retention_due_on) == (SLIP, borough.commissioner, date(2021, 5, 31))
    page = client.get("/contracts/art/prices").content.decode()
    for words in ("Query, settled", SLIP, "A copied line", "by 31 May 2021", "24 November 2026"):
        assert words in page
    assert url not in page
    assert held_back([budget])[0].due == date(2021, 5, 31)
    assert "31.05.2021 and not 30.06.2021" in AuditEvent.objects.get(verb="budget.query_settled").sentence
    assert "A query was settled on 24 November 2026" in client.get("/contracts/art/retention").content.decode()
    with pytest.raises(RuleBroken, match="settled before"):
        settle_query(budget, because="Again.", due_on=date(2021, 6, 30), by=borough.commissioner)


def test_g9_a_budget_without_anything_held_back_asks_no_day(borough, budget, sign_in):
    Budget.objects.filter(pk=budget.pk).update(retention_percent=0, retention_due_on=None)
    client = sign_in(borough.commissioner)
    url = f"/contracts/art/budgets/{budget.reference}/query"
    assert "due_on" not in client.get(url).content.decode()

    client.post(url, {"because": "None is held back for three months."})

    budget.refresh_from_db()
    assert (budget.is_in_doubt, budget.retention_due_on) == (False, None)


def test_g9_nobody_but_a_commissioner_of_the_council_settles_it(borough, budget, sign_in):
    url = f"/contracts/art/budgets/{budget.reference}/query"
    for who in ("provider_manager", "finance", "head_of_service"):
        assert sign_in(borough.people[who]).post(url, {"because": "Mine.", "due_on": "30 6 2021"}).status_code == 403
    assert sign_in(a_borough("elsewhere").commissioner).post(url, {"because": "Mine.", "due_on": "30 6 2021"}).status_code == 404
    budget.refresh_from_db()
    assert budget.is_in_doubt


def test_g9_the_database_keeps_an_answer_with_its_name_and_its_query(budget):
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(query_answer="By nobody.")
