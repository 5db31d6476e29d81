"""trust G07: notice agrees with a counter that walks the calendar day by day, ten thousand times; a wrong one is found."""

import random
from datetime import date, timedelta

from core.working_days import WorkingDays, england_holidays
from panels.rules.notice import Call, NoticeTerms, last_day_for_alteration, why_not_serve

MANY = 10_000
FIRST, DAYS = date(2015, 1, 1), 4_700
LONGEST = 30


class DayByDay:
    """Counts by walking: each day is looked at once and is a Working Day or is not; nothing of the product is used."""

    def __init__(self, holidays):
        self.holidays = set(holidays)

    def counts(self, day):
        return day.isoweekday() not in (6, 7) and day not in self.holidays

    def clear_days(self, notice, meeting):
        """The Working Days strictly between, one by one."""
        day, found = notice, 0
        while (day := day + timedelta(days=1)) < meeting:
            found += self.counts(day)
        return found

    def allows(self, notice, meeting, days, clear):
        """Whether so many pass between notice and the meeting, the meeting's own day counted where it is not clear.

        Notice given on a day that does not count is given on the next that does.
        """
        while not self.counts(notice):
            notice += timedelta(days=1)
        if notice >= meeting:
            return False
        return self.clear_days(notice, meeting) + (self.counts(meeting) if not clear else 0) >= days


def asked(number):
    """So many random meetings, notice dates and terms, the same each time; half of the holidays are made up."""
    draw = random.Random(7)
    shipped = sorted(england_holidays())
    for _ in range(number):
        meeting = FIRST + timedelta(days=draw.randrange(DAYS))
        made_up = {meeting - timedelta(days=draw.randrange(60)) for _ in range(draw.randrange(4))}
        yield meeting, meeting - timedelta(days=draw.randrange(60)), draw.randint(1, LONGEST), draw.random() < 0.5, {*shipped, *made_up}


def differences(judge):
    """How many of them the product and the counter answer differently."""
    found = 0
    for meeting, notice, days, clear, holidays in asked(MANY):
        found += judge(meeting, notice, days, clear, holidays) != DayByDay(holidays).allows(notice, meeting, days, clear)
    return found


def by_the_rule(meeting, notice, days, clear, holidays):
    """The product's rule on notice."""
    return why_not_serve(Call(meeting, notice), NoticeTerms(days=days, clear=clear), WorkingDays(holidays)) == []


def test_g07_ten_thousand_notices_agree_with_counting_day_by_day():
    assert differences(by_the_rule) == 0
    assert 2_000 < sum(by_the_rule(*row) for row in asked(MANY)) < 8_000  # both answers are asked for


def test_g07_a_rule_that_forgets_holidays_or_counts_the_day_of_notice_is_found():
    def forgets_holidays(meeting, notice, days, clear, holidays):
        return by_the_rule(meeting, notice, days, clear, set())

    def counts_the_day_of_notice(meeting, notice, days, clear, holidays):
        return by_the_rule(meeting, notice, max(days - 1, 0), clear, holidays)

    assert differences(forgets_holidays) > 100
    assert differences(counts_the_day_of_notice) > 100


def test_g07_ten_thousand_proposals_agree_with_counting_calendar_days():
    draw = random.Random(11)
    for _ in range(MANY):
        meeting, days = FIRST + timedelta(days=draw.randrange(DAYS)), draw.randint(1, LONGEST)
        last = last_day_for_alteration(meeting, days=days)
        between = sum(1 for n in range(1, 200) if last + timedelta(days=n) < meeting)
        assert between == days
