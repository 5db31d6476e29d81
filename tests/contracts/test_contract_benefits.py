"""The benefits that stand under one contract, by kind, for those who read the register."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.benefit_builders import (
    a_benefit,
    a_child_who_moved,
    a_contract,
    a_stated_benefit,
)
from tests.people import a_borough

pytestmark = pytest.mark.django_db


def at(contract):
    return f"{contract.get_absolute_url()}/benefits"


def test_h4_a_contracts_benefits_stand_on_its_own_tab_by_kind_and_no_others(borough, sign_in):
    contract, other = a_contract(borough), a_contract(borough, slug="other")
    a_benefit(borough, contract=contract)
    a_stated_benefit(borough, contract, is_modelled=True, modelled_for="2019/20", forecast=Decimal(359_000), what="The whole provision")
    a_stated_benefit(borough, other, what="Of the other contract")
    client = sign_in(borough.commissioner)
    assert f'href="{at(contract)}"' in client.get(contract.get_absolute_url()).content.decode()

    page = client.get(at(contract)).content.decode()

    for words in ("Cashable benefits", "£60,000", "£359,000", "Modelled figures are never validated", "Record a benefit"):
        assert words in page
    assert "Of the other contract" not in page
    assert "£419,000" not in page


@pytest.mark.parametrize(("who", "status"), [("commissioner", 200), ("head_of_service", 200), ("finance", 200), ("provider_manager", 403), ("social_worker", 403)])
def test_who_opens_it(borough, sign_in, who, status):
    contract = a_contract(borough)
    child = a_child_who_moved(borough)
    a_benefit(borough, child, contract=contract)

    answer = sign_in(borough.people[who]).get(at(contract))

    assert answer.status_code == status
    assert (child.reference in answer.content.decode()) is (who == "head_of_service")


def test_another_council_finds_nothing(borough, sign_in):
    contract = a_contract(borough)

    for who in ("commissioner", "finance", "head_of_service"):
        assert sign_in(a_borough("elsewhere" + who[0]).people[who]).get(at(contract)).status_code == 404


def test_the_page_asks_the_same_for_three_as_for_one(borough, sign_in):
    contract = a_contract(borough)
    a_benefit(borough, contract=contract)
    client = sign_in(borough.commissioner)
    client.get(at(contract))
    with CaptureQueriesContext(connection) as first:
        client.get(at(contract))
    a_benefit(borough, contract=contract)
    a_benefit(borough, contract=contract)
    with CaptureQueriesContext(connection) as third:
        client.get(at(contract))
    assert len(third) == len(first)
