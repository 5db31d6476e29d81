"""Gates with their evidence, the frozen baseline, reports of progress, plans, and what a contract says."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from contracts.actions.gate import (
    add_evidence,
    add_step,
    decide_gate,
    finish_step,
    freeze_baseline,
    judge_report,
    open_gate,
)
from contracts.models import Baseline, DataRole, Gate, Lot, ProgressReport
from contracts.models.gate import fingerprint
from contracts.models.reports import report_lines, wanting
from contracts.rules.gate import (
    AtGate,
    Period,
    periods_due,
    why_not_add_evidence,
    why_not_add_step,
    why_not_decide_gate,
    why_not_finish_step,
    why_not_freeze,
    why_not_judge_report,
)
from contracts.rules.record import (
    why_not_add_clause,
    why_not_add_data_role,
    why_not_add_name,
)
from core.rules import RuleBroken
from tests.access.contracts import TABLES
from tests.conftest import TODAY
from tests.contracts.builders import FROM, a_priced_contract, another_council

pytestmark = pytest.mark.django_db
SHOWN = {"outcomes": True, "value": True}


@pytest.mark.parametrize(("at", "fields"), [
    (AtGate("pilot", "go on", "Why.", has_baseline=True, evidence=SHOWN), []),
    (AtGate("pilot", "go on", "Why.", evidence=SHOWN), ["decision"]),
    (AtGate("pilot", "go on", "Why.", has_baseline=True, evidence={"outcomes": True}), ["decision"]),
    (AtGate("pilot", "go on", "Why.", has_baseline=True, evidence={**SHOWN, "value": False}), ["despite"]),
    (AtGate("pilot", "go on", "Why.", "Because.", has_baseline=True, evidence={**SHOWN, "value": False}), []),
    (AtGate("pilot", "stop", "Why."), []), (AtGate("pilot", "stop", " "), ["reason"]), (AtGate("pilot", "", "Why."), ["decision"]),
    (AtGate("extension", "go on", "Why.", evidence={"funding": True, "compliance": True}), []),
    (AtGate("extension", "go on", "Why.", evidence={"funding": True, "compliance": True}, reports_wanting=1), ["despite"]),
])  # fmt: skip
def test_CON11_a_gate_is_decided_on_its_evidence(at, fields):
    assert [reason.field for reason in why_not_decide_gate(at)] == fields


def test_CON11_a_gate_is_decided_once():
    assert why_not_decide_gate(AtGate("pilot", "stop", "Why.", is_decided=True)) == ["This gate was decided before."]


def test_CON12_evidence_comes_before_the_decision():
    assert why_not_add_evidence("Shown.", is_decided=False) == []
    assert why_not_add_evidence(" ", is_decided=False)[0].field == "text"
    assert why_not_add_evidence("Shown.", is_decided=True)


def test_CON13_a_baseline_has_a_title_a_day_and_rows():
    assert why_not_freeze("Figures", TABLES, as_of=TODAY, today=TODAY) == []
    wrong = why_not_freeze("", [{"rows": []}], as_of=TODAY + timedelta(days=1), today=TODAY)
    assert [reason.field for reason in wrong] == ["title", "as_of_on", "tables"]


def test_CON14_a_report_is_judged_once_for_a_period_that_has_ended():
    due = [Period("monthly", date(2026, 10, 1), date(2026, 11, 1))]
    usual = {"due": due, "judged": set(), "received_on": TODAY, "today": TODAY}

    assert why_not_judge_report("monthly", date(2026, 10, 1), **usual) == []
    assert why_not_judge_report("monthly", date(2026, 11, 1), **usual)[0].field == "period"
    assert why_not_judge_report("monthly", date(2026, 10, 1), **{**usual, "judged": {("monthly", date(2026, 10, 1))}})[0].field == "period"
    for on in (None, date(2026, 10, 1), TODAY + timedelta(days=1)):
        assert why_not_judge_report("monthly", date(2026, 10, 1), **{**usual, "received_on": on})[0].field == "received_on"


def test_CON15_a_step_says_what_who_and_when():
    assert why_not_add_step("Open", "Provider", due_on=TODAY) == []
    assert [reason.field for reason in why_not_add_step("", "", due_on=None)] == ["what", "owner", "due_on"]


def test_CON16_a_step_is_done_once():
    assert (why_not_finish_step(is_done=False), why_not_finish_step(is_done=True)) == ([], ["This step was done before."])


def test_CON17_a_clause_has_a_heading_and_words():
    assert [reason.field for reason in why_not_add_clause(" ", "")] == ["heading", "text"]


def test_CON18_a_former_name_has_its_days_in_order():
    assert why_not_add_name("MISTLE", from_on=FROM, until_on=TODAY) == []
    assert [reason.field for reason in why_not_add_name("", from_on=TODAY, until_on=TODAY)] == ["name", "until_on"]


def test_CON19_a_controller_is_a_party_and_the_processor_another():
    def fields(what="Notes", has_controller=True, are_parties=True, are_two=True):
        found = why_not_add_data_role(what, has_controller=has_controller, are_parties=are_parties, are_two=are_two)
        return [reason.field for reason in found]

    assert fields() == []
    assert (fields(what=""), fields(has_controller=False)) == (["what"], ["controller"])
    assert (fields(are_parties=False), fields(are_two=False)) == (["controller"], ["processor"])


@pytest.mark.parametrize(("today", "count"), [(date(2025, 6, 30), 0), (date(2025, 7, 1), 2), (date(2025, 9, 1), 4), (date(2026, 6, 1), 17)])
def test_g32_reports_are_due_when_their_period_has_ended(today, count):
    assert len(periods_due(("monthly", "quarterly", "annual"), from_on=FROM, today=today)) == count


def test_g32_quarterly_reports_are_of_the_quarters_that_are_paid_for():
    found = periods_due(("quarterly",), from_on=FROM, today=date(2026, 1, 1))
    assert [(one.first, one.until) for one in found] == [
        (FROM, date(2025, 7, 1)), (date(2025, 7, 1), date(2025, 10, 1)), (date(2025, 10, 1), date(2026, 1, 1)),
    ]  # fmt: skip
    assert periods_due(("quarterly",), from_on=FROM, today=date(2025, 6, 30)) == []


def test_g32_no_report_is_due_after_the_end():
    assert periods_due(("quarterly",), from_on=FROM, today=date(2030, 1, 1), until=date(2025, 8, 31)) == [Period("quarterly", FROM, date(2025, 7, 1))]
    assert len(periods_due(("monthly",), from_on=FROM, today=date(2030, 1, 1), until=date(2025, 8, 31))) == 3


def test_g32_a_missing_report_shows_on_the_contract_and_on_the_extension_gate(borough, sign_in):
    contract, _ = a_priced_contract(borough)
    for line in report_lines(contract)[1:]:
        judge_report(contract, kind=line.period.kind, period_from=line.period.first, received_on=line.period.until, is_satisfactory=True, by=borough.commissioner)
    last = wanting(contract)
    assert [line.words for line in last] == ["Monthly report, 1 October 2026 to 31 October 2026"]
    gate = open_gate(contract, kind="extension", due_on=TODAY, by=borough.commissioner)
    client = sign_in(borough.commissioner)

    assert "1 of 24 wanting" in client.get("/contracts/art/plans").content.decode()
    assert "1 report of progress missing or not satisfactory" in client.get(gate.get_absolute_url()).content.decode()
    client.post("/contracts/art/reports/new", {"period": last[0].key, "received_on": "20 11 2026", "is_satisfactory": "no", "note": "Late and thin."})

    contract = type(contract).objects.get(pk=contract.pk)
    assert [line.state for line in wanting(contract)] == ["Not satisfactory"]
    assert "Late and thin." in client.get("/contracts/art/plans").content.decode()


def test_g32_a_report_is_not_judged_twice_or_made_up(borough, sign_in):
    a_priced_contract(borough)
    client = sign_in(borough.commissioner)
    for typed in ("monthly 2026-11-01", "monthly 2026-10-02", "weekly 2026-10-01", "monthly x", ""):
        answer = client.post("/contracts/art/reports/new", {"period": typed, "received_on": "20 11 2026", "is_satisfactory": "yes"})
        assert answer.status_code == 200, typed
    assert not ProgressReport.objects.exists()


def test_g3_h18_a_pilot_goes_on_only_with_its_evidence_against_a_frozen_baseline(borough, sign_in):
    contract, _ = a_priced_contract(borough)
    baseline = freeze_baseline(contract, title="Before", as_of_on=date(2017, 12, 31), tables=TABLES, by=borough.commissioner)
    lot = Lot.objects.create(contract=contract, kind="pilot", name="Pilot", starts_on=FROM, awarded_on=date(2025, 4, 1), pilot_months=12, mobilise_within_months=3)
    gate = open_gate(contract, kind="pilot", due_on=TODAY, lot=lot, baseline=baseline, by=borough.commissioner)
    assert (lot.pilot_ends_on, lot.mobilise_by) == (date(2026, 6, 1), date(2025, 7, 1))
    with pytest.raises(RuleBroken, match="Nothing has been put forward of value for money"):
        decide_gate(gate, decision="go on", reason="Good.", by=borough.commissioner)
    sign_in(borough.provider_manager).post(f"{gate.get_absolute_url()}/evidence", {"criterion": "value", "text": "Less spent.", "is_met": "yes"})
    client = sign_in(borough.commissioner)
    client.post(f"{gate.get_absolute_url()}/evidence", {"criterion": "outcomes", "text": "Targets met.", "is_met": "yes"})

    client.post(f"{gate.get_absolute_url()}/decide", {"decision": "go on", "reason": "Both are shown."})

    gate.refresh_from_db()
    assert (gate.decision, gate.decided_by) == ("go on", borough.commissioner)
    page = client.get(gate.get_absolute_url()).content.decode()
    for words in ("Both are shown.", "12 months", "Within 3 months", baseline.sha256[:12], "Less spent.", "Commissioner, 24 November 2026"):
        assert words in page
    with pytest.raises(RuleBroken):
        decide_gate(gate, decision="stop", reason="No.", by=borough.commissioner)
    with pytest.raises(RuleBroken):
        add_evidence(gate, criterion="value", text="Late.", is_met=False, by=borough.commissioner)


def test_h18_a_baseline_cannot_be_changed_even_in_the_database(borough, sign_in):
    _contract, _ = a_priced_contract(borough)
    client = sign_in(borough.commissioner)
    client.post("/contracts/art/baselines/new", {"title": "Before", "as_of_on": "31 12 2017", "tables": "Where, Children\nAll, 697\nIn-house, 194"})
    baseline = Baseline.objects.get()
    assert baseline.content["tables"][0]["rows"] == [["All", "697"], ["In-house", "194"]]
    assert baseline.is_whole
    assert baseline.sha256 == fingerprint(baseline.content)
    for deed in (lambda: Baseline.objects.update(title="Other"), lambda: Baseline.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            deed()

    page = client.get(baseline.get_absolute_url()).content.decode()
    assert "697" in page
    assert "still give this fingerprint" in page
    baseline.content["tables"][0]["rows"][0][1] = "698"
    assert not baseline.is_whole


@pytest.mark.parametrize("typed", ["", "Only a heading", '"' * 3, "a,b\n\x01", "x\t" * 5000])
def test_bad_baselines_are_sentences(borough, sign_in, typed):
    a_priced_contract(borough)
    answer = sign_in(borough.commissioner).post("/contracts/art/baselines/new", {"title": "Before", "as_of_on": "31 12 2017", "tables": typed})

    assert answer.status_code in (200, 302)
    assert answer.status_code == 200 or Baseline.objects.get().content["tables"][0]["rows"]


def test_g21_g26_steps_are_staggered_by_lot_late_when_their_day_is_past_and_done_once(borough, sign_in):
    contract, price = a_priced_contract(borough)
    step = add_step(contract, plan="mobilise", what="Outreach open", owner="Provider", due_on=TODAY - timedelta(days=1), lot=price.lot, by=None)
    add_step(contract, plan="ending", what="Whether staff transfer", owner="Both", due_on=TODAY, by=None)
    client = sign_in(borough.provider_manager)
    page = client.get("/contracts/art/plans").content.decode()
    assert "Whether staff transfer" in page
    assert page.count("Late") == 1

    client.post("/contracts/art/steps/finish", {"step": step.reference})

    step.refresh_from_db()
    assert (step.done_by, step.is_late) == (borough.provider_manager, False)
    with pytest.raises(RuleBroken):
        finish_step(step, by=borough.commissioner)
    for typed in ("nothing", "a\x00b", "", "AAA-AAA"):
        assert client.post("/contracts/art/steps/finish", {"step": typed}).status_code == 404


def test_g1_g31_k3_the_contract_shows_names_by_date_routes_and_who_controls_data(borough, sign_in):
    a_priced_contract(borough)
    client = sign_in(borough.commissioner)
    client.post("/contracts/art/names/new", {"of": "service", "name": "MISTLE", "from_on": "1 11 2017", "until_on": "1 6 2025", "source": "000:8"})
    client.post("/contracts/art/clauses/new", {"topic": "communication", "heading": "Route", "text": "Every month.", "source": "002:794"})
    client.post("/contracts/art/clauses/new", {"topic": "calendar", "heading": "Open", "text": "52 weeks.", "source": "002:716"})
    client.post("/contracts/art/data-roles/new", {"what": "Referrals", "controller": borough.council.pk, "processor": borough.provider.pk})

    page = client.get("/contracts/art").content.decode()
    for words in ("MISTLE", "1 November 2017", "Every month.", "In 2026 open on 356 days and closed on 9:", "26 December fall", "Referrals", "Brightwater"):
        assert words in page
    same = {"what": "Notes", "controller": borough.provider.pk, "processor": borough.provider.pk}
    assert "The processor is another than the controller." in client.post("/contracts/art/data-roles/new", same).content.decode()
    assert DataRole.objects.count() == 1


PAGES = ["/contracts", "/contracts/art", "/contracts/art/prices", "/contracts/art/documents", "/contracts/art/plans"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), [("commissioner", 200), ("provider_manager", 200), ("finance", 200), ("head_of_service", 200),
                                             ("social_worker", 403), ("practitioner", 403)])  # fmt: skip
def test_who_reads_a_contracts_pages(borough, sign_in, page, who, status):
    a_priced_contract(borough)

    assert sign_in(getattr(borough, who)).get(page).status_code == status


def test_another_councils_people_and_another_provider_find_nothing(borough, sign_in):
    contract, _ = a_priced_contract(borough)
    gate = open_gate(contract, kind="pilot", due_on=TODAY, by=borough.commissioner)
    from_elsewhere = another_council()

    for person in (from_elsewhere.commissioner, from_elsewhere.provider_manager):
        client = sign_in(person)
        assert [client.get(page).status_code for page in (*PAGES[1:], gate.get_absolute_url())] == [404] * 5
    assert not Gate.objects.visible_to(from_elsewhere.commissioner).exists()


@pytest.mark.parametrize("page", ["/contracts", "/contracts/art/plans", "/contracts/art/documents", "/contracts/art/prices"])
def test_a_page_asks_as_many_questions_for_three_rows_as_for_one(borough, sign_in, page):
    contract, price = a_priced_contract(borough)
    client = sign_in(borough.commissioner)

    def more(turn):
        add_step(contract, plan="mobilise", what=f"Step {turn}", owner="Provider", due_on=TODAY, lot=price.lot, by=None)
        open_gate(contract, kind="pilot", due_on=TODAY, lot=price.lot, by=borough.commissioner)
        freeze_baseline(contract, title="Before", as_of_on=TODAY, tables=TABLES, by=borough.commissioner)
        if turn:
            a_priced_contract(borough, slug=f"art-{turn}")

    more(0)
    client.get(page)
    with CaptureQueriesContext(connection) as first:
        client.get(page)
    more(1)
    more(2)
    with CaptureQueriesContext(connection) as third:
        client.get(page)
    assert len(third) == len(first)
