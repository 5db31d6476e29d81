"""trust G39: what is told together gives no count of 1 to 5 children back, attacked by trying every possibility."""

from datetime import date
from itertools import combinations, permutations, product

import pytest

from kpis.rules import release
from kpis.rules.release import GIVES_BACK, SHOWN, SMALL, UNCOUNTED, Given, is_small, released

DAYS = [date(2026, month, 1) for month in (1, 4, 7, 10)]
SPANS = list(combinations(range(4), 2))


def one(numerator, denominator=None, *, days=(0, 1), reading=""):
    return Given(DAYS[days[0]], DAYS[days[1]], numerator, denominator, reading)


@pytest.mark.parametrize(
    ("numerator", "denominator", "verdict"),
    [(0, 40, SHOWN), (1, 40, SMALL), (5, 40, SMALL), (6, 40, SHOWN), (35, 40, SMALL), (34, 40, SHOWN), (40, 40, SHOWN), (0, 5, SMALL),
     (0, 0, SHOWN), (3, None, SMALL), (6, None, SHOWN), (None, None, SHOWN), (None, 4, SMALL)],
)  # fmt: skip
def test_a_small_count_of_those_counted_of_all_or_of_the_rest_is_hidden(numerator, denominator, verdict):
    assert released([one(numerator, denominator)]) == [verdict]


def test_a_year_less_its_quarters_does_not_give_one_back():
    quarters = [one(20, days=(0, 1)), one(18, days=(1, 2)), one(3, days=(2, 3))]

    assert released([*quarters, one(41, days=(0, 3))]) == [SHOWN, SHOWN, SMALL, GIVES_BACK]
    assert released([one(41, days=(0, 3)), *quarters]) == [SHOWN, GIVES_BACK, GIVES_BACK, SMALL]


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [((2, 4, 3), SHOWN), ((1, 1, 1), SMALL), ((2, 2, 2), SHOWN), ((5, 5, 5), GIVES_BACK), ((5, 5, 4), SHOWN), ((2, 2, 0), SMALL), ((5, 5, 0), GIVES_BACK), ((4, 3, 0), SHOWN),
     ((9, 8, 7), SHOWN), ((9, 0, 7), SHOWN), ((9, 3, 7), GIVES_BACK), ((9, 3, 3), SHOWN), ((9, 5, 5), GIVES_BACK), ((9, 1, 1), GIVES_BACK)],
)  # fmt: skip
def test_a_whole_is_told_after_its_parts_while_what_is_hidden_of_them_can_be_several_things(counts, verdict):
    quarters = [one(count, days=(at, at + 1)) for at, count in enumerate(counts)]

    assert released([*quarters, one(sum(counts), days=(0, 3))])[3] == verdict


def test_months_that_are_all_small_are_told_as_a_year():
    months = [Given(date(2026, month, 1), date(2026, month + 1, 1), 2 + month % 3, 20) for month in range(1, 12)]

    assert released([*months, Given(date(2026, 1, 1), date(2026, 12, 1), 33, 220)]) == [SMALL] * 11 + [SHOWN]


def test_a_period_that_nobody_asked_for_is_not_given_back_either():
    assert released([one(20, days=(0, 3)), one(18, days=(0, 2))]) == [SHOWN, GIVES_BACK]


def test_what_was_told_stays_told_whatever_is_released_later():
    first = [one(20, days=(0, 2)), one(30, days=(0, 3)), one(9, days=(1, 2))]
    before = released(first)

    for later in (one(9, days=(0, 1)), one(2, days=(2, 3)), one(33, days=(0, 3), reading="other")):
        assert released([*first, later])[:3] == before


def test_two_readings_of_the_same_days_do_not_tell_how_few_lie_between_them():
    carer, other = one(51, 583, reading="carer"), one(53, 583, reading="any")

    assert released([carer, other]) == [SHOWN, GIVES_BACK]
    assert released([carer, one(57, 583, reading="any")]) == [SHOWN, SHOWN]
    assert released([carer, one(51, 583, reading="any")]) == [SHOWN, SHOWN]


def test_a_percentage_without_counts_is_hidden_where_its_days_have_a_hidden_figure():
    assert released([one(None), one(3, 9)]) == [UNCOUNTED, SMALL]
    assert released([one(None), one(3, 9, days=(2, 3))]) == [SHOWN, SMALL]


def every_answer(spans, numbers, *, reasons=False):
    """For every possible truth, what is shown of it (with why each is hidden, or without); those that look the same together."""
    looks = {}
    for truth in product(numbers, repeat=3):
        figures = [one(sum(truth[a:b]), days=(a, b)) for a, b in spans]
        told = tuple(f.numerator if v == SHOWN else v if reasons else None for f, v in zip(figures, released(figures), strict=True))
        looks.setdefault(told, []).append(truth)
    return looks


def worked_out(spans, looks):
    """What somebody who knows the rule and tries every possibility learns for certain of a small count."""
    found = []
    for told, truths in looks.items():
        for a, b in SPANS:
            counts = {sum(truth[a:b]) for truth in truths}
            if len(counts) == 1 and is_small(next(iter(counts))) and max(map(max, truths)) < 7:
                found.append((told, (a, b), counts))
    return found


@pytest.mark.parametrize("spans", [[(0, 1), (1, 2), (2, 3), (0, 3)], [(0, 3), (0, 2), (1, 3), (0, 1)], SPANS, [(0, 2), (1, 3), (0, 3)]])
def test_g39_trying_every_possibility_works_out_no_small_count(spans):
    """Every count to 12 in three quarters, told by quarters, halves and whole, in several orders."""
    for order in list(permutations(spans))[:: max(1, len(list(permutations(spans))) // 6)]:
        assert worked_out(order, every_answer(order, range(13))) == []


def test_g39_without_the_look_back_it_is_worked_out(monkeypatch):
    monkeypatch.setattr(release, "_gap_gives", lambda *a: False)
    spans = [(0, 1), (1, 2), (2, 3), (0, 3)]

    assert worked_out(spans, every_answer(spans, range(13))) != []


def test_g39_told_why_a_figure_is_hidden_it_is_worked_out_which_is_why_there_is_one_sign_for_all():
    spans = [(0, 1), (1, 2), (2, 3), (0, 3)]

    assert worked_out(spans, every_answer(spans, range(13), reasons=True)) != []


def of(name, numerator, denominator, *, children="those in care", days=(0, 1)):
    return Given(DAYS[days[0]], DAYS[days[1]], numerator, denominator, "", name, children)


def test_the_last_part_of_the_same_children_is_not_given_back_by_the_others():
    improved, worsened, same = of("improved", 20, 40), of("worsened", 17, 40), of("same", 3, 40)

    assert released([improved, worsened, same]) == [SHOWN, GIVES_BACK, SMALL]
    assert released([same, improved, worsened]) == [SMALL, SHOWN, GIVES_BACK]
    assert released([improved, of("worsened", 17, 40, children="others"), same]) == [SHOWN, SHOWN, SMALL]
    assert released([improved, of("worsened", 17, 40, days=(1, 2)), same]) == [SHOWN, SHOWN, SMALL]


@pytest.mark.parametrize(("many", "verdict"), [(40, SHOWN), (39, GIVES_BACK), (35, GIVES_BACK), (34, SHOWN), (41, GIVES_BACK), (46, SHOWN)])
def test_two_indicators_do_not_tell_how_few_children_only_one_of_them_has(many, verdict):
    assert released([of("scored", 20, 40), of("assessed", many, many)])[1] == verdict


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_g39_three_parts_of_the_same_children_give_no_small_one_back(order):
    """Every split of up to 22 children into three parts, each an indicator of its own; every possibility tried."""
    looks = {}
    for truth in product(range(13), repeat=3):
        if sum(truth) <= 22:
            figures = [of(str(at), truth[at], sum(truth)) for at in order]
            told = tuple((f.figure, f.numerator, f.denominator) if v == SHOWN else None for f, v in zip(figures, released(figures), strict=True))
            looks.setdefault(told, []).append(truth)

    sure = [told for told, truths in looks.items() if any(is_small(n) for n in truths[0]) and any(
        len({truth[at] for truth in truths}) == 1 and is_small(truths[0][at]) for at in range(3)
    )]  # fmt: skip
    assert sure == []


def test_g39_without_comparing_indicators_the_last_part_is_worked_out(monkeypatch):
    monkeypatch.setattr(release, "_others_give", lambda *a: False)

    assert released([of("improved", 20, 40), of("worsened", 17, 40), of("same", 3, 40)]) == [SHOWN, SHOWN, SMALL]


def test_an_average_of_children_some_of_whom_are_hidden_is_hidden_with_them():
    mean, few = of("mean", None, None), of("below 17", 3, 12)

    assert released([mean, few]) == [UNCOUNTED, SMALL]
    assert released([mean, of("below 17", 3, 12, children="others")]) == [SHOWN, SMALL]
    assert released([mean, of("below 17", 30, 60)]) == [SHOWN, SHOWN]
