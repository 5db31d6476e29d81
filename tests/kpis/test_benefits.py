"""Benefits in papers, on To do, in charts by reference, and unit costs as a file."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import page as paper
import pytest

from contracts.actions.benefit import change_benefit, state_actual, validate_benefit
from contracts.actions.escalation import escalate
from contracts.models import Benefit
from contracts.models.benefit_register import fingerprint, register
from core import clock, files
from core.models import AuditEvent
from kpis.actions.board_report import draw_report, print_report
from kpis.measures.to_do.benefits import asked_of_the_board, off_course, to_validate
from kpis.papers.benefits import benefits
from kpis.papers.board_report import report_facts
from kpis.papers.pack import pack_facts
from tests.contracts.benefit_builders import (
    ENTRY,
    a_benefit,
    a_child_who_moved,
    a_contract,
    a_stated_benefit,
)
from tests.panels.builders import a_called_meeting, a_steering_group
from tests.people import a_borough
from tests.referrals.journeys import a_home

pytestmark = pytest.mark.django_db
D = Decimal


def validated(borough, benefit):
    (row,) = register(Benefit.objects.filter(pk=benefit.pk))
    return validate_benefit(benefit, shown=fingerprint(row), by=borough.finance)


def acting(person, role=None):
    person.acting = person.current_roles[0]
    return person


def test_h4_a_board_reads_what_finance_validated_by_kind_and_nothing_provisional(borough):
    contract = a_contract(borough)
    validated(borough, a_benefit(borough, contract=contract))
    state_actual(a_stated_benefit(borough, contract), amount=D(500), until=clock.today(), source="Claims", by=borough.commissioner)
    a_stated_benefit(borough, contract, is_modelled=True, modelled_for="2019/20", forecast=D(359_000))

    told = report_facts(borough.authority, "bmb", clock.today(), clock.today() + clock.ONE_DAY)["benefits"]

    assert told["cashable"] == [("Forecast in all", "£60,000"), ("Validated by finance", "£68,011.43")]
    assert told["non_cashable"] == [("Forecast in all", "£700"), ("Validated by finance", "£0")]
    assert told["contract"] == []
    assert [row["pounds"] for row in told["modelled"]] == ["£359,000"]
    assert "£68,511.43" not in str(told)
    assert "£500" not in str(told)


def test_the_packs_section_on_benefits_says_what_is_provisional_and_the_page_has_both(borough, sign_in):
    contract = a_contract(borough)
    validated(borough, a_benefit(borough, contract=contract))
    state_actual(a_stated_benefit(borough, contract), amount=D(500), until=clock.today(), source="Claims", by=borough.commissioner)

    told = pack_facts(a_called_meeting(borough, a_steering_group(borough)))["benefits"]
    report = draw_report(borough.authority, board="bmb", by=borough.commissioner)
    print_report(report.reference)
    report.refresh_from_db()
    checked = paper.validate_pdf_bytes(files.read(report.version.file), profile=paper.ValidationProfile.PDF_UA_1)
    assert checked.is_compliant, [str(failure) for failure in checked.failures][:5]
    page = sign_in(borough.commissioner).get("/reports/bmb").content.decode()

    assert ("Provisional, not validated", "£500") in told["non_cashable"]
    assert "Cashable: £68,011.43 validated by finance." in page
    assert "Non-cashable: £0 validated by finance." in page
    assert "None yet" in page
    assert benefits(a_borough("elsewhere").authority)["cashable"] == []


def test_h5_non_delivery_is_on_the_owners_to_do_until_the_board_is_asked(borough):
    owner = acting(borough.head_of_service)
    benefit = a_benefit(borough, forecast=D(200_000))

    (thing,) = off_course(owner)
    assert benefit.reference in thing.label
    assert "less than was forecast" in thing.why
    assert off_course(acting(borough.commissioner)) == []

    asked = escalate(
        borough.authority, board="bmb", what="Go on or stop", why="It is late.", wanted_by=clock.today(), benefit=benefit, by=owner
    )

    assert off_course(owner) == []
    (waiting,) = asked_of_the_board(owner)
    assert (waiting.url, waiting.due, waiting.waits_for) == (asked.get_absolute_url(), clock.today(), "Benefits Monitoring Board")


def test_finance_is_asked_to_validate_what_it_may_and_what_changed(borough):
    finance = acting(borough.finance)
    contract = a_contract(borough)
    benefit = a_benefit(borough, contract=contract)
    in_hub = a_child_who_moved(borough)
    a_home(in_hub, kind="hub", starts_on=clock.today() - clock.ONE_DAY, rate=D(5200), is_registered=True)
    a_benefit(borough, in_hub, contract=contract)

    (thing,) = to_validate(finance)
    assert thing.url == f"/benefits/{benefit.reference}/validate"
    validated(borough, benefit)
    assert to_validate(finance) == []
    change_benefit(benefit, entry=replace(ENTRY, budget_line="Another"), outcome="from:foster", by=borough.head_of_service)
    assert [thing.why for thing in to_validate(finance)] == ["It changed since it was validated."]


def test_a_commissioner_reads_references_of_benefits_and_no_childs_and_it_is_logged(borough, sign_in):
    benefit = a_benefit(borough, what="Words about a child.")
    a_loss = a_child_who_moved(borough)
    a_home(a_loss, kind="property", starts_on=clock.today() - 30 * clock.ONE_DAY, rate=D(54_770), is_registered=True)
    lost = a_benefit(borough, a_loss, contract=benefit.contract)

    page = sign_in(borough.commissioner).get("/benefits/children").content.decode()

    assert f"{lost.reference} cost more than the baseline" in page
    for words in (benefit.child.reference, lost.child.reference, benefit.child.called, "Words about a child."):
        assert words not in page
    assert page.count('class="chart bars"') == 2
    read = AuditEvent.objects.filter(verb="record.read", person_id=borough.commissioner.pk)
    assert set(read.values_list("child_id", flat=True)) == {benefit.child_id, lost.child_id}
    assert benefit.child.reference in sign_in(borough.head_of_service).get("/benefits/children").content.decode()


def test_unit_costs_are_a_file_with_their_definitions_and_no_few_children_and_it_is_audited(borough, sign_in):
    contract = a_contract(borough)
    contract.authority.name = "=cmd()"
    contract.authority.save()
    for _ in range(6):
        a_child_who_moved(borough)

    answer = sign_in(borough.head_of_service).post("/benefits/unit-costs")

    assert answer["Content-Disposition"].startswith('attachment; filename="unit-costs-')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_line = {row["line"]: row for row in rows if row["line"] != "z"}
    assert (by_line["3.1.2"]["children"], by_line["3.1.2"]["cost a child a week"]) == ("6", "795.00")
    assert by_line["3.1.11"]["children"] == "z"
    assert {row["council"] for row in rows} == {"'=cmd()"}
    assert {row["from"] for row in rows} == {"2026-04-01"}
    assert all(row["definition"] and row["convention"] and row["suppression"] for row in rows)
    assert AuditEvent.objects.filter(verb="list.exported", person_id=borough.head_of_service.pk).exists()


def test_f10_who_runs_the_service_reads_few_children_on_the_page_and_nobody_in_the_file(borough, sign_in):
    a_child_who_moved(borough)
    page = sign_in(borough.head_of_service).get("/benefits/unit-costs").content.decode()
    assert "£795" in page
    watched = sign_in(borough.commissioner)
    assert "£795" not in watched.get("/benefits/unit-costs").content.decode()
    for who in (borough.head_of_service, borough.commissioner):
        assert b"795" not in sign_in(who).post("/benefits/unit-costs").content
    assert sign_in(borough.provider_manager).post("/benefits/unit-costs").status_code == 403
