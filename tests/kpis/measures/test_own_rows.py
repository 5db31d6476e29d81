"""Measures of meetings, goals, marks, answers and money on rows made by deeds, at both ends of a period, against a count by hand."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from contracts.actions.complaint import close_complaint, log_complaint, name_investigator
from contracts.actions.feedback import add_answers, close_round, open_round
from contracts.models import Complaint, FeedbackAnswer, Payment
from core import clock, outbox
from kpis.measures.service import BY_SLUG
from kpis.measures.told import look
from panels.actions.agenda import circulate_agenda
from panels.actions.decision import agree_decision, record_decision
from panels.actions.follow_up import finish_action
from panels.actions.moving import move_meeting
from panels.actions.service import record_bounce, record_service
from panels.models import Action, Meeting, Service
from referrals.actions.ending import write_ending
from tests.contracts import money
from tests.contracts.registers import a_service_contract
from tests.panels import builders
from tests.referrals.places import ENDING, a_place_given, a_stay_ended, an_outreach

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def of(borough, slug, first=NOVEMBER, last=DECEMBER):
    return BY_SLUG[slug].of(borough.authority, first, last)


def shown(count):
    return (count.value, count.numerator, count.denominator)


def share(part, whole):
    return (100 * Decimal(part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def everything_sent():
    while job := outbox.claim(holder="test"):
        outbox.do(job)


# Notice ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def called(borough):
    """A meeting of the steering group on 30 November, called in October; its notice has gone out."""
    panel = builders.a_steering_group(borough)
    with clock.held_at(clock.moment(date(2026, 10, 1), clock.TEN)):
        meeting = builders.a_called_meeting(borough, panel, on=date(2026, 11, 30))
        everything_sent()
    return meeting


def test_notice_counts_each_representative_of_a_meeting_once(borough, called):
    people = set(Service.objects.filter(meeting=called, kind="notice").values_list("person", flat=True))

    assert shown(of(borough, "notice-in-time")) == (100, len(people), len(people)) == (100, 6, 6)
    assert of(borough, "notice-in-time", DECEMBER, JANUARY).denominator == 0


@pytest.mark.parametrize(("days_after", "in_time"), [(0, 6), (1, 5)])
def test_notice_that_came_back_counts_by_what_was_served_instead_of_it(borough, called, days_after, in_time):
    on = called.last_day_for_notice + timedelta(days=days_after)
    with clock.held_at(clock.moment(on, clock.TEN) + timedelta(hours=1)):
        record_bounce(called, person=borough.chair, kind="notice", came_back_at=clock.now(), how="No such box", by=None)
        assert shown(of(borough, "notice-in-time")) == (share(5, 6), 5, 6)
        record_service(called, person=borough.chair, kind="notice", served_at=clock.now(), how="By hand", by=borough.panel_administrator)

    assert shown(of(borough, "notice-in-time"))[1:] == (in_time, 6)


def test_notice_of_the_day_a_meeting_was_moved_from_counts_no_longer(borough, called):
    with clock.held_at(clock.moment(date(2026, 10, 5), clock.TEN)):
        move_meeting(
            called, starts_at=clock.moment(date(2026, 12, 1), clock.TEN), venue="Room 2", lasts_minutes=called.lasts_minutes,
            reason="The room is let.", by=borough.panel_administrator,
        )  # fmt: skip
        everything_sent()

    assert of(borough, "notice-in-time").denominator == 0
    assert shown(of(borough, "notice-in-time", DECEMBER, JANUARY)) == (100, 6, 6)
    assert Service.objects.filter(meeting=called, kind="notice").count() == 12


# Quorum, papers, actions -------------------------------------------------------------------------------------------------


def decided(borough, on, *, panel, present, **facts):
    """A meeting of a group on a day, with one decision of some people in the room."""
    with clock.held_at(clock.moment(on - timedelta(days=40), clock.TEN)):
        meeting = builders.a_called_meeting(borough, panel, on=on)
    with clock.held_at(clock.moment(on, clock.TEN)):
        builders.begin(borough, meeting, present)
        item = meeting.items.standing().first()
        decision = record_decision(item, outcome="agree", reasons="It helps.", by=borough.panel_administrator, **facts)
        agree_decision(decision, by=borough.chair)
    return meeting


FULL = ("chair", "head_of_service", "service_manager", "provider_manager")


def test_decisions_with_a_quorum_are_of_the_days_of_their_meetings(borough):
    panel = builders.a_steering_group(borough)
    for on, present in ((date(2026, 10, 31), FULL), (NOVEMBER, FULL), (date(2026, 11, 30), FULL[:2]), (DECEMBER, FULL)):
        decided(borough, on, panel=panel, present=present)

    assert shown(of(borough, "quorate-decisions")) == (share(1, 2), 1, 2)
    assert shown(of(borough, "quorate-decisions", DECEMBER, JANUARY)) == (100, 1, 1)


@pytest.mark.parametrize(("days_late", "in_time"), [(0, 1), (1, 0), (None, 0)])
def test_papers_in_time_are_those_out_by_the_day_the_terms_set(borough, days_late, in_time):
    panel, on = builders.a_referral_panel(borough), date(2026, 11, 30)
    with clock.held_at(clock.moment(date(2026, 10, 20), clock.TEN)):
        meeting = builders.a_called_meeting(borough, panel, on=on)
    due = date(2026, 11, 25)  # three Working Days before Monday 30 November: Friday, Thursday, Wednesday
    if days_late is not None:
        with clock.held_at(clock.moment(due + timedelta(days=days_late), clock.TEN)):
            circulate_agenda(meeting, short_because="The photocopier." if days_late else "", by=borough.panel_administrator)
    assert of(borough, "papers-in-time").denominator == 0  # not held yet

    with clock.held_at(clock.moment(on, clock.TEN)):
        builders.begin(borough, Meeting.objects.get(pk=meeting.pk))

    assert shown(of(borough, "papers-in-time")) == (100 * in_time, in_time, 1)
    assert of(borough, "papers-in-time", DECEMBER, JANUARY).denominator == 0


@pytest.mark.parametrize(("due", "done", "overdue"), [
    (date(2026, 11, 29), None, 1), (date(2026, 11, 30), None, 0), (date(2026, 11, 20), date(2026, 11, 20), 0),
    (date(2026, 11, 20), date(2026, 11, 30), 0), (date(2026, 11, 20), date(2026, 12, 1), 1),
])  # fmt: skip
def test_actions_overdue_are_those_whose_day_had_passed_at_the_end(borough, due, done, overdue):
    action = {"what": "Ring the school", "owner_name": "Member", "owner": borough.member, "due_on": due}
    decided(borough, date(2026, 11, 2), panel=builders.a_steering_group(borough), present=FULL, actions=[action])
    row = Action.objects.get()
    if done:
        with clock.held_at(clock.moment(done, clock.TEN)):
            finish_action(row, by=borough.member)

    with clock.held_at(date(2026, 12, 15)):
        assert shown(of(borough, "actions-overdue")) == (overdue, overdue, overdue)
        assert [fact.reference for fact in BY_SLUG["actions-overdue"].behind(
            BY_SLUG["actions-overdue"].gather(borough.authority, NOVEMBER, DECEMBER), NOVEMBER, DECEMBER)] == [row.reference] * overdue  # fmt: skip


# Goals, marks, answers ---------------------------------------------------------------------------------------------------


def test_h14_goals_reached_are_of_endings_that_say_so_by_the_day_support_ended(borough):
    outreach, said = an_outreach(borough), []
    for on, goal in ((date(2026, 10, 31), "yes"), (NOVEMBER, "yes"), (date(2026, 11, 10), "partly"), (date(2026, 11, 20), "no"),
                     (date(2026, 11, 22), "yes"), (date(2026, 11, 23), "")):  # fmt: skip
        with clock.held_at(on - timedelta(days=30)):
            stay = a_place_given(borough, outreach, weeks=4)
        with clock.held_at(on):
            for task, answers in ENDING.items() if goal else ():
                write_ending(stay, task=task, answers={**answers, "goal_achieved": goal} if task == "reason" else answers, by=borough.provider_manager)
            said.append((on, goal))
            a_stay_ended(borough, stay, unplanned_because="The family moved.")
    ours = [goal for on, goal in said if NOVEMBER <= on < DECEMBER and goal]

    assert shown(of(borough, "goals-reached")) == (share(ours.count("yes"), len(ours)), 2, 4)


def test_h15_marks_are_the_mean_of_each_answers_own_mean_to_the_nearest_half(borough):
    contract = a_service_contract(borough)
    given = [(date(2026, 10, 31), 5, 5), (NOVEMBER, 5, 4), (date(2026, 11, 23), 2, None), (date(2026, 11, 23), 3, 3)]
    for on in sorted({on for on, *_ in given}):
        with clock.held_at(on):
            made = open_round(contract, asked="carers" if on != NOVEMBER else "young people", due_on=on, by=borough.provider_manager)
            add_answers(made, [{"given_on": on, "route": "paper", "helped": a, "listened": b} for day, a, b in given if day == on], by=borough.provider_manager)
            close_round(made, discussed="With all.", changes="None.", by=borough.provider_manager)
    means = [sum(m for m in marks if m) / len([m for m in marks if m]) for on, *marks in given if NOVEMBER <= on < DECEMBER]

    assert FeedbackAnswer.objects.count() == 4
    assert of(borough, "marks").value == Decimal(round(sum(means) / 3 * 2)) / 2 == 3
    assert shown(of(borough, "marks"))[1:] == (3, 3)


def test_complaints_answered_in_time_are_by_the_day_the_answer_was_due(borough):
    contract = a_service_contract(borough)
    for on, days in ((date(2026, 9, 1), 0), (date(2026, 10, 1), 0), (date(2026, 10, 2), 1), (date(2026, 10, 5), -3), (date(2026, 10, 30), None)):
        with clock.held_at(on):
            row = log_complaint(contract, kind="complaint", told_by="family", received_on=on, about="A visit.", by=borough.provider_manager)
        if days is not None:
            with clock.held_at(row.due_on + timedelta(days=days)):
                name_investigator(row, investigator="Gwen Harker", investigator_post="Lead", is_neutral=True, by=borough.provider_manager)
                close_complaint(row, outcome="upheld", finding="So.", learned="", answered_on=clock.today(), by=borough.provider_manager)
    rows = list(Complaint.objects.all())
    for first, last in ((date(2026, 9, 1), date(2026, 10, 1)), (date(2026, 10, 1), NOVEMBER), (NOVEMBER, DECEMBER), (DECEMBER, JANUARY)):
        due = [row for row in rows if first <= row.due_on < last]
        good = [row for row in due if row.answered_on is not None and row.answered_on <= row.due_on]
        assert shown(of(borough, "complaints-in-time", first, last)) == (share(len(good), len(due)) if due else None, len(good), len(due))
    assert shown(of(borough, "complaints-in-time", date(2026, 9, 1), JANUARY))[1:] == (3, 5)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_complaint_due_on_the_first_or_last_day_is_of_its_own_period(borough, shift):
    contract = a_service_contract(borough)
    with clock.held_at(date(2026, 10, 1)):
        row = log_complaint(contract, kind="complaint", told_by="family", received_on=date(2026, 10, 1), about="A visit.", by=borough.provider_manager)
    first = row.due_on + timedelta(days=shift)

    assert of(borough, "complaints-in-time", first, first + timedelta(days=1)).denominator == (1 if shift == 0 else 0)


# Money -------------------------------------------------------------------------------------------------------------------


def test_spend_is_what_was_paid_for_quarters_of_the_period_over_the_budgets_days_in_it(borough):
    contract = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(contract, 120_000, by=borough.commissioner)
    money.a_budget(contract, 50_000, from_on=date(2027, 4, 1), until_on=date(2028, 4, 1))  # nobody confirmed it
    money.a_paid_payment(borough, contract, "2026-27-q1")
    money.a_paid_payment(borough, contract, "2026-27-q2")
    instalment = Decimal(120_000) * 95 / 100 / 4

    for first, last, quarters in ((date(2026, 4, 1), date(2026, 7, 1), 1), (date(2026, 7, 1), date(2026, 10, 1), 1), (date(2026, 4, 1), date(2026, 10, 1), 2),
                                  (date(2026, 4, 1), date(2026, 6, 30), 0), (date(2026, 6, 30), date(2026, 7, 1), 1), (date(2026, 10, 1), JANUARY, 0)):  # fmt: skip
        due = Decimal(120_000) * (last - first).days / 365
        paid = instalment * quarters
        assert shown(of(borough, "spend-of-budget", first, last)) == (share(paid, due), int(paid), round(due))
    assert Payment.objects.filter(state="paid").count() == 2


def test_the_line_of_spend_is_of_whole_quarters_as_it_is_paid(borough):
    contract = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(contract, 120_000, by=borough.commissioner)
    money.a_paid_payment(borough, contract, "2026-27-q1")

    line = look(borough.authority, hide=True, until=date(2026, 9, 30), months=8).series(BY_SLUG["spend-of-budget"], date(2026, 9, 30), 8)

    assert [said.period.slug for said in line] == ["2026-27-q1", "2026-27-q2"]  # February and March are no whole quarter
    assert [int(said.count.numerator) for said in line] == [28_500, 0]
