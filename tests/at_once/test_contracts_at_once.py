"""Two people change one contract at the same moment: one change, and a sentence for the other."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.price import confirm_budget, set_budget, set_price
from contracts.actions.variation import agree_variation, propose_variation
from contracts.models import Budget, Price
from core.models import User
from tests import people
from tests.at_once.support import at_once, refusals
from tests.contracts.builders import a_priced_contract

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2027, 1, 1)


def again(person):
    """The same person, as another request would have them."""
    return User.objects.get(pk=person.pk)


def test_f3_two_prices_from_one_day_at_once_are_one_price_and_a_sentence():
    _, price = a_priced_contract(people.a_borough())

    def deed(rate):
        return lambda: set_price(
            price.lot, provision=price.provision, label="Outreach", weekly_rate=Decimal(rate), basis="child week", places=12, from_on=ON, by=None
        )

    said = refusals(at_once(*[deed(rate) for rate in (670, 680, 690, 700)]))

    assert len(said) == 3
    assert all("two prices never hold on one day" in words for words in said)
    assert Price.objects.filter(from_on=ON).count() == 1


def test_both_parties_agree_at_once_and_the_change_holds_once():
    borough = people.a_borough()
    contract, price = a_priced_contract(borough)
    variation = propose_variation(
        contract, kind="places", what="More", why="They wait.", from_on=ON, price=price, places=14, weekly_rate=Decimal(660), by=borough.commissioner
    )
    both = [again(person) for person in (borough.commissioner, borough.provider_manager) for _ in range(2)]

    said = refusals(at_once(*[lambda who=who: agree_variation(variation, by=who) for who in both]))

    variation.refresh_from_db()
    assert (len(said), variation.state) == (2, "Agreed")
    assert Price.objects.filter(from_on=ON).count() == 1
    assert price.provision.terms.get(from_on=ON).places == 14


def test_one_budget_is_set_and_confirmed_once():
    borough = people.a_borough()
    contract, price = a_priced_contract(borough)
    asks = {"lot": price.lot, "amount": Decimal(1), "from_on": date(2026, 4, 1), "until_on": date(2027, 4, 1), "by": None}

    assert len(refusals(at_once(*[lambda: set_budget(contract, **asks)] * 3))) == 2
    budget = Budget.objects.get()
    said = refusals(at_once(*[lambda who=who: confirm_budget(budget, by=who) for who in (again(borough.finance), again(borough.commissioner))]))

    assert said == ["This budget was confirmed before."]
