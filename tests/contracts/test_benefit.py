"""The register of benefits: counted from the journey, validated by finance, kept apart by kind, and put to the board."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from contracts.actions.benefit import (
    change_benefit,
    close_benefit,
    enter_benefit,
    state_actual,
    validate_benefit,
)
from contracts.actions.contract import confirm_price
from contracts.actions.escalation import escalate, record_answer
from contracts.models import Benefit, BenefitValidation, Price
from contracts.models.benefit_register import fingerprint, register, rows_of
from contracts.models.totals import totals
from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from referrals.actions.restriction import restrict_child
from tests.contracts.benefit_builders import (
    ENTRY,
    MOVED,
    PLANNED,
    STATED,
    a_benefit,
    a_child_who_moved,
    a_contract,
    a_stated_benefit,
)
from tests.people import a_borough
from tests.referrals.builders import a_child
from tests.referrals.journeys import a_home

D = Decimal
ONE_DAY = timedelta(days=1)


def row_of(benefit):
    (row,) = register(Benefit.objects.filter(pk=benefit.pk))
    return row


def validated(borough, benefit):
    return validate_benefit(benefit, shown=fingerprint(row_of(benefit)), by=borough.finance)


@pytest.mark.django_db
def test_f21_f2_a_childs_benefit_is_counted_from_the_journey_up_to_yesterday(borough):
    row = row_of(a_benefit(borough))

    days = (date(2026, 11, 24) - MOVED).days
    assert row.figure.days == days == 176
    assert row.amount == D(2705 * days / D(7)).quantize(D("0.01")) == D("68011.43")
    assert (row.state[0], row.realised, row.ending.because) == ("Waiting for finance", 0, "")


@pytest.mark.django_db
@pytest.mark.parametrize(("ended", "planned", "amount"), [(date(2026, 9, 1), False, "35551.43"), (date(2026, 9, 1), True, "61260.00")])
def test_it_ends_at_a_breakdown_and_not_at_a_planned_move(borough, ended, planned, amount):
    child = a_child_who_moved(borough)
    a_home(child, kind="foster", starts_on=ended, rate=D(1000) if planned else D(795), ending_reason="CARPL" if planned else "CREQB")

    row = row_of(a_benefit(borough, child))

    assert row.amount == D(amount) if not planned else row.amount < D("68011.43")
    assert row.ending.because == ("" if planned else "The home broke down")
    assert bool([sign for sign in row.signs if "broke down" in sign]) is not planned


@pytest.mark.django_db
def test_it_ends_at_the_18th_birthday(borough):
    row = row_of(a_benefit(borough, a_child_who_moved(borough, born_on=date(2008, 8, 3))))

    assert (row.ending.on, row.ending.because) == (date(2026, 8, 3), "The 18th birthday")
    assert row.amount == D("24345.00")


@pytest.mark.django_db
def test_a_loss_is_kept_and_named(borough):
    child = a_child(borough)
    a_home(child, kind="property", starts_on=MOVED, rate=D(5477), is_registered=True)

    row = row_of(a_benefit(borough, child, baseline_ends_on=MOVED + timedelta(weeks=13), forecast=D(-30_000)))

    assert row.amount == D("-25701.00")
    assert [sign for sign in row.signs if "less than was forecast" in sign] == []


@pytest.mark.django_db
def test_a_missing_price_is_not_known_and_never_a_saving(borough):
    child = a_child(borough)
    a_home(child, kind="foster", starts_on=MOVED, rate=None)

    row = row_of(a_benefit(borough, child))

    assert (row.amount, row.realised, row.provisional) == (None, 0, None)
    with pytest.raises(RuleBroken, match="no figure"):
        validated(borough, row.benefit)


@pytest.mark.django_db
def test_BEN3_a_childs_day_is_in_one_benefit_and_the_database_keeps_it(borough):
    child = a_child_who_moved(borough)
    first = a_benefit(borough, child)

    with pytest.raises(RuleBroken, match="counted in another benefit"):
        a_benefit(borough, child, contract=first.contract, kind="non-cashable", starts_on=PLANNED - ONE_DAY, baseline_ends_on=PLANNED + ONE_DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.create(**{f.name: getattr(first, f.name) for f in Benefit._meta.fields if f.name not in {"id", "reference"}})

    close_benefit(first, on=date(2026, 9, 1), because="The plan changed.", by=borough.head_of_service)
    second = a_benefit(borough, child, contract=first.contract, starts_on=date(2026, 9, 1), baseline_ends_on=PLANNED)
    assert row_of(first).amount + row_of(second).amount == D("68011.43")
    assert row_of(first).ending.because == "Somebody stopped counting it"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_count_the_same_days(borough):
    child, contract = a_child_who_moved(borough), a_contract(borough)
    now = clock.now()

    def enter(_):
        try:
            with clock.held_at(now):
                enter_benefit(contract, entry=ENTRY, child=child, outcome="from:foster", by=borough.head_of_service)
        except RuleBroken:
            return "refused"
        finally:
            connection.close()
        return "entered"

    with ThreadPoolExecutor(4) as pool:
        done = sorted(pool.map(enter, range(4)))

    assert done == ["entered", "refused", "refused", "refused"]
    assert Benefit.objects.count() == 1


@pytest.mark.django_db
def test_h4_finance_validates_a_frozen_figure_and_a_change_needs_it_anew(borough):
    benefit = a_benefit(borough)

    validation = validated(borough, benefit)

    assert (validation.amount, validation.validated_by, validation.counted_until) == (D("68011.43"), borough.finance, clock.today())
    assert validation.working["home"] == "19988.57"
    assert row_of(benefit).realised == D("68011.43")
    with pytest.raises(RuleBroken, match="validated before"):
        validated(borough, benefit)
    with clock.held_at(clock.today() + 7 * ONE_DAY):
        later = row_of(benefit)
        assert (later.realised, later.provisional) == (D("68011.43"), D("2705.00"))

    change_benefit(benefit, entry=replace(ENTRY, baseline_source="Another list"), outcome="from:foster", by=borough.head_of_service)

    changed = row_of(benefit)
    assert (changed.realised, changed.state[0], changed.stale) == (0, "Changed since validated", validation)
    assert validated(borough, benefit).pk != validation.pk
    assert row_of(benefit).realised == D("68011.43")
    verbs = AuditEvent.objects.filter(subject_type="contracts.benefit", subject_id=str(benefit.pk)).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["benefit.entered", "benefit.validated", "benefit.changed", "benefit.validated"]


@pytest.mark.django_db
def test_a_price_corrected_later_takes_the_validation_away(borough):
    child = a_child_who_moved(borough)
    benefit = a_benefit(borough, child)
    validated(borough, benefit)

    child.homes.get(kind="foster").prices.update(weekly_rate=D(800))

    assert row_of(benefit).state[0] == "Changed since validated"
    assert row_of(benefit).realised == 0


@pytest.mark.django_db
def test_BEN6_who_entered_or_changed_it_does_not_validate_it(borough):
    benefit = a_benefit(borough, by=borough.finance)
    with pytest.raises(RuleBroken, match="somebody else"):
        validated(borough, benefit)
    assert not BenefitValidation.objects.exists()


@pytest.mark.django_db
def test_what_was_not_shown_is_not_validated(borough):
    benefit = a_benefit(borough)
    shown = fingerprint(row_of(benefit))
    with clock.held_at(clock.today() + ONE_DAY), pytest.raises(RuleBroken, match="has changed"):
        validate_benefit(benefit, shown=shown, by=borough.finance)


@pytest.mark.django_db
def test_f5_no_benefit_of_the_hub_is_realised_before_its_price_is_confirmed(borough):
    child, contract = a_child_who_moved(borough), a_contract(borough)
    a_home(child, kind="hub", starts_on=date(2026, 10, 1), rate=D(5200), is_registered=True)
    benefit = a_benefit(borough, child, contract=contract)
    assert row_of(benefit).is_of_the_hub

    with pytest.raises(RuleBroken, match="hub’s price"):
        validated(borough, benefit)
    confirm_price(Price.objects.get(lot__contract=contract), by=borough.finance)

    assert validated(borough, benefit).amount == row_of(benefit).realised


@pytest.mark.django_db
def test_f8_a_modelled_figure_is_in_no_sum_and_never_validated(borough):
    benefit = a_stated_benefit(
        borough, kind="cashable", is_modelled=True, modelled_for="2019/20", forecast=D(359_000), budget_line="None"
    )

    rows = register(Benefit.objects.all())

    assert [(total.forecast, total.actual, total.realised) for total in totals(rows)] == [(0, 0, 0)] * 3
    assert (rows[0].state[0], rows[0].signs, benefit.heading) == ("Modelled", [], "Modelled")
    with pytest.raises(RuleBroken, match="never validated"):
        validated(borough, benefit)
    with pytest.raises(RuleBroken, match="no outturn"):
        state_actual(benefit, amount=D(1), until=clock.today(), source="A.", by=borough.commissioner)


@pytest.mark.django_db
def test_h4_kinds_are_never_added_together(borough):
    contract = a_contract(borough)
    validated(borough, a_benefit(borough, contract=contract))
    other = state_actual(a_stated_benefit(borough, contract), amount=D(500), until=clock.today(), source="Claims", by=borough.commissioner)
    validated(borough, other)

    cashable, non_cashable, contracts = totals(register(Benefit.objects.all()))

    assert (cashable.realised, non_cashable.realised, contracts.realised) == (D("68011.43"), D("500.00"), 0)
    assert (non_cashable.actual, non_cashable.provisional) == (D(500), 0)


@pytest.mark.django_db
def test_a_stated_figure_is_stated_again_and_validated_anew(borough):
    benefit = state_actual(a_stated_benefit(borough), amount=D(500), until=clock.today(), source="Claims", by=borough.commissioner)
    validated(borough, benefit)
    state_actual(benefit, amount=D(450), until=clock.today(), source="Claims, corrected", by=borough.commissioner)

    assert (row_of(benefit).realised, row_of(benefit).state[0]) == (0, "Changed since validated")


@pytest.mark.django_db
def test_h5_a_benefit_is_put_to_the_board_once_at_a_time_and_linked_both_ways(borough):
    benefit = a_benefit(borough, forecast=D(200_000))
    (sign,) = [sign for sign in row_of(benefit).signs if "less than was forecast" in sign]
    asks = {"board": "bmb", "what": "Go on or stop", "why": sign, "wanted_by": clock.today(), "benefit": benefit, "by": borough.commissioner}

    asked = escalate(borough.authority, **asks)

    assert row_of(benefit).escalation == asked
    assert asked.benefit == benefit
    with pytest.raises(RuleBroken, match="waits at the board already"):
        escalate(borough.authority, **asks)
    record_answer(asked, decision="Go on.", decided_by="The chair", decided_on=clock.today(), by=borough.commissioner)
    assert row_of(benefit).escalation is None
    escalate(borough.authority, **asks)


@pytest.mark.django_db
def test_validation_is_missed_after_a_quarter_and_not_once_all_of_it_is_validated(borough):
    benefit = a_benefit(borough, forecast=D(1), starts_on=clock.today() - timedelta(days=92))
    assert row_of(benefit).signs == []
    with clock.held_at(clock.today() + ONE_DAY):
        assert row_of(benefit).signs == ["Finance has not validated it for 93 days."]
    with clock.held_at(PLANNED):
        validated(borough, benefit)
    with clock.held_at(PLANNED + timedelta(days=400)):
        assert row_of(benefit).signs == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sees"), [("commissioner", 2), ("head_of_service", 2), ("chair", 2), ("finance", 2), ("auditor", 2), ("provider_manager", 0),
                      ("practitioner", 0), ("social_worker", 0), ("member", 0), ("administrator", 0)],
)  # fmt: skip
def test_who_sees_the_register(borough, who, sees):
    a_benefit(borough)
    a_stated_benefit(borough)

    assert Benefit.objects.visible_to(borough.people[who]).count() == sees
    assert not Benefit.objects.visible_to(a_borough("elsewhere").commissioner).exists()


@pytest.mark.django_db
def test_a_restricted_childs_benefit_is_there_for_nobody_who_is_not_named(borough):
    benefit = a_benefit(borough)
    restrict_child(
        benefit.child, ground="profile", because="Well known.", people=[borough.team_manager], by=borough.team_manager
    )

    assert not Benefit.objects.visible_to(borough.commissioner).exists()
    assert not Benefit.objects.visible_to(borough.head_of_service).exists()


@pytest.mark.django_db
def test_rows_are_made_in_the_same_number_of_queries_however_many(borough):
    contract = a_contract(borough)
    counts = []
    for number in (1, 3):
        while Benefit.objects.count() < number:
            validated(borough, a_benefit(borough, contract=contract))
        with CaptureQueriesContext(connection) as asked:
            rows_of(list(Benefit.objects.select_related("child", "provision")))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_builders_figures():
    assert (ENTRY.starts_on, STATED.is_of_a_child) == (MOVED, False)
