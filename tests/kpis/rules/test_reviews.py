"""CRV: reviews of a contract's performance, and assessments of its service."""

from datetime import date, timedelta

import pytest

from core.working_days import WorkingDays
from kpis.rules.reviews import (
    Rhythm,
    first_year_ends,
    months_between,
    next_due_on,
    review_days,
    review_to_propose,
    why_not_assess,
    why_not_call_urgently,
    why_not_end_assessment,
    why_not_find,
    why_not_lengthen,
    why_not_settle_rhythm,
    why_not_visit,
)

STARTED = date(2025, 6, 1)
ENDS = date(2026, 6, 1)
TODAY = date(2026, 11, 24)


def said(reasons):
    return [str(reason) for reason in reasons]


@pytest.mark.parametrize(
    ("day", "settled", "good", "months"),
    [
        (date(2026, 5, 31), 3, True, 1),   # the last day of the first year
        (date(2026, 6, 1), 3, True, 3),
        (date(2026, 6, 1), 1, True, 1),    # nobody has settled otherwise
        (date(2026, 6, 1), 3, False, 1),   # the last review found it wanting
        (date(2026, 6, 1), 3, None, 3),
    ],
)  # fmt: skip
def test_a_lot_is_reviewed_monthly_in_its_first_year_and_after_a_poor_review(day, settled, good, months):
    assert months_between(Rhythm(STARTED, settled, good), day) == months


def test_the_next_review_is_due_so_many_months_after_the_last_or_after_reviews_begin():
    assert first_year_ends(date(2024, 2, 29)) == date(2025, 2, 28)
    assert next_due_on(Rhythm(STARTED, 3, True, last_on=date(2026, 11, 30)), TODAY) == date(2027, 2, 28)
    assert next_due_on(Rhythm(STARTED), date(2025, 6, 2)) == date(2025, 7, 1)
    assert next_due_on(Rhythm(STARTED, kept_from=date(2026, 9, 15)), TODAY) == date(2026, 10, 15)


def test_reviews_follow_one_another_and_a_lot_due_within_a_fortnight_joins():
    core, pilot = 1, 2
    found = review_days({core: date(2026, 12, 1), pilot: date(2026, 12, 15)}, {core: 1, pilot: 3}, date(2026, 12, 1), 4)

    assert found == [
        (date(2026, 12, 1), [core, pilot]), (date(2027, 1, 1), [core]), (date(2027, 2, 1), [core]), (date(2027, 3, 1), [core, pilot]),
    ]  # fmt: skip
    assert review_days({core: date(2026, 12, 1), pilot: date(2026, 12, 16)}, {core: 1, pilot: 3}, date(2026, 12, 1), 2) == [
        (date(2026, 12, 1), [core]), (date(2026, 12, 16), [pilot]),
    ]  # fmt: skip
    assert review_days({}, {}, TODAY, 3) == []


def test_CRV1_why_not_settle_rhythm_keeps_the_first_year_monthly():
    lot = Rhythm(STARTED, last_was_satisfactory=True)
    assert why_not_settle_rhythm(lot, 3, ENDS, "It does well.") == []
    (refused,) = why_not_settle_rhythm(lot, 3, ENDS - timedelta(days=1), "It does well.")
    assert (refused.field, str(refused)) == (
        "from_on", "The first year of this part lasts until 31 May 2026, and its reviews are monthly.",
    )  # fmt: skip
    assert why_not_settle_rhythm(lot, 1, STARTED, "To look closer.") == []
    assert said(why_not_settle_rhythm(lot, 1, None, " ")) == ["Say why.", "Enter the day from which it holds."]


def test_CRV2_why_not_lengthen_asks_for_a_satisfactory_review():
    assert why_not_lengthen(True) == []
    assert said(why_not_lengthen(None)) == ["No review has found that performance is satisfactory."]
    assert said(why_not_lengthen(False)) == ["The last review found that performance is not satisfactory."]


def test_CRV3_why_not_call_urgently_asks_for_notice_and_why():
    asked = {"on": TODAY + timedelta(days=3), "latest_notice": TODAY, "today": TODAY}
    assert why_not_call_urgently("provider", "A ward closed.", **asked) == []
    assert said(why_not_call_urgently("", " ", **asked)) == [
        "Only the commissioners or the provider call an urgent review.", "Say why this cannot wait for the next review.",
    ]  # fmt: skip
    late = why_not_call_urgently("provider", "Now.", **{**asked, "latest_notice": TODAY - timedelta(days=1)})
    assert said(late) == ["That is not reasonable notice: the last day to give it was 23 November 2026."]


def test_CRV4_why_not_find_asks_of_each_part_once_it_was_held():
    assert why_not_find(is_held=True, said=[("a", True, "Well.")], lots=["Core"]) == []
    assert said(why_not_find(is_held=False, said=[("a", None, "")], lots=["Core"])) == [
        "This review has not been held.", "Say whether performance of Core is satisfactory.", "Say what was found of Core.",
    ]  # fmt: skip


def test_CRV5_why_not_assess_asks_why_and_one_at_a_time():
    assert why_not_assess("Two complaints.", is_open=False) == []
    assert said(why_not_assess("", is_open=True)) == ["Say why the service is assessed.", "An assessment of this contract is open already."]


def test_CRV6_why_not_visit_asks_where_when_and_with_whom():
    facts = {"begun_on": TODAY - timedelta(days=5), "today": TODAY, "is_ended": False}
    for day in (TODAY, TODAY - timedelta(days=5)):
        assert why_not_visit("The hub", ["staff"], on=day, **facts) == []
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=6), None):
        assert said(why_not_visit("The hub", ["staff"], on=day, **facts)) == ["The day of the visit is from 19 November 2026 to today."]
    assert said(why_not_visit(" ", [], on=TODAY, **{**facts, "is_ended": True})) == [
        "This assessment has ended.", "Enter the place that was visited.", "Say who was spoken with.",
    ]  # fmt: skip


def test_CRV7_why_not_end_assessment_asks_what_it_found():
    assert why_not_end_assessment("Good on the whole.", is_ended=False) == []
    assert said(why_not_end_assessment("", is_ended=True)) == ["This assessment has ended.", "Say what the assessment found."]


CALENDAR = WorkingDays([date(2026, 12, 25), date(2026, 12, 28)])


@pytest.mark.parametrize(("due", "proposed"), [(TODAY + timedelta(days=31), True), (TODAY + timedelta(days=32), False)])
def test_a_review_is_proposed_from_a_month_before_it_is_due(due, proposed):
    assert (review_to_propose({1: due}, TODAY, CALENDAR, 5) is not None) is proposed
    assert review_to_propose({}, TODAY, CALENDAR, 5) is None


def test_a_proposed_review_meets_by_its_day_and_leaves_time_for_its_papers():
    found = review_to_propose({1: date(2026, 12, 5), 2: date(2026, 12, 19), 3: date(2026, 12, 20)}, TODAY, CALENDAR, 5)

    assert (found.on, found.call_by) == (date(2026, 12, 4), date(2026, 11, 26))
    assert found.lots == (1, 2)


@pytest.mark.parametrize(
    ("due", "on", "call_by"),
    [
        (date(2026, 12, 2), date(2026, 12, 2), TODAY),
        (date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 1)),
        (date(2026, 9, 1), date(2026, 12, 9), date(2026, 12, 1)),
    ],
)
def test_where_papers_could_not_go_out_in_time_a_proposed_review_leaves_a_week_to_call_it(due, on, call_by):
    found = review_to_propose({1: due}, TODAY, CALENDAR, 5)

    assert (found.due_on, found.on, found.call_by) == (due, on, call_by)
