"""Registration: where the law lets a child live."""

from dataclasses import replace
from datetime import date

from referrals.rules.capacity import Stay
from referrals.rules.registration import Living, Registered, why_not_live_here

START = date(2026, 12, 3)
STAY = Stay(START, date(2027, 3, 1))
FULL = Registered(date(2020, 1, 1), covers_under_16=True)
OVER_16 = Registered(date(2020, 1, 1))
UNDER = Living(born_on=date(2012, 6, 1), stay=STAY, registrations=[FULL])
SIXTEEN = Living(born_on=date(2010, 6, 1), stay=STAY, registrations=[OVER_16])


def under_16(day):
    return [
        (
            f"On {day} the child is under 16 and this home is not registered "
            "for under-16s. Nobody may agree otherwise."
        )
    ]


def unregistered(day):
    return [
        (
            f"On {day} this home has no registration or accepted application. "
            "Nobody may agree otherwise."
        )
    ]


def test_LAW1_a_registered_home_takes_a_child_under_16():
    assert why_not_live_here(UNDER) == []


def test_LAW1_a_home_for_over_16s_never_takes_a_child_under_16():
    assert why_not_live_here(replace(UNDER, registrations=[OVER_16])) == under_16("3 December 2026")


def test_LAW1_an_application_is_not_a_registration_for_under_16s():
    applied = replace(FULL, is_application=True)

    assert why_not_live_here(replace(UNDER, registrations=[applied])) == under_16("3 December 2026")


def test_LAW1_a_registration_that_runs_out_during_the_stay_is_not_enough():
    ending = replace(FULL, until_on=date(2027, 2, 1))

    assert why_not_live_here(replace(UNDER, registrations=[ending])) == under_16("1 February 2027")
    assert why_not_live_here(replace(UNDER, registrations=[ending, FULL])) == []


def test_LAW1_ends_on_the_sixteenth_birthday():
    turns = replace(UNDER, born_on=START.replace(year=2010), registrations=[OVER_16])

    assert why_not_live_here(turns) == []
    assert why_not_live_here(replace(turns, born_on=date(2010, 12, 4))) != []


def test_LAW2_a_home_for_over_16s_takes_sixteen_and_seventeen():
    applied = [replace(OVER_16, is_application=True)]

    assert why_not_live_here(SIXTEEN) == []
    assert why_not_live_here(replace(SIXTEEN, registrations=applied)) == []


def test_LAW2_an_unregistered_home_never_takes_sixteen_and_seventeen():
    assert why_not_live_here(replace(SIXTEEN, registrations=[])) == unregistered("3 December 2026")


def test_LAW2_begins_on_28_october_2023():
    before = Living(date(2006, 6, 1), Stay(date(2023, 9, 1), date(2023, 10, 28)))

    assert why_not_live_here(before) == []
    assert why_not_live_here(
        replace(before, stay=Stay(date(2023, 9, 1), date(2023, 10, 29)))
    ) == unregistered("28 October 2023")


def test_LAW2_a_child_who_turns_sixteen_in_the_stay_is_covered_by_it_too():
    only_under = replace(FULL, until_on=date(2027, 1, 1))
    turning = Living(date(2011, 1, 1), STAY, [only_under])

    assert why_not_live_here(turning) == unregistered("1 January 2027")


def test_LAW2_says_nothing_of_an_adult():
    assert why_not_live_here(Living(date(2008, 12, 3), STAY)) == []


def test_LAW3_properties_take_looked_after_children_only():
    asked = replace(SIXTEEN, looked_after_only=True)

    assert why_not_live_here(asked) == []
    assert why_not_live_here(replace(asked, is_looked_after=False)) == [
        "This home takes looked-after children only."
    ]
    assert why_not_live_here(replace(SIXTEEN, is_looked_after=False)) == []
