"""Days in words, ages and birthdays."""

from datetime import date

import pytest

from core.dates import age_on, birthday, day_in_words, months_after


def test_a_day_is_said_as_people_write_it():
    assert day_in_words(date(2026, 12, 3)) == "3 December 2026"


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 12, 2), 15),
        (date(2026, 12, 3), 16),
        (date(2027, 12, 2), 16),
        (date(2010, 12, 3), 0),
    ],
)
def test_age_changes_on_the_birthday(day, age):
    assert age_on(date(2010, 12, 3), day) == age


def test_a_leap_day_child_has_a_birthday_on_the_first_of_march():
    born_on = date(2008, 2, 29)

    assert birthday(born_on, 18) == date(2026, 3, 1)
    assert age_on(born_on, date(2026, 2, 28)) == 17
    assert age_on(born_on, date(2026, 3, 1)) == 18
    assert birthday(born_on, 20) == date(2028, 2, 29)


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before the day"):
        age_on(date(2026, 12, 3), date(2026, 12, 2))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 12, 3), 1, date(2027, 1, 3)),
        (date(2009, 8, 31), 210, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_after_keeps_to_the_month(day, months, later):
    assert months_after(day, months) == later
