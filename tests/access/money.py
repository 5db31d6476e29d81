"""A return that was accepted, its payment, and what was held back for it."""

from contracts.actions.payment import decide_achievement
from contracts.actions.price import confirm_budget
from contracts.models import Budget, Payment
from core import clock
from tests.conftest import TODAY
from tests.contracts.money import invoiced, paid
from tests.kpis.returns import an_accepted_return


def in_money(borough, contract) -> dict:
    """Last quarter's return, accepted and paid, from a budget that was confirmed."""
    with clock.held_at(TODAY):
        budget = Budget.objects.filter(contract=contract).earliest("pk")
        if budget.confirmed_at is None:
            budget = confirm_budget(budget, by=borough.commissioner)
        sent = an_accepted_return(borough, contract)
        payment = Payment.objects.get(contract=contract)
        payment = decide_achievement(payment, achieved="all", by=borough.commissioner)
        payment = paid(borough, invoiced(borough, payment))
    return {"return": sent, "payment": payment, "budget": budget}
