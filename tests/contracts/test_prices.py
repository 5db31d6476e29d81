"""Prices by date, the arithmetic shown, and budgets by year and lot, indicative until they are confirmed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.contract import add_lot
from contracts.actions.price import confirm_budget, set_budget, set_price
from contracts.models import Budget, Price
from contracts.models.sums import InUse, budget_years, other_working, price_rows, working
from contracts.rules.calendar import closed_in, days_open, is_open
from contracts.rules.price import (
    Budgeting,
    Setting,
    why_not_confirm_budget,
    why_not_set_budget,
    why_not_set_price,
)
from core import clock
from core.actions.setting import settle_number
from core.readings import reading
from core.rules import RuleBroken
from core.working_days import england_holidays
from tests.contracts.builders import FROM, UNTIL, a_priced_contract
from tests.referrals import places

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 4, 1), date(2027, 4, 1))


def asked(**facts):
    return Setting(**{"label": "Outreach", "weekly_rate": Decimal(660), "places": 12, "from_on": FROM, **facts})


@pytest.mark.parametrize(("facts", "field"), [
    ({}, None), ({"weekly_rate": Decimal(0)}, "weekly_rate"), ({"weekly_rate": Decimal(-1)}, "weekly_rate"),
    ({"weekly_rate": None}, "weekly_rate"), ({"places": 0}, "places"), ({"label": " "}, "label"), ({"from_on": None}, "from_on"),
    ({"from_on": date(2025, 5, 31)}, "from_on"), ({"from_on": UNTIL}, None), ({"from_on": date(2028, 6, 1)}, "from_on"),
])  # fmt: skip
def test_CON5_a_price_is_above_nothing_and_inside_the_term(facts, field):
    reasons = why_not_set_price(asked(**facts), other_starts=[], contract_from=FROM, contract_until=date(2028, 6, 1))

    assert [reason.field for reason in reasons] == ([field] if field else [])


def test_CON5_a_price_comes_after_the_one_it_succeeds():
    on = date(2026, 1, 1)
    for others, refused in ([date(2025, 12, 31)], False), ([on], True), ([date(2026, 1, 2)], True):
        reasons = why_not_set_price(asked(from_on=on), other_starts=others, contract_from=FROM, contract_until=None)
        assert bool(reasons) == refused


def test_f3_a_price_is_succeeded_by_date_and_two_never_hold_on_one_day(borough):
    _, price = a_priced_contract(borough)
    again = {"provision": price.provision, "label": "Outreach", "basis": "child week", "places": 12, "by": None}

    new = set_price(price.lot, weekly_rate=Decimal(700), from_on=date(2026, 4, 1), **again)

    price.refresh_from_db()
    assert (price.until_on, new.until_on) == (date(2026, 4, 1), None)
    for on in (date(2026, 4, 1), date(2026, 3, 31), FROM):
        with pytest.raises(RuleBroken, match="two prices never hold on one day"):
            set_price(price.lot, weekly_rate=Decimal(1), from_on=on, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.create(lot=price.lot, weekly_rate=1, from_on=date(2026, 5, 1), **{k: v for k, v in again.items() if k != "by"})
    assert Price.objects.count() == 2


@pytest.mark.parametrize(("rate", "basis", "places", "total", "words"), [
    (660, "child week", 12, 411_840, "12 × £660 × 52 = £411,840"), (2438, "child week", 4, 507_104, "4 × £2,438 × 52 = £507,104"),
    (5477, "child week", 2, 569_608, "2 × £5,477 × 52 = £569,608"), (5200, "bed week", 3, 811_200, "3 × £5,200 × 52 = £811,200"),
    (5200, "service week", 3, 270_400, "£5,200 × 52 = £270,400"), (660, "block", 12, 411_840, "12 × £660 × 52 = £411,840"),
])  # fmt: skip
def test_f4_f6_the_working_of_a_year_is_the_documents(rate, basis, places, total, words):
    assert working(Price(weekly_rate=Decimal(rate), basis=basis, places=places)) == (Decimal(total), words)


def test_f5_the_hubs_price_is_shown_by_both_readings():
    hub = Price(weekly_rate=Decimal(5200), basis="bed week", places=3, other_reading="For the whole hub?")

    assert other_working(hub) == "£5,200 × 52 = £270,400, which is £1,733.33 a place a week"
    assert other_working(Price(weekly_rate=Decimal(660), basis="child week", places=12)) == ""


@pytest.mark.parametrize(("used", "each", "unused"), [
    (10, Decimal("792.00"), "2 × £660 × 52 = £68,640"), (12, Decimal("660.00"), "None: all are in use"), (0, None, "12 × £660 × 52 = £411,840"),
    (13, Decimal("609.23"), "None: all are in use"),
])  # fmt: skip
def test_f4_ten_of_twelve_under_a_block_price_is_792_a_week(used, each, unused):
    outreach = InUse(None, 12, used, Decimal(660 * 12))

    assert (outreach.effective, outreach.unused) == (each, unused)


def test_places_with_different_prices_make_no_one_sum():
    assert InUse(None, 6, 4, Decimal(4 * 2438 + 2 * 5477), {Decimal(2438), Decimal(5477)}).unused == "Not one sum: prices differ"


def test_f4_the_page_counts_the_places_in_use(borough, sign_in):
    contract, price = a_priced_contract(borough)
    places.a_place_given(borough, price.provision)

    page = sign_in(borough.finance).get("/contracts/art/prices").content.decode()

    assert "1 of 12" in page
    assert "£7,920 a week" in page
    assert [row.sum for row in price_rows(contract)] == ["12 × £660 × 52 = £411,840"]


@pytest.mark.parametrize(("amount", "first", "until", "fields"), [
    (1, date(2026, 4, 1), date(2027, 4, 1), []), (0, date(2026, 4, 1), date(2027, 4, 1), ["amount"]),
    (-1, date(2026, 4, 1), date(2027, 4, 1), ["amount"]), (None, None, None, ["amount", "last_on"]),
    (1, date(2026, 4, 1), date(2026, 4, 1), ["last_on"]), (1, date(2026, 4, 1), date(2027, 4, 2), ["last_on"]),
])  # fmt: skip
def test_BUD1_a_budget_is_above_nothing_and_of_one_year(amount, first, until, fields):
    assert [reason.field for reason in why_not_set_budget(Budgeting(amount, first, until), held=[], year=YEAR)] == fields


@pytest.mark.parametrize(("held", "refused"), [((date(2025, 4, 1), date(2026, 4, 1)), False), ((date(2026, 3, 1), date(2026, 4, 2)), True),
                                               ((date(2027, 3, 31), date(2027, 4, 1)), True)])  # fmt: skip
def test_BUD1_a_lot_has_one_budget_for_any_day(held, refused):
    assert bool(why_not_set_budget(Budgeting(1, *YEAR), held=[held], year=YEAR)) == refused


def test_BUD2_a_budget_is_confirmed_once_by_the_council_that_pays():
    assert why_not_confirm_budget(is_confirmed=False, may=True) == []
    assert why_not_confirm_budget(is_confirmed=True, may=True) == ["This budget was confirmed before."]
    assert why_not_confirm_budget(is_confirmed=False, may=False) == ["A budget is confirmed by the council that pays."]


@pytest.fixture
def specified(borough):
    """The lots and budgets of 002:923-954, with the contract."""
    contract, price = a_priced_contract(borough, active=False)
    contract.starts_on = date(2018, 7, 1)
    pilot = add_lot(contract, kind="pilot", name="Pilot", starts_on=date(2018, 7, 1), by=None)
    for core, trial, first, until in ((60_000, 30_000, date(2018, 7, 1), date(2019, 4, 1)), (80_000, 40_000, date(2019, 4, 1), date(2020, 4, 1)),
                                      (80_000, 40_000, date(2020, 4, 1), date(2021, 4, 1))):  # fmt: skip
        for lot, amount in ((price.lot, core), (pilot, trial)):
            set_budget(contract, lot=lot, amount=Decimal(amount), from_on=first, until_on=until, by=None)
    set_budget(
        contract, lot=None, amount=Decimal(30_000), from_on=date(2021, 4, 1), until_on=date(2021, 7, 1), confirm_by=date(2021, 1, 31),
        retention_percent=Decimal(0), by=None,
    )  # fmt: skip
    return contract


def test_g4_budgets_by_year_and_lot_are_as_the_specification_states(specified):
    years = {year.name: (year.total, year.held_back) for year in budget_years(specified)}

    assert years == {"2018/19": (90_000, 4_500), "2019/20": (120_000, 6_000), "2020/21": (120_000, 6_000), "2021/22": (30_000, 0)}
    assert sum(total for total, _ in years.values()) == 360_000
    due = dict(Budget.objects.filter(lot__kind="core").values_list("financial_year", "retention_due_on"))
    assert due == {"2018/19": date(2019, 6, 30), "2019/20": date(2020, 6, 30), "2020/21": date(2021, 6, 30)}
    assert Budget.objects.get(lot=None).retention_due_on is None


def test_g5_a_budget_is_indicative_until_january_and_then_late(specified, borough):
    budget = Budget.objects.get(lot=None)
    for on, late in ((date(2021, 1, 31), False), (date(2021, 2, 1), True)):
        with clock.held_at(on):
            assert (budget.is_late, budget in Budget.objects.late(on)) == (late, late)

    confirm_budget(budget, by=borough.finance)

    budget.refresh_from_db()
    assert (budget.is_confirmed, budget.is_late, budget.confirmed_by) == (True, False, borough.finance)
    with pytest.raises(RuleBroken):
        confirm_budget(budget, by=borough.commissioner)


def test_g5_the_provider_confirms_no_budget_and_finance_does(borough, sign_in):
    contract, price = a_priced_contract(borough)
    budget = set_budget(contract, lot=price.lot, amount=Decimal(5), from_on=date(2026, 4, 1), until_on=date(2027, 4, 1), by=None)
    with pytest.raises(RuleBroken, match="the council that pays"):
        confirm_budget(budget, by=borough.provider_manager)

    assert sign_in(borough.provider_manager).post("/contracts/art/budgets/confirm", {"budget": budget.reference}).status_code == 403
    for typed in ("AAA-AAA", "a\x00b"):
        assert sign_in(borough.finance).post("/contracts/art/budgets/confirm", {"budget": typed}).status_code == 404
    sign_in(borough.finance).post("/contracts/art/budgets/confirm", {"budget": budget.reference})

    budget.refresh_from_db()
    assert budget.confirmed_by == borough.finance


def test_p1_what_is_held_back_is_settled_by_date_and_a_budget_keeps_that_of_its_first_day(borough):
    contract, price = a_priced_contract(borough)
    settle_number(reading("retention"), 8, from_on=date(2027, 4, 1), note="Agreed.", authority=borough.authority, by=borough.administrator)

    before, after = (
        set_budget(contract, lot=price.lot, amount=Decimal(1000), from_on=date(year, 4, 1), until_on=date(year + 1, 4, 1), by=None)
        for year in (2026, 2027)
    )

    assert (before.retained, after.retained) == (Decimal("50.00"), Decimal("80.00"))
    assert reading("retention").in_words(5) == "5 per cent"


def test_bad_budgets_are_sentences_beside_the_field_and_nothing_typed_is_lost(borough, sign_in):
    a_priced_contract(borough)
    client = sign_in(borough.commissioner)

    for amount in ("-5", "0", "many", "99999999999999999", "1e400", "NaN"):
        answer = client.post("/contracts/art/budgets/new", {"amount": amount, "from_on": "1 4 2026", "last_on": "31 3 2027", "source": "Kept words"})
        assert answer.status_code == 200
        assert "error" in answer.content.decode()
        assert "Kept words" in answer.content.decode()
    assert not Budget.objects.exists()
    client.post("/contracts/art/budgets/new", {"amount": "£1,200.50", "from_on": "1 4 2026", "last_on": "31 3 2027"})
    assert Budget.objects.get().amount == Decimal("1200.50")
    assert Budget.objects.get().until_on == date(2027, 4, 1)


def test_f9_a_capital_decision_is_a_record_to_refer_to(borough, sign_in):
    a_priced_contract(borough)
    client = sign_in(borough.commissioner)
    typed = {"what": "Four properties", "amount": "2500000", "body": "Cabinet", "decided": "24 March 2020", "source": "001:299-308"}

    assert "An amount is above £0." in client.post("/contracts/art/capital/new", {**typed, "amount": "-1"}).content.decode()
    client.post("/contracts/art/capital/new", typed)

    page = client.get("/contracts/art/prices").content.decode()
    assert "£2,500,000" in page
    assert "24 March 2020" in page


def test_CON20_a_capital_decision_says_what_how_much_and_who(borough, sign_in):
    a_priced_contract(borough)
    page = sign_in(borough.commissioner).post("/contracts/art/capital/new", {}).content.decode()

    for sentence in ("Say what was decided.", "An amount is above £0.", "Say who decided."):
        assert sentence in page


def test_g22_the_service_is_closed_on_bank_holidays_and_the_printed_days_ask_a_question():
    holidays = england_holidays()

    assert [alone for _, alone in closed_in(2026, holidays)].count(True) == 1  # Boxing Day 2026 is a Saturday
    assert [day for day, alone in closed_in(2021, holidays) if alone] == [date(2021, 12, 25), date(2021, 12, 26)]
    assert not is_open(date(2021, 12, 25), holidays)
    assert is_open(date(2026, 11, 28), holidays)  # a Saturday
    assert days_open(date(2026, 12, 21), date(2026, 12, 28), holidays) == 5
