"""Lines: stretches between rebasings, trial limits, run charts, targets by date and the finding in words."""

from datetime import date
from decimal import Decimal

import pytest

from core.dates import months_after
from kpis.rules.charting import (
    Signal,
    assurance_in_words,
    cause_in_words,
    charted,
    finding,
    target_on,
)
from kpis.rules.rebasing import why_not_rebase
from kpis.rules.releases import why_not_release_figures
from kpis.rules.spc import xmr

TODAY = date(2026, 11, 24)
NUMBERS = [Decimal(n) for n in (10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13, 30, 32, 31, 33, 30, 32, 31, 33, 30, 32, 31, 33)]
MONTHS = [months_after(date(2024, 12, 1), n) for n in range(len(NUMBERS))]


def line(many, **facts):
    return charted(NUMBERS[:many], MONTHS[:many], better="low", **facts)


@pytest.mark.parametrize(("points", "has_limits", "is_trial"), [(1, False, False), (5, False, False), (6, True, True), (11, True, True), (12, True, False)])
def test_h10_under_six_points_no_limits_and_under_twelve_trial_limits(points, has_limits, is_trial):
    found = line(points)

    assert (found.last.chart is not None, found.last.is_trial) == (has_limits, is_trial)
    assert (found.variation == "") is not has_limits


def test_h10_overlapping_periods_have_no_limits_however_many():
    found = line(24, is_rolling=True, target=Decimal(5))

    assert (found.last.chart, found.variation, found.assurance, found.signal) == (None, "", "", None)


def test_h10_each_stretch_has_its_own_limits_and_no_run_crosses():
    whole, apart = line(24), line(24, rebased=[MONTHS[12]])

    assert [(each.first, each.last) for each in apart.stretches] == [(0, 12), (12, 24)]
    assert apart.stretches[0].chart == xmr(NUMBERS[:12], better="low")
    assert apart.stretches[1].chart == xmr(NUMBERS[12:], better="low")
    assert whole.variation == "worse"
    assert (apart.variation, set(apart.causes)) == ("same", {""})


def test_h10_a_run_of_seven_that_a_rebasing_cuts_is_no_run():
    numbers = [Decimal(n) for n in [12, 10] * 8 + [13] * 7]
    months = [months_after(date(2024, 1, 1), n) for n in range(len(numbers))]

    assert charted(numbers, months, better="low").signal == Signal("shift above", "concern", 7)
    cut = charted(numbers, months, better="low", rebased=[months[-3]])
    assert (cut.signal, cut.variation) == (None, "")


def test_h10_a_day_before_the_first_or_after_the_last_point_cuts_nothing():
    assert line(12, rebased=[MONTHS[0], date(2020, 1, 1), date(2030, 1, 1)]).stretches == line(12).stretches


def test_h10_the_target_of_a_period_is_the_next_that_falls_due():
    targets = [(date(2020, 3, 31), Decimal(85)), (date(2019, 3, 31), Decimal(80))]

    assert [target_on(targets, day) for day in (date(2018, 12, 31), date(2019, 3, 31), date(2019, 4, 1), date(2021, 1, 1))] == [80, 80, 85, 85]
    assert target_on([], TODAY) is None


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (None, "Too few months for limits, so nothing is called a change"),
        (Signal("", "common", 3), "No real change; the months vary as chance would have it"),
        (Signal("shift below", "concern", 8), "Getting worse: 8 months in a row below average"),
        (Signal("trend up", "improvement", 7), "Improving: 7 months in a row rising"),
        (Signal("above limit", "high", 1), "A real change: the last month is above the upper limit"),
        (Signal("two in three below", "improvement", 1), "Improving: two of three months are close to the lower limit"),
    ],
)
def test_h10_the_finding_is_a_sentence(signal, words):
    assert finding(signal, noun="month") == words


@pytest.mark.parametrize(
    ("better", "target", "assurance", "says"),
    [
        ("high", 50, "fail", "above the upper limit"), ("high", 1, "pass", "below the lower limit"),
        ("low", 1, "fail", "below the lower limit"), ("low", 50, "pass", "above the upper limit"),
        ("low", 11, "inconsistent", "between the limits"),
    ],
)  # fmt: skip
def test_h10_what_the_limits_say_of_the_target(better, target, assurance, says):
    found = charted(NUMBERS[:12], MONTHS[:12], better=better, target=Decimal(target))

    assert found.assurance == assurance
    assert says in assurance_in_words(found, better=better)


def test_every_cause_has_its_words():
    causes = ["", *(f"{kind} {side}" for kind in ("two in three", "shift") for side in ("above", "below")), "trend up", "trend down", "above limit", "below limit"]

    assert len({cause_in_words(cause, "month") for cause in causes}) == len(causes)


WHY = "The team was joined with another."


@pytest.mark.parametrize(
    ("from_on", "reason", "refused"),
    [
        (date(2026, 4, 1), WHY, 0), (date(2026, 11, 1), WHY, 0), (date(2026, 4, 2), WHY, 1), (date(2026, 12, 1), WHY, 1),
        (date(2026, 4, 1), "  too short", 1), (date(2026, 4, 2), "", 2), (date(2026, 9, 1), WHY, 1), (None, WHY, 0),
    ],
)  # fmt: skip
def test_REB1_limits_begin_afresh_from_a_month_that_has_come_once_and_for_a_reason(from_on, reason, refused):
    assert len(why_not_rebase(from_on, reason, TODAY, {date(2026, 9, 1)})) == refused


@pytest.mark.parametrize(("today", "refused"), [(date(2026, 10, 6), True), (date(2026, 10, 7), False), (date(2026, 10, 8), False)])
def test_REL1_figures_are_told_from_the_fifth_working_day_after_their_quarter(today, refused):
    assert bool(why_not_release_figures(date(2026, 10, 7), today)) is refused
