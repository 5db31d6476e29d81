"""Returns of the last quarters and what was paid on them: one paid, one challenged, one due; and a year's retention released."""

from datetime import timedelta
from decimal import Decimal

from contracts.actions.payment import (
    approve_payment,
    clear_payment,
    decide_achievement,
    record_invoice,
    record_outcome,
)
from contracts.actions.price import confirm_budget, set_budget
from contracts.actions.retention import decide_release, submit_evidence
from contracts.models import Budget, Contract, Payment
from contracts.models.books import of_payment
from contracts.rules.quarters import Quarter, quarter_before
from contracts.rules.retention import opens_on
from core import clock
from kpis.actions.provider_return import open_return, review_return, send_return, set_return_target
from kpis.measures.return_rows import drafted
from kpis.rules.returns import needs_words
from referrals.rules.cost import financial_year

# Targets of an example framework: the true one is not among the documents.
TARGETS = {"outreach-in-use": 80, "beds-in-use": 85, "days-to-place": 60, "weeks-confirmed": 90, "posts-filled": 95}
WORDS = "The team was short for part of the quarter. A post has been advertised, and cover is in place meanwhile."


def tell_payments(borough, today) -> None:
    """ART's last three quarters: the oldest paid, the next challenged, the last one open."""
    art = Contract.objects.select_related("authority").get(slug="art")
    third = quarter_before(today)
    second = quarter_before(third.starts_on)
    first = quarter_before(second.starts_on)
    if first.starts_on < art.starts_on:
        return
    _targets(borough, art, first)
    _budget(borough, art, first)
    _paid(borough, art, first)
    _challenged(borough, art, second)
    with clock.held_at(third.ends_on + timedelta(days=1)):
        open_return(art, third, by=None)
    _released(borough, art, first, today)


def _released(borough, art, quarter: Quarter, today) -> None:
    """What was held back of the paid quarter's year, released on evidence once that year was over."""
    budget = Budget.objects.filter(contract=art, until_on__gt=quarter.starts_on).select_related("contract__authority").earliest("from_on")
    opens = opens_on(budget.until_on)
    if opens + timedelta(days=60) > today:
        return
    with clock.held_at(opens + timedelta(days=50)):
        submit_evidence(budget, evidence="The accepted return shows it; carers were asked again in May.", by=borough.art)
    with clock.held_at(opens + timedelta(days=58)):
        decide_release(budget, release="all", by=borough.com)


def _targets(borough, art, quarter: Quarter) -> None:
    with clock.held_at(quarter.starts_on):
        for measure, value in TARGETS.items():
            set_return_target(art, measure=measure, value=Decimal(value), source="An example, to be replaced", by=borough.com)


def _budget(borough, art, quarter: Quarter) -> None:
    """A budget for the year of the paid quarter, where it is not this year's."""
    if Budget.objects.filter(contract=art, from_on__lt=quarter.ends_on, until_on__gt=quarter.starts_on).exists():
        return
    first, until, _ = financial_year(quarter.starts_on)
    with clock.held_at(max(first, art.starts_on)):
        budget = set_budget(
            art, lot=art.lots.first(), amount=Decimal(12 * 660 * 52 + 3 * 5200 * 52), from_on=max(first, art.starts_on),
            until_on=until, confirm_by=None, source="12 and 3 places at their prices", by=borough.com,
        )  # fmt: skip
        confirm_budget(budget, by=borough.finance)


def _sent(borough, art, quarter: Quarter):
    """Opened the day after the quarter, and sent ten days later with words where a row asks for them."""
    with clock.held_at(quarter.ends_on + timedelta(days=1)):
        of = open_return(art, quarter, by=None)
    with clock.held_at(quarter.ends_on + timedelta(days=9)):
        words = {row.measure: WORDS for row in drafted(of) if needs_words(row.rating, row.was)}
        texts = {
            "complaints": "Compliments were passed on to the workers they were about. Changes of visits are told by noon the day before.",
            "satisfaction": "Carers were asked by telephone; most would like visits later in the day, and the rota now has one late turn.",
            "commentary": "A steady quarter. The late turn starts next month.",
        }
        return send_return(of, texts=texts, words=words, saves=0, by=borough.art)


def _reviewed(borough, of, days: int, challenge=()):
    with clock.held_at(of.ends_on + timedelta(days=days)):
        verdicts = {row: "challenge" if row in challenge else "accept" for row in of.rows.values_list("measure", flat=True)}
        why = dict.fromkeys(challenge, "Our own list has more sessions than this. Which were left out?")
        return review_return(of, verdicts=verdicts, challenges=why, by=borough.com)


def _paid(borough, art, quarter: Quarter) -> None:
    """Accepted, all of it achieved, invoiced, approved by two and paid."""
    _reviewed(borough, _sent(borough, art, quarter), 20)
    payment = Payment.objects.get(contract=art, period=quarter.slug)
    for days, deed in (
        (20, lambda: decide_achievement(payment, achieved="all", by=borough.com)),
        (23, lambda: record_invoice(payment, number=f"LS-{quarter.slug}", amount=of_payment(payment).to_pay, on=clock.today(), by=borough.art)),
        (27, lambda: approve_payment(payment, by=borough.com)), (29, lambda: clear_payment(payment, by=borough.finance)),
        (34, lambda: record_outcome(payment, outcome="paid", on=clock.today(), by=borough.finance)),
    ):  # fmt: skip
        with clock.held_at(quarter.ends_on + timedelta(days=days)):
            deed()


def _challenged(borough, art, quarter: Quarter) -> None:
    """One row is challenged, and waits for the provider's answer."""
    _reviewed(borough, _sent(borough, art, quarter), 24, challenge=["sessions-held"])
