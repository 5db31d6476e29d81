"""What a return counts from the registers, and the report of progress that an accepted return becomes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.actions.complaint import (
    close_complaint,
    give_compliment,
    log_complaint,
    name_investigator,
)
from contracts.actions.feedback import add_answers, open_round
from contracts.actions.gate import judge_report
from contracts.models import Contract, ProgressReport
from contracts.models.reports import wanting
from core import clock
from kpis.actions.provider_return import answer_challenges, correct_return
from kpis.measures.return_rows import by_topic, drafted, shown
from kpis.measures.returns import BY_SLUG
from tests.contracts import money
from tests.kpis.returns import a_sent_return, accepted, an_accepted_return, an_open_return
from tests.people import a_borough

pytestmark = pytest.mark.django_db
D = Decimal
IN_Q2, AFTER = date(2026, 8, 20), date(2026, 10, 2)


@pytest.fixture
def contract(borough):
    made = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(made, 120_000, by=borough.commissioner)
    return made


def told(borough, contract, on, kind="complaint", many=1):
    with clock.held_at(on):
        return [
            log_complaint(contract, kind=kind, told_by="family", received_on=on, about="A visit was moved.", by=borough.provider_manager)
            for _ in range(many)
        ]


def answered(borough, complaint, on):
    with clock.held_at(on):
        name_investigator(complaint, investigator="Gwen Harker", investigator_post="Lead", is_neutral=True, by=borough.provider_manager)
        close_complaint(complaint, outcome="upheld", finding="So.", learned="", answered_on=on, by=borough.provider_manager)


def said(borough, contract, asked, on, marks):
    with clock.held_at(on):
        made = open_round(contract, asked=asked, due_on=on, by=borough.provider_manager)
        add_answers(made, [{"given_on": on, "route": "paper", "helped": mark} for mark in marks], by=borough.provider_manager)


def row(of, measure):
    return next(one for one in drafted(of) if one.measure == measure)


def seen(of, measure, *, hide):
    return next(one for one in shown(of, hide=hide) if one.asked.slug == measure)


def test_g20_complaints_incidents_and_compliments_are_counted_from_the_register(borough, contract):
    told(borough, contract, date(2026, 6, 30))
    first, second = told(borough, contract, IN_Q2, many=2)
    told(borough, contract, IN_Q2, kind="incident")
    told(borough, contract, AFTER)
    answered(borough, first, first.due_on)
    answered(borough, second, second.due_on + timedelta(days=1))
    for on in (date(2026, 7, 1), date(2026, 9, 30), AFTER):
        with clock.held_at(on):
            give_compliment(borough.authority, contract=contract, told_by="carer", words="Good.", by=borough.social_worker)

    of = an_open_return(contract)

    assert [row(of, slug).value for slug in ("complaints-received", "incidents-received", "compliments-given")] == [2, 1, 2]
    in_time = row(of, "answered-in-time")
    # The one of June was due in July too, and nobody answered it; the incident was due in September.
    assert (in_time.numerator, in_time.denominator, in_time.value) == (1, 4, D("25.0"))
    assert all(BY_SLUG[slug].how for slug in ("complaints-received", "answered-in-time", "carers-say"))


def test_g20_one_to_five_are_hidden_from_the_commissioner_and_shown_to_the_provider(borough, contract):
    told(borough, contract, IN_Q2, many=5)
    told(borough, contract, IN_Q2, kind="incident", many=6)
    of = an_open_return(contract)

    assert [seen(of, slug, hide=True).value for slug in ("complaints-received", "incidents-received")] == ["c", "6 incidents"]
    assert seen(of, "complaints-received", hide=False).value == "5 complaints"
    assert seen(of, "answered-in-time", hide=True).value == "0%"


def test_satisfaction_is_the_average_of_the_six_months_and_no_single_mark_is_given_away(borough, contract):
    said(borough, contract, "carers", date(2026, 3, 31), [1] * 9)
    said(borough, contract, "young people", date(2026, 4, 1), [2, 3, 3])
    with clock.held_at(date(2026, 9, 30)):
        of_carers = contract.feedback.get(asked="carers")
        add_answers(of_carers, [{"given_on": date(2026, 9, 30), "route": "paper", "helped": mark} for mark in (5, 5, 4, 4, 4, 4)], by=borough.provider_manager)
    of = an_open_return(contract)

    assert (row(of, "carers-say").value, row(of, "carers-say").numerator) == (D("4.3"), 6)
    assert row(of, "young-people-say").value == D("2.7")
    carers, young = (seen(of, slug, hide=True) for slug in ("carers-say", "young-people-say"))
    assert (carers.value, carers.count) == ("about 4.5 of 5", "6 answers")
    assert (young.value, young.count) == ("c", "c")
    assert seen(of, "young-people-say", hide=False).value == "2.7 of 5"


def test_registers_of_another_contract_are_not_counted(borough, contract):
    elsewhere = a_borough("elsewhere")
    other = money.a_priced_contract(elsewhere, slug="other")
    told(elsewhere, other, IN_Q2, many=7)

    assert row(an_open_return(contract), "complaints-received").value == 0


def test_g13_complaints_and_satisfaction_stand_under_their_topics_with_the_words_beside(borough, contract):
    told(borough, contract, IN_Q2)
    of = a_sent_return(borough, contract, complaints="Visits are told by noon.")
    topics = {topic["name"]: topic for topic in by_topic(of, shown(of, hide=False))}

    assert [one.asked.slug for one in topics["Complaints"]["rows"]] == ["complaints-received", "incidents-received", "answered-in-time", "compliments-given"]
    assert topics["Complaints"]["words"] == "Visits are told by noon."
    assert [one.asked.slug for one in topics["Satisfaction and feedback"]["rows"]] == ["carers-say", "young-people-say"]
    assert topics["Delivery and outcomes, pilot"]["words"] == "The contract has no pilot: everything stands under the core."
    assert topics["Results of data reviews"]["words"] == "No earlier return was reviewed."


def test_g13_the_results_of_the_review_before_are_the_services_own(borough, contract):
    before = an_accepted_return(borough, contract, "2026-27-q1")
    correct_return(before.rows.get(measure="sessions-held"), says="12", because="One was late.", by=borough.commissioner)
    of = an_open_return(contract)

    words = {topic["name"]: topic["words"] for topic in by_topic(of, shown(of, hide=False))}["Results of data reviews"]

    rows = before.rows.count()
    assert words == f"Quarter 1, April to June 2026, reviewed 24 November 2026: {rows} of {rows} rows accepted, 0 challenged, 1 corrected since."


@pytest.fixture
def reporting(contract):
    """The same contract, whose term asks for reports of progress."""
    Contract.objects.filter(pk=contract.pk).update(reports_from_on=contract.starts_on)
    return Contract.objects.get(pk=contract.pk)


def quarterly(contract):
    return [(line.period.first, line.state) for line in wanting(contract) if line.period.kind == "quarterly"]


def test_g32_an_accepted_return_is_the_quarters_report_of_progress(borough, reporting):
    assert (date(2026, 7, 1), "Missing") in quarterly(reporting)

    of = an_accepted_return(borough, reporting)

    report = ProgressReport.objects.get()
    assert (report.kind, report.period_from, report.is_satisfactory, report.judged_by) == ("quarterly", date(2026, 7, 1), True, borough.commissioner)
    assert report.received_on == of.sent_at.date()
    assert of.reference in report.note
    assert date(2026, 7, 1) not in [first for first, _ in quarterly(reporting)]


def test_g32_a_return_with_a_challenge_that_was_kept_is_not_satisfactory(borough, reporting):
    of = accepted(borough, a_sent_return(borough, reporting), challenge=["sessions-held"])
    assert not ProgressReport.objects.exists()
    of = answer_challenges(of, answers={"sessions-held": "We stand by it."}, by=borough.provider_manager)

    of = accepted(borough, of, challenge=["sessions-held"])

    assert of.state == "accepted"
    assert (date(2026, 7, 1), "Not satisfactory") in quarterly(reporting)
    assert "1 of" in ProgressReport.objects.get().note


def test_g32_what_somebody_judged_before_stands(borough, reporting):
    judge_report(reporting, kind="quarterly", period_from=date(2026, 7, 1), received_on=date(2026, 10, 5), is_satisfactory=False, note="Thin.", by=borough.commissioner)

    an_accepted_return(borough, reporting)

    assert (ProgressReport.objects.get().note, ProgressReport.objects.get().is_satisfactory) == ("Thin.", False)


def test_g32_a_contract_that_asks_for_no_reports_gets_none(borough, contract):
    an_accepted_return(borough, contract)

    assert not ProgressReport.objects.exists()
