"""How a child's home is bought: the route, its price and why."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.purchase import record_purchase
from contracts.models import Purchase
from contracts.rules.assurance import why_not_record_purchase
from kpis.measures.purchases import bought_now
from tests.referrals import builders, journeys

pytestmark = pytest.mark.django_db
AGREED = {"route": "spot", "weekly_price": Decimal("4200.50"), "reason": "Two frameworks had nobody near.", "agreed_by": "Service manager"}


def bought(borough, **facts):
    home = journeys.a_home(builders.a_child(borough))
    return record_purchase(home, **AGREED | facts, by=borough.social_worker)


def test_ASR4_a_purchase_says_its_price_who_agreed_and_why():
    assert why_not_record_purchase("A", "B", weekly_price=Decimal(0)) == []
    assert [r.field for r in why_not_record_purchase(" ", " ", weekly_price=Decimal(-1))] == ["weekly_price", "reason", "agreed_by"]
    assert [r.field for r in why_not_record_purchase("A", "B", weekly_price=None)] == ["weekly_price"]


def test_g35_each_home_has_its_route_price_and_reason_and_keeps_what_stood_before(borough, sign_in):
    home = bought(borough).home
    page = sign_in(borough.social_worker)
    typed = {"route": "framework", "weekly_price": "-5", "reason": "“Nearer” 🙂", "agreed_by": "Head of service"}

    refused = page.post(f"/homes/{home.reference}/purchase", typed)
    assert refused.status_code == 200
    assert "“Nearer” 🙂" in refused.content.decode()
    page.post(f"/homes/{home.reference}/purchase", typed | {"weekly_price": "£3,900"})

    said = page.get(f"{home.child.get_absolute_url()}/purchases").content.decode()
    assert "£3,900<" in said
    assert "Before: spot purchase, £4,200.50" in said
    assert Purchase.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.update(weekly_price=-1)


@pytest.mark.parametrize("who", ["provider_manager", "practitioner", "commissioner", "panel_administrator"])
def test_g35_no_provider_and_nobody_outside_the_childs_work_reads_it(borough, sign_in, who):
    home = bought(borough).home

    assert sign_in(borough.people[who]).get(f"{home.child.get_absolute_url()}/purchases").status_code == 403


def test_g35_those_who_buy_see_routes_counted_and_one_to_five_hidden_with_their_cost(borough, sign_in):
    bought(borough)
    for _ in range(6):
        bought(borough, route="framework", weekly_price=Decimal(1000))

    rows, total = bought_now(borough.authority.pk, hide=False)
    assert [(row.homes, row.weekly) for row in rows] == [("0", "£0.00"), ("6", "£6,000.00"), ("0", "£0.00"), ("1", "£4,200.50"), ("0", ""), ("0", "")]
    assert total == "7"
    hidden, total = bought_now(borough.authority.pk, hide=True)
    assert [(row.homes, row.weekly) for row in hidden] == [("0", "£0.00"), ("c", "c"), ("0", "£0.00"), ("c", "c"), ("0", ""), ("0", "")]
    assert "4,200" not in sign_in(borough.commissioner).get("/homes-bought").content.decode()
    assert sign_in(borough.provider_manager).get("/homes-bought").status_code == 403


def test_the_tab_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    home = bought(borough).home
    page = sign_in(borough.social_worker)
    page.get(f"{home.child.get_absolute_url()}/purchases")
    counts = []
    for _ in range(2):
        with django_assert_num_queries(20, exact=False) as asked:
            page.get(f"{home.child.get_absolute_url()}/purchases")
        counts.append(len(asked))
        for _ in range(2):
            record_purchase(home, **AGREED, by=borough.social_worker)
    assert counts[0] == counts[1]
