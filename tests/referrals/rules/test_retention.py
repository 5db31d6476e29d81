"""How long records are kept, against a rule written a second way, and who may dispose of one."""

import os
import random
from datetime import date, timedelta

import pytest

from referrals.rules.holds import (
    why_not_answer_hold,
    why_not_ask_hold,
    why_not_ask_lift,
    why_not_lift,
)
from referrals.rules.retention import (
    Kept,
    Life,
    Schedule,
    kept,
    why_not_agree,
    why_not_dispose,
    why_not_propose,
)

BORN = date(2010, 5, 6)
LIVES = 10_000 if os.environ.get("THROUGHLINE_FULL") else 2_000


def after(day, count):
    """By walking day by day to the anniversary: the first day on which so many years are over."""
    moment, target = day + timedelta(days=count * 365), (day.month, day.day)
    while moment.year < day.year + count or (moment.month, moment.day) < target:
        moment += timedelta(days=1)
    return moment


def by_counting(life):
    """The same rule as a list of days with whether each applies, of which the first is taken."""
    born, died = life.born_on, life.died_on
    died_young = bool(born and died and died < after(born, 18))
    ways = [
        (life.adopted_on is not None, life.adopted_on, 100),
        (not life.was_looked_after, life.closed_on, 35),
        (died_young, died, 15),
        (True, born, 75),
    ]
    day, years = next((day, years) for applies, day, years in ways if applies)
    return day and after(day, years)


def a_life(draw):
    """A life drawn at random: leap days, deaths round the eighteenth birthday, adoptions, open and closed records."""
    born = draw.choice([date(1988, 2, 29), date(2012, 2, 29), date(2000, 3, 1), date(1990, 1, 1) + timedelta(days=draw.randrange(9000))])
    around_18 = date(born.year + 18, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 18)
    died = draw.choice([None, None, around_18 + timedelta(days=draw.choice([-1, 0, 1])), born + timedelta(days=draw.randrange(12_000)), born])
    adopted = draw.choice([None, None, None, born + timedelta(days=draw.randrange(6000))])
    closed = draw.choice([None, born + timedelta(days=draw.randrange(7000)), date(2024, 2, 29)])
    return Life(draw.choice([born, born, born, None]), died, adopted, draw.random() < 0.6, closed)


def test_g40_dates_are_those_of_an_independent_rule():
    draw = random.Random(40)
    lives = [a_life(draw) for _ in range(LIVES)]

    assert [life for life in lives if kept(life).until != by_counting(life)] == []


@pytest.mark.parametrize(
    ("life", "until", "rule"),
    [
        (Life(BORN, was_looked_after=True), date(2085, 5, 6), "birth"),
        (Life(date(2012, 2, 29), was_looked_after=True), date(2087, 3, 1), "birth"),
        (Life(date(2012, 2, 29), died_on=date(2030, 2, 28), was_looked_after=True), date(2045, 2, 28), "death"),
        (Life(date(2012, 2, 29), died_on=date(2030, 3, 1), was_looked_after=True), date(2087, 3, 1), "birth"),
        (Life(BORN, died_on=date(2028, 5, 5), was_looked_after=True), date(2043, 5, 5), "death"),
        (Life(BORN, died_on=date(2028, 5, 6), was_looked_after=True), date(2085, 5, 6), "birth"),
        (Life(BORN, died_on=date(2024, 2, 29), was_looked_after=True), date(2039, 3, 1), "death"),
        (Life(BORN, adopted_on=date(2015, 7, 1), was_looked_after=True), date(2115, 7, 1), "adoption"),
        (Life(BORN, closed_on=date(2020, 2, 29)), date(2055, 3, 1), "schedule"),
        (Life(BORN, died_on=date(2019, 1, 1), closed_on=date(2019, 1, 1)), date(2054, 1, 1), "schedule"),
        (Life(BORN), None, "open"),
        (Life(None, was_looked_after=True), None, "birth"),
    ],
)  # fmt: skip
def test_k9_each_boundary_has_its_day(life, until, rule):
    found = kept(life)

    assert (found.until, found.rule) == (until, rule)


def test_k9_a_new_referral_begins_the_years_of_the_schedule_afresh():
    once, again = Life(BORN, closed_on=date(2015, 3, 1)), Life(BORN, closed_on=date(2022, 3, 1))

    assert (kept(once).until, kept(again).until) == (date(2050, 3, 1), date(2057, 3, 1))


def test_k9_a_council_settles_the_years():
    assert kept(Life(BORN, closed_on=date(2020, 1, 1)), Schedule(from_closing=6)).until == date(2026, 1, 1)


def test_RTN1_why_not_dispose_waits_for_the_day_itself():
    found, day = Kept(date(2026, 11, 24), "birth", "75 years from birth, 24 November 1951."), date(2026, 11, 24)

    assert why_not_dispose(found, today=day, is_open=False, is_held=False) == []
    assert why_not_dispose(found, today=day - timedelta(days=1), is_open=False, is_held=False) == [
        "It is kept until 24 November 2026: 75 years from birth, 24 November 1951."
    ]
    assert why_not_dispose(found, today=day, is_open=True, is_held=True) == [
        "A legal hold keeps this record.", "A referral or a stay of the child is open.",
    ]
    assert why_not_dispose(Kept(None, "birth", "Not known."), today=day, is_open=False, is_held=False) == ["Not known."]


def test_RTN2_why_not_propose_asks_who_once_and_what_was_looked_at():
    assert why_not_propose(may=True, is_proposed=False, note="The file.") == []
    assert len(why_not_propose(may=False, is_proposed=True, note=" ")) == 3


def test_RTN3_why_not_agree_takes_a_second_person_and_a_reason_to_refuse():
    assert why_not_agree(may=True, waits=True, is_proposer=False, agrees=True, because="") == []
    assert why_not_agree(may=True, waits=True, is_proposer=True, agrees=True, because="") == ["You proposed this: a second person has to answer."]
    assert why_not_agree(may=True, waits=True, is_proposer=False, agrees=False, because=" ") == ["Say why it is refused."]
    assert why_not_agree(may=False, waits=False, is_proposer=True, agrees=True, because="") == ["This proposal is answered already."]
    assert why_not_agree(may=False, waits=True, is_proposer=False, agrees=True, because="") == ["A head of service answers this."]


def test_HLD1_why_not_ask_hold_asks_who_whose_and_why():
    assert why_not_ask_hold(may=True, because="An inquiry.", is_ours=True) == []
    assert len(why_not_ask_hold(may=False, because=" ", is_ours=False)) == 3


def test_HLD2_why_not_answer_hold_takes_a_second_person():
    assert why_not_answer_hold(may=True, waits=True, is_asker=False) == []
    assert why_not_answer_hold(may=True, waits=True, is_asker=True) == ["You asked for this: a second person has to answer."]
    assert why_not_answer_hold(may=False, waits=True, is_asker=False) == ["A head of service answers this."]
    assert why_not_answer_hold(may=True, waits=False, is_asker=False) == ["This hold does not wait for an answer."]


def test_HLD3_why_not_ask_lift_asks_who_when_and_why():
    assert why_not_ask_lift(may=True, stands=True, because="It is over.") == []
    assert len(why_not_ask_lift(may=False, stands=False, because="")) == 3


def test_HLD4_why_not_lift_takes_a_second_person():
    assert why_not_lift(may=True, waits=True, is_asker=False) == []
    assert why_not_lift(may=True, waits=True, is_asker=True) == ["You asked for this: a second person has to answer."]
    assert why_not_lift(may=False, waits=True, is_asker=False) == ["A head of service answers this."]
    assert why_not_lift(may=True, waits=False, is_asker=False) == ["Nobody has asked for this hold to be lifted."]
