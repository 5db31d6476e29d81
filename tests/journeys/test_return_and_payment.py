"""J7: a provider's return, its review and its payment, counted in a browser, with scripts and without."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.models import Payment
from core import clock
from kpis.actions.provider_return import set_return_target
from kpis.models import Return
from tests import people
from tests.contracts import money
from tests.kpis.returns import PERIOD, an_open_return

pytestmark = pytest.mark.django_db(transaction=True)
# Rows that need words: nothing was in use, held or given.
RED = {"outreach-in-use": 80, "sessions-held": 10, "consultations-given": 5}


def a_quarter_to_report():
    """A borough whose provider has a return to send, with rows that ask for words and one that is green."""
    borough = people.a_borough()
    contract = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(contract, 120_000, by=borough.commissioner)
    with clock.held_at(date(2026, 7, 1)):
        for measure, value in {**RED, "children-waiting": 5}.items():
            set_return_target(contract, measure=measure, value=Decimal(value), source="An example", by=borough.commissioner)
    return borough, an_open_return(contract)


def visited(walker):
    """The pages a walker came to from now on, each address once."""
    seen = set()
    walker.page.on("framenavigated", lambda frame: seen.add(frame.url.split("?")[0]))
    walker.clicks = 0
    return seen


def check_access(walker, javascript):
    """The checks themselves are a script."""
    if javascript:
        walker.check_access()


def send(walker, borough, javascript):
    """The provider sends the return, with words where they are asked for."""
    walker.be(borough.provider_manager).open("/")
    pages = visited(walker)
    walker.click("Send the return for Quarter 2, July to September 2026", role="link")
    for name in ("Outreach places in use", "Sessions held", "Consultations given"):
        walker.fill(f"Why “{name}” is as it is", "We opened in August.")
    walker.fill("Words on complaints and compliments (optional)", "None came.")
    check_access(walker, javascript)
    walker.click("Send return")
    walker.page.get_by_text("Sent to the commissioner.").wait_for()  # a save on its way goes first
    return pages


def review_and_decide(walker, borough, javascript):
    """The commissioner accepts every row, and decides that all was achieved."""
    walker.be(borough.commissioner).open("/")
    pages = visited(walker)
    walker.click("Review the return for Quarter 2, July to September 2026", role="link")
    walker.click("Accept the green row")
    walker.click("Accept the 11 rows without a target")
    for row in walker.page.get_by_role("row").all():
        choice = row.get_by_label("Accept", exact=True)
        if choice.count() and not choice.is_checked():
            choice.check()
            walker.clicks += 1
    check_access(walker, javascript)
    walker.click("Finish review", nth=0)
    assert walker.sees("Accepted and locked."), walker.text()
    walker.choose("All: pay what is due")
    check_access(walker, javascript)
    walker.click("Decide what is paid")
    assert walker.sees("£28,500")
    return pages


def invoice(walker, borough):
    """The provider records the invoice."""
    walker.be(borough.provider_manager).open(f"/contracts/art/payments/{PERIOD}")
    walker.fill("Invoice number", "LS-1").fill("Amount", "28,500").fill("Day of the invoice", "24 11 2026")
    walker.click("Record the invoice")


@pytest.mark.parametrize("javascript", [True, False])
def test_j7_a_return_is_sent_in_six_clicks_and_reviewed_and_paid_in_eighteen(walk, javascript):
    borough, _ = a_quarter_to_report()
    walker = walk(javascript=javascript)

    pages = send(walker, borough, javascript)
    assert walker.clicks <= 6, walker.clicks
    assert len(pages) <= 1, pages
    assert Return.objects.get().rows.filter(words="We opened in August.").count() == len(RED)

    pages = review_and_decide(walker, borough, javascript)
    clicks = walker.clicks
    invoice(walker, borough)
    walker.be(borough.commissioner).open("/")
    walker.clicks = 0
    walker.click("Approve the invoice for Quarter 2, July to September 2026", role="link")
    walker.click("Approve for the commissioner: £28,500")
    assert clicks + walker.clicks <= 18, (clicks, walker.clicks)
    assert len({page for page in pages if "/contracts/" in page}) <= 3, pages

    walker.be(borough.finance).open("/")
    walker.click("Approve for finance: Quarter 2, July to September 2026", role="link")
    walker.click("Approve for finance: £28,500")
    walker.choose("Paid what was left").fill("On which day?", "24 11 2026")
    walker.click("Save")
    assert Payment.objects.get().state == "paid"
    assert walker.problems == []


@pytest.mark.parametrize("page", ["returns", f"returns/{PERIOD}", "payments", "retention"])
def test_pages_of_returns_and_money_fit_a_telephone(walk, page):
    borough, _ = a_quarter_to_report()

    walk(width=320).be(borough.provider_manager).open(f"/contracts/art/{page}").check_reflow()
